"""Lesson 09: its exercises, and the numbers in its collapsed answers."""

import numpy as np
import pytest
from exercise_verdicts import assert_right, assert_wrong
from PIL import Image, ImageDraw

from helpers.exercises.lesson09 import SURE_CASES, SURE_LABELS
from helpers.explorers.models.digit_sources import letter
from helpers.network import (
    Conv,
    MaxPool,
    Network,
    as_digit,
    receptive_field,
    top_losses,
)
from helpers.picture_files import FOLDER


def in_place(image, row, column, size):
    image[max(row, 0) : row + size, max(column, 0) : column + size] = 0
    return image


def copied(image, row, column, size):
    return in_place(image.copy(), row, column, size)


def pixel_by_pixel(image, row, column, size):
    covered = np.array(image)
    for r in range(row, row + size):
        for c in range(column, column + size):
            if 0 <= r < len(image) and 0 <= c < len(image[0]):
                covered[r, c] = 0
    return covered.tolist()


def masked(image, row, column, size):
    rows, columns = np.indices(image.shape[:2])
    inside = (rows >= row) & (rows < row + size) & (columns >= column) & (columns < column + size)
    return np.float32(np.where(inside.reshape(inside.shape + (1,) * (image.ndim - 2)), 0, image))


def wrapped(image, row, column, size):
    covered = image.copy()
    covered[row : row + size, column : column + size] = 0
    return covered


RIGHT = [
    ("09-field", 10),
    ("09-field", np.float32(10)),
    ("09-my_occlude", copied),
    ("09-my_occlude", pixel_by_pixel),
    ("09-my_occlude", masked),
    ("09-sure", 2),
    ("09-sure", 2.0),
    ("09-sure", top_losses(SURE_CASES, SURE_LABELS, 1)[0]),
]

WRONG = [
    ("09-field", 7, "pooling between"),
    ("09-field", 8, "adds 4"),
    ("09-field", 9, "one row more"),
    ("09-field", 14, "not doubled"),
    ("09-field", 30, "do not multiply"),
    ("09-field", 3, "maps before"),
    ("09-field", (10, 10), "one number"),
    ("09-my_occlude", np.zeros((6, 7)), "expected a function"),
    ("09-my_occlude", in_place, "copy"),
    ("09-my_occlude", wrapped, "max(row, 0)"),
    ("09-my_occlude", lambda i, r, c, s: i, "nothing is covered"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, c, r, s), "swapped"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, r, c, s + 1), "too large"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, r, c, s - 1), "too small"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, r - s // 2, c - s // 2, s), "upper left corner"),
    ("09-my_occlude", lambda i, r, c, s: i - copied(i, r, c, s), "other way round"),
    ("09-my_occlude", lambda i, r, c, s: i[r : r + s, c : c + s], "square alone"),
    ("09-my_occlude", lambda i, r, c, s: np.where(copied(i, r, c, s) == 0, 1, i), "with 1"),
    ("09-my_occlude", lambda i, r, c, s: np.where(copied(i, r, c, s) == 0, 0.5, i), "must be"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, max(r, 0), max(c, 0), s), "must be"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, r, c, s)[..., None], "shape"),
    ("09-my_occlude", lambda i, r, c, s: np.pad(i, s)[r:, c:], "shape"),
    ("09-my_occlude", lambda i, r, c, s: i[r, c, s], "IndexError"),
    ("09-sure", 0, "it is right"),
    ("09-sure", 1, "0.55"),
    ("09-sure", 3, "counted from 0"),
    ("09-sure", -2, "-2 is not it"),
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answer(name, answer):
    """Also in another form, type or style."""
    assert_right(name, answer)


@pytest.mark.parametrize("name, answer, reason", WRONG)
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value", "ignore:divide by zero")
def test_wrong_answer(name, answer, reason):
    """One line names the mistake."""
    assert_wrong(name, answer, reason)


def test_the_receptive_field_is_that_of_the_network():
    """The numbers of the exercises are those of the library."""
    network = Network([Conv(8, 5), MaxPool(2), Conv(16, 3)], (28, 28, 1))
    assert_right("09-field", receptive_field(network, 2, 4, 4).rows)


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


def test_the_letter_o():
    """Predicted as a 0, above 99 %; the receptive field of a cell of layer 3 is 8×8 pixels."""
    network = Network.load(FOLDER / "digits" / "network.npz")
    probabilities = network.predict(letter(14)[None])[0]
    assert probabilities.argmax() == 0 and probabilities[0] > 0.99
    field = receptive_field(network, 3, 2, 2)
    assert (field.rows, field.columns) == (8, 8)
