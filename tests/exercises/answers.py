"""A row of the tables of answers: what a learner may hand in, and the verdict it must get."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answer to an exercise, and what the verdict must say about it."""

    exercise: str
    form: str  # as the learner would describe it: "off by one row", "printed instead of returned"
    value: Any  # a number, an array, a function …
    right: bool
    words: str = ""  # a part of the verdict
