"""Padding: pixels added around an image, and how many of them."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.messages import describe
from helpers.validation import IntOrPair, Pair, as_array, as_choice, as_pair, check_room, is_listed

PadWidth: TypeAlias = tuple[Pair, Pair]  # ((top, bottom), (left, right)), in pixels
Padding: TypeAlias = str | IntOrPair | Sequence[Sequence[int]]  # also "valid" and "same"

BORDERS = {"zero": "constant", "edge": "edge", "reflect": "reflect", "wrap": "wrap"}


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
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> pad([[1, 2, 3]], (0, 2), border="reflect")
    array([[3, 2, 1, 2, 3, 2, 1]])
    """
    image = as_array("image", image)
    as_choice("border", border, BORDERS)
    pad_width = as_pad_width(padding) + ((0, 0),) * (image.ndim - 2)
    check_room("padding", padded_shape(image.shape, pad_width))
    return np.pad(image, pad_width, mode=BORDERS[border])  # type: ignore[call-overload]


def padded_shape(shape: Sequence[int], pad_width: Sequence[Pair]) -> tuple[int, ...]:
    """Return the shape of an array with padding; axes that `pad_width` does not name have none.

    >>> padded_shape((4, 5, 3), ((1, 1), (0, 2)))
    (6, 7, 3)
    """
    padded = tuple(n + sum(sides) for n, sides in zip(shape, pad_width))
    return padded + tuple(shape[len(padded) :])


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


def same_padding(length: int, span: int, stride: int) -> Pair:
    """Return the padding for ceil(length / stride) positions; an odd pixel goes after, as in Keras."""
    total = max((-(-length // stride) - 1) * stride + span - length, 0)
    return total // 2, total - total // 2
