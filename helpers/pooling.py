"""Pooling: each window of an image is replaced by one of its values, or by their mean."""

from functools import reduce

import numpy as np

from helpers._fast.window_reduce import first_brightest, fold, in_bands, reduce_windows
from helpers.geometry import plan
from helpers.images import to_gray
from helpers.validation import as_array, as_choice, as_number, as_pair, describe

MODES = ("max", "mean", "min", "mixed", "brightest")


def pool(image, size=2, stride=None, mode="max", padding=0, dilation=1):
    """Shrink an image: keep one number of each window, for each channel.

    Padding never counts: a maximum starts from −∞, not from 0, and a mean divides by the pixels
    that are really there. There are no weights, and channels are never mixed.

    Parameters
    ----------
    image : (H, W, ...) array of real numbers
    size : int or (rows, columns), of the window
    stride : int or (rows, columns); `size` when left out, so that windows do not overlap
    mode : "max", "mean", "min", "mixed" or "brightest"
        "mixed" is halfway between max and mean. "brightest" keeps the whole pixel that is
        brightest, the first of equals; it takes (H, W) or (H, W, 3). NaN counts as brightest.
    padding : int, (rows, columns), ((top, bottom), (left, right)), "valid" or "same"
    dilation : int or (rows, columns), pixels from one cell of the window to the next

    Returns
    -------
    (H', W', ...) array, sizes as `output_size` says; of the image's kind for max, min and
    brightest, else of floats.

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what came.

    >>> pool([[4, 8, 3, 3], [-1, 2, 1, 9]])
    array([[8, 9]])
    """
    image = as_array("image", image)
    as_choice("mode", mode, MODES)
    size = as_pair("size", size, least=1)
    stride = as_pair("stride", size if stride is None else stride, least=1)
    _, widths = plan(image.shape[:2], size, stride, padding, dilation, name="size")
    geometry = (size, stride, as_pair("dilation", dilation, least=1), widths)
    if any(map(any, widths)):
        _refuse_empty_windows(image.shape[:2], *geometry)
    if mode == "brightest":
        return _brightest(image, *geometry)
    if mode in ("max", "min"):
        return _extreme(image, mode, *geometry)
    image = image.astype(np.result_type(image, np.float32), copy=False)
    mean = _mean(image, *geometry)
    return mean if mode == "mean" else (mean + _extreme(image, "max", *geometry)) / 2


def _padded(image, widths, value):
    if not any(map(any, widths)):
        return image
    every = tuple(widths) + ((0, 0),) * (image.ndim - 2)
    return np.pad(image, every, constant_values=value)


def _extreme(image, mode, size, stride, dilation, widths):
    ufunc = {"max": np.maximum, "min": np.minimum}[mode]
    return reduce_windows(
        _padded(image, widths, _never(image.dtype, mode)), ufunc, size, stride, dilation
    )


def _never(dtype, mode):
    """The value that padding must hold for `mode` never to choose it."""
    if dtype.kind == "b":
        return mode == "min"
    if dtype.kind == "f":
        return -np.inf if mode == "max" else np.inf
    return np.iinfo(dtype).min if mode == "max" else np.iinfo(dtype).max


def _mean(image, size, stride, dilation, widths):
    total = reduce_windows(_padded(image, widths, 0), np.add, size, stride, dilation)
    counts = size[0] * size[1]
    if any(map(any, widths)):
        counts = _count(image.shape[:2], size, stride, dilation, widths).astype(image.dtype)
        counts = counts.reshape(counts.shape + (1,) * (image.ndim - 2))
    total /= counts
    return total


def _count(shape, size, stride, dilation, widths):
    """How many real pixels each window holds: so many rows times so many columns."""
    rows, columns = (np.pad(np.ones(n, np.int64), sides) for n, sides in zip(shape, widths))
    down = reduce_windows(rows[:, None], np.add, (size[0], 1), (stride[0], 1), dilation)
    across = reduce_windows(columns[None], np.add, (1, size[1]), (1, stride[1]), dilation)
    return down * across


def _refuse_empty_windows(shape, size, stride, dilation, widths):
    if not _count(shape, size, stride, dilation, widths).all():
        raise ValueError(
            f"padding must leave a pixel of the image in every window; got padding {widths}"
            f" with windows of {size[0]}×{size[1]} on {shape[0]}×{shape[1]} pixels"
        )


def _brightest(image, size, stride, dilation, widths):
    if image.ndim != 2 and image.shape[2:] != (3,):
        raise ValueError(
            f'image must be (H, W) or (H, W, 3) for mode "brightest"; got {describe(image)}'
        )
    light = to_gray(image)
    light = light.astype(np.result_type(light, np.float32))
    if np.isnan(light.max()):
        light[np.isnan(light)] = np.inf
    light = np.maximum(light, np.finfo(light.dtype).min)  # padding is darker than any pixel
    light = _padded(light, widths, -np.inf)
    return in_bands(first_brightest, [light, _padded(image, widths, 0)], size, stride, dilation)


def new_colors(image, size=2, stride=None, dilation=1):
    """Find where the largest of each channel makes a color that no pixel of the window has.

    Parameters
    ----------
    image : (H, W, 3) array
    size, stride, dilation : as in `pool`

    Returns
    -------
    (H', W') array of bools

    >>> new_colors([[[1, 0, 0], [0, 0, 1]]], size=(1, 2))
    array([[ True]])
    """
    image = as_array("image", image)
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"image must be (H, W, 3); got {describe(image)}")
    size = as_pair("size", size, least=1)
    stride = as_pair("stride", size if stride is None else stride, least=1)
    plan(image.shape[:2], size, stride, 0, dilation, name="size")
    geometry = (size, stride, as_pair("dilation", dilation, least=1))
    planes = list(np.moveaxis(image, 2, 0).copy())  # whole planes are compared faster than pixels
    planes.append(np.ones(image.shape[:2], bool))
    return in_bands(_none_has_all, planes, *geometry)


def _none_has_all(planes, *geometry):
    *_, real = fold(planes, _largest_of_each, *geometry)
    return ~real


def _largest_of_each(first, later):
    """Of two groups of pixels, the largest of each channel, and whether one pixel has them all."""
    largest = [np.maximum(*channel) for channel in zip(first[:-1], later)]
    real = np.zeros(first[-1].shape, bool)
    for group in (first, later):
        real |= np.logical_and.reduce([*map(np.equal, group, largest), group[-1]])
    return [*largest, real]


def fraction_unchanged(before, after, within=0.05):
    """Say which share of the pixels has stayed: no channel differs by more than `within`.

    >>> fraction_unchanged(np.array([[0.0, 0.5]]), np.array([[0.0, 0.7]]))
    0.5
    """
    before, after = as_array("before", before), as_array("after", after)
    within = as_number("within", within)
    if before.shape != after.shape:
        raise ValueError(f"after must have the shape of before, {before.shape}; got {after.shape}")
    signed = np.result_type(before, after, np.float32)  # whole numbers may know no minus
    gap = np.subtract(before, after, dtype=signed)
    stays = (np.abs(gap, out=gap) <= within).reshape(before.shape[:2] + (-1,))
    return float(reduce(np.logical_and, np.moveaxis(stays, 2, 0)).mean())
