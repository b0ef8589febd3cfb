"""Judging `my_occlude` of lesson 09: the cases, and the mistakes that are recognized."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import is_function, run

_GRAY = np.arange(1.0, 43).reshape(6, 7) / 42
_COLOR = np.arange(1.0, 91).reshape(5, 6, 3) / 90 - 0.495
_CASES = [
    (_GRAY, 1, 3, 2),
    (_GRAY, 0, 0, 6),
    (_COLOR, 1, 4, 3),
    # partly outside: below, on the right, above, on the left; all around
    *[(_GRAY, 4, 2, 3), (_GRAY, 2, 5, 3), (_GRAY, -1, 2, 3), (_GRAY, 2, -2, 3), (_GRAY, -1, -2, 12)],
    # wholly outside: below, on the right, above, on the left
    *[(_GRAY, 9, 1, 3), (_GRAY, 1, 9, 3), (_GRAY, -5, 1, 3), (_COLOR, 1, -5, 3)],
    (_GRAY, -3, 2, 3),  # above, and touching the first row
]  # fmt: skip


def _clipped(start: int, size: int, length: int = 0) -> slice:
    return slice(max(start, 0), max(start + size, 0))


def _covered(rows: Callable, columns: Callable) -> Callable:
    """Cover the rows `rows(row, size, height)` and the columns `columns(column, size, width)`."""

    def cover(image: NDArray, row: int, column: int, size: int) -> NDArray:
        covered = image.copy()
        height, width = image.shape[:2]
        covered[rows(row, size, height), columns(column, size, width)] = 0
        return covered

    return cover


_occlude = _covered(_clipped, _clipped)


def _moved(rows: int, columns: int) -> Callable:
    return lambda image, row, column, size: _occlude(image, row + rows, column + columns, size)


_NEIGHBORS = {
    (1, 0): "a row too low",
    (-1, 0): "a row too high",
    (0, 1): "a column too far right",
    (0, -1): "a column too far left",
    (1, 1): "a row too low and a column too far right",
    (1, -1): "a row too low and a column too far left",
    (-1, 1): "a row too high and a column too far right",
    (-1, -1): "a row too high and a column too far left",
}


def _resized(change: int) -> Callable:
    return lambda image, row, column, size: _occlude(image, row, column, size + change)


def _inside(start: int, size: int, length: int) -> slice:
    start = max(min(start, length - size), 0)
    return slice(start, start + size)


def _filled(value: Callable) -> Callable:
    """The square in another color."""
    return lambda image, row, column, size: np.where(
        _occlude(np.ones_like(image), row, column, size) == 0, value(image), image
    )


def _first_channel(image: NDArray, row: int, column: int, size: int) -> NDArray:
    covered = _occlude(image, row, column, size)
    if image.ndim == 3:
        covered[..., 1:] = image[..., 1:]
    return covered


# rows or columns of the square, by a slice that is wrong at some border
_SLICES = [
    (lambda start, size, length: slice(max(start, 0), start + size),
     "above or left of the picture a slice also ends below 0, which counts from the other end:"
     " max(row + size, 0), max(column + size, 0)"),
    (lambda start, size, length: slice(start, start + size),
     "in Python, a negative index counts from the end: start from max(row, 0), max(column, 0)"),
    (lambda start, size, length: slice(start, max(start + size, 0)),
     "in Python, a negative index counts from the end: start from max(row, 0), max(column, 0)"),
    (lambda start, size, length: slice(max(start, 0), max(start, 0) + size),
     "a square over the upper or left border keeps its size; cut off what is outside"),
    (_inside, "the square is moved into the picture; cut off what is outside"),
    (lambda start, size, length: slice(max(start, 0), size),
     "a slice ends at row + size and column + size, not at size"),
]  # fmt: skip

MISTAKES = [
    *[(cover, line) for part, line in _SLICES
      for cover in (_covered(part, part), _covered(part, _clipped), _covered(_clipped, part))],
    (_covered(_clipped, lambda *_: slice(None)),
     "whole rows are covered; the columns run from column to column + size"),
    (_covered(lambda *_: slice(None), _clipped),
     "whole columns are covered; the rows run from row to row + size"),
    (lambda image, row, column, size: image, "nothing is covered"),
    (lambda image, row, column, size: image * 0, "everything is covered"),
    (lambda image, row, column, size: _occlude(image, row, column, 1), "only one pixel is covered"),
    (lambda image, row, column, size: _occlude(image, column, row, size), "row and column are swapped"),
    (_resized(1), "the square is a row and a column too large"),
    (_resized(-1), "the square is a row and a column too small"),
    *[(_moved(*move), f"the square is {where}") for move, where in _NEIGHBORS.items()],
    (lambda image, row, column, size: _occlude(image, row - size // 2, column - size // 2, size),
     "(row, column) is the upper left corner of the square, not its center"),
    (_first_channel, "only the first channel is covered"),
    (lambda image, row, column, size: image - _occlude(image, row, column, size),
     "everything but the square is covered; it should be the other way around"),
    *[(_filled(lambda image, value=value: value), f"the square is filled with {value}, not with 0")
      for value in (1, 0.5, 255, -1, np.nan)],
    (_filled(np.mean), "the square is filled with the mean, not with 0"),
    (lambda image, row, column, size: image[_clipped(row, size), _clipped(column, size)],
     "this is the square alone; return the whole picture"),
    (lambda image, row, column, size: image[row : row + size, column : column + size],
     "this is the square alone; return the whole picture"),
]  # fmt: skip
_judge_result = is_function(_occlude, _CASES, MISTAKES)


def judge(answer: Any) -> str | None:
    """Return what is wrong with the answer, in one line, or None."""
    problem = _judge_result(answer)
    if problem:
        return problem
    image = _GRAY.copy()
    run(lambda: answer(image, 1, 3, 2), {})  # not on `run`'s copy, to see whether the image changes
    if not np.array_equal(image, _GRAY):
        return "your function changes its image; cover a copy of it"
    return None
