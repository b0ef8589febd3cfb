"""The exercises of lesson 09: a receptive field, occlusion, and the most confident mistake."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import Exercise, is_function, is_number, run

# 09-sure is about these: a row of probabilities for each of four digits, and their labels
SURE_CASES = np.zeros((4, 10))
SURE_CASES[0, [3, 5]] = 0.98, 0.02
SURE_CASES[1, [4, 7, 9]] = 0.43, 0.02, 0.55
SURE_CASES[2, [2, 6, 0]] = 0.15, 0.05, 0.80
SURE_CASES[3, [1, 7, 2]] = 0.40, 0.35, 0.25
SURE_LABELS = np.array([3, 7, 2, 1])

_GRAY = np.arange(1.0, 43).reshape(6, 7) / 42
_COLOR = np.arange(1.0, 91).reshape(5, 6, 3) / 90
_CASES = [
    (_GRAY, 1, 3, 2),
    (_GRAY, 0, 0, 6),
    (_GRAY, 4, 5, 3),  # over the lower and the right border
    (_GRAY, -1, -2, 3),  # over the upper and the left border
    (_COLOR, 1, 4, 3),
]


def _occlude(image: NDArray, row: int, column: int, size: int) -> NDArray:
    covered = image.copy()
    covered[max(row, 0) : row + size, max(column, 0) : column + size] = 0
    return covered


def _only_the_square(image: NDArray, row: int, column: int, size: int) -> NDArray:
    return image - _occlude(image, row, column, size)


def _wrapped(image: NDArray, row: int, column: int, size: int) -> NDArray:
    """Negative indices counted from the end, as in Python."""
    covered = image.copy()
    covered[row : row + size, column : column + size] = 0
    return covered


_judge_result = is_function(
    _occlude,
    _CASES,
    [
        (_wrapped, "in Python, a negative index counts from the end: start from max(row, 0)"),
        (lambda image, row, column, size: image, "nothing is covered"),
        (lambda image, row, column, size: _occlude(image, column, row, size),
         "row and column are swapped"),
        (lambda image, row, column, size: _occlude(image, row, column, size + 1),
         "the square is a row and a column too large"),
        (lambda image, row, column, size: _occlude(image, row, column, size - 1),
         "the square is a row and a column too small"),
        (lambda image, row, column, size: _occlude(image, row - size // 2, column - size // 2, size),
         "(row, column) is the upper left corner of the square, not its center"),
        (_only_the_square, "everything but the square is covered; it should be the other way round"),
        (lambda image, row, column, size: np.where(_occlude(image, row, column, size) == 0, 1, image),
         "the square is filled with 1, not with 0"),
        (lambda image, row, column, size: image[row : row + size, column : column + size],
         "this is the square alone; return the whole picture"),
    ],
)  # fmt: skip


def _occludes(answer: Any) -> str | None:
    problem = _judge_result(answer)
    if problem:
        return problem
    image = _GRAY.copy()
    run(lambda: answer(image, 1, 3, 2))  # not on `run`'s copy, to see whether the image changes
    if not np.array_equal(image, _GRAY):
        return "your function changes its image; cover a copy of it"
    return None


EXERCISES = {
    "09-field": Exercise(
        is_number(
            10,
            {3: "that is its receptive field in its own input, the maps before it",
             7: "that is for two convolutions alone; the pooling between them widens it",
             8: "after the pooling, neighbors are 2 rows apart: the second kernel adds 4, not 2",
             9: "the pooling window itself spans one row more: it adds 1",
             14: "the first convolution comes before the pooling: its 4 rows are not doubled",
             15: "windows that overlap do not multiply",
             30: "windows that overlap do not multiply",
             6: "that is for an output of the pooling; one convolution follows"},
        ),
        right="Backwards: 3 rows, 6 rows before the pooling, 10 rows of the image.",
        hint="Go backwards. How many rows of the pooled maps does it use? How many rows were pooled into"
        " them? How many rows did the first kernel need for those?",
        solution="answer = 3 * 2 + (5 - 1)",
    ),
    "09-my_occlude": Exercise(
        _occludes,
        right="Slide the square over a digit to see which parts of it the network needs.",
        hint="Copy the image first. Rows run from row to row + size. A slice may end past the last row,"
        " but must not start below 0.",
        solution="""def my_occlude(image, row, column, size):
    covered = image.copy()
    covered[max(row, 0):row + size, max(column, 0):column + size] = 0
    return covered""",
    ),
    "09-sure": Exercise(
        is_number(
            2,
            {0: "row 0 is the most confident, but it is right",
             1: "row 1 is wrong, but less confident: its largest probability is 0.55",
             3: "row 3 is right, and rows are counted from 0"},
        ),
        right="A confident prediction can be wrong: 0.80 for a wrong digit.",
        hint="First: in which rows is the largest probability not at the index of the label? Among"
        " those: which row has the largest one?",
        solution="answer = 2",
    ),
}  # fmt: skip
