"""Pooling: each window of an image is replaced by one of its values, or by their mean."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers._fast.window_reduce import first_brightest, in_bands, reduce_windows
from helpers.geometry import plan
from helpers.images import to_gray
from helpers.messages import describe
from helpers.padding import Padding, PadWidth, padded_shape
from helpers.validation import IntOrPair, Pair, as_array, as_choice, as_pair, check_room

MODES = ("max", "mean", "min", "mixed", "brightest")


def pool(
    image: ArrayLike,
    size: IntOrPair = 2,
    stride: IntOrPair | None = None,
    mode: str = "max",
    padding: Padding = 0,
    dilation: IntOrPair = 1,
) -> NDArray:
    """Downsample an image: keep one number per window, for each channel on its own.

    Padding never counts: a maximum starts from −∞, not from 0, and a mean divides by the number of
    real pixels. There are no weights, and channels are never mixed. A window with a NaN gives NaN.

    Parameters
    ----------
    image : (H, W, ...) array of real numbers
    size : int or (rows, columns), of the window
    stride : int or (rows, columns); `size` if left out, so that windows do not overlap
    mode : "max", "min", "mean", "mixed" or "brightest"
        "mixed" is halfway between maximum and mean. "brightest" keeps the brightest pixel with all
        its channels, the first of equals; it takes (H, W) or (H, W, 3), and NaN counts as
        brightest.
    padding : int, (rows, columns), ((top, bottom), (left, right)), "valid" or "same"
    dilation : int or (rows, columns), pixels from one cell of the window to the next

    Returns
    -------
    (H', W', ...) array, sizes as in `output_size`; of the image's type for max, min and brightest,
    else of floats.

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    Sources: Y.-T. Zhou and R. Chellappa, Computation of Optical Flow Using a Neural Network, 1988
    (max pooling); C.-Y. Lee, P. Gallagher and Z. Tu, Generalizing Pooling Functions in Convolutional
    Neural Networks: Mixed, Gated, and Tree, 2016 (mixed).

    >>> pool([[4, 8, 3, 3], [-1, 2, 1, 9]])
    array([[8, 9]])
    """
    image = as_array("image", image)
    as_choice("mode", mode, MODES)
    size = as_pair("size", size, least=1)
    stride = as_pair("stride", size if stride is None else stride, least=1)
    pad_width = plan(image.shape[:2], size, stride, padding, dilation, name="size").pad_width
    geometry = (size, stride, as_pair("dilation", dilation, least=1), pad_width)
    if any(map(any, pad_width)):
        check_room("padding", padded_shape(image.shape, pad_width))
        _check_no_window_is_empty(image.shape[:2], *geometry)
    if mode == "brightest":
        return _brightest(image, *geometry)
    if mode in ("max", "min"):
        return _extreme(image, mode, *geometry)
    image = image.astype(np.result_type(image, np.float32), copy=False)
    mean = _mean(image, *geometry)
    return mean if mode == "mean" else (mean + _extreme(image, "max", *geometry)) / 2


def _padded(image: NDArray, pad_width: PadWidth, value: float) -> NDArray:
    if not any(map(any, pad_width)):
        return image
    return np.pad(image, pad_width + ((0, 0),) * (image.ndim - 2), constant_values=value)


def _extreme(
    image: NDArray, mode: str, size: Pair, stride: Pair, dilation: Pair, pad_width: PadWidth
) -> NDArray:
    ufunc = {"max": np.maximum, "min": np.minimum}[mode]
    padded = _padded(image, pad_width, _neutral_value(image.dtype, mode))
    return reduce_windows(padded, ufunc, size, stride, dilation)


def _neutral_value(dtype: np.dtype, mode: str) -> float:
    """Return the padding value that a maximum, or minimum, never chooses over a pixel."""
    if dtype.kind == "b":
        return mode == "min"
    if dtype.kind == "f":
        return -np.inf if mode == "max" else np.inf
    return np.iinfo(dtype).min if mode == "max" else np.iinfo(dtype).max


def _mean(image: NDArray, size: Pair, stride: Pair, dilation: Pair, pad_width: PadWidth) -> NDArray:
    total = reduce_windows(_padded(image, pad_width, 0), np.add, size, stride, dilation)
    if any(map(any, pad_width)):
        counts = _count_pixels(image.shape[:2], size, stride, dilation, pad_width)
        total /= counts.astype(image.dtype).reshape(counts.shape + (1,) * (image.ndim - 2))
    else:
        total /= size[0] * size[1]
    return total


def _count_pixels(
    shape: tuple[int, ...], size: Pair, stride: Pair, dilation: Pair, pad_width: PadWidth
) -> NDArray:
    """Return how many real pixels each window holds: its real rows times its real columns."""
    rows, columns = (np.pad(np.ones(n, np.int64), sides) for n, sides in zip(shape, pad_width))
    in_rows = reduce_windows(rows[:, None], np.add, (size[0], 1), (stride[0], 1), dilation)
    in_columns = reduce_windows(columns[None], np.add, (1, size[1]), (1, stride[1]), dilation)
    return in_rows * in_columns


def _check_no_window_is_empty(
    shape: tuple[int, ...], size: Pair, stride: Pair, dilation: Pair, pad_width: PadWidth
) -> None:
    if not _count_pixels(shape, size, stride, dilation, pad_width).all():
        raise ValueError(
            f"padding must leave a pixel of the image in every window; got padding {pad_width}"
            f" with windows of {size[0]}×{size[1]} on {shape[0]}×{shape[1]} pixels"
        )


def _brightest(
    image: NDArray, size: Pair, stride: Pair, dilation: Pair, pad_width: PadWidth
) -> NDArray:
    if image.ndim != 2 and image.shape[2:] != (3,):
        raise ValueError(
            f'image must be (H, W) or (H, W, 3) for mode "brightest"; got {describe(image)}'
        )
    light = to_gray(image)
    light = light.astype(np.result_type(light, np.float32))
    if np.isnan(light.max()):
        light[np.isnan(light)] = np.inf
    light = np.maximum(light, np.finfo(light.dtype).min)  # padding is darker than any pixel
    arrays = [_padded(light, pad_width, -np.inf), _padded(image, pad_width, 0)]
    return in_bands(first_brightest, arrays, size, stride, dilation)
