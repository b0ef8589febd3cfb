"""Near misses made from a published solution, by changing a part of its code."""

import numpy as np

from helpers import convolve
from helpers.exercises import EXERCISES


def edited(exercise, *changes):
    """The function of a published solution, with each `(old, new)` part of its code changed."""
    code = EXERCISES[exercise].solution
    for old, new in changes:
        assert old in code, f"{exercise} has no {old!r}"
        code = code.replace(old, new)
    names = {"np": np, "convolve": convolve}
    exec(code, names)
    return names[exercise.split("-")[1]]
