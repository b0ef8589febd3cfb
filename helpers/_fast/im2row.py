"""The arithmetic of a bank of filters: for each row of stops, one matrix product.

A batch (H, W, C, N) lies in memory as (H, C, W, N). What each column of a kernel sees is laid out
once, and the rows under a stop then follow each other: they are the product's other side as they
are.
"""

import numpy as np

from helpers._fast.threads import one_thread, share_out

BAND = 200_000  # numbers laid out at a time: they stay in the processor's cache
MANY = 100_000_000  # products that are worth a second thread


def slide_bank(job):
    """Slide every filter of a `ConvArgs` whose kernel spans channels; a band of rows at a time."""
    image, kernel, _, stops, _, stride, dilation = job
    (kh, kw), deep = kernel.shape[:2], kernel.ndim == 4
    filters = kernel.reshape(-1, kernel.shape[3] if deep else 1).T
    batch = image if image.ndim == 4 else image[..., None]
    batch = rows_first(np.ascontiguousarray(rows_first(batch)))
    result = np.empty((len(filters), *stops, batch.shape[3]), image.dtype)
    maps = result.reshape(*result.shape[:2], -1).transpose(1, 0, 2)
    reach = (kh - 1) * dilation[0] + 1
    numbers = kw * batch.shape[2] * maps.shape[2] * stride[0]  # in a row of stops
    bands = -(-stops[0] * numbers // BAND)
    height = -(-stops[0] // bands)  # all alike, so that two threads are done together

    def multiply(tops):
        for top in tops:
            band = maps[top : top + height]
            first, tall = top * stride[0], (len(band) - 1) * stride[0] + reach
            part, output_shape = batch[first : first + tall], (len(band), stops[1])
            filter_windows(part, filters, (kh, kw), output_shape, stride, dilation, band)

    products = filters.size * maps.shape[2]  # in a row of stops
    with one_thread(products):
        share_out(multiply, range(0, stops[0], height), products * stops[0] > MANY)
    result = result.transpose(1, 2, 0, 3)
    result = result if deep else result[:, :, 0]
    return result if image.ndim == 4 else result[..., 0]


def filter_windows(batch, filters, size, output_shape, stride, dilation, out):
    """Multiply every window of a batch by every filter; convolve and the layer Conv both do it here.

    `batch` is (H, W, C, N), `filters` (F, kh·kw·C), `out` (H', F, W'·N). Return the windows, as
    (H', kh·kw·C, W'·N).
    """
    strips = _lay_out_columns(batch, size[1], output_shape[1], stride[1], dilation[1])
    windows = stack_rows(strips, size[0], output_shape[0], stride[0], dilation[0])
    np.matmul(filters, windows, out=out)
    return windows


def rows_first(x):
    """(H, W, C, N) as the (H, C, W, N) in which it lies in memory; and back."""
    return x.transpose(0, 2, 1, 3)


def _lay_out_columns(x, width, columns, stride, dilation):
    """Copy the pixels under each column of a kernel: (H, W, C, N) to (H, width·C, W'·N)."""
    starts, extent = range(0, width * dilation, dilation), (columns - 1) * stride + 1
    parts = [rows_first(x[:, start : start + extent : stride]) for start in starts]
    return np.concatenate(parts, axis=1).reshape(len(x), -1, columns * x.shape[3])


def stack_rows(strips, height, rows, stride=1, dilation=1):
    """View the `height` strips under each output row as one: (H, K, M) to (H', height·K, M).

    Strips that follow each other are not copied: the next stack just begins a strip later.
    """
    strips = np.ascontiguousarray(strips)
    step, *others = strips.strides
    windows = np.lib.stride_tricks.as_strided(
        strips,
        (rows, height, *strips.shape[1:]),
        (step * stride, step * dilation, *others),
        writeable=False,
    )
    return windows.reshape(rows, -1, strips.shape[2])
