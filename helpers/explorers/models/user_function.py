"""Call a function that the user wrote; an error in it is reported in one line."""

from collections.abc import Callable
from copy import copy
from types import TracebackType
from typing import Any

import numpy as np

from helpers.convolution import convolve
from helpers.validation import describe


def one_line(error: BaseException) -> str:
    """Return the message of an exception in one line."""
    if isinstance(error, KeyboardInterrupt):
        return "interrupted; the last picture stays"
    return " ".join(str(error).split())[:250] or type(error).__name__


def changed(options: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """Return the options that differ from their default values, by name."""
    return {name: value for name, value in options.items() if value != defaults[name]}


def call(
    function: Callable, arguments: list, options: dict[str, Any], expected: tuple[int, ...]
) -> np.ndarray:
    """Call the user's function and check its result.

    Parameters
    ----------
    function : callable
    arguments : list, passed by position; the function gets copies, which it may change
    options : dict, only those that are `changed`, so that a function without options can be used
    expected : tuple, the shape of the correct output

    Returns
    -------
    Array of the expected shape.

    Raises
    ------
    ValueError : one line with the name of the function and the error.
    """
    name = getattr(function, "__name__", type(function).__name__)
    try:
        output = function(*map(copy, arguments), **options)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # also those that are no Exception, such as CancelledError
        place = _line_in(function, error.__traceback__)
        raise ValueError(f"{name} failed{place}: {type(error).__name__}: {error}") from None
    if output is None:
        raise ValueError(
            f"{name} returned None; expected an array of shape {expected}: is a return statement missing?"
        )
    return _as_output(name, output, expected)


def _as_output(name: str, given: Any, expected: tuple[int, ...]) -> np.ndarray:
    """Return the function's result as floats of the expected shape, or raise a ValueError."""
    try:
        output = np.array(given)  # a copy: the function may use its array again
    except (TypeError, ValueError):
        raise ValueError(f"{name} must return an array of numbers; got {describe(given)}") from None
    if output.dtype.kind not in "buif":
        raise ValueError(f"{name} must return real numbers; got {describe(given)}")
    output = output.astype(float)
    if output.shape != expected:
        raise ValueError(
            f"{name} must return an array of shape {expected}; got shape {output.shape}"
        )
    if not np.isfinite(output).all():
        raise ValueError(f"{name} must return finite numbers; some are infinite or NaN")
    return output


def _line_in(function: Callable, traceback: TracebackType | None) -> str:
    """Return the line of the user's function in which it failed, counted from its `def`."""
    code = getattr(function, "__code__", None)
    place = ""
    while traceback is not None:
        if code is not None and traceback.tb_frame.f_code is code:
            place = f" in line {traceback.tb_lineno - code.co_firstlineno + 1} of the function"
        traceback = traceback.tb_next
    return place


def convolve_with(
    function: Callable, image: np.ndarray, kernel: np.ndarray, options: dict[str, Any]
) -> np.ndarray:
    """Convolve with the user's function or the library's, and return the output image."""
    right = convolve(image, kernel, **options)
    if function is convolve:
        return right
    if not np.isfinite(right).all():  # its products cannot be shown
        raise ValueError("the correct output must be finite numbers; some are infinite or NaN")
    return call(function, [image, kernel], options, right.shape)
