"""Checks of arguments, made once, by the public functions.

Each `as_…` function returns its value in the form that the library works with, or raises a
ValueError or TypeError that names the parameter, what was expected and what was given.
"""

from collections.abc import Callable, Collection, Sequence
from math import prod
from numbers import Number, Real
from operator import index
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.messages import describe, message_of

Pair: TypeAlias = tuple[int, int]  # (rows, columns)
IntOrPair: TypeAlias = int | Sequence[int]  # one number for both axes, or (rows, columns)

LARGEST_SIZE = 10**9  # pixels of a side, a window, a stride …; times a row of bytes it fits 64 bits
MOST_NUMBERS = 2**31  # of an array that a function creates; more would fill the memory
BRIGHTNESS_TOLERANCE = 1e-5  # how far rounding may take a brightness below 0 or above 1
STANDARDIZED = 10.0  # standard deviations that values of a standardized image stay within
FLOAT32_MAX = float(np.finfo(np.float32).max)
WHITES = {  # the largest value of a pixel, and what such pixels are
    255: "they are bytes",
    4095: "they have 12 bits",
    16383: "they have 14 bits",
    65535: "they have 16 bits",
}


def as_array(name: str, value: ArrayLike, least_axes: int = 2) -> NDArray:
    """Return `value` as an array of real numbers with at least `least_axes` axes.

    An array is neither copied nor read. A masked array is refused, since its mask would be ignored.
    """
    array = value if type(value) is np.ndarray else _converted(name, value)
    if array.dtype.kind not in "buif":
        raise TypeError(f"{name} must hold real numbers; got {describe(value)}{_as_floats(array)}")
    if array.ndim < least_axes:
        raise ValueError(
            f"{name} must have at least {least_axes} axes, rows and columns first; got {describe(array)}"
        )
    if array.size == 0:
        raise ValueError(f"{name} must not be empty; got shape {array.shape}")
    return array


def _converted(name: str, value: Any) -> NDArray:
    parts = value if isinstance(value, (list, tuple)) else (value,)
    if any(np.ma.is_masked(part) for part in parts if isinstance(part, np.ma.MaskedArray)):
        raise ValueError(
            f"{name} must not be masked: the mask would be ignored; fill it, as in image.filled(0)"
        )
    try:
        return np.asarray(value)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # an object's own __array__ may raise anything
        if parts is value and isinstance(error, ValueError):
            line = f"{name} must be a full grid of numbers; its rows differ in length"
            raise ValueError(line) from None
        raise TypeError(
            f"{name} must be an array of real numbers; converting {describe(value)} failed:"
            f" {message_of(error)}"
        ) from None


def _as_floats(array: NDArray) -> str:
    """Advise how to convert numbers that are Python objects: fractions, or ints beyond 64 bits."""
    if array.dtype.kind != "O" or not all(isinstance(item, Number) for item in array.flat):
        return ""
    return ": convert them, as in np.array(image, dtype=float)"


def as_whole(name: str, value: Any, least: int, most: int | None = None) -> int:
    """Return `value` as an int of at least `least`, and at most `most`."""
    expected = f"{name} must be a whole number of at least {least}"
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{expected}; got {value}")
    try:
        number = index(value)
    except Exception:
        whole = isinstance(value, (float, np.floating)) and float(value).is_integer()
        hint = f": write {int(value)}" if whole else ""
        raise TypeError(f"{expected}; got {describe(value)}{hint}") from None
    if number < least:
        raise ValueError(f"{expected}; got {describe(number)}")
    if most is not None and number > most:
        raise ValueError(f"{name} must be at most {most:,}; got {describe(number)}")
    return number


def as_positive(name: str, value: Any) -> float:
    """Return `value` as a finite float above 0."""
    try:
        number = float(value) if isinstance(value, Real) and not isinstance(value, bool) else 0.0
    except OverflowError:
        number = np.inf
    if not 0 < number < np.inf:
        raise ValueError(f"{name} must be a finite number above 0; got {describe(value)}")
    return number


def as_number(name: str, value: Any) -> Any:
    """Return `value` as one real number, a NumPy scalar."""
    array = as_array(name, value, least_axes=0)
    if array.ndim:
        raise ValueError(f"{name} must be one number; got {describe(value)}")
    return array[()]


def as_flag(name: str, value: Any) -> bool | np.bool_:
    """Return `value` if it is True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False; got {describe(value)}")
    return value


def is_listed(value: Any) -> bool:
    """Whether `value` is a tuple, a list or an array with at least one axis."""
    return isinstance(value, (tuple, list)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def as_pair(name: str, value: Any, least: int, most: int = LARGEST_SIZE) -> Pair:
    """Return an int, or a (rows, columns) pair, as a (rows, columns) pair of ints."""
    if not is_listed(value):
        return (as_whole(name, value, least, most),) * 2
    if len(value) != 2:
        raise ValueError(
            f"{name} must be one number or a (rows, columns) pair; got {describe(value)}"
        )
    return (
        as_whole(f"{name}[0]", value[0], least, most),
        as_whole(f"{name}[1]", value[1], least, most),
    )


def check_room(name: str, shape: Sequence[int]) -> None:
    """Refuse to create an array of this shape if it would fill the memory."""
    if prod(shape) > MOST_NUMBERS:
        raise ValueError(
            f"{name} is too large: it takes an array of {describe(tuple(shape))}, more than"
            f" {MOST_NUMBERS:,} numbers"
        )


def as_finite(name: str, array: NDArray) -> NDArray:
    """Return an array if no number in it is infinite, NaN or too large for float32."""
    if array.dtype.kind != "f":
        return array
    low, high = float(array.min()), float(array.max())
    if low >= -FLOAT32_MAX and high <= FLOAT32_MAX:  # neither is true of NaN
        return array
    if np.isfinite(low) and np.isfinite(high):
        raise ValueError(
            f"{name} must hold numbers up to {FLOAT32_MAX:.2g}; got {low:.3g} to {high:.3g}"
        )
    raise ValueError(f"{name} must hold finite numbers; got {where_not_finite(array)}")


def as_brightness(name: str, image: NDArray) -> NDArray:
    """Return an array of values in [0, 1].

    Values that rounding has taken just below 0 or just above 1 are clipped. The error says what to
    do with values that look like bytes, 16 bits, or standardized ones.
    """
    low, high = image.min(), image.max()
    if not (low >= -BRIGHTNESS_TOLERANCE and high <= 1 + BRIGHTNESS_TOLERANCE):
        finite = np.isfinite(low) and np.isfinite(high)
        came = (
            f"{low:g} to {high:g}{_advice(low, high, image.dtype)}"
            if finite
            else where_not_finite(image)
        )
        raise ValueError(f"{name} must hold values from 0 to 1; got {came}")
    return image if low >= 0 and high <= 1 else image.clip(0, 1)


def where_not_finite(array: NDArray) -> str:
    """Return how many numbers of an array are NaN or infinite, and where the first one is."""
    bad = ~np.isfinite(array)
    place = ", ".join(map(str, np.argwhere(bad)[0])) if array.ndim else "()"
    return f"NaN or infinity in {bad.sum():,} of {array.size:,} places, first at [{place}]"


def _advice(low: Any, high: Any, dtype: np.dtype) -> str:
    """Return what to do with values from `low` to `high`, or nothing if they could be anything."""
    if -STANDARDIZED <= low < 0 < high <= STANDARDIZED:
        if low >= -1 and high <= 1:
            return ": if they were scaled to −1 … 1, undo it: (values + 1) / 2"
        return ": if they were standardized, undo it: values * std + mean"
    if low < 0 or not 2 < high <= 65535:
        return ""
    if dtype == np.uint8 or high == 255:
        return ": divide by 255"
    if high == 65535:
        return ": divide by 65535"
    if high <= 100:
        return (
            ": divide by the largest possible value, such as 255 for bytes or 100 for percentages"
        )
    white = next(white for white in WHITES if high <= white)
    deep = white in (4095, 16383) or (white == 255 and dtype == np.uint16)
    other = f", by 65535 if {WHITES[65535]}" if deep else ""
    return f": divide by {white} if {WHITES[white]}{other}"


def as_function(name: str, value: Any) -> Callable:
    """Return `value` if it can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function; got {describe(value)}")
    return value


def as_choice(name: str, value: Any, choices: Collection[str]) -> str:
    """Return `value` if it is one of `choices`; the error lists them."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}; got {describe(value)}")
    return value
