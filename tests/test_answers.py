"""The answers that unfold in the lessons: each number is what the explorer says."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from helpers import KERNELS, box, convolve, load_image, pool
from helpers.explorers import ChannelExplorer, KernelLearner, PoolingExplorer, WindowExplorer
from helpers.explorers.models.digit_sources import letter
from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    as_digit,
    load_digits,
    receptive_field,
    train,
)
from helpers.picture_files import FOLDER
from helpers.pooling import fraction_unchanged, new_colors


def test_lesson_03_a_box_blur_with_a_one():
    """To 1.89."""
    kernel = box(3).copy()
    kernel[0, 0] = 1
    assert round(float(kernel.sum()), 2) == 1.89


def test_lesson_04_a_painted_cell():
    """14 answers in the outer columns; 6 change, as 3 of 9 windows have a 0 there."""
    rows, columns = np.indices((7, 8))
    small = np.where((rows - 3) ** 2 + (columns - 4) ** 2 <= 6, 9, 1)
    explorer = WindowExplorer(small, KERNELS["sobel_vertical"])
    explorer.padding.number = 1
    zero = explorer.result
    explorer.border.value = "edge"
    moved = np.argwhere(explorer.result != zero)
    assert len(moved) == 14 and set(moved[:, 1]) == {0, 7}
    painted = small.copy()
    painted[3, 4] = 0
    before, after = (convolve(grid, KERNELS["sobel_vertical"]) for grid in (small, painted))
    assert (before != after).sum() == 6


def test_lesson_05_the_cup():
    """42 rows and 64 columns; 83 % against 77 % stay; 58 % new colors after 35 %."""
    cup = PoolingExplorer("coffee").image
    assert cup.shape[:2] == (341, 512) and pool(cup, 8).shape[:2] == (42, 64)
    moved = np.roll(cup, 1, axis=1)
    stays = fraction_unchanged(pool(cup), pool(moved)), fraction_unchanged(cup, moved)
    assert [f"{share:.0%}" for share in stays] == ["83%", "77%"]
    new = [new_colors(cup, size).mean() for size in (2, 8)]
    assert [f"{share:.0%}" for share in new] == ["35%", "58%"]
    explorer = PoolingExplorer("coffee")
    explorer.right.number = 1
    assert explorer.unchanged == pytest.approx(stays[::-1], abs=1e-6)


def test_lesson_05_the_upper_left_window():
    """Of 5, 7, 9 and -3 the mean is 4.5, mixed 6.75."""
    grid = np.random.default_rng(5).integers(-3, 10, size=(6, 8))
    assert sorted(grid[:2, :2].ravel()) == [-3, 5, 7, 9]
    assert pool(grid, mode="mean")[0, 0] == 4.5 and pool(grid, mode="mixed")[0, 0] == 6.75


def test_lesson_06_the_circles():
    """Below 0 on both; on white 1.8, -0.9 and -0.9; under `blue areas` -0.84, on white -1."""
    circles = load_image("circles")
    red, blue, white = (82, 70), (174, 186), (5, 5)
    kernel = ChannelExplorer("circles", "red circle").kernel
    slices = [convolve(circles[..., k], kernel[..., k])[white] for k in range(3)]
    assert np.allclose(slices, [1.8, -0.9, -0.9], atol=1e-5)
    assert convolve(circles[..., 2], kernel[..., 2])[blue] < 0
    areas = ChannelExplorer("circles", "blue areas").kernel
    answers = convolve(circles, areas)
    assert round(float(answers[red]), 2) == -0.84 and round(float(answers[white]), 2) == -1
    other = convolve(circles, ChannelExplorer("circles", "red areas").kernel)
    assert round(float(other[blue]), 2) == -1.14 and round(float(other[white]), 2) == -1


def test_lesson_07_the_learner():
    """The right column comes first; 10 is quicker than 1; 14 runs away, and 5 where all is flat."""
    ours = KernelLearner("cat", "sobel_vertical", rate=5)
    ours.runner.run(100)
    assert np.allclose(ours.weights.kernel[:, 2], [1, 2, 1], atol=0.05)
    losses = {}
    for rate in (1, 10):
        ours = KernelLearner("cat", "sobel_vertical", rate=rate)
        ours.runner.run(100)
        losses[rate] = ours.history[-1][1]
    assert losses[10] < losses[1]
    ours = KernelLearner("cat", "sobel_vertical", rate=14)
    ours.runner.run(8)
    losses = [loss for _, loss in ours.history]
    assert min(losses) < losses[0] and losses[-1] > min(losses)
    for image, rate, runs_away in (("cat", 14, True), ("circles", 5, True), ("circles", 1, False)):
        ours = KernelLearner(image, "sobel_vertical", rate=rate)
        ours.runner.run(100)
        assert ("ran beyond 12" in ours.problem) == runs_away


def test_lesson_07_the_circles():
    """At rate 1 every weight is right to 0.1 after 2,000 steps, and not after 200."""
    ours = KernelLearner("circles", "sobel_vertical", rate=1)
    for steps, right in ((200, False), (1800, True)):
        ours.runner.run(steps)
        assert (np.abs(ours.weights.kernel - KERNELS["sobel_vertical"]).max() < 0.1) == right


def test_lesson_08_a_rate_too_large(digits):
    """After steps at 0.05 some maps of the second convolution answer 0 to every digit; most stay so."""
    images, labels, unseen, _ = digits
    network, rates = _cnn(8, 16), (0.003, 0.05, 0.003)
    learning = train(network, images, labels, learning_rate=rates[0])
    dead = []
    for rate in rates:
        for _, step in zip(range(300), learning):
            step.optimizer.learning_rate = rate
        answers = network.answers(unseen[:500])[4]
        dead.append(set(np.flatnonzero(answers.max(axis=(0, 1, 3)) == 0)))
    assert not dead[0] and 2 * len(dead[1] & dead[2]) > len(dead[1])


def test_lesson_08_the_trainings(digits):
    """Nine of ten after some 150 steps, filters hardly moved; two digits in doubt; 1 and 2 filters."""
    images, labels, unseen, truth = digits
    network = _cnn(8, 16)
    first = network.layers[0].parameters["weights"].copy()
    _steps(network, images, labels, 150)
    moved = np.abs(network.layers[0].parameters["weights"] - first)
    assert _right(network, unseen, truth) > 0.9 and moved.mean() < np.abs(first).mean() / 2
    _steps(network, images, labels, 788)
    sure = network.predict(unseen[[0, 320, 646]]).max(axis=1)
    assert sure[0] > 0.99 and max(sure[1:]) < 0.95
    small = _cnn(1, 2)
    _steps(small, images, labels, 938)
    assert 0.85 < _right(small, unseen, truth) < 0.95


@pytest.mark.parametrize("width, tilt", [(14, 0), (14, 60), (26, 0), (26, 60)])
def test_lesson_09_a_drawn_seven(width, tilt):
    """Near 100 %, with a bar across the stem and without."""
    network = Network.load(FOLDER / "digits" / "network.npz")
    page = Image.new("L", (280, 280))
    pen = ImageDraw.Draw(page)
    seven = [(80, 70), (200, 70), (200 - tilt, 220)]
    for line in (seven, [(145 - tilt // 2, 145), (235 - tilt // 2, 145)]):
        pen.line(line, fill=255, width=width)
        chances = network.predict(as_digit(np.asarray(page, np.float32) / 255)[None])[0]
        assert chances[7] > 0.99


def test_lesson_09_the_letter_o():
    """A 0, and it is sure; a cell of layer 3 sees 8×8 pixels."""
    network = Network.load(FOLDER / "digits" / "network.npz")
    chances = network.predict(letter(14)[None])[0]
    assert chances.argmax() == 0 and chances[0] > 0.99
    field = receptive_field(network, 3, 2, 2)
    assert (field.rows, field.columns) == (8, 8)


@pytest.fixture(scope="module")
def digits():
    return *load_digits("train"), *load_digits("test")


def _cnn(first, second):
    layers = [
        *(Conv(first, 3), ReLU(), MaxPool(2), Conv(second, 3), ReLU(), MaxPool(2)),
        *(Flatten(), Dense(10)),
    ]
    return Network(layers, (28, 28, 1), seed=0)


def _steps(network, images, labels, count):
    for _ in zip(range(count), train(network, images, labels, learning_rate=0.003)):
        pass


def _right(network, images, labels):
    return (network.predict(images).argmax(axis=1) == labels).mean()
