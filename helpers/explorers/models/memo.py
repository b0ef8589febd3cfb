"""Memo: keeps the last result of a computation, so that the same input is not computed twice."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

SMALL = 1000  # numbers; arrays up to this size are compared by value, larger ones by identity


class Memo:
    """The last result of each computation, by its name, with its arguments.

    >>> memo = Memo()
    >>> memo("double", lambda number: print("computed") or 2 * number, 4)
    computed
    8
    >>> memo("double", lambda number: print("computed") or 2 * number, 4)
    8
    """

    def __init__(self) -> None:
        self._last: dict[str, tuple] = {}

    def __call__(self, name: str, function: Callable, *arguments: Any) -> Any:
        """Return `function(*arguments)`, or the last result if the arguments are the same."""
        last = self._last.get(name)
        if last is None or not _all_same(last[0], arguments):
            last = self._last[name] = arguments, function(*arguments)
        return last[1]


def _all_same(old: Sequence, new: Sequence) -> bool:
    return len(old) == len(new) and all(map(_same, old, new))


def _same(old: Any, new: Any) -> bool:
    if old is new:
        return True
    if isinstance(old, np.ndarray) or isinstance(new, np.ndarray):
        arrays = isinstance(old, np.ndarray) and isinstance(new, np.ndarray)
        return arrays and old.size <= SMALL and np.array_equal(old, new)
    if isinstance(old, (list, tuple)) and type(old) is type(new):
        return _all_same(old, new)
    return bool(old == new)
