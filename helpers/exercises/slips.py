"""Slips that are made in any function of arrays, and the line that names each."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray


def changed(right: Callable, change: Callable) -> Callable:
    """A function with a mistake: the right result, changed."""
    return lambda *arguments: change(right(*arguments))


def _filled_only(part: Any) -> Callable[[NDArray], NDArray]:
    """What is left of a result if only this part of it is filled."""

    def change(right: NDArray) -> NDArray:
        result = np.zeros(right.shape)
        result[part] = right[part]
        return result

    return change


# Each function makes what the slip makes of the right result.
COMMON_SLIPS: list[tuple[Callable[[NDArray], NDArray], str]] = [
    (lambda right: 0 * right, "every number is 0: is the result filled?"),
    (np.abs, "negative numbers have lost their sign"),
    (lambda right: np.maximum(right, 0), "negative numbers are cut off at 0; keep them"),
    (lambda right: right.clip(0, 1), "numbers are cut off at 0 and 1; keep them as they are"),
    (lambda right: right.clip(0, 255), "numbers are cut off at 0 and 255; keep them as they are"),
    (np.negative, "every sign is reversed"),
    (np.trunc, "fractions are dropped: the result holds whole numbers; create it with np.zeros(shape)"),
    (np.round, "the numbers are rounded; keep their fractions"),
    (lambda right: right.round(1), "the numbers are rounded; keep all digits"),
    (lambda right: right.round(2), "the numbers are rounded; keep all digits"),
    (_filled_only(np.s_[:1, :1]), "only the first number is computed: is return inside the loops?"),
    (_filled_only(np.s_[:1]), "only the first row is computed: is return inside the loop over rows?"),
    (_filled_only(np.s_[:-1, :-1]), "the last row and column are still 0: the loops end too early"),
    (_filled_only(np.s_[:-1]), "the last row is still 0: the loop over rows ends too early"),
    (_filled_only(np.s_[:, :-1]), "the last column is still 0: the loop over columns ends too early"),
    (lambda right: right.swapaxes(0, 1), "rows and columns of the result are swapped"),
    (lambda right: right[:-1, :-1], "the last row and column are missing"),
    (np.ravel, "the numbers are right, but in one long row; give the result rows and columns"),
    (lambda right: right[..., None], "the numbers are right, but the result has an axis too many"),
]  # fmt: skip
