"""The exercises of lesson 01: a shape, a crop, brightness."""

import numpy as np

from helpers.exercises.exercise import Exercise, is_function, is_shape
from helpers.images import to_gray

_GRAY = np.arange(48.0).reshape(6, 8)
_COLOR = np.random.default_rng(1).random((5, 7, 3))


def _crop(image, top, left, height, width):
    top, left, height, width = map(int, (top, left, height, width))
    return image[top : top + height, left : left + width]


def _columns_first(image, top, left, height, width):
    return _crop(image, left, top, width, height)


def _one_too_many(image, top, left, height, width):
    return _crop(image, top, left, height + 1, width + 1)


def _ends_for_lengths(image, top, left, height, width):
    return image[top:height, left:width]


EXERCISES = {
    "01-shape": Exercise(
        is_shape(
            (200, 300, 3),
            {
                (300.0, 200.0, 3.0): "rows come first: how many rows has a picture 200 high",
                (3.0, 200.0, 300.0): "the channels come last here",
            },
        ),
        right="Rows, columns, channels.",
        hint="How many rows are there? Then how many columns? Then how many numbers a pixel?",
        solution="answer = (200, 300, 3)",
    ),
    "01-crop": Exercise(
        is_function(
            _crop,
            [(_GRAY, 1, 2, 3, 4), (_GRAY, 0, 5, 2, 3), (_COLOR, 2, 1, 2, 5)],
            [
                (_columns_first, "rows and columns are swapped"),
                (_ends_for_lengths, "a slice ends at a place, not after a length: at top + height"),
                (_one_too_many, "one row and one column too many: a slice ends before its end"),
            ],
        ),
        right="A slice of rows, then a slice of columns.",
        hint="image[first:last, first:last] takes rows first. The last one is not included.",
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
                    "all channels count the same; the eye weighs them",
                ),
                (
                    lambda image: image[..., ::-1] @ (0.299, 0.587, 0.114),
                    "red and blue are swapped",
                ),
            ],
        ),
        right="Green counts most, blue least.",
        hint="image[:, :, 0] is red. Weigh the three channels with 0.299, 0.587 and 0.114, and add.",
        solution="""def my_gray(image):
    return 0.299 * image[:, :, 0] + 0.587 * image[:, :, 1] + 0.114 * image[:, :, 2]""",
    ),
}
