"""The exercise of lesson 00: how exercises work."""

from difflib import get_close_matches
from typing import Any

from helpers.exercises.exercise import Exercise
from helpers.kernels import KERNELS
from helpers.messages import describe


def _names_identity(answer: Any) -> str | None:
    if not isinstance(answer, str):
        return f"expected the name of a kernel in quotes; got {describe(answer)}"
    name = answer.strip().lower().replace(" ", "_")
    if name not in KERNELS:
        close = get_close_matches(name[:60], KERNELS, 1)
        advice = f"; did you mean {close[0]}?" if close else ""
        return f"there is no kernel {describe(answer)} in the list{advice}"
    return None if name == "identity" else f"{name} changes the picture; look at its weights"


EXERCISES = {
    "00-unchanged": Exercise(
        _names_identity,
        right="A single 1 in the middle leaves every pixel unchanged.",
        hint="Pick the names in the list one by one, and compare the two pictures.",
        solution='answer = "identity"  # one 1 in the middle, the rest 0: each pixel keeps its value',
    ),
}
