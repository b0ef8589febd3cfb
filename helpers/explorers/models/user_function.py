"""What explorers share that use a function of the user: errors in one line, options, convolution."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.convolution import convolve
from helpers.messages import message_of
from helpers.user_function import call


def one_line(error: BaseException) -> str:
    """Return the message of an exception in one line."""
    if isinstance(error, KeyboardInterrupt):
        return "interrupted; the last picture stays"
    return message_of(error)


def changed(options: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """Return the options that differ from their default values, by name."""
    return {name: value for name, value in options.items() if value != defaults[name]}


def convolve_with(
    function: Callable, image: np.ndarray, kernel: np.ndarray, options: dict[str, Any]
) -> np.ndarray:
    """Convolve with the user's function or the library's, and return the output image.

    The options are those that are `changed`, so that a function without options can be used.
    """
    right = convolve(image, kernel, **options)
    if function is convolve:
        return right
    if not np.isfinite(right).all():  # its products cannot be shown
        raise ValueError("the correct output must be finite numbers; some are infinite or NaN")
    return call(function, {"image": image, "kernel": kernel}, options, right.shape)
