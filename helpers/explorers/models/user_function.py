"""Calling a function that the learner wrote: whatever goes wrong in it is reported in one line."""

from collections.abc import Callable
from copy import copy
from types import TracebackType
from typing import Any

import numpy as np

from helpers.convolution import convolve
from helpers.validation import describe


def one_line(error: BaseException) -> str:
    """Return an exception as one line for a person."""
    if isinstance(error, KeyboardInterrupt):
        return "stopped before it was done; the last picture stays"
    return " ".join(str(error).split())[:250] or type(error).__name__


def changed(options: dict[str, Any], plain: dict[str, Any]) -> dict[str, Any]:
    """The options that differ from their plain values, by name."""
    return {name: value for name, value in options.items() if value != plain[name]}


def call(
    function: Callable, arguments: list, options: dict[str, Any], expected: tuple[int, ...]
) -> np.ndarray:
    """Call the learner's function and check what it returns.

    Parameters
    ----------
    function : callable
    arguments : list, passed by position; the function gets copies, which it may change
    options : dict; only those that are `changed`, so a plain function will do
    expected : tuple, the shape of the correct output

    Returns
    -------
    Array of the expected shape.

    Raises
    ------
    ValueError : one line that names the function and what went wrong.
    """
    name = getattr(function, "__name__", type(function).__name__)
    try:
        output = function(*map(copy, arguments), **options)
    except (Exception, SystemExit) as error:
        place = _line_in(function, error.__traceback__)
        raise ValueError(f"{name} stopped{place}: {type(error).__name__}: {error}") from None
    if output is None:
        raise ValueError(
            f"{name} returned nothing; expected an array of shape {expected}: is there a return?"
        )
    return _as_output(name, output, expected)


def _as_output(name: str, given: Any, expected: tuple[int, ...]) -> np.ndarray:
    """What the function returned, as floats of the expected shape, or refuse it."""
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
    """Where the learner's own code was when it stopped, counted from its `def`."""
    code = getattr(function, "__code__", None)
    place = ""
    while traceback is not None:
        if code is not None and traceback.tb_frame.f_code is code:
            place = f" in its line {traceback.tb_lineno - code.co_firstlineno + 1}"
        traceback = traceback.tb_next
    return place


def convolve_with(
    function: Callable, image: np.ndarray, kernel: np.ndarray, options: dict[str, Any]
) -> np.ndarray:
    """Convolve with the learner's function, or the library's, and return the output image."""
    right = convolve(image, kernel, **options)
    if function is convolve:
        return right
    if not np.isfinite(right).all():  # then its products cannot be shown beside the output
        raise ValueError("the correct output must be finite numbers; some are infinite or NaN")
    return call(function, [image, kernel], options, right.shape)
