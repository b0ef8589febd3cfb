"""What pooling does to a picture: colors it makes up, and how little a small shift changes."""

from functools import reduce

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers._fast.window_reduce import Arrays, fold, in_bands
from helpers.geometry import plan
from helpers.messages import describe
from helpers.validation import IntOrPair, Pair, as_array, as_number, as_pair


def new_colors(
    image: ArrayLike,
    size: IntOrPair = 2,
    stride: IntOrPair | None = None,
    dilation: IntOrPair = 1,
) -> NDArray:
    """Find where max pooling makes a color that no pixel of the window has.

    The maximum is taken for each channel on its own: red beside blue becomes magenta.

    Parameters
    ----------
    image : (H, W, 3) array
    size, stride, dilation : as in `pool`

    Returns
    -------
    (H', W') array of bools

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> new_colors([[[1, 0, 0], [0, 0, 1]]], size=(1, 2))
    array([[ True]])
    """
    image = as_array("image", image)
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"image must be (H, W, 3); got {describe(image)}")
    size = as_pair("size", size, least=1)
    stride = as_pair("stride", size if stride is None else stride, least=1)
    plan(image.shape[:2], size, stride, 0, dilation, name="size")
    channels = list(np.moveaxis(image, 2, 0).copy())  # whole channels are faster than pixels
    is_pixel = np.ones(image.shape[:2], bool)
    return in_bands(
        _is_new_color, [*channels, is_pixel], size, stride, as_pair("dilation", dilation, least=1)
    )


def _is_new_color(arrays: Arrays, size: Pair, stride: Pair, dilation: Pair) -> NDArray:
    *_, is_pixel = fold(arrays, _max_of_channels, size, stride, dilation)
    return ~is_pixel


def _max_of_channels(first: Arrays, second: Arrays) -> Arrays:
    """Join two groups: the maximum of each channel, and whether a single pixel has all of them."""
    maxima = [np.maximum(*channel) for channel in zip(first[:-1], second)]
    is_pixel = np.zeros(first[-1].shape, bool)
    for group in (first, second):
        is_pixel |= np.logical_and.reduce([*map(np.equal, group, maxima), group[-1]])
    return [*maxima, is_pixel]


def fraction_unchanged(before: ArrayLike, after: ArrayLike, tolerance: float = 0.05) -> float:
    """Return the fraction of pixels in which no channel changes by more than `tolerance`.

    Parameters
    ----------
    before, after : (H, W, ...) arrays of one shape
    tolerance : number, in the units of the images

    Returns
    -------
    float from 0 to 1

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> fraction_unchanged([[1, 5]], [[1, 7]])
    0.5
    """
    before, after = as_array("before", before), as_array("after", after)
    tolerance = as_number("tolerance", tolerance)
    if before.shape != after.shape:
        raise ValueError(f"after must have the shape of before, {before.shape}; got {after.shape}")
    signed = np.result_type(before, after, np.float32)  # bytes have no negative differences
    change = np.subtract(before, after, dtype=signed)
    unchanged = np.abs(change, out=change) <= tolerance
    channels = np.moveaxis(unchanged.reshape(before.shape[:2] + (-1,)), 2, 0)
    return float(reduce(np.logical_and, channels).mean())
