"""Judging an answer that is a number, a shape or a kernel, and reading numbers from any object."""

from collections.abc import Callable, Sequence
from inspect import isfunction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.messages import describe

LARGEST_ANSWER = 1_000_000  # numbers; a larger one is not read: it would take long and much memory
_AXES = ("rows", "columns", "channels")


def numbers(answer: Any) -> NDArray | None:
    """Return the answer as a float array, or None if it holds anything but numbers, or too many."""
    try:
        array = np.asarray(answer)  # an array of objects, if the answer is a Fraction
        if array.dtype.kind not in "iufO" or array.size > LARGEST_ANSWER:
            return None
        return array.astype(float)
    except Exception:
        return None


def is_number(
    right: float, because: dict | None = None, tolerance: float = 1e-6
) -> Callable[[Any], str | None]:
    """Return a judge of one number; `because` maps likely wrong numbers to what is wrong."""

    def judge_number(number: float) -> str | None:
        if abs(number - right) < tolerance:
            return None
        return _reason(because, number) or f"{number:.10g} is not it: {_direction(number, right)}"

    return one_number(judge_number)


def one_number(judge_number: Callable[[float], str | None]) -> Callable[[Any], str | None]:
    """Return a judge that reads one finite number and hands it to `judge_number`."""

    def judge(answer: Any) -> str | None:
        array = numbers(answer)
        if array is None or array.ndim or not np.isfinite(array):
            comma = isinstance(answer, tuple) and len(answer) > 1
            advice = ": a comma makes two numbers out of one" if comma else ""
            return f"expected one number; got {_described(answer)}{advice}"
        return judge_number(float(array))

    return judge


def is_shape(right: tuple, because: dict | None = None) -> Callable[[Any], str | None]:
    """Return a judge of a shape: a tuple of whole numbers, rows first."""

    def judge(answer: Any) -> str | None:
        array = numbers(answer)
        if array is None or array.shape != (len(right),):
            return f"expected {len(right)} whole numbers, rows first; got {_described(answer)}"
        given = tuple(array.tolist())
        if given == tuple(map(float, right)):
            return None
        return _reason(because, given) or f"{describe(answer)} is not it: {_which(given, right)}"

    return judge


def is_kernel(judge_weights: Callable[[NDArray], str | None]) -> Callable[[Any], str | None]:
    """Return a judge of a 3×3 kernel, which reads the weights and hands them to `judge_weights`."""

    def judge(answer: Any) -> str | None:
        kernel = numbers(answer)
        if kernel is None or kernel.shape != (3, 3):
            return f"expected a kernel of 3×3 numbers; got {_described(answer)}"
        if not np.isfinite(kernel).all():
            return "every weight must be a finite number, not NaN or infinity"
        return judge_weights(kernel)

    return judge


def _described(answer: Any) -> str:
    """What came in place of numbers, and how to make numbers of it."""
    advice = ""
    if "Ellipsis" in repr(answer):
        advice = ": replace the three dots with a number"
    elif isinstance(answer, str):
        advice = ": leave out the quotes"
    elif isinstance(answer, (list, tuple)) and len(answer) == 1:
        advice = ": leave out the brackets"
    elif isfunction(answer):
        advice = ": call the function"
    return describe(answer) + advice


def _reason(because: dict | None, given: Any) -> str | None:
    """What is wrong with the nearest of the likely wrong numbers, if one is near."""
    near = [
        (np.abs(np.subtract(wrong, given)).max(), reason)
        for wrong, reason in (because or {}).items()
        if np.allclose(wrong, given, 0, 0.005)
    ]
    return min(near)[1] if near else None


def _direction(number: float, right: float) -> str:
    """In which direction a number is wrong."""
    if number == -right:
        return "the sign is wrong"
    if 0 < right < 1 and abs(number / 100 - right) < 0.01:
        return "the answer is a fraction from 0 to 1, not a percentage"
    by = "one too" if abs(number - right) == 1 else "too"
    return f"it is {by} {'large' if number > right else 'small'}"


def _which(given: Sequence[float], right: Sequence[int]) -> str:
    """Which number of a shape is wrong, and in which direction."""
    if not all(number.is_integer() for number in given):
        return "sizes are whole numbers; a division rounds down"
    if (given[1], given[0], *given[2:]) == tuple(right):
        return "rows and columns are swapped; rows come first"
    for axis, number, expected in zip(_AXES, given, right):
        if number != expected:
            by = "one too" if abs(number - expected) == 1 else "too"
            return f"{number:g} {axis} are {by} {'many' if number > expected else 'few'}"
    return ""
