"""Convolution as products with banded Toeplitz matrices, one for each column of the kernel.

A matrix whose rows each hold the same weights, one place further right than the row above, slides
a column of weights down an image::

    a b c 0 0
    0 a b c 0
    0 0 a b c

Most products are with 0. It is faster all the same, because matrix libraries keep the numbers they
work on in registers.

Source: R. M. Gray, Toeplitz and Circulant Matrices: A Review, 2006,
https://ee.stanford.edu/~gray/toeplitz.pdf
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from helpers._fast import tuning
from helpers._fast.args import ConvArgs
from helpers._fast.threads import one_thread, share_out
from helpers.geometry import extent


def convolve_toeplitz(args: ConvArgs) -> NDArray | None:
    """Convolve each channel with a (kh, kw) kernel, strips of output rows at a time.

    Returns None where a NaN comes out: a weight of 0 must skip its pixel, but 0 times NaN is NaN.
    """
    image, kernel, _, output_shape, _, stride, dilation = args
    result = np.empty(output_shape + image.shape[2:], image.dtype)
    columns = np.flatnonzero(kernel.any(axis=0))
    matrices = _banded_matrices(kernel[:, columns], stride[0], dilation[0])
    span = extent(len(kernel), dilation[0])
    full_strips, rows_left = divmod(output_shape[0], tuning.TOEPLITZ_ROWS)
    parts = (
        (0, full_strips, tuning.TOEPLITZ_ROWS),
        (full_strips * tuning.TOEPLITZ_ROWS, 1, rows_left),
    )
    no_nan = True
    with one_thread(matrices[0].size * result[0].size), np.errstate(invalid="ignore"):
        for first, count, height in parts:
            if count and height:
                outputs = result[first : first + count * height].reshape(count, height, -1)
                step, rows = height * stride[0], (height - 1) * stride[0] + span
                inputs = image[first * stride[0] :][: (count - 1) * step + rows]
                strips = _as_strips(inputs, columns * dilation[1], stride[1], count, step, rows)
                no_nan &= _multiply(matrices[:, :height, :rows], strips, outputs)
    return result if no_nan else None


def _banded_matrices(columns: NDArray, stride: int, dilation: int) -> NDArray:
    """For each column of weights (kh, columns), the matrix that slides it down TOEPLITZ_ROWS rows."""
    span, rows = extent(len(columns), dilation), tuning.TOEPLITZ_ROWS
    matrices = np.zeros((columns.shape[1], rows, (rows - 1) * stride + span), columns.dtype)
    for row in range(rows):
        matrices[:, row, row * stride :][:, :span:dilation] = columns.T
    return matrices


def _as_strips(
    image: NDArray, starts: NDArray, stride: int, count: int, step: int, rows: int
) -> list[NDArray]:
    """For each start, every `stride`-th column from there on, as `count` strips of `rows` rows.

    Each strip begins `step` rows below the one before. The columns of a stride are copied together
    once: to pick them from the image for each weight takes several times as long.
    """
    views = {}
    for first in set(starts % stride):
        part = np.ascontiguousarray(image[:, first::stride])
        down, right = part.strides[0], part.itemsize
        views[first] = np.lib.stride_tricks.as_strided(
            part, (count, rows, part[0].size), (down * step, down, right), writeable=False
        )
    channels = image[0, 0].size
    return [views[start % stride][..., start // stride * channels :] for start in starts]


def _multiply(matrices: NDArray, strips: list[NDArray], outputs: NDArray) -> bool:
    """Fill `outputs` (count, rows, width) with the sum of each matrix times its column's strips.

    Return whether there is no NaN among them.
    """
    shared = outputs.size > tuning.TOEPLITZ_SHARED
    group = tuning.TOEPLITZ_GROUP * (2 if shared else 1)  # two threads wait between calls
    together = max(1, group // outputs[0].size)
    width = outputs.shape[2]
    with_nan: list[int] = []

    def fill_groups(firsts: Iterable[int]) -> None:
        buffer = np.empty_like(outputs[:together])
        for first in firsts:
            output = outputs[first : first + together]
            products = buffer[: len(output)]
            for number, (matrix, strip) in enumerate(zip(matrices, strips)):
                pixels = strip[first : first + together, :, :width]
                np.matmul(matrix, pixels, out=products if number else output)
                if number:
                    output += products
            if np.isnan(output.min()):
                with_nan.append(first)

    share_out(fill_groups, range(0, len(outputs), together), shared)
    return not with_nan
