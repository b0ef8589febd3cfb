"""Answers to the exercises of lesson 01."""

from functools import lru_cache, partial

import numpy as np

import helpers
from exercises.answers import Answer
from helpers import to_gray

LUMA = np.array([0.299, 0.587, 0.114])


def channel_loop(image):
    """Pixel by pixel."""
    result = np.zeros(image.shape[:2])
    for row, column in np.ndindex(result.shape):
        result[row, column] = sum(w * v for w, v in zip((0.299, 0.587, 0.114), image[row, column]))
    return result


def whole_numbers(image):
    """The loop above, but the result holds what the image holds."""
    result = np.zeros_like(image[:, :, 0])
    result[:] = image @ LUMA
    return result


def returns_in_the_loop(image):
    result = np.zeros(image.shape[:2])
    for row in range(image.shape[0]):
        result[row] = image[row] @ LUMA
        return result


def last_row_left_out(image):
    result = np.zeros(image.shape[:2])
    for row in range(image.shape[0] - 1):
        result[row] = image[row] @ LUMA
    return result


def last_column_left_out(image):
    result = image @ LUMA
    result[:, -1] = 0
    return result


def imported_inside(image):
    from helpers.images import to_gray as theirs

    return theirs(image)


def printed(image):
    print((image @ LUMA).shape)


def my_gray(image): ...


def crop_loop(image, top, left, height, width):
    return [[image[top + i, left + j] for j in range(width)] for i in range(height)]


ANSWERS = [
    Answer("01-shape", "rows, columns, channels", (200, 300, 3), True),
    Answer("01-shape", "the shape of an array", np.zeros((200, 300, 3)).shape, True),
    Answer("01-shape", "a list", [200, 300, 3], True),
    Answer("01-shape", "floats", (200.0, 300.0, 3.0), True),
    Answer("01-shape", "width first", (300, 200, 3), False, "rows come first"),
    Answer("01-shape", "channels first", (3, 200, 300), False, "channels come last"),
    Answer("01-shape", "channels first, then width", (3, 300, 200), False, "channels last"),
    Answer("01-shape", "without channels", (200, 300), False, "3 whole numbers"),
    Answer("01-shape", "one channel", (200, 300, 1), False, "three channels"),
    Answer("01-shape", "with alpha", (200, 300, 4), False, "three channels"),
    Answer("01-shape", "off by one row", (199, 300, 3), False, "199 rows are one too few"),
    Answer("01-shape", "in quotes", "(200, 300, 3)", False, "leave out the quotes"),
    Answer("01-shape", "half done", (..., ..., 3), False, "replace the three dots"),
    Answer("01-shape", "the number of values", 180_000, False, "3 whole numbers"),
    Answer("01-crop", "two slices in turn", lambda i, t, x, h, w: i[t : t + h][:, x : x + w], True),
    Answer("01-crop", "loops and lists", crop_loop, True, "each end excluded"),
    Answer("01-crop", "np.ix_", lambda i, t, x, h, w: i[np.ix_(range(t, t + h), range(x, x + w))], True),
    Answer("01-crop", "columns first", lambda i, t, x, h, w: i[x : x + w, t : t + h], False, "swapped"),
    Answer("01-crop", "parameters by x and y", lambda i, x, y, w, h: i[y : y + h, x : x + w], False, "swapped"),
    Answer("01-crop", "ends included", lambda i, t, x, h, w: i[t : t + h + 1, x : x + w + 1], False, "too many"),
    Answer("01-crop", "one less", lambda i, t, x, h, w: i[t : t + h - 1, x : x + w - 1], False, "no − 1"),
    Answer("01-crop", "counted from 1", lambda i, t, x, h, w: i[t - 1 : t - 1 + h, x - 1 : x - 1 + w], False, "too early"),
    Answer("01-crop", "one further", lambda i, t, x, h, w: i[t + 1 : t + 1 + h, x + 1 : x + 1 + w], False, "too late"),
    Answer("01-crop", "lengths as ends", lambda i, t, x, h, w: i[t:h, x:w], False, "not a length"),
    Answer("01-crop", "height for both", lambda i, t, x, h, w: i[t : t + h, x : x + h], False, "left + width"),
    Answer("01-crop", "height and width swapped", lambda i, t, x, h, w: i[t : t + w, x : x + h], False, "are swapped"),
    Answer("01-crop", "two pairs of brackets", lambda i, t, x, h, w: i[t : t + h][x : x + w], False, "both slices take rows"),
    Answer("01-crop", "rows only", lambda i, t, x, h, w: i[t : t + h], False, "columns are not cut"),
    Answer("01-crop", "the upper rows", lambda i, t, x, h, w: i[: h + 1], False, "must have shape (3, 4); got (4, 8)"),
    Answer("01-crop", "one pixel", lambda i, t, x, h, w: i[t, x], False, "shape"),
    Answer("01-crop", "in one row", lambda i, t, x, h, w: i[t : t + h, x : x + w].ravel(), False, "one long row"),
    Answer("01-crop", "other parameters", lambda i, t, x: i[t:, x:], False, "must take (image, top, left, height, width)"),
    Answer("01-crop", "the result", np.zeros((3, 4)), False, "without parentheses"),
    Answer("01-gray", "matrix product with the weights", lambda image: image @ LUMA, True),
    Answer("01-gray", "pixel by pixel", channel_loop, True),
    Answer("01-gray", "nested lists", lambda image: channel_loop(image).tolist(), True),
    Answer("01-gray", "np.average", lambda image: np.average(image, axis=2, weights=LUMA), True),
    Answer("01-gray", "weights with another rounding", lambda i: i @ np.array([0.2989, 0.5870, 0.1140]), True),
    Answer("01-gray", "float32", lambda image: (image @ LUMA).astype(np.float32), True),
    Answer("01-gray", "the course's own", to_gray, False, "own to_gray"),
    Answer("01-gray", "the course's own, called", lambda image: to_gray(image), False, "write the steps yourself"),
    Answer("01-gray", "the course's own, of the module", lambda image: helpers.to_gray(image), False, "own to_gray"),
    Answer("01-gray", "the course's own, imported inside", imported_inside, False, "own to_gray"),
    Answer("01-gray", "the course's own, as a partial", partial(to_gray), False, "own to_gray"),
    Answer("01-gray", "the course's own, wrapped", np.vectorize(to_gray, signature="(r,c,k)->(r,c)"), False, "own to_gray"),
    Answer("01-gray", "remembered results", lru_cache(lambda image: image @ LUMA), False, "unhashable"),
    Answer("01-gray", "mean", lambda image: image.mean(axis=2), False, "the eye weighs"),
    Answer("01-gray", "sum", lambda image: image.sum(axis=2), False, "without weights"),
    Answer("01-gray", "largest channel", lambda image: image.max(axis=2), False, "largest channel"),
    Answer("01-gray", "blue first", lambda image: image @ LUMA[::-1], False, "red and blue"),
    Answer("01-gray", "weights of two digits", lambda i: i @ np.array([0.3, 0.59, 0.11]), False, "rounded"),
    Answer("01-gray", "a digit wrong", lambda i: i @ np.array([0.299, 0.587, 0.144]), False, "must be 0.114 at (0, 2); got 0.144"),
    Answer("01-gray", "weights of BT.709", lambda i: i @ np.array([0.2126, 0.7152, 0.0722]), False, "BT.709"),
    Answer("01-gray", "weights of skimage", lambda i: i @ np.array([0.2125, 0.7154, 0.0721]), False, "BT.709"),
    Answer("01-gray", "divided by 3", lambda image: (image * LUMA).mean(axis=2), False, "do not divide"),
    Answer("01-gray", "times 255", lambda image: image @ LUMA * 255, False, "not times 255"),
    Answer("01-gray", "divided by 255", lambda image: image @ LUMA / 255, False, "not divided by 255"),
    Answer("01-gray", "three equal channels", lambda i: np.stack([i @ LUMA] * 3, axis=2), False, "no third axis"),
    Answer("01-gray", "one channel left", lambda image: (image @ LUMA)[..., None], False, "an axis too many"),
    Answer("01-gray", "not added up", lambda image: image * LUMA, False, "add them"),
    Answer("01-gray", "only red", lambda image: image[:, :, 0], False, "only red"),
    Answer("01-gray", "only green", lambda image: image[:, :, 1], False, "only green"),
    Answer("01-gray", "rows for channels", lambda i: 0.299 * i[0] + 0.587 * i[1] + 0.114 * i[2], False, "first row"),
    Answer("01-gray", "the image", lambda image: image, False, "must have shape (1, 4); got (1, 4, 3)"),
    Answer("01-gray", "cut off at 1", lambda image: (image @ LUMA).clip(0, 1), False, "cut off at 0 and 1"),
    Answer("01-gray", "np.abs of the result", lambda image: np.abs(image @ LUMA), False, "lost their sign"),
    Answer("01-gray", "whole numbers", lambda image: (image @ LUMA).astype(int), False, "fractions are dropped"),
    Answer("01-gray", "np.zeros_like of the image", whole_numbers, False, "np.zeros(shape)"),
    Answer("01-gray", "rounded", lambda image: (image @ LUMA).round(2), False, "keep all digits"),
    Answer("01-gray", "swapped axes", lambda image: (image @ LUMA).T, False, "rows and columns of the result"),
    Answer("01-gray", "return inside the loop", returns_in_the_loop, False, "is return inside the loop over rows"),
    Answer("01-gray", "the last row left out", last_row_left_out, False, "the last row is still 0"),
    Answer("01-gray", "the last column left out", last_column_left_out, False, "the last column is still 0"),
    Answer("01-gray", "a frame cut off", lambda image: (image @ LUMA)[:-1, :-1], False, "row and column are missing"),
    Answer("01-gray", "never filled", lambda image: np.zeros(image.shape[:2]), False, "is the result filled"),
    Answer("01-gray", "printed instead of returned", printed, False, "print shows a value but does not return it"),
    Answer("01-gray", "not written yet", my_gray, False, "my_gray returns nothing."),
    Answer("01-gray", "three parameters", lambda red, green, blue: red, False, "must take (image); it takes (red, green, blue)"),
    Answer("01-gray", "numbers as text", lambda image: (image @ LUMA).astype(str), False, "array of numbers"),
]  # fmt: skip
