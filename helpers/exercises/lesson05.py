"""The exercises of lesson 05: sizes, the fraction that is kept, and a pooling function."""

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import Exercise, is_function, is_number, is_shape
from helpers.pooling import pool

_MIXED = np.array([[-4.0, -8, 3, 3, 0], [-1, -2, 1, 9, 5], [-7, -3, -6, -5, 2], [-9, -4, -2, -8, 1],
                   [1, 0, 2, 7, 6], [3, 5, 4, 8, 1], [2, 2, 2, 2, 2]])  # fmt: skip
_COLOR = np.random.default_rng(5).random((4, 6, 3)) - 0.5


def _pool(image: NDArray, size: int) -> NDArray:
    return pool(image, int(size))


def _from_zero(image: NDArray, size: int) -> NDArray:
    return np.maximum(_pool(image, size), 0)


def _mean(image: NDArray, size: int) -> NDArray:
    return pool(image, int(size), mode="mean")


def _overlapping(image: NDArray, size: int) -> NDArray:
    return pool(image, int(size), stride=1)


EXERCISES = {
    "05-size": Exercise(
        is_shape(
            (50, 37),
            {
                (50.0, 38.0): "the last column has no partner: the division rounds down",
                (37.0, 50.0): "rows come first",
                (99.0, 74.0): "windows are side by side: the stride is the size",
            },
        ),
        right="⌊75 / 2⌋ is 37: the last column is never used.",
        hint="Windows of 2 are side by side. How many fit into 100, and into 75?",
        solution="answer = (100 // 2, 75 // 2)",
    ),
    "05-left": Exercise(
        is_number(
            1 / 9,
            {1 / 3: "rows and columns both shrink", 8 / 9: "that is the fraction that is gone",
             1 / 4: "that is for windows of 2×2"},
            tolerance=0.002,
        ),
        right="One number in nine is kept; eight ninths are gone.",
        hint="One number is kept from each window. How many pixels are in a window of 3×3?",
        solution="answer = 1 / 9",
    ),
    "05-my_pool": Exercise(
        is_function(
            _pool,
            [(_MIXED, 2), (_MIXED, 3), (_COLOR, 2), (_MIXED[:2], 1)],
            [
                (_from_zero, "a window of negative numbers gives 0; start from its first pixel, or −∞"),
                (_mean, "this is the mean; keep the largest"),
                (_overlapping, "windows overlap; the stride must be the size of the window"),
                (lambda image, size: _pool(image, size).T, "rows and columns of the result are swapped"),
            ],
        ),
        right="Your function pools. Pass it to an explorer.",
        hint="rows = image.shape[0] // size. The window of output (row, column) starts at"
        " (row * size, column * size); window.max(axis=(0, 1)) keeps the channels separate.",
        solution="""def my_pool(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    result = np.zeros((rows, columns) + image.shape[2:])
    for row in range(rows):
        for column in range(columns):
            top, left = row * size, column * size
            result[row, column] = image[top:top + size, left:left + size].max(axis=(0, 1))
    return result""",
    ),
}  # fmt: skip
