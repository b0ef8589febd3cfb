"""The exercise of lesson 00: how exercises work."""

from typing import Any

from helpers.exercises.exercise import Exercise
from helpers.kernels import KERNELS


def _names_identity(answer: Any) -> str | None:
    if not isinstance(answer, str):
        return f"expected the name of a kernel in quotes; got {answer!r:.60}"
    name = answer.strip().lower().replace(" ", "_")
    if name not in KERNELS:
        return f"there is no kernel {answer!r:.60} in the list"
    return None if name == "identity" else f"{name} changes the picture; look at its weights"


EXERCISES = {
    "00-unchanged": Exercise(
        _names_identity,
        right="A single 1 in the middle leaves every pixel unchanged.",
        hint="Pick the names in the list one by one, and compare the two pictures.",
        solution='answer = "identity"',
    ),
}
