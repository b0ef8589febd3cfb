"""The exercises of lesson 01: a shape, a crop, conversion to gray."""

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import Exercise, is_function, is_shape
from helpers.images import to_gray

_GRAY = np.arange(48.0).reshape(6, 8)
_COLOR = np.random.default_rng(1).random((5, 7, 3))


def _crop(image: NDArray, top: int, left: int, height: int, width: int) -> NDArray:
    top, left, height, width = map(int, (top, left, height, width))
    return image[top : top + height, left : left + width]


def _columns_first(image: NDArray, top: int, left: int, height: int, width: int) -> NDArray:
    return _crop(image, left, top, width, height)


def _one_too_many(image: NDArray, top: int, left: int, height: int, width: int) -> NDArray:
    return _crop(image, top, left, height + 1, width + 1)


def _lengths_as_ends(image: NDArray, top: int, left: int, height: int, width: int) -> NDArray:
    return image[top:height, left:width]


EXERCISES = {
    "01-shape": Exercise(
        is_shape(
            (200, 300, 3),
            {
                (
                    300.0,
                    200.0,
                    3.0,
                ): "rows come first: how many rows are in a picture that is 200 pixels high",
                (3.0, 200.0, 300.0): "the channels come last here",
            },
        ),
        right="Rows, columns, channels.",
        hint="How many rows are there? How many columns? How many numbers per pixel?",
        solution="answer = (200, 300, 3)",
    ),
    "01-crop": Exercise(
        is_function(
            _crop,
            [(_GRAY, 1, 2, 3, 4), (_GRAY, 0, 5, 2, 3), (_COLOR, 2, 1, 2, 5)],
            [
                (_columns_first, "rows and columns are swapped"),
                (_lengths_as_ends, "a slice ends at an index, not after a length: at top + height"),
                (
                    _one_too_many,
                    "one row and one column too many: the end of a slice is not included",
                ),
            ],
        ),
        right="A slice of rows, then a slice of columns.",
        hint="image[start:end, start:end] takes rows first. The end is not included.",
        solution="""def my_crop(image, top, left, height, width):
    return image[top:top + height, left:left + width]""",
    ),
    "01-gray": Exercise(
        is_function(
            to_gray,
            [(_COLOR,)],
            [
                (
                    lambda image: image.mean(axis=2),
                    "all channels have the same weight; the eye weighs them differently",
                ),
                (
                    lambda image: image[..., ::-1] @ (0.299, 0.587, 0.114),
                    "red and blue are swapped",
                ),
            ],
        ),
        right="Green has the largest weight, blue the smallest.",
        hint="image[:, :, 0] is red. Multiply the channels by 0.299, 0.587 and 0.114, and add them.",
        solution="""def my_gray(image):
    return 0.299 * image[:, :, 0] + 0.587 * image[:, :, 1] + 0.114 * image[:, :, 2]""",
    ),
}
