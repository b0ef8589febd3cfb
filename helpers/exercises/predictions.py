"""Predictions: said before an answer opens, and shown beside it.

A lesson computes the answer; there is no list of right ones. What a learner says is not judged.
"""

import re
from typing import Any

import numpy as np

from helpers.exercises.exercise import Line
from helpers.exercises.record import Record, note
from helpers.messages import describe

NAME = re.compile(r"\d\d[a-z]?-[\w-]{1,30}")
LONGEST_WORD = 40  # characters

_said: dict[str, str] = {}  # what was predicted in this session, as it is shown


def predict(name: str, prediction: Any = ...) -> Line:
    """Remember what a learner expects, and return one line that repeats it.

    It raises no error; only an interrupt passes through. The prediction `...` means: none yet. What
    is predicted is written to progress.json in the folder of the notebook, which `progress()` shows.

    Parameters
    ----------
    name : str, the lesson and a word, such as "04-width"
    prediction : number, word (in quotes), True or False; or several of them, such as (16, 16)

    Returns
    -------
    Line, a str that a cell shows without quotes

    >>> predict("04-width", ...)
    Not predicted yet: replace the three dots with your prediction.
    """
    if not _is_name(name):
        return _unnamed(name)
    _said.pop(name, None)
    if prediction is ... or prediction is None:
        return Line("Not predicted yet: replace the three dots with your prediction.")
    words = _shown(prediction)
    if words is None:
        return Line(
            f"A prediction is a number, a word in quotes, True or False; got {describe(prediction)}."
        )
    _said[name] = words
    remark = note(Record(predictions={name: words}))
    return Line(f"Your prediction: {words}. Run the next cells to see.{remark}")


def reveal(name: str, value: Any) -> Line:
    """Return one line with what was predicted under this name, and the value that came.

    Words are compared without regard to capitals, numbers as they are shown: whole numbers with
    all their digits, others with three.

    Parameters
    ----------
    name : str, as given to `predict`
    value : number, word, bool, or several of them; the lesson has computed it

    >>> reveal("04-width", np.float64(25))
    Result: 25. You made no prediction.
    """
    if not _is_name(name):
        return _unnamed(name)
    came, said = _shown(value) or describe(value), _said.get(name)
    if said is None:
        return Line(f"Result: {came}. You made no prediction.")
    if said.casefold() == came.casefold():
        return Line(f"You predicted {came}, and the result is {came}.")
    return Line(f"You predicted {said}. Result: {came}.")


def _shown(value: Any) -> str | None:
    """Return the words for a number, a word, a bool or a few of them; None for anything else."""
    try:
        return _in_words(value)
    except KeyboardInterrupt:
        raise
    except BaseException:  # a prediction can be any object, whose methods raise anything
        return None


def _in_words(value: Any) -> str | None:
    if isinstance(value, (np.generic, np.ndarray)):
        if value.size > 4:
            return None
        value = value.tolist()
    if isinstance(value, (tuple, list)):
        parts = [_in_words(each) for each in value[:5]]
        few = 1 <= len(parts) <= 4
        return f"({', '.join(filter(None, parts))})" if few and all(parts) else None
    if isinstance(value, str):
        word = " ".join(value[: 2 * LONGEST_WORD].split())
        return word if 0 < len(word) <= LONGEST_WORD else None
    if isinstance(value, bool):
        return str(value)
    return _number(value) if isinstance(value, (int, float)) else None


def _number(value: float) -> str:
    """Write a whole number with all its digits, another with three.

    >>> [_number(value) for value in (24, 24.0, 1234567, 1234.5, 0.12345, -0.0)]
    ['24', '24', '1,234,567', '1,234', '0.123', '0']
    """
    if abs(value) == float("inf") or value != value or abs(value) >= 1e15:
        return f"{value:.3g}"
    if value == round(value) or abs(value) >= 1000:
        return f"{round(value):,}"
    return f"{value:.3g}"


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and NAME.fullmatch(name) is not None


def _unnamed(name: Any) -> Line:
    return Line(
        f'A prediction has a name: the lesson and a word, such as "04-width"; got {describe(name)}.'
    )
