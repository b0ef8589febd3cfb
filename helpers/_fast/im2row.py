"""Convolution with a bank of filters: for each output row, one matrix product.

A batch (H, W, C, N) is stored as (H, C, W, N). The pixels under each kernel column are copied once
into strips (H, kw·C, W'·N). The strips of consecutive rows follow each other in memory, so the
rows under a window position are one matrix without another copy.

Sources: K. Chellapilla, S. Puri and P. Simard, High Performance Convolutional Neural Networks for
Document Processing, 2006 (convolution as a matrix product, known as im2col or im2row);
M. Cho and D. Brand, MEC: Memory-efficient Convolution for Deep Neural Network, 2017,
https://arxiv.org/abs/1706.06873 (copies along one axis only).
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from helpers._fast import tuning
from helpers._fast.args import ConvArgs
from helpers._fast.threads import one_thread, share_out
from helpers.geometry import extent
from helpers.validation import Pair


def convolve_im2row(args: ConvArgs) -> NDArray:
    """Convolve with a (kh, kw, C) or (kh, kw, C, F) kernel, a band of output rows at a time."""
    image, kernel, _, (rows, columns), _, stride, dilation = args
    (kh, kw), is_bank = kernel.shape[:2], kernel.ndim == 4
    filters = kernel.reshape(-1, kernel.shape[3] if is_bank else 1).T
    batch = image if image.ndim == 4 else image[..., None]
    batch = rows_first(np.ascontiguousarray(rows_first(batch)))
    result = np.empty((len(filters), rows, columns, batch.shape[3]), image.dtype)
    output_rows = result.reshape(len(filters), rows, -1).transpose(1, 0, 2)
    span = extent(kh, dilation[0])
    numbers = kw * batch.shape[2] * output_rows.shape[2] * stride[0]  # laid out per output row
    bands = -(-rows * numbers // tuning.IM2ROW_BAND)
    height = -(-rows // bands)  # equal bands, so that two threads end together

    def fill_bands(tops: Iterable[int]) -> None:
        for top in tops:
            band = output_rows[top : top + height]
            first, inputs = top * stride[0], (len(band) - 1) * stride[0] + span
            part, shape = batch[first : first + inputs], (len(band), columns)
            filter_windows(part, filters, (kh, kw), shape, stride, dilation, band)

    products = filters.size * output_rows.shape[2]  # per output row
    with one_thread(products):
        share_out(fill_bands, range(0, rows, height), products * rows > tuning.IM2ROW_SHARED)
    result = result.transpose(1, 2, 0, 3)
    result = result if is_bank else result[:, :, 0]
    return result if image.ndim == 4 else result[..., 0]


def filter_windows(
    batch: NDArray,
    filters: NDArray,
    size: Pair,
    output_shape: Pair,
    stride: Pair,
    dilation: Pair,
    out: NDArray,
) -> NDArray:
    """Multiply every window of a batch by every filter; `convolve` and the layer Conv both do it here.

    `batch` is (H, W, C, N), `filters` (F, kh·kw·C), `out` (H', F, W'·N). Return the windows, as
    (H', kh·kw·C, W'·N).
    """
    laid_out = strips(batch, size[1], output_shape[1], stride[1], dilation[1])
    windows = stacked(laid_out, size[0], output_shape[0], stride[0], dilation[0])
    np.matmul(filters, windows, out=out)
    return windows


def rows_first(x: NDArray) -> NDArray:
    """View (H, W, C, N) as the (H, C, W, N) that is stored; applied twice, it undoes itself."""
    return x.transpose(0, 2, 1, 3)


def strips(x: NDArray, width: int, columns: int, stride: int = 1, dilation: int = 1) -> NDArray:
    """Copy the pixels under each kernel column: (H, W, C, N) to (H, width·C, columns·N).

    `columns` is how many columns the output has.
    """
    starts, covered = range(0, width * dilation, dilation), (columns - 1) * stride + 1
    parts = [rows_first(x[:, start : start + covered : stride]) for start in starts]
    return np.concatenate(parts, axis=1).reshape(len(x), -1, columns * x.shape[3])


def stacked(rows: NDArray, height: int, count: int, stride: int = 1, dilation: int = 1) -> NDArray:
    """Join the `height` rows under each window: (H, K, M) to (count, height·K, M).

    `count` is how many rows the output has. Undilated rows follow each other in memory, so nothing
    is copied: the next window just begins `stride` rows later.
    """
    rows = np.ascontiguousarray(rows)
    step, *others = rows.strides
    windows = np.lib.stride_tricks.as_strided(
        rows,
        (count, height, *rows.shape[1:]),
        (step * stride, step * dilation, *others),
        writeable=False,
    )
    return windows.reshape(count, -1, rows.shape[2])
