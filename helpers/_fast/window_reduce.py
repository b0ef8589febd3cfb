"""Pooling as a reduction: each window's cells are joined into one, along columns and then rows.

Where windows overlap at every pixel, a window of 8 is two windows of 4 joined, which are two of 2:
three steps instead of seven. This is the doubling of a sparse table (M. Bender and M.
Farach-Colton, The LCA Problem Revisited, 2000). The algorithm of van Herk (1992) and Gil and Werman
(1993) needs fewer comparisons, but one pixel after the other, which NumPy cannot vectorize.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from helpers._fast import tuning
from helpers.geometry import extent
from helpers.validation import Pair

Arrays: TypeAlias = list[NDArray]  # arrays of one shape (H, W, ...) that are reduced together
Join: TypeAlias = Callable[[Arrays, Arrays], Arrays]


def reduce_windows(
    image: NDArray, ufunc: np.ufunc, size: Pair, stride: Pair, dilation: Pair
) -> NDArray:
    """Reduce each window of an image (H, W, ...) to one number per channel with `ufunc`."""

    def join(first: Arrays, second: Arrays) -> Arrays:
        is_view = first[0].base is not None  # of the image, so it must not be written to
        return [ufunc(first[0], second[0], out=None if is_view else first[0])]

    (result,) = fold([image], join, size, stride, dilation, overlap=ufunc is not np.add)
    return result.copy(order="K") if size == (1, 1) else result  # nothing was joined: still a view


def in_bands(
    work: Callable[..., NDArray], arrays: Arrays, size: Pair, stride: Pair, dilation: Pair
) -> NDArray:
    """Call `work` on a band of rows at a time, and join the results."""
    span = extent(size[0], dilation[0])
    rows = (len(arrays[0]) - span) // stride[0] + 1
    height = max(1, tuning.REDUCE_BAND // (arrays[0][0].size * stride[0]))
    result: Any = None
    for top in range(0, rows, height):
        last = min(top + height, rows) - 1
        inputs = slice(top * stride[0], last * stride[0] + span)
        band = work([array[inputs] for array in arrays], size, stride, dilation)
        if result is None:
            result = np.empty_like(arrays[-1], band.dtype, shape=(rows,) + band.shape[1:])
        result[top : last + 1] = band
    return result


def fold(
    arrays: Arrays, join: Join, size: Pair, stride: Pair, dilation: Pair, overlap: bool = True
) -> Arrays:
    """Join the cells of each window, first along columns, then along rows.

    `join(first, second)` makes one list of arrays of two. `overlap` says that a cell may be joined
    twice without changing the result, as in a maximum; the windows are doubled then.
    """
    for axis in (1, 0):
        width = 1
        while overlap and stride[axis] == 1 and 2 * width + 1 < size[axis]:
            starts = [0, width * dilation[axis]]
            arrays = reduce(join, zip(*(_shifted(a, starts, axis, 1) for a in arrays)))
            width *= 2
        last = size[axis] - width
        starts = [start * dilation[axis] for start in (*range(0, last, width), last)]
        arrays = reduce(join, zip(*(_shifted(a, starts, axis, stride[axis]) for a in arrays)))
    return arrays


def _shifted(image: NDArray, starts: Iterable[int], axis: int, stride: int) -> Iterator[NDArray]:
    """For each start, the image from there on along an axis, every `stride`-th line, equally long."""
    starts = list(starts)
    count = (image.shape[axis] - starts[-1] - 1) // stride + 1
    for start in starts:
        lines = slice(start, start + (count - 1) * stride + 1, stride)
        yield image[(slice(None),) * axis + (lines,)]


def first_brightest(arrays: Arrays, size: Pair, stride: Pair, dilation: Pair) -> NDArray:
    """Return the brightest pixel of each window, the first row by row of equals.

    `arrays` are the brightness (H, W) and the image (H, W, ...).
    """
    light, image = arrays
    row_max = reduce_windows(light, np.maximum, (1, size[1]), (1, stride[1]), dilation)
    window_max = reduce_windows(row_max, np.maximum, (size[0], 1), (stride[0], 1), dilation)
    rows, columns = np.ogrid[: window_max.shape[0], : window_max.shape[1]]
    rows = rows * stride[0] + _first_offset(row_max, window_max, 0, size, stride, dilation)
    right = _first_offset(light, row_max, 1, size, stride, dilation)
    columns = columns * stride[1] + right.ravel().take(rows * right.shape[1] + columns)
    indices = rows * light.shape[1] + columns
    return image.reshape((-1,) + image.shape[2:]).take(indices, axis=0)


def _first_offset(
    image: NDArray, largest: NDArray, axis: int, size: Pair, stride: Pair, dilation: Pair
) -> NDArray:
    """Return how many pixels into its window `largest` occurs first along an axis."""
    starts = range(0, size[axis] * dilation[axis], dilation[axis])
    smaller = np.ones(largest.shape, bool)
    count = np.zeros(largest.shape, np.min_scalar_type(size[axis]))
    for cells in _shifted(image, starts, axis, stride[axis]):
        smaller &= cells < largest
        count += smaller
    return count.astype(np.intp) * dilation[axis]
