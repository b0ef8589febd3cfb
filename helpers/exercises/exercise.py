"""What an exercise is, and how an answer is judged, without raising or changing anything."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.validation import describe


@dataclass(frozen=True)
class Exercise:
    """One exercise: `judge(answer)` returns what is wrong, in one line, or None."""

    judge: Callable[[Any], str | None]
    right: str  # shown when the answer is right: the fact to remember
    hint: str
    solution: str  # code


class Line(str):
    """A line that a cell shows without quotes."""

    def __repr__(self) -> str:
        return str(self)


class Fold(str):
    """Text that is collapsed until the learner opens it."""

    html: str

    def __new__(cls, title: str, body: str, code: bool = False) -> "Fold":
        fold = super().__new__(cls, f"{title}: {body}")
        inner = f"<pre>{escape(body)}</pre>" if code else f"<p>{escape(body)}</p>"
        fold.html = f"<details><summary>{escape(title)}</summary>{inner}</details>"
        return fold

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return self.html


def run(function: Callable, *arguments: Any) -> tuple[Any, str | None]:
    """Call the learner's function on copies; return its result and what went wrong, if anything."""
    name = getattr(function, "__name__", "your function")
    try:
        result = function(*(deepcopy(argument) for argument in arguments))
    except (Exception, SystemExit) as error:
        return None, f"{name} stopped with {type(error).__name__}: {' '.join(str(error).split())}"
    if result is None or result is ...:
        return None, f"{name} returns nothing yet"
    return result, None


def numbers(answer: Any) -> NDArray | None:
    """Return the answer as a float array, or None if it holds anything but numbers."""
    try:
        array = np.asarray(answer)  # an array of objects, if the answer is a Fraction
        return array.astype(float) if array.dtype.kind in "iufO" else None
    except Exception:
        return None


def is_number(
    right: float, because: dict | None = None, tolerance: float = 1e-6
) -> Callable[[Any], str | None]:
    """Return a judge of one number; `because` maps likely wrong numbers to what is wrong."""

    def judge(answer: Any) -> str | None:
        number = numbers(answer)
        if number is None or number.ndim:
            return f"expected one number; got {describe(answer)}"
        if abs(number - right) < tolerance:
            return None
        return _reason(because, float(number)) or f"{number:g} is not it"

    return judge


def is_shape(right: tuple, because: dict | None = None) -> Callable[[Any], str | None]:
    """Return a judge of a shape: a tuple of whole numbers, rows first."""

    def judge(answer: Any) -> str | None:
        array = numbers(answer)
        if array is None or array.shape != (len(right),):
            return f"expected {len(right)} whole numbers, rows first; got {describe(answer)}"
        given = tuple(array.tolist())
        if given == tuple(map(float, right)):
            return None
        return _reason(because, given) or f"{answer!r} is not it"

    return judge


def _reason(because: dict | None, given: Any) -> str | None:
    for wrong, reason in (because or {}).items():
        if np.allclose(wrong, given, 0, 0.005):
            return reason
    return None


def is_function(
    reference: Callable, cases: list[tuple], mistakes: Sequence[tuple[Callable, str]] = ()
) -> Callable[[Any], str | None]:
    """Return a judge of a function, which must agree with `reference` on every case.

    `mistakes` are pairs of a function with a likely mistake and the line that explains it.
    """

    def judge(answer: Any) -> str | None:
        if not callable(answer):
            return f"expected a function; got {describe(answer)}"
        for case in cases:
            given, problem = run(answer, *case)
            if problem:  # a function that is not written yet fails whatever its arguments
                return problem if case is cases[0] else f"for {_shapes(case)} {problem}"
            array, right = numbers(given), np.asarray(reference(*case))
            if array is None:
                return f"the result must be an array of numbers; got {describe(given)}"
            if array.shape != right.shape or not np.allclose(array, right, atol=1e-5):
                return _mistake(mistakes, case, array) or _difference(array, right, case)
        return None

    return judge


def _mistake(mistakes: Sequence[tuple[Callable, str]], case: tuple, array: NDArray) -> str | None:
    for wrong, line in mistakes:
        likely = np.asarray(wrong(*case))
        if likely.shape == array.shape and np.allclose(likely, array, atol=1e-5):
            return line
    return None


def _shapes(case: tuple[ArrayLike, ...]) -> str:
    return " and ".join(f"{np.shape(part) or part}" for part in case)


def _difference(array: NDArray, right: NDArray, case: tuple) -> str:
    shapes = _shapes(case)
    if array.shape != right.shape:
        return f"for {shapes} the result must have shape {right.shape}; got {array.shape}"
    if right.ndim == 0:
        return f"for {shapes} the result must be {right:g}; got {array:g}"
    place = tuple(np.argwhere(~np.isclose(array, right, atol=1e-5))[0].tolist())
    return f"for {shapes} the number at {place} must be {right[place]:g}; got {array[place]:g}"
