"""Call a function that the user wrote. Whatever it does, the caller gets an array or one line."""

import inspect
from collections.abc import Callable
from copy import copy
from functools import partial
from types import CodeType, TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.messages import describe, message_of, name_of_function
from helpers.validation import as_array


def call(
    function: Callable,
    arguments: dict[str, Any],
    options: dict[str, Any],
    expected: tuple[int, ...],
) -> NDArray:
    """Call the user's function and check its result.

    Parameters
    ----------
    function : callable
    arguments : dict, passed by position; the function gets copies, which it may change
    options : dict, passed by name
    expected : tuple, the shape of the correct output

    Returns
    -------
    float64 array of the expected shape, a copy: the function may use its own again.

    Raises
    ------
    ValueError : one line with the name of the function and the error.

    >>> call(lambda image: image[:1], {"image": np.eye(2)}, {}, expected=(1, 2))
    array([[1., 0.]])
    """
    name = name_of_function(function)
    array = _as_array(name, attempt(function, arguments, options), expected)
    if array.shape != expected:
        for_what = ", ".join(f"{which} {_size(value)}" for which, value in arguments.items())
        raise ValueError(
            f"{name} must return an array of shape {expected} for {for_what};"
            f" got shape {describe(array.shape)}"
        )
    output = np.array(array, float)
    if not np.isfinite(output).all():
        _check_finite(name, arguments)
        raise ValueError(f"{name} must return finite numbers; some are infinite or NaN")
    return output


def attempt(function: Callable, arguments: dict[str, Any], options: dict[str, Any]) -> Any:
    """Call the user's function as `call` does, and return whatever it returns.

    Raises
    ------
    ValueError : one line with the name of the function and the error.

    >>> attempt(lambda image: image[:1], {"image": [2, 3]}, {})
    [2]
    """
    try:
        with np.errstate():  # what it sets with np.seterr ends with it
            return function(*map(copy, arguments.values()), **options)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # also those that are no Exception, such as CancelledError
        raise ValueError(_failure(function, [*arguments], options, error)) from None


def _size(argument: Any) -> str:
    return str(np.shape(argument) or argument)


def _as_array(name: str, given: Any, expected: tuple[int, ...]) -> NDArray:
    """Return the result as an array of real numbers of any shape, not copied if it is one."""
    if given is None:
        raise ValueError(
            f"{name} returned None; expected an array of shape {expected}:"
            " is a return statement missing?"
        )
    if inspect.iscoroutine(given):
        given.close()
        raise ValueError(f"{name} must be an ordinary function: write def instead of async def")
    if inspect.isgenerator(given) or inspect.isasyncgen(given):
        raise ValueError(
            f"{name} must return an array of numbers, but yields: write return instead of yield"
        )
    try:
        return as_array(f"what {name} returns", given, least_axes=0)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise ValueError(message_of(error)) from None


def _check_finite(name: str, arguments: dict[str, Any]) -> None:
    """Refuse arguments that no function could compute finite numbers from."""
    for which, argument in arguments.items():
        if not np.isfinite(argument).all():
            raise ValueError(
                f"the {which} for {name} must hold finite numbers; some are infinite or NaN"
            )


def _failure(
    function: Callable, arguments: list[str], options: dict[str, Any], error: BaseException
) -> str:
    """Return what the function raised, and in which of its lines, or that it cannot be called so."""
    name, kind, message = name_of_function(function), type(error).__name__, message_of(error)
    if isinstance(error, TypeError) and (takes := _other_parameters(function, arguments, options)):
        listed = ", ".join([*arguments, *(f"{option}=…" for option in options)])
        return f"{name} must take ({listed}); it takes {takes}"
    place = _line_in(function, error.__traceback__)
    return f"{name} failed{place}: {kind}" + ("" if message == kind else f": {message}")


def _other_parameters(function: Callable, arguments: list[str], options: dict[str, Any]) -> str:
    """Return the parameters if they do not fit these arguments; "" if they do, or are unknown."""
    try:
        signature = inspect.signature(function)
        takes = " ".join(str(signature).split())[:90]  # a default value may be long, or raise
    except Exception:
        return ""
    try:
        signature.bind(*arguments, **options)
    except TypeError:
        return takes
    return ""


def _line_in(function: Callable, traceback: TracebackType | None) -> str:
    """Return the line of the user's function in which it failed, counted from its `def`."""
    code = _code_of(function)
    place = ""
    while traceback is not None:
        if code is not None and traceback.tb_frame.f_code is code:
            place = f" in line {traceback.tb_lineno - code.co_firstlineno + 1} of the function"
        traceback = traceback.tb_next
    return place


def _code_of(function: Any) -> CodeType | None:
    """Return the code that the user wrote: below decorators, of a partial, or of an object."""
    try:
        while isinstance(function, partial):
            function = function.func
        function = inspect.unwrap(function)
        if not hasattr(function, "__code__") and not isinstance(function, type):
            function = type(function).__call__
        code = getattr(function, "__code__", None)
    except Exception:
        return None
    return code if isinstance(code, CodeType) else None
