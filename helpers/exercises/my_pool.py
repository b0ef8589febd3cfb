"""Judging `my_pool` of lesson 05: the cases, and the mistakes that are recognized."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import is_function
from helpers.loops import pool_loops
from helpers.network import MaxPool
from helpers.pooling import pool

# rows and columns that differ, that 2 and 3 do not divide; ties; windows of negative numbers
_MIXED = np.array([[-4.0, -8, 3, 3, 0], [-1, -2, 1, 9, 5], [-7, -3, -6, -5, 2], [-9, -4, -2, -8, 1],
                   [1, 0, 2, 7, 6], [3, 5, 4, 8, 1], [2, 2, 2, 2, 2]])  # fmt: skip
_COLOR = 9 * np.random.default_rng(5).random((5, 8, 3)) - 6
_CASES = [(_MIXED, 2), (_MIXED, 3), (_COLOR, 2), (_COLOR, 4), (-_MIXED / 3 - 4, 5), (_MIXED[:2], 1)]

_LIBRARY = (pool, pool_loops, MaxPool.forward)


def _loop(window: Callable, keep: Callable = lambda w: w.max(axis=(0, 1))) -> Callable:
    """Pooling as a loop, from `window(image, row, column, size)` and the number kept from it."""

    def pooled(image: NDArray, size: int) -> NDArray:
        rows, columns = image.shape[0] // size, image.shape[1] // size
        result = np.zeros((rows, columns) + image.shape[2:])
        for row, column in np.ndindex(rows, columns):
            result[row, column] = keep(window(image, row, column, size))
        return result

    return pooled


def _window(image: NDArray, row: int, column: int, size: int) -> NDArray:
    return image[row * size : (row + 1) * size, column * size : (column + 1) * size]


def _cut(rows: Callable, columns: Callable) -> Callable:
    """Pooling with windows whose slices are `rows(row, size)` and `columns(column, size)`."""
    return _loop(lambda image, row, column, size: image[rows(row, size), columns(column, size)])


def _kept(keep: Callable) -> Callable:
    return _loop(_window, keep)


def _steps(n: int, size: int) -> slice:
    return slice(n * size, n * size + size)


def _steps_too_long(n: int, size: int) -> slice:
    return slice(n * size, n * size + size + 1)


def _steps_too_short(n: int, size: int) -> slice:
    return slice(n * size, n * size + size - 1)


def _no_steps(n: int, size: int) -> slice:
    return slice(n, n + size)


def _partial_windows(image: NDArray, size: int) -> NDArray:
    missing = [(0, -n % size) for n in image.shape[:2]] + [(0, 0)] * (image.ndim - 2)
    return pool(np.pad(image, missing, mode="edge"), size)


def _one_channel(image: NDArray, size: int) -> NDArray:
    return pool(image if image.ndim == 2 else image.max(axis=2), size)


MISTAKES = [
    (lambda image, size: np.maximum(pool(image, size), 0),
     "a window of negative numbers gives 0; start from its first pixel, or −∞"),
    (_kept(lambda window: window.mean(axis=(0, 1))), "this is the mean; keep the largest"),
    (_kept(lambda window: window.min(axis=(0, 1))), "this is the smallest; keep the largest"),
    (_kept(lambda window: window.sum(axis=(0, 1))), "this is the sum; keep the largest"),
    (_kept(lambda window: np.median(window, axis=(0, 1))), "this is the median; keep the largest"),
    (_kept(lambda window: np.abs(window).max(axis=(0, 1))),
     "this is the largest absolute value; keep the largest number, with its sign"),
    (_kept(lambda window: window[0, 0]), "this is the first pixel of each window; keep the largest"),
    (_kept(lambda window: window.reshape(-1, *window.shape[2:]).argmax(axis=0)),
     "argmax says where the largest is; max is the number itself"),
    (_cut(_no_steps, _no_steps),
     "windows overlap: they start at row * size and column * size, not at row and column"),
    (_cut(_steps, _no_steps), "windows overlap: their columns start at column * size"),
    (_cut(_no_steps, _steps), "windows overlap: their rows start at row * size"),
    (lambda image, size: pool(image, size, stride=1),
     "windows overlap; the stride must be the size of the window"),
    (_cut(_steps_too_long, _steps_too_long),
     "the window is a row and a column too large: the end of a slice is not included"),
    (_cut(_steps_too_short, _steps_too_short),
     "the window is a row and a column too small: the end of a slice is not included"),
    (_loop(lambda image, row, column, size: image[_steps(column, size), _steps(row, size)]),
     "rows and columns of the window are swapped"),
    (lambda image, size: pool(image, 2), "windows are 2×2 whatever `size` is"),
    (_partial_windows, "a window that does not fit is left out: the division rounds down, with //"),
    (_one_channel, "a color image has one number for each channel: window.max(axis=(0, 1))"),
    (_kept(np.max), "the channels are mixed: window.max(axis=(0, 1)) keeps them separate"),
    (lambda image, size: pool(image if image.ndim == 2 else image[..., 0], size),
     "only the first channel is pooled"),
]  # fmt: skip

_judge_result = is_function(pool, _CASES, MISTAKES, library=_LIBRARY)


def judge(answer: Any) -> str | None:
    """Return what is wrong with the answer, in one line, or None."""
    problem = _judge_result(answer)
    if problem and str(_COLOR.shape) in problem and "element with a sequence" in problem:
        return "a color image has three numbers per window: np.zeros((rows, columns) + image.shape[2:])"
    if problem and "zero-size array" in problem:
        return (
            f"{problem} (a window is empty: outside the image, or its slice ends where it starts)"
        )
    return problem
