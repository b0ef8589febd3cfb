"""Lesson 09: its exercises, and the numbers in its collapsed answers."""

import numpy as np
import pytest
from exercises.edits import edited
from PIL import Image, ImageDraw

from helpers.exercises import check
from helpers.exercises.lesson09 import SURE_CASES
from helpers.explorers.models.digit_sources import letter_page
from helpers.network import (
    Conv,
    MaxPool,
    Network,
    as_digit,
    digit_steps,
    load_doodles,
    receptive_field,
)
from helpers.picture_files import FOLDER


def test_the_receptive_field_is_that_of_the_network():
    """The numbers of the exercises are those of the library."""
    network = Network([Conv(8, 5), MaxPool(2), Conv(16, 3)], (28, 28, 1))
    rows = receptive_field(network, 2, 4, 4).rows
    assert check("09-field", rows).startswith("Right.")


@pytest.mark.parametrize("shape", [(4, 5), (4, 5, 3)])
@pytest.mark.parametrize("size", [0, 1, 3, 9])
def test_published_occlusion(shape, size):
    """It zeroes the pixels of the square that are in the picture, wherever the square lies."""
    image = np.random.default_rng(0).uniform(1, 2, shape)
    for row, column in np.ndindex(17, 17):
        row, column = row - 10, column - 10
        rows, columns = np.arange(4)[:, None], np.arange(5)
        inside = (
            (row <= rows) & (rows < row + size) & (column <= columns) & (columns < column + size)
        )
        covered = edited("09-my_occlude")(image, row, column, size)
        np.testing.assert_array_equal(covered[inside], 0)
        np.testing.assert_array_equal(covered[~inside], image[~inside])


def test_cases_are_probabilities():
    np.testing.assert_allclose(SURE_CASES.sum(axis=1), 1)


@pytest.mark.parametrize("width, tilt", [(14, 0), (14, 60), (26, 0), (26, 60)])
def test_a_drawn_seven(width, tilt):
    """Near 100 %, with and without a bar across the stem."""
    network = Network.load(FOLDER / "digits" / "network.npz")
    page = Image.new("L", (280, 280))
    pen = ImageDraw.Draw(page)
    seven = [(80, 70), (200, 70), (200 - tilt, 220)]
    for line in (seven, [(145 - tilt // 2, 145), (235 - tilt // 2, 145)]):
        pen.line(line, fill=255, width=width)
        probabilities = network.predict(as_digit(np.asarray(page, np.float32) / 255)[None])[0]
        assert probabilities[7] > 0.99


@pytest.mark.parametrize("size", [60, 90, 120])
@pytest.mark.parametrize("right, low", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_a_small_seven_in_a_corner(size, right, low):
    """It is wrong as it was drawn, and right once it is centered."""
    network = Network.load(FOLDER / "digits" / "network.npz")
    page = Image.new("L", (280, 280))
    left, top = 10 + right * (260 - size), 10 + low * (260 - size)
    seven = [(left, top), (left + size, top), (left + 0.4 * size, top + size)]
    ImageDraw.Draw(page).line(seven, fill=255, width=14)
    picture = np.asarray(page, np.float32) / 255
    drawn, centered = (digit_steps(picture, each)[-1].picture for each in (False, True))
    assert network.predict([drawn])[0].argmax() != 7
    assert network.predict([centered])[0].argmax() == 7


def test_the_letter_t():
    """Of all letters it has the lowest highest probability: 59 % for a 7."""
    network = Network.load(FOLDER / "digits" / "network.npz")
    letters = [as_digit(letter_page(number)) for number in range(26)]
    probabilities = network.predict(letters)
    assert probabilities.max(axis=1).argmin() == 19
    assert probabilities[19].argmax() == 7 and round(100 * probabilities[19, 7]) == 59


def test_houses():
    """Half or so of the drawn houses are a digit at more than 90 %."""
    network = Network.load(FOLDER / "digits" / "network.npz")
    doodles, labels = load_doodles("test")
    houses = [as_digit(each) for each in doodles[labels == 2]]
    assert 0.3 < (network.predict(houses).max(axis=1) > 0.9).mean() < 0.7


def test_the_letter_o():
    """Predicted as a 0, above 99 %; the receptive field of a cell of layer 3 is 8×8 pixels."""
    network = Network.load(FOLDER / "digits" / "network.npz")
    probabilities = network.predict(as_digit(letter_page(14))[None])[0]
    assert probabilities.argmax() == 0 and probabilities[0] > 0.99
    field = receptive_field(network, 3, 2, 2)
    assert (field.rows, field.columns) == (8, 8)
