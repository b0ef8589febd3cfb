"""Window positions: output sizes, padding, and the windows themselves.

Convolution and pooling share this module, for photographs and for networks: the two spatial axes
come first, and every axis after them is kept.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.validation import (
    IntOrPair,
    Pair,
    as_array,
    as_choice,
    as_pair,
    as_whole,
    describe,
    is_listed,
)

PadWidth: TypeAlias = tuple[Pair, Pair]  # ((top, bottom), (left, right)), in pixels
Padding: TypeAlias = str | IntOrPair | Sequence[Sequence[int]]  # also "valid" and "same"

BORDERS = {"zero": "constant", "edge": "edge", "reflect": "reflect", "wrap": "wrap"}


class WindowPlan(NamedTuple):
    """How many window positions there are, and the padding they need."""

    output_shape: Pair
    pad_width: PadWidth


def output_size(
    size: IntOrPair,
    kernel: IntOrPair,
    stride: IntOrPair = 1,
    padding: Padding = 0,
    dilation: IntOrPair = 1,
) -> int | Pair:
    """Return the output size of a convolution or a pooling: the number of window positions.

    A kernel of k weights, `dilation` pixels apart, has an extent of dilation·(k − 1) + 1 pixels.
    Its first position is at the first pixel, and each next one `stride` pixels further, as long
    as it fits. The division rounds down, so the last pixels may not be used.

    Parameters
    ----------
    size, kernel, stride, dilation : int or (rows, columns), in pixels
    padding : int, (rows, columns), ((top, bottom), (left, right)), "valid" or "same"
        "valid" adds nothing. "same" adds as little as gives ceil(size / stride).

    Returns
    -------
    int : floor((size + padding before + padding after − extent) / stride) + 1,
        or a (rows, columns) pair when any argument is a pair.

    Raises
    ------
    ValueError, TypeError : naming the parameter; also when the kernel does not fit once.

    Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, 2016,
    https://arxiv.org/abs/1603.07285

    >>> output_size(28, 3)
    26
    >>> output_size(28, 3, stride=2, padding="same")
    14
    >>> output_size((480, 640), 5, stride=2)
    (238, 318)
    """
    sizes = as_pair("size", size, least=1)
    kernel_shape = as_pair("kernel", kernel, least=1)
    shape = plan(sizes, kernel_shape, stride, padding, dilation).output_shape
    any_pair = any(map(is_listed, (size, kernel, stride, padding, dilation)))
    return shape if any_pair else shape[0]


def plan(
    shape: Sequence[int],
    kernel: Pair,
    stride: IntOrPair,
    padding: Padding,
    dilation: IntOrPair,
    name: str = "kernel",
) -> WindowPlan:
    """Return the output shape and the pad width of windows over an image of `shape`.

    `name` is what the error message calls the window, if it does not fit.
    """
    strides = as_pair("stride", stride, least=1)
    dilations = as_pair("dilation", dilation, least=1)
    extents = extent(kernel[0], dilations[0]), extent(kernel[1], dilations[1])
    if isinstance(padding, str) and padding == "same":
        rows, columns = map(_same_padding, shape, extents, strides)
        pad_width = rows, columns
    else:
        pad_width = as_pad_width(padding)
    output_shape = []
    for axis, length, span, step, (before, after) in zip(
        ("rows", "columns"), shape, extents, strides, pad_width
    ):
        if span > length + before + after:
            raise ValueError(
                f"{name} spans {span} {axis} and does not fit into"
                f" {length} {axis} with {before} + {after} of padding"
            )
        output_shape.append((length + before + after - span) // step + 1)
    return WindowPlan((output_shape[0], output_shape[1]), pad_width)


def extent(size: int, dilation: int) -> int:
    """Return how many pixels a window of `size` cells spans: its effective size.

    >>> extent(3, dilation=2)
    5
    """
    return dilation * (size - 1) + 1


def _same_padding(length: int, span: int, stride: int) -> Pair:
    """Return the padding for ceil(length / stride) positions; an odd pixel goes after, as in Keras."""
    total = max((-(-length // stride) - 1) * stride + span - length, 0)
    return total // 2, total - total // 2


def as_pad_width(padding: Any) -> PadWidth:
    """Return padding other than "same" as ((top, bottom), (left, right))."""
    if isinstance(padding, str):
        if padding == "valid":
            return (0, 0), (0, 0)
        raise ValueError(
            'padding must be a number, a pair, "valid" or, for a kernel, "same";'
            f" got {describe(padding)}"
        )
    if is_listed(padding) and len(padding) == 2 and all(map(is_listed, padding)):
        return as_pair("padding[0]", padding[0], least=0), as_pair("padding[1]", padding[1], 0)
    rows, columns = as_pair("padding", padding, least=0)
    return (rows, rows), (columns, columns)


def pad(image: ArrayLike, padding: Padding, border: str = "zero") -> NDArray:
    """Return a copy of an image with pixels added around it.

    Parameters
    ----------
    image : (H, W, ...) array
    padding : int, (rows, columns) or ((top, bottom), (left, right)), in pixels
    border : what the new pixels hold
        "zero", "edge" (the nearest pixel), "reflect" (the image mirrored at its last pixel),
        "wrap" (the opposite side)

    Returns
    -------
    (top + H + bottom, left + W + right, ...) array of the image's type

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what came.

    >>> pad([[1, 2, 3]], (0, 2), border="reflect")
    array([[3, 2, 1, 2, 3, 2, 1]])
    """
    image = as_array("image", image)
    as_choice("border", border, BORDERS)
    pad_width = as_pad_width(padding) + ((0, 0),) * (image.ndim - 2)
    return np.pad(image, pad_width, mode=BORDERS[border])  # type: ignore[call-overload]


def source_indices(positions: NDArray, length: int, border: str) -> NDArray:
    """Return the pixel that each position along one axis of a padded image takes its value from.

    Positions count from the image's first pixel, so they are negative in the padding before it.

    Parameters
    ----------
    positions : array of ints
    length : int, of the image along this axis
    border : as in `pad`

    Returns
    -------
    array of ints from 0 to length − 1; −1 for a padded zero

    >>> source_indices(np.arange(-2, 5), 3, "reflect")
    array([2, 1, 0, 1, 2, 1, 0])
    """
    if border == "zero":
        return np.where((positions >= 0) & (positions < length), positions, -1)
    if border == "edge" or length == 1:
        return positions.clip(0, length - 1)
    if border == "wrap":
        return positions % length
    period = 2 * (length - 1)  # there and back; the pixels at both ends are not repeated
    positions = positions % period
    return np.minimum(positions, period - positions)


def windows(
    image: ArrayLike, kernel: IntOrPair, stride: IntOrPair = 1, dilation: IntOrPair = 1
) -> NDArray:
    """Return every window of an image, as a view: no pixel is copied.

    Parameters
    ----------
    image : (H, W, ...) array
    kernel, stride, dilation : int or (rows, columns), in pixels

    Returns
    -------
    (H', W', kh, kw, ...) read-only view; [row, column] is the window of that output pixel

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what came.

    Source: `numpy.lib.stride_tricks.sliding_window_view`, to which stride and dilation are added.

    >>> windows(np.arange(12).reshape(3, 4), 2)[1, 2]
    array([[ 6,  7],
           [10, 11]])
    """
    image = as_array("image", image)
    kernel_shape = as_pair("kernel", kernel, least=1)
    output_shape, _ = plan(image.shape[:2], kernel_shape, stride, 0, dilation)
    strides, dilations = as_pair("stride", stride, least=1), as_pair("dilation", dilation, least=1)
    down, right = image.strides[:2]
    return np.lib.stride_tricks.as_strided(
        image,
        shape=output_shape + kernel_shape + image.shape[2:],
        strides=(down * strides[0], right * strides[1], down * dilations[0], right * dilations[1])
        + image.strides[2:],
        writeable=False,
    )


def window_indices(
    shape: Pair,
    kernel: IntOrPair,
    stride: IntOrPair = 1,
    padding: Padding = 0,
    dilation: IntOrPair = 1,
    border: str = "zero",
) -> NDArray:
    """Return which pixels of an image each window uses.

    Parameters
    ----------
    shape : (rows, columns) of the image
    kernel, stride, padding, dilation, border : as in `convolve`

    Returns
    -------
    (H', W', kh, kw) ints: the pixel's number, counted row by row from 0; −1 for a padded zero

    >>> window_indices((2, 3), 2)[0, 1]
    array([[1, 2],
           [4, 5]])
    """
    kernel = as_pair("kernel", kernel, least=1)
    _, pad_width = plan(shape, kernel, stride, padding, dilation)
    counted_from_1 = np.arange(1, shape[0] * shape[1] + 1).reshape(shape)
    return windows(pad(counted_from_1, pad_width, border), kernel, stride, dilation) - 1


def check_position(name: str, value: int, length: int) -> int:
    """Return `value` as an index into `length` output pixels."""
    number = as_whole(name, value, least=0)
    if number >= length:
        raise ValueError(f"{name} must be from 0 to {length - 1}; got {describe(value)}")
    return number
