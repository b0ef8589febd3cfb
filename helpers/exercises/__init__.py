"""Exercises: `check` an answer, show a `hint` or the `solution`; `predict`, `reveal`, `progress`."""

from typing import Any

from helpers.exercises.exercise import Exercise, Fold, Line
from helpers.exercises.lessons import EXERCISES
from helpers.exercises.predictions import predict, reveal
from helpers.exercises.progress_table import progress
from helpers.exercises.record import Record, note
from helpers.messages import describe

__all__ = ["EXERCISES", "check", "hint", "predict", "progress", "reveal", "solution"]


def check(name: str, answer: Any = ...) -> Line:
    """Return one line that says whether an answer is right, and if not, what is wrong.

    It raises no error and leaves the answer as it is; only an interrupt passes through. The answer
    `...` means: not done yet. The name of an exercise that is solved is written to progress.json in
    the folder of the notebook, which `progress()` shows.

    Parameters
    ----------
    name : str, the exercise, such as "02-size"
    answer : number, array or function, as the exercise asks

    Returns
    -------
    Line, a str that a cell shows without quotes

    >>> check("02-size", ...)
    Not done yet: replace the three dots with your answer.
    """
    exercise = _find(name)
    if exercise is None:
        return _unknown(name)
    if answer is ... or answer is None:
        return Line("Not done yet: replace the three dots with your answer.")
    try:
        problem = exercise.judge(answer)
    except KeyboardInterrupt:  # the learner stops a function that does not end
        raise
    except BaseException as error:  # an answer can be any object, whose methods raise anything
        problem = f"it cannot be read as an answer ({type(error).__name__})"
    if not problem:
        return Line(f"Right. {exercise.right}{note(Record([name]))}")
    words = " ".join(problem.split())  # one line, whatever an answer is called or raises
    return Line(f"Not yet: {words}" + ("" if words.endswith("?") else "."))


def hint(name: str) -> Fold | Line:
    """Return a hint, collapsed until the learner opens it."""
    exercise = _find(name)
    return Fold("Hint", exercise.hint) if exercise else _unknown(name)


def solution(name: str) -> Fold | Line:
    """Return code that solves the exercise, collapsed until the learner opens it."""
    exercise = _find(name)
    return Fold("Solution", exercise.solution, code=True) if exercise else _unknown(name)


def _find(name: Any) -> Exercise | None:
    return EXERCISES.get(name) if isinstance(name, str) else None


def _unknown(name: Any) -> Line:
    return Line(f"There is no exercise {describe(name)}. There are: {', '.join(EXERCISES)}.")
