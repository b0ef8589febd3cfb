"""Window positions: how many there are, and the padding they need.

Convolution and pooling share this module, for photographs and for networks: the two spatial axes
come first, and every axis after them is kept.
"""

from collections.abc import Sequence
from typing import NamedTuple

from helpers.messages import describe
from helpers.padding import Padding, PadWidth, as_pad_width, same_padding
from helpers.validation import IntOrPair, Pair, as_pair, as_whole, is_listed


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
        rows, columns = map(same_padding, shape, extents, strides)
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


def check_position(name: str, value: int, length: int) -> int:
    """Return `value` as an index into `length` output pixels."""
    number = as_whole(name, value, least=0)
    if number >= length:
        raise ValueError(f"{name} must be from 0 to {length - 1}; got {describe(value)}")
    return number
