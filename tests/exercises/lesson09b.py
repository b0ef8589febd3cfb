"""Answers to the exercises of lesson 09b."""

import numpy as np

from exercises.answers import Answer
from exercises.edits import edited
from helpers.network import change_images


def by_padding(image, right):
    """With room on both sides, and a window of it."""
    room = 9
    wide = np.pad(image, ((0, 0), (room, room)))
    return wide[:, room - right : room - right + image.shape[1]]


def by_loops(image, right):
    result = np.zeros(image.shape)
    for row, column in np.ndindex(image.shape):
        if 0 <= column + right < image.shape[1]:
            result[row, column + right] = image[row, column]
    return result


def rolled(image, right):
    return np.roll(image, right, 1)


def without_a_check(image, right):
    """A negative index counts from the end."""
    result = np.zeros(image.shape)
    for column in range(image.shape[1]):
        if column - right < image.shape[1]:
            result[:, column] = image[:, column - right]
    return result


def cut(image, right):
    return image[:, : image.shape[1] - right] if right >= 0 else image[:, -right:]


def padded(image, right):
    return np.pad(image, ((0, 0), (right, 0))) if right > 0 else image


def repeated(image, right):
    columns = np.arange(image.shape[1]) - right
    return image[:, columns.clip(0, image.shape[1] - 1)]


PIXEL_SLOPES = np.array([0.5, -1.0, 2.0, 0.0])
ANSWERS = [
    Answer("09b-thick", "a number", 7, True),
    Answer("09b-thick", "step by step", 3 + 2.0 + 2, True),
    Answer("09b-thick", "as before", 3, False, "spreads"),
    Answer("09b-thick", "once", 5, False, "there are two"),
    Answer("09b-thick", "half", 4, False, "both times"),
    Answer("09b-thick", "without the stroke", 6, False, "stroke itself"),
    Answer("09b-thick", "two to each side", 9, False, "not two"),
    Answer("09b-thick", "thinner", 1, False, "wider"),
    Answer("09b-thick", "downsampled", 2, False, "keeps its size"),
    Answer("09b-thick", "doubled twice", 12, False, "does not double"),
    Answer("09b-nudge", "a number", 0.35, True),
    Answer("09b-nudge", "computed", 0.1 * np.abs(PIXEL_SLOPES).sum(), True),
    Answer("09b-nudge", "signs kept", 0.1 * PIXEL_SLOPES.sum(), False, "each sign"),
    Answer("09b-nudge", "the largest alone", 0.1 * PIXEL_SLOPES.max(), False, "all pixels"),
    Answer("09b-nudge", "no size", np.abs(PIXEL_SLOPES).sum(), False, "moves by 0.1"),
    Answer("09b-nudge", "neither", PIXEL_SLOPES.sum(), False, "absolute values"),
    Answer("09b-nudge", "the count of pixels", 0.4, False, "adds nothing"),
    Answer("09b-nudge", "the count of slopes", 0.3, False, "magnitudes"),
    Answer("09b-nudge", "down", -0.35, False, "smaller"),
    Answer("09b-my_shift", "the solution", edited("09b-my_shift"), True),
    Answer("09b-my_shift", "with padding", by_padding, True),
    Answer("09b-my_shift", "with loops", by_loops, True),
    Answer("09b-my_shift", "np.roll", rolled, False, "comes back"),
    Answer("09b-my_shift", "a negative index", without_a_check, False, "from the end"),
    Answer("09b-my_shift", "to the left", lambda i, k: by_padding(i, -k), False, "to the left"),
    Answer("09b-my_shift", "only to the right", lambda i, k: by_padding(i, abs(k)), False, "a negative number"),
    Answer("09b-my_shift", "rows", lambda i, k: by_padding(i.T, k).T, False, "second axis"),
    Answer("09b-my_shift", "cut", cut, False, "narrower"),
    Answer("09b-my_shift", "padded", padded, False, "wider"),
    Answer("09b-my_shift", "the border repeated", repeated, False, "repeated"),
    Answer("09b-my_shift", "the image", lambda i, k: i, False, "nothing moves"),
    Answer("09b-my_shift", "the library's",
           lambda i, k: change_images(i[None], "shift", k)[0], False, "own"),
]  # fmt: skip
