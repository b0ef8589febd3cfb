"""Alternative texts of static pictures say what is to be seen: for any image, in any state."""

import re

import numpy as np
import pytest
from explorers.driving import picture

from helpers import KERNELS
from helpers.explorers import (
    BankExplorer,
    EdgeExplorer,
    InsideExplorer,
    KernelExplorer,
    TrainingExplorer,
    WindowExplorer,
)
from helpers.explorers.models.in_words import NINTHS, strongest_ninth
from helpers.network import Conv, Dense, Flatten, Network, ReLU
from helpers.rendering import format_number, percent

GRID = np.arange(30).reshape(5, 6) % 9 - 2
SET = picture(30, 12, 12), np.arange(30) % 3


@pytest.mark.parametrize("name", ["identity", "sharpen", "sobel_vertical", "box_blur"])
@pytest.mark.parametrize("shape", [(9, 13), (8, 7, 3)], ids=["gray", "color"])
def test_the_output_of_a_kernel(name, shape):
    """Its range, its signs and its strongest part, counted one by one."""
    explorer = KernelExplorer(picture(*shape, seed=3), name, view="signed")
    values = explorer.result.ravel().tolist()
    text = explorer.alt_text()
    assert f" from {format_number(min(values))} to {format_number(max(values))}, " in text
    below = sum(value < -1e-6 for value in values) / len(values)
    above = sum(value > 1e-6 for value in values) / len(values)
    assert f", {percent(below)} below 0, {percent(above)} above 0" in text
    weights = ", ".join(" ".join(map(format_number, row)) for row in KERNELS[name])
    assert f"; weights {weights}; " in text


def test_an_output_without_differences():
    """Rounding errors are no differences."""
    explorer = KernelExplorer(np.full((9, 9), 0.3), "outline")
    assert explorer.alt_text().endswith("; output 0 everywhere")


@pytest.mark.parametrize("shape", [(3, 3), (7, 11), (300, 2), (1, 1)])
def test_ninths(shape):
    """Each pixel lies in the ninth that holds its middle."""
    for row, column in np.ndindex(shape):
        values = np.zeros(shape)
        values[row, column] = -1
        across, down = (column + 0.5) / shape[1], (row + 0.5) / shape[0]
        expected = NINTHS[int(3 * down)][int(3 * across)]
        assert strongest_ninth(values) == (expected if values.size > 1 else "center")


@pytest.mark.parametrize("stride, padding, dilation", [(1, 0, 1), (2, 1, 1), (1, 3, 2)])
def test_the_window(stride, padding, dilation):
    """At every position: the rows and columns under it, and the outputs up to it."""
    explorer = WindowExplorer(GRID, [[1, 0], [0, -1]])
    explorer.stride.number, explorer.padding.number = stride, padding
    explorer.dilation.number = dilation
    for number, (row, column) in enumerate(np.ndindex(explorer.result.shape), start=1):
        explorer.position_control.number = number
        covered = [
            [at for at in range(first, first + dilation + 1) if 0 <= at < length]
            for first, length in zip((row * stride - padding, column * stride - padding), (5, 6))
        ]
        window = re.search("covers (.*?);", explorer.alt_text())[1]
        if not all(covered):
            assert window == "only padding"
        else:
            ends = [end for inside in covered for end in (inside[0], inside[-1])]
            told = re.sub(r"(row|column) (\d+)", r"\1s \2 to \2", window)
            assert list(map(int, re.findall(r"\d+", told))) == ends
            assert ("padding" in window) == (sum(map(len, covered)) < 2 * dilation + 2)
        known = explorer.result.ravel()[:number]
        signs = f"{sum(known < 0)} below 0, {sum(known > 0)} above 0"
        assert explorer.alt_text().endswith(signs if number > 1 else "no output before it")


@pytest.mark.parametrize("transposed", [False, True])
def test_edges(transposed):
    """A step on one side: vertical edges alone, or horizontal ones alone."""
    image = np.zeros((9, 9))
    image[:, 7:] = 0.5
    text = EdgeExplorer(image.T if transposed else image).alt_text()
    low, high = ("0", "2") if not transposed else ("2", "0")
    assert f"; vertical edges up to {high}, horizontal ones up to {low}, magnitude up to 2" in text
    assert "strongest" not in text  # all along the side


def test_the_maps_of_two_banks():
    """The strongest of each, counted one by one."""
    explorer = BankExplorer(picture(9, 8, seed=5))
    for bank, maps in enumerate((explorer.maps, explorer.output_maps), start=1):
        highest = [maps[..., k].max() for k in range(maps.shape[2])]
        told = f"bank {bank}: of {len(highest)} maps, map {np.argmax(highest)} is strongest"
        assert told in explorer.alt_text()


def test_a_training():
    """Nothing is claimed before it; then the last points of the curves, and the worst classes."""
    explorer = TrainingExplorer(SET, SET, filters=(2, 2))
    assert "; not trained yet; test image 0, labeled 0, predicted " in explorer.alt_text()
    explorer.runner.run(1)
    text, right = explorer.alt_text(), explorer.network.predict(SET[0]).argmax(axis=1) == SET[1]
    loss = explorer.history["loss"]
    assert (
        f"training loss {loss['training'][-1][1]:.2g}, test loss {loss['test'][-1][1]:.2g}" in text
    )
    assert f"test accuracy {percent(right.mean())}; " in text
    counts = [sum(right[SET[1] == k]) for k in range(3)]
    worst = [str(k) for k in range(3) if counts[k] == min(counts)]
    named = re.search(r"; (every class|class(?:es)? [\d, ]+) (?:is|are) right", text)[1]
    assert named == "every class" or re.findall(r"\d", named) == worst
    assert (named == "every class") == (len(worst) == 3)


def test_the_inside_of_a_network():
    """The map with the largest value, the maps that are blank, and the cell that is marked."""
    network = Network([Conv(3, 3), ReLU(), Flatten(), Dense(3)], (12, 12, 1))
    network.layers[0].parameters["bias"][1] = -100
    explorer = InsideExplorer(network, SET)
    highest = [float(explorer.layer_outputs[1][..., k].max()) for k in range(3)]
    text = explorer.alt_text()
    assert highest[1] == 0 and f"of 3 maps, map {np.argmax(highest)} is strongest, 1 is 0" in text
    assert explorer.cell.line.value in text
    explorer.attribution.value = "saliency"
    assert "; colored by: gradient of the score of " in explorer.alt_text()
