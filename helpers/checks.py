"""The questions asked of every argument, once, at the public door."""

from operator import index

import numpy as np


def as_array(name, value, least_axes=2):
    """Return `value` as a numeric array with at least `least_axes` axes, or refuse it."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(
            f"{name} must be a full grid of numbers; its rows differ in length"
        ) from None
    if array.dtype.kind not in "buif":
        raise TypeError(f"{name} must hold real numbers; got {describe(value)}")
    if array.ndim < least_axes:
        raise ValueError(
            f"{name} must have at least {least_axes} axes, rows and columns first; got {describe(array)}"
        )
    if array.size == 0:
        raise ValueError(f"{name} must not be empty; got shape {array.shape}")
    return array


def as_whole(name, value, least):
    """Return `value` as an int of at least `least`, or refuse it."""
    wanted = f"{name} must be a whole number of at least {least}"
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{wanted}; got {value}")
    try:
        number = index(value)
    except TypeError:
        raise TypeError(f"{wanted}; got {describe(value)}") from None
    if number < least:
        raise ValueError(f"{wanted}; got {number}")
    return number


def is_listed(value):
    """Whether `value` is a tuple, a list or an array with axes, and so no single number."""
    return isinstance(value, (tuple, list)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def as_pair(name, value, least):
    """Return an int, or a (rows, columns) pair, as a (rows, columns) pair of ints."""
    if not is_listed(value):
        return (as_whole(name, value, least),) * 2
    if len(value) != 2:
        raise ValueError(
            f"{name} must be one number or a (rows, columns) pair; got {describe(value)}"
        )
    return as_whole(f"{name}[0]", value[0], least), as_whole(f"{name}[1]", value[1], least)


def as_choice(name, value, choices):
    """Return `value` if it is one of `choices`, or refuse it with the list."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}; got {describe(value)}")
    return value


def describe(value):
    """Say in a few words what came: a short value itself, a large one by its shape."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape} and type {value.dtype}"
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{type(value).__name__} {text[:57]}..."
