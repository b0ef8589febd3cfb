"""The exercises of lesson 09: what a cell sees, covering a square, and the surest mistake."""

import numpy as np

from helpers.exercises.exercise import Exercise, is_function, is_number, run

# what 09-sure asks about: a row of probabilities for each of four digits, and what they are
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


def _occlude(image, row, column, size):
    covered = image.copy()
    covered[max(row, 0) : row + size, max(column, 0) : column + size] = 0
    return covered


def _only_the_square(image, row, column, size):
    return image - _occlude(image, row, column, size)


def _wrapped(image, row, column, size):
    """Negative places taken as Python takes them: from the end."""
    covered = image.copy()
    covered[row : row + size, column : column + size] = 0
    return covered


_judge_result = is_function(
    _occlude,
    _CASES,
    [
        (_wrapped, "a place below 0 counts from the far end in Python: start from max(row, 0)"),
        (lambda image, row, column, size: image, "nothing is covered"),
        (lambda image, row, column, size: _occlude(image, column, row, size),
         "row and column are swapped"),
        (lambda image, row, column, size: _occlude(image, row, column, size + 1),
         "the square is a row and a column too large"),
        (lambda image, row, column, size: _occlude(image, row, column, size - 1),
         "the square is a row and a column too small"),
        (lambda image, row, column, size: _occlude(image, row - size // 2, column - size // 2, size),
         "(row, column) is the upper left corner of the square, not its middle"),
        (_only_the_square, "all but the square is covered; it should be the other way round"),
        (lambda image, row, column, size: np.where(_occlude(image, row, column, size) == 0, 1, image),
         "the square is filled with 1, not with 0"),
        (lambda image, row, column, size: image[row : row + size, column : column + size],
         "this is the square alone; give back the whole picture"),
    ],
)  # fmt: skip


def _occludes(answer):
    problem = _judge_result(answer)
    if problem:
        return problem
    image = _GRAY.copy()
    run(lambda: answer(image, 1, 3, 2))  # without `run`'s copy, to see what becomes of the image
    if not np.array_equal(image, _GRAY):
        return "the image that came in is changed; cover a copy of it"
    return None


EXERCISES = {
    "09-field": Exercise(
        is_number(
            10,
            {3: "that is what it sees of the maps before it",
             7: "two convolutions alone would see 7; the pooling between them widens it",
             8: "after the pooling, neighbors stand 2 rows apart: the second kernel adds 4, not 2",
             9: "the pooled window itself reaches one row further: it adds 1",
             14: "the first convolution comes before the pooling: its 4 rows are not doubled",
             15: "windows that overlap do not multiply",
             30: "windows that overlap do not multiply",
             6: "that is a cell of the pooled maps; one convolution follows"},
        ),
        right="Backwards: 3 cells, 6 cells before the pooling, 10 rows of the image.",
        hint="Go backwards. How many pooled cells does it see? How many rows were pooled into them?"
        " How many rows did the first kernel need for those?",
        solution="answer = 3 * 2 + (5 - 1)",
    ),
    "09-my_occlude": Exercise(
        _occludes,
        right="Slide the square over a digit, and see where the network needs the picture.",
        hint="Copy the image first. Rows run from row to row + size; a slice that ends past the"
        " last row is cut by itself, one that starts below 0 is not.",
        solution="""def my_occlude(image, row, column, size):
    covered = image.copy()
    covered[max(row, 0):row + size, max(column, 0):column + size] = 0
    return covered""",
    ),
    "09-sure": Exercise(
        is_number(
            2,
            {0: "row 0 is the surest of all, but it is right",
             1: "row 1 is wrong, but less sure: its largest probability is 0.55",
             3: "row 3 is right, and rows are counted from 0"},
        ),
        right="Being sure is not being right: 0.80 for a wrong digit.",
        hint="First: in which rows does the largest probability stand at another place than the"
        " label? Among those: whose is the largest?",
        solution="answer = 2",
    ),
}  # fmt: skip
