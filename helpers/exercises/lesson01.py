"""The exercises of lesson 01: a shape, a crop, conversion to gray."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import Exercise, is_function, is_shape
from helpers.images import LUMA, to_gray

_GRAY = np.arange(48.0).reshape(6, 8) - 20
_COLOR = np.random.default_rng(1).random((5, 7, 3))
_PURE = np.array([[[1.0, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]])
_BYTES = np.random.default_rng(2).integers(0, 256, (4, 3, 3))


def _crop(image: NDArray, top: int, left: int, height: int, width: int) -> NDArray:
    return image[top : top + height, left : left + width]


def _cut(change: Callable) -> Callable:
    """A crop with a mistake: `change` makes other (top, left, height, width) of the right ones."""

    def wrong(image: NDArray, top: int, left: int, height: int, width: int) -> NDArray:
        return _crop(image, *change(top, left, height, width))

    return wrong


def _lengths_as_ends(image: NDArray, top: int, left: int, height: int, width: int) -> NDArray:
    return image[top:height, left:width]


def _rows_twice(image: NDArray, top: int, left: int, height: int, width: int) -> NDArray:
    return image[top : top + height][left : left + width]


def _rows_only(image: NDArray, top: int, left: int, height: int, width: int) -> NDArray:
    return image[top : top + height]


def _weighted(*weights: float) -> Callable:
    return lambda image: image @ np.array(weights)


def _rows_as_channels(image: NDArray) -> NDArray:
    return sum(weight * image[row] for row, weight in enumerate(LUMA))


CROP_MISTAKES = [
    (_cut(lambda top, left, height, width: (left, top, width, height)),
     "rows and columns are swapped: image[rows, columns]"),
    (_lengths_as_ends, "the end of a slice is an index, not a length: top + height"),
    (_cut(lambda top, left, height, width: (top, left, height + 1, width + 1)),
     "one row and one column too many: the end of a slice is not included"),
    (_cut(lambda top, left, height, width: (top, left, height - 1, width - 1)),
     "one row and one column are missing: the end of a slice is not included, so no − 1"),
    (_cut(lambda top, left, height, width: (top - 1, left - 1, height, width)),
     "it starts one row and one column too early: rows and columns are counted from 0"),
    (_cut(lambda top, left, height, width: (top + 1, left + 1, height, width)),
     "it starts one row and one column too late: rows and columns are counted from 0"),
    (_cut(lambda top, left, height, width: (top, left, height, height)),
     "the height is used for the columns as well; they run to left + width"),
    (_cut(lambda top, left, height, width: (top, left, width, height)),
     "height and width are swapped"),
    (_rows_twice, "both slices take rows; write image[rows, columns] with one pair of brackets"),
    (_rows_only, "the columns are not cut"),
]  # fmt: skip
GRAY_MISTAKES = [
    (lambda image: image.mean(axis=2),
     "all channels have the same weight; the eye weighs them differently"),
    (lambda image: image.sum(axis=2), "the channels are added without weights"),
    (lambda image: image.max(axis=2), "this is the largest channel; the brightness is a sum of all"),
    (_weighted(*LUMA[::-1]), "red and blue are swapped"),
    (_weighted(0.3, 0.59, 0.11), "the weights are rounded: use 0.299, 0.587 and 0.114"),
    (_weighted(0.2126, 0.7152, 0.0722),
     "these are the weights of another standard, BT.709; here they are 0.299, 0.587 and 0.114"),
    (lambda image: image @ LUMA / 3, "the weights add up to 1, so do not divide by 3"),
    (lambda image: image @ LUMA * 255, "brightness keeps the scale of the image: not times 255"),
    (lambda image: image @ LUMA / 255, "brightness keeps the scale of the image: not divided by 255"),
    (lambda image: np.stack([image @ LUMA] * 3, axis=2),
     "a gray picture has no third axis: one number per pixel"),
    (lambda image: image * LUMA, "the three products are still separate; add them"),
    (lambda image: image[:, :, 0], "only red is used"),
    (lambda image: image[:, :, 1], "only green is used"),
    (_rows_as_channels, "image[0] is the first row; red is image[:, :, 0]"),
]  # fmt: skip

EXERCISES = {
    "01-shape": Exercise(
        is_shape(
            (200, 300, 3),
            {(300, 200, 3): "rows come first: how many rows does a picture have that is 200 pixels high?",
             (3, 200, 300): "the channels come last here",
             (3, 300, 200): "rows come first, channels last",
             (200, 300, 1): "a color picture has three channels",
             (200, 300, 4): "red, green and blue are three channels"},
        ),
        right="Rows, columns, channels.",
        hint="How many rows are there? How many columns? How many numbers per pixel?",
        solution="answer = (200, 300, 3)  # 200 high: 200 rows; then the columns, then the channels",
    ),
    "01-crop": Exercise(
        is_function(
            _crop,
            [(_GRAY, 1, 2, 3, 4), (_GRAY, 0, 5, 2, 3), (_COLOR, 2, 1, 2, 5), (_GRAY, 3, 6, 1, 1),
             (_GRAY, 0, 0, 6, 8)],
            CROP_MISTAKES,
        ),
        right="Rows from top to top + height, columns from left to left + width, each end excluded.",
        hint="image[start:end, start:end] takes rows first. The end is not included.",
        solution="""def my_crop(image, top, left, height, width):
    # a slice excludes its end, so from top to top + height there are exactly height rows
    return image[top:top + height, left:left + width]""",
    ),
    "01-gray": Exercise(
        is_function(
            to_gray,
            [(_PURE,), (_COLOR,), (_BYTES,), (_COLOR[:1, :1] - 0.9,)],  # the first one shows the weights
            GRAY_MISTAKES,
            library=[to_gray],
            tolerance=1e-3,  # 0.2989, 0.5870 and 0.1140 are the same weights with another rounding
        ),
        right="Green has the largest weight, blue the smallest.",
        hint="image[:, :, 0] is red. Multiply the channels by 0.299, 0.587 and 0.114, and add them.",
        solution="""def my_gray(image):
    # green looks brightest to us and blue darkest; the weights add up to 1, so white stays white
    return 0.299 * image[:, :, 0] + 0.587 * image[:, :, 1] + 0.114 * image[:, :, 2]""",
    ),
}  # fmt: skip
