"""Parts of error messages: any value, function or exception in a few words, on one line.

What they describe may be anything, even an object whose repr raises or fills pages.
"""

from collections.abc import Callable
from reprlib import Repr
from typing import Any

import numpy as np

LONGEST_VALUE, LONGEST_MESSAGE = 60, 250  # characters
_LOOKED_AT = 1000  # characters of a text whose spaces are tidied

_REPR = Repr()  # cuts a list or a text before it writes it out
_REPR.maxlist = _REPR.maxtuple = _REPR.maxset = _REPR.maxfrozenset = _REPR.maxdict = LONGEST_VALUE
_REPR.maxstring = _REPR.maxlong = _REPR.maxother = _LOOKED_AT


def describe(value: Any) -> str:
    """Describe a value: an array by its shape, anything else by its repr.

    >>> describe(np.zeros((2, 3))), describe(np.float64(0.5)), describe([1, 2])
    ('an array of shape (2, 3) and type float64', '0.5', '[1, 2]')
    """
    name = type(value).__name__
    try:
        if isinstance(value, np.ndarray) and value.ndim:
            return f"an array of shape {value.shape} and type {value.dtype!s:.60}"
        text = _in_one_line(_REPR.repr(value.item() if isinstance(value, np.generic) else value))
    except Exception:
        return f"an object of type {name}"
    if len(text) <= LONGEST_VALUE:
        return text
    return f"{name} {text[: LONGEST_VALUE - 3]}..."


def message_of(error: BaseException) -> str:
    """Return the message of an exception; its type if there is none.

    >>> message_of(ValueError("one\\ntwo")), message_of(KeyboardInterrupt())
    ('one two', 'KeyboardInterrupt')
    """
    try:
        text = _in_one_line(str(error))[:LONGEST_MESSAGE]
    except Exception:
        text = ""
    return text or type(error).__name__


def name_of_function(function: Callable) -> str:
    """Return the name of a function, or the type of an object that can be called.

    >>> name_of_function(len), name_of_function(Repr())
    ('len', 'Repr')
    """
    try:
        name = _in_one_line(function.__name__)[:LONGEST_VALUE]
    except Exception:
        name = ""
    return name or type(function).__name__


def _in_one_line(text: str) -> str:
    return " ".join(text[:_LOOKED_AT].split())
