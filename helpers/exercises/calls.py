"""Calling a learner's function: on copies, with every error in words, and with an eye on the library."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from helpers.messages import name_of_function
from helpers.user_function import attempt

_ADVICE = {  # part of an error message: what is likely to be wrong
    "setting an array element with a sequence": "one number must be stored: is .sum() or .max() missing?",
    "is out of bounds for axis": "are rows and columns swapped, or does a loop run too far?",
    "'float' object cannot be interpreted as an integer": "// gives whole numbers, / fractions",
}


def run(function: Callable, arguments: dict[str, Any]) -> tuple[Any, str | None]:
    """Call the learner's function on copies; return its result and what went wrong, if anything."""
    try:
        result = attempt(function, arguments, {})
    except ValueError as error:
        words = str(error)
        advice = [f" ({line})" for part, line in _ADVICE.items() if part in words]
        return None, "".join([words, *advice])
    if result is not None and result is not ...:
        return result, None
    nothing = f"{name_of_function(function)} returns nothing"
    if _is_untouched(function):
        return None, nothing
    return None, f"{nothing}: is a return missing? print shows a value but does not return it"


@contextmanager
def watch(functions: Sequence[Callable]) -> Iterator[list[str]]:
    """List the names of those of these functions that are called, by whatever route."""
    names = {id(function.__code__): function.__qualname__ for function in functions}
    called: list[str] = []

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call" and id(frame.f_code) in names:
            called.append(names[id(frame.f_code)])

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(before)


def _untouched() -> None: ...


def _is_untouched(function: Callable) -> bool:
    """Whether the body of a function is still three dots."""
    code = getattr(function, "__code__", None)
    return code is not None and code.co_code == _untouched.__code__.co_code
