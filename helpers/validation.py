"""The questions asked of every argument, once, at the public door."""

from numbers import Real
from operator import index

import numpy as np

ROUNDING = 1e-5  # what a brightness may be off by


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


def as_positive(name, value):
    """Return `value` as a finite float above 0, or refuse it."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < value < np.inf:
        raise ValueError(f"{name} must be a number above 0; got {describe(value)}")
    return float(value)


def as_number(name, value):
    """Return `value` as one real number, or refuse it."""
    array = as_array(name, value, least_axes=0)
    if array.ndim:
        raise ValueError(f"{name} must be one number; got {describe(value)}")
    return array[()]


def as_flag(name, value):
    """Return `value` if it is True or False, or refuse it."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False; got {describe(value)}")
    return value


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


def as_labeled(name, value, classes=10):
    """Return a pair of images in [0, 1] and their labels, from 0, as two arrays, or refuse it.

    Images are (N, H, W) or (N, H, W, C); (N, H, W, 1), as Keras has them, come back as (N, H, W).
    `classes` is how many different labels there may be.
    """
    wanted = f"{name} must be a pair of images (N, H, W) or (N, H, W, C) and labels (N,)"
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise TypeError(f"{wanted}; got {describe(value)}")
    images = as_array(f"{name}[0], the images,", value[0], least_axes=3)
    labels = as_array(f"{name}[1], the labels,", value[1], least_axes=1)
    if images.shape[3:] == (1,):
        images = images[..., 0]
    if images.ndim > 4 or labels.shape != images.shape[:1]:
        raise ValueError(f"{wanted}; got shapes {images.shape} and {labels.shape}")
    images = as_brightness(f"{name}[0], the images,", images)
    wanted = f"{name}[1], the labels, must be whole numbers from 0 to {classes - 1}"
    if labels.dtype.kind not in "iu":
        raise ValueError(f"{wanted}; got {describe(labels)}")
    if labels.min() < 0 or labels.max() >= classes:
        raise ValueError(f"{wanted}; got {labels.min()} to {labels.max()}")
    return images, labels


def as_brightness(name, image):
    """Return an array of values in [0, 1], or refuse it; bytes from 0 to 255 are told what to do.

    Sums of floats that miss 0 or 1 by a last digit are set to it.
    """
    low, high = image.min(), image.max()
    if not (low >= -ROUNDING and high <= 1 + ROUNDING):
        raise ValueError(
            f"{name} must hold values from 0 to 1; got {low:g} to {high:g}"
            + (": divide by 255" if high > 2 else "")
        )
    return image if low >= 0 and high <= 1 else image.clip(0, 1)


def as_function(name, value):
    """Return `value` if it can be called, or refuse it."""
    if not callable(value):
        raise TypeError(f"{name} must be a function; got {describe(value)}")
    return value


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
