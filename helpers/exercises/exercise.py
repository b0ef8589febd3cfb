"""What an exercise is, and how it is shown. The lessons import all they need from here."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from helpers.exercises.calls import run
from helpers.exercises.function_answers import is_function
from helpers.exercises.number_answers import is_kernel, is_number, is_shape, numbers, one_number
from helpers.exercises.slips import changed

__all__ = [
    "Exercise",
    "Fold",
    "Line",
    "changed",
    "is_function",
    "is_kernel",
    "is_number",
    "is_shape",
    "numbers",
    "one_number",
    "run",
]


@dataclass(frozen=True)
class Exercise:
    """One exercise: `judge(answer)` returns what is wrong, in one line, or None."""

    judge: Callable[[Any], str | None]
    right: str  # shown when the answer is right: a fact to remember, true of every right answer
    hint: str
    solution: str  # code, with the reason in a comment


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
