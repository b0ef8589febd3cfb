"""Calling a learner's function: on copies, with every error in words, and with an eye on the library."""

import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

_ADVICE = {  # part of an error message: what is likely to be wrong
    "setting an array element with a sequence": "one number must be stored: is .sum() or .max() missing?",
    "is out of bounds for axis": "are rows and columns swapped, or does a loop run too far?",
    "'float' object cannot be interpreted as an integer": "// gives whole numbers, / fractions",
}


def run(function: Callable, *arguments: Any) -> tuple[Any, str | None]:
    """Call the learner's function on copies; return its result and what went wrong, if anything."""
    name = _name(function)
    try:
        result = function(*(deepcopy(argument) for argument in arguments))
    except KeyboardInterrupt:  # the learner stops a function that does not end
        raise
    except BaseException as error:  # also one that would close Python
        return None, f"{name} stopped with {_in_words(error)}"
    if result is not None and result is not ...:
        return result, None
    nothing = f"{name} returns nothing yet"
    if _is_untouched(function):
        return None, nothing
    return None, f"{nothing}: is a return missing? print shows a value but does not return it"


def wrong_parameters(function: Callable, names: Sequence[str]) -> str | None:
    """Return what is wrong with the parameters of a function that must take these, if anything."""
    try:
        signature = inspect.signature(function)
    except ValueError:  # some functions written in C have none
        return None
    try:
        signature.bind(*names)
    except TypeError:
        return f"{_name(function)} must take ({', '.join(names)}); it takes {str(signature):.90}"
    return None


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


def _in_words(error: BaseException) -> str:
    """The type and message of an error in one line, and what is likely to be wrong."""
    kind, words = type(error).__name__, " ".join(str(error).split())
    advice = [f" ({line})" for part, line in _ADVICE.items() if part in words]
    return f"{kind}: {words:.150}{''.join(advice)}" if words else kind


def _name(function: Callable) -> str:
    name = getattr(function, "__name__", "<")
    return "your function" if name.startswith("<") else name[:40]


def _untouched() -> None: ...


def _is_untouched(function: Callable) -> bool:
    """Whether the body of a function is still three dots."""
    code = getattr(function, "__code__", None)
    return code is not None and code.co_code == _untouched.__code__.co_code
