"""What an exercise is, and how an answer is judged: it never raises, and changes nothing."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from helpers.validation import describe

Judge = Callable[[object], str | None]  # says what is wrong with an answer, or None


@dataclass(frozen=True)
class Exercise:
    """`judge(answer)` returns what is wrong in one line, or None; `solution` is code that is right."""

    judge: Judge
    right: str  # said when the answer is right: the fact to take along
    hint: str
    solution: str


class Line(str):
    """A line that a cell shows without quotes."""

    def __repr__(self):
        return str(self)


class Fold(str):
    """Text that is folded away until the learner opens it."""

    def __new__(cls, title, body, code=False):
        fold = super().__new__(cls, f"{title}: {body}")
        inner = f"<pre>{escape(body)}</pre>" if code else f"<p>{escape(body)}</p>"
        fold.html = f"<details><summary>{escape(title)}</summary>{inner}</details>"
        return fold

    def __repr__(self):
        return str(self)

    def _repr_html_(self):
        return self.html


def run(function: Callable, *arguments: object) -> tuple[Any, str | None]:
    """Call the learner's function on copies; return its answer and what went wrong, if anything."""
    name = getattr(function, "__name__", "your function")
    try:
        answer = function(*(deepcopy(argument) for argument in arguments))
    except (Exception, SystemExit) as error:
        return None, f"{name} stopped with {type(error).__name__}: {' '.join(str(error).split())}"
    if answer is None or answer is ...:
        return None, f"{name} gives back nothing yet"
    return answer, None


def numbers(answer: object) -> np.ndarray | None:
    """The answer as a float array, or None if it holds anything but numbers."""
    try:
        array = np.asarray(answer)  # of objects, when the answer is a Fraction
        return array.astype(float) if array.dtype.kind in "iufO" else None
    except Exception:
        return None


def is_number(right: float, because: dict[float, str] | None = None, within: float = 1e-6) -> Judge:
    """A judge of one number; `because` says what lies behind the usual wrong ones."""

    def judge(answer):
        number = numbers(answer)
        if number is None or number.ndim:
            return f"expected one number; got {describe(answer)}"
        if abs(number - right) < within:
            return None
        return _reason(because, float(number)) or f"{number:g} is not it"

    return judge


def is_shape(right: tuple[int, ...], because: dict[tuple[float, ...], str] | None = None) -> Judge:
    """A judge of a shape: a tuple of whole numbers, rows first."""

    def judge(answer):
        array = numbers(answer)
        if array is None or array.shape != (len(right),):
            return f"expected {len(right)} whole numbers, rows first; got {describe(answer)}"
        came = tuple(array.tolist())
        if came == tuple(map(float, right)):
            return None
        return _reason(because, came) or f"{answer!r} is not it"

    return judge


def _reason(because, came):
    near = (why for wrong, why in (because or {}).items() if np.allclose(wrong, came, 0, 0.005))
    return next(near, None)


def is_function(
    reference: Callable, cases: Sequence[tuple], mistakes: Sequence[tuple[Callable, str]] = ()
) -> Judge:
    """A judge of a function: it must agree with `reference` on every case.

    `mistakes` are pairs of a wrong function and the line that says so.
    """

    def judge(answer):
        if not callable(answer):
            return f"expected a function; got {describe(answer)}"
        for case in cases:
            given, problem = run(answer, *case)
            if problem:  # one that is not written yet fails at once, whatever it is given
                return problem if case is cases[0] else f"for {_shapes(case)} {problem}"
            array, right = numbers(given), np.asarray(reference(*case))
            if array is None:
                return f"expected an array of numbers back; got {describe(given)}"
            if array.shape != right.shape or not np.allclose(array, right, atol=1e-5):
                return _mistake(mistakes, case, array) or _difference(array, right, case)
        return None

    return judge


def _mistake(mistakes, case, array):
    for wrong, line in mistakes:
        likely = np.asarray(wrong(*case))
        if likely.shape == array.shape and np.allclose(likely, array, atol=1e-5):
            return line
    return None


def _shapes(case):
    return " and ".join(f"{np.shape(part) or part}" for part in case)


def _difference(array, right, case):
    shapes = _shapes(case)
    if array.shape != right.shape:
        return f"for {shapes} the result must have shape {right.shape}; got {array.shape}"
    if right.ndim == 0:
        return f"for {shapes} the result must be {right:g}; got {array:g}"
    place = tuple(np.argwhere(~np.isclose(array, right, atol=1e-5))[0].tolist())
    return f"for {shapes} the number at {place} must be {right[place]:g}; got {array[place]:g}"
