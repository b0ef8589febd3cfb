"""Pooling: each window of an image is replaced by one of its values, or by their mean."""

import numpy as np

from helpers.checks import as_array, as_choice, as_pair, describe
from helpers.geometry import output_size, pad, plan, windows
from helpers.images import to_gray

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
        brightest, the first of equals; it takes (H, W) or (H, W, 3).
    padding : int, (rows, columns), ((top, bottom), (left, right)), "valid" or "same"
    dilation : int or (rows, columns), pixels from one cell of the window to the next

    Returns
    -------
    (H', W', ...) array, sizes as `output_size` says; of the image's type for max, min and
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
    if np.any(widths):
        _refuse_empty_windows(image.shape[:2], *geometry)
    if mode == "brightest":
        return _brightest(image, *geometry)
    if mode in ("max", "min"):
        return _extreme(image, mode, *geometry)
    image = image.astype(np.result_type(image, np.float32), copy=False)
    mean = _mean(image, *geometry)
    return mean if mode == "mean" else (mean + _extreme(image, "max", *geometry)) / 2


def _reduce(image, ufunc, size, stride, dilation):
    """Fold the windows with `ufunc`, first along columns, then along rows."""
    for axis in (1, 0):
        stops = (image.shape[axis] - dilation[axis] * (size[axis] - 1) - 1) // stride[axis] + 1
        span = (stops - 1) * stride[axis] + 1
        parts = [
            image[(slice(None),) * axis + (slice(start, start + span, stride[axis]),)]
            for start in range(0, dilation[axis] * size[axis], dilation[axis])
        ]
        image = parts[0].copy(order="K") if len(parts) == 1 else ufunc(parts[0], parts[1])
        for part in parts[2:]:
            ufunc(image, part, out=image)
    return image


def _padded(image, widths, value):
    if not np.any(widths):
        return image
    every = tuple(widths) + ((0, 0),) * (image.ndim - 2)
    return np.pad(image, every, constant_values=value)


def _extreme(image, mode, size, stride, dilation, widths):
    ufunc = {"max": np.maximum, "min": np.minimum}[mode]
    return _reduce(_padded(image, widths, _never(image.dtype, mode)), ufunc, size, stride, dilation)


def _never(dtype, mode):
    """The value that padding must hold for `mode` never to choose it."""
    if dtype.kind == "b":
        return mode == "min"
    if dtype.kind == "f":
        return -np.inf if mode == "max" else np.inf
    return np.iinfo(dtype).min if mode == "max" else np.iinfo(dtype).max


def _mean(image, size, stride, dilation, widths):
    total = _reduce(_padded(image, widths, 0), np.add, size, stride, dilation)
    counts = size[0] * size[1]
    if np.any(widths):
        counts = _count(image.shape[:2], size, stride, dilation, widths).astype(image.dtype)
        counts = counts.reshape(counts.shape + (1,) * (image.ndim - 2))
    total /= counts
    return total


def _count(shape, size, stride, dilation, widths):
    """How many real pixels each window holds."""
    return _reduce(pad(np.ones(shape, np.int64), widths), np.add, size, stride, dilation)


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
    light = _padded(to_gray(image).astype(np.float64), widths, -np.inf)
    view = windows(light, size, stride, dilation)
    best = view.reshape(view.shape[:2] + (-1,)).argmax(axis=2)
    rows, columns = np.indices(best.shape)
    down, right = np.divmod(best, size[1])
    return image[
        rows * stride[0] + down * dilation[0] - widths[0][0],
        columns * stride[1] + right * dilation[1] - widths[1][0],
    ]


def pool_loops(image, size=2, stride=None, mode="max"):
    """Pool the way one does it by hand: for each window, keep its largest value, smallest, or mean.

    Parameters
    ----------
    image : (H, W, ...) array
    size, stride : int; stride is `size` when left out
    mode : "max", "min" or "mean"

    Returns
    -------
    (H', W', ...) float64 array

    >>> pool_loops([[4, 8, 3, 3], [-1, 2, 1, 9]])
    array([[8., 9.]])
    """
    image = np.asarray(image)
    keep = {"max": np.max, "min": np.min, "mean": np.mean}[mode]
    stride = size if stride is None else stride
    rows, columns = output_size(image.shape[:2], size, stride)
    result = np.zeros((rows, columns) + image.shape[2:])
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            result[row, column] = keep(image[top : top + size, left : left + size], axis=(0, 1))
    return result


def invented_colours(image, size=2, stride=None, dilation=1):
    """Find where the largest of each channel makes a colour that no pixel of the window has.

    Parameters
    ----------
    image : (H, W, 3) array
    size, stride, dilation : as in `pool`

    Returns
    -------
    (H', W') array of bools

    >>> invented_colours([[[1, 0, 0], [0, 0, 1]]], size=(1, 2))
    array([[ True]])
    """
    image = as_array("image", image)
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"image must be (H, W, 3); got {describe(image)}")
    stride = size if stride is None else stride
    planes = np.moveaxis(image, 2, 0).copy()  # whole planes are compared much faster than pixels
    views = [windows(plane, size, stride, dilation) for plane in planes]
    largest = [pool(plane, size, stride, dilation=dilation) for plane in planes]
    found = np.zeros(largest[0].shape, bool)
    for row, column in np.ndindex(views[0].shape[2:]):
        red, green, blue = (v[:, :, row, column] == most for v, most in zip(views, largest))
        found |= red & green & blue
    return ~found


def share_kept(before, after, within=0.05):
    """Say which share of the pixels has stayed: no channel differs by more than `within`.

    >>> share_kept(np.array([[0.0, 0.5]]), np.array([[0.0, 0.7]]))
    0.5
    """
    before, after = as_array("before", before), as_array("after", after)
    if before.shape != after.shape:
        raise ValueError(f"after must have the shape of before, {before.shape}; got {after.shape}")
    signed = np.result_type(before, after, np.float32)  # whole numbers may know no minus
    stays = np.abs(np.subtract(before, after, dtype=signed)) <= within
    return float(stays.reshape(stays.shape[:2] + (-1,)).all(axis=2).mean())
