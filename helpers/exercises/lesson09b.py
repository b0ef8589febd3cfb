"""The exercises of lesson 09b: a thicker stroke, what a nudge adds, and a shift."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import Exercise, is_function, is_number
from helpers.network import change_images


def _shift(image: NDArray, right: int) -> NDArray:
    """Shift a picture to the right, or to the left below 0; zeros fill in."""
    shifted, width = np.zeros_like(image), image.shape[1]
    if right >= 0:
        shifted[:, right:] = image[:, : max(width - right, 0)]
    else:
        shifted[:, :right] = image[:, -right:]
    return shifted


def _turned(right: Callable) -> Callable:
    """Shift rows instead of columns."""
    return lambda image, amount: right(image.T, amount).T


def _from_the_end(image: NDArray, right: int) -> NDArray:
    """Shift without a check of negative indices."""
    shifted = np.zeros_like(image)
    for column in range(image.shape[1]):
        if column - right < image.shape[1]:
            shifted[:, column] = image[:, column - right]
    return shifted


_IMAGE = np.arange(1.0, 21).reshape(4, 5) / 20
_CASES = [(_IMAGE, right) for right in (1, 2, 0, -1, -3, 4, 5, 7, -6)]
MISTAKES = [
    (lambda image, right: np.roll(image, right, axis=1),
     "what leaves on one side comes back on the other; fill in zeros instead"),
    (_from_the_end, "a negative index counts from the end; what comes from outside is 0"),
    (lambda image, right: _shift(image, -right), "it moves to the left; a positive number should move it to the right"),
    (lambda image, right: _shift(image, abs(right)), "a negative number should move it to the left"),
    (_turned(_shift), "rows move; columns should: they are the second axis"),
    (lambda image, right: image[:, max(-right, 0) : image.shape[1] - max(right, 0)],
     "the picture gets narrower; it should keep its size"),
    (lambda image, right: np.pad(image, ((0, 0), (right, 0))) if right > 0 else image,
     "the picture gets wider; it should keep its size"),
    (lambda image, right: image[:, np.clip(np.arange(image.shape[1]) - right, 0, image.shape[1] - 1)],
     "the border is repeated; fill in zeros instead"),
    (lambda image, right: image, "nothing moves"),
]  # fmt: skip

EXERCISES = {
    "09b-thick": Exercise(
        is_number(
            7,
            {3: "that is the stroke before; a maximum spreads to the neighbors",
             5: "that is after one pooling; there are two",
             4: "the window reaches one pixel to each side, both times",
             6: "the stroke itself counts, too",
             9: "the window reaches one pixel to each side, not two",
             1: "max pooling makes bright strokes wider; min pooling makes them thinner",
             2: "with stride 1 the picture keeps its size",
             12: "each pooling adds two pixels; it does not double the width"},
        ),
        right="Each time, the stroke grows by one pixel on each side.",
        hint="Stride 1: one output per pixel. It is bright if any of the 9 pixels around it is bright.",
        solution="answer = 3 + 2 + 2  # one pixel to each side, twice",
    ),
    "09b-nudge": Exercise(
        is_number(
            0.35,
            {0.15: "choose each sign so that its pixel raises the loss: -1.0 counts as +1.0",
             0.2: "all pixels may change, not only the one with the largest slope",
             3.5: "that is the sum of the absolute slopes; each pixel moves by 0.1",
             1.5: "that is the sum of the slopes; use their absolute values, times 0.1",
             0.4: "a slope of 0 adds nothing, and the magnitudes are not all 1",
             0.3: "a slope of 0 adds nothing, and the magnitudes are not all 1",
             -0.35: "that makes the loss smaller; move each pixel up its slope"},
        ),
        right="0.1 times the sum of the absolute slopes: many small contributions add up to a large change.",
        hint="A pixel with a negative slope raises the loss when it gets darker. How much does each add?",
        solution="answer = 0.1 * (0.5 + 1.0 + 2.0 + 0)  # each pixel moves by 0.1, in the direction that raises the loss",
    ),
    "09b-my_shift": Exercise(
        is_function(_shift, _CASES, MISTAKES, library=[change_images]),
        right="What moves past the border is lost: shifting back does not restore it.",
        hint="Start with zeros. If right ≥ 0, the columns below width − right move; otherwise, those from"
        " −right on.",
        solution="""def my_shift(image, right):
    shifted = np.zeros_like(image)
    width = image.shape[1]
    for column in range(width):
        if 0 <= column - right < width:  # else it comes from outside: black
            shifted[:, column] = image[:, column - right]
    return shifted""",
    ),
}  # fmt: skip
