"""The arithmetic of a convolution as matrix products: one column of weights at a time."""

import numpy as np

from helpers._fast.threads import one_thread, share_out

STRIP = 8  # rows of stops that one matrix product makes
GROUP = 131_072  # numbers made by one call: they, their products and the image stay in the cache
MANY = 1_000_000  # numbers that are worth a second thread


def slide_columns(job):
    """One column of weights after the other, down strips of stops: matrix products.

    Each row of the matrix holds the column, one stop further down than the row above::

        a b c 0 0
        0 a b c 0
        0 0 a b c

    Most products are with 0. It is faster all the same, as the library for matrices keeps the
    numbers that it works on in registers. One call multiplies many strips. Returns None where a
    NaN comes out: a weight of 0 may hide it, but 0 times NaN is NaN.
    """
    image, kernel, _, stops, _, stride, dilation = job
    result = np.empty(stops + image.shape[2:], image.dtype)
    places = np.flatnonzero(kernel.any(axis=0))
    matrices = _banded(kernel[:, places], stride[0], dilation[0])
    reach = (len(kernel) - 1) * dilation[0] + 1
    whole, rest = divmod(stops[0], STRIP)
    sound = True
    with one_thread(matrices[0].size * result[0].size), np.errstate(invalid="ignore"):
        for first, count, height in ((0, whole, STRIP), (whole * STRIP, 1, rest)):
            if count and height:
                strips = result[first : first + count * height].reshape(count, height, -1)
                step, tall = height * stride[0], (height - 1) * stride[0] + reach
                rows = image[first * stride[0] :][: (count - 1) * step + tall]
                seen = _in_strips(rows, places * dilation[1], stride[1], count, step, tall)
                sound &= _multiply(matrices[:, :height, :tall], seen, strips)
    return result if sound else None


def _banded(columns, stride, dilation):
    """For each column of weights (kh, columns) the matrix that slides it down STRIP stops."""
    reach = (len(columns) - 1) * dilation + 1
    matrices = np.zeros((columns.shape[1], STRIP, (STRIP - 1) * stride + reach), columns.dtype)
    for stop in range(STRIP):
        matrices[:, stop, stop * stride :][:, :reach:dilation] = columns.T
    return matrices


def _in_strips(image, starts, across, count, step, tall):
    """For each start, every `across`-th column from there on, as `count` strips of `tall` rows.

    Each strip lies `step` rows below the last. Columns that are apart are brought together once: to
    pick them from the image for each weight anew takes several times as long.
    """
    laid = {}
    for first in set(starts % across):
        part = np.ascontiguousarray(image[:, first::across])
        down, right = part.strides[0], part.itemsize
        laid[first] = np.lib.stride_tricks.as_strided(
            part, (count, tall, part[0].size), (down * step, down, right), writeable=False
        )
    pixel = image[0, 0].size
    return [laid[start % across][..., start // across * pixel :] for start in starts]


def _multiply(matrices, columns, strips):
    """Fill strips (count, rows, width) with the sum of each matrix times its column's strips.

    Return whether there is no NaN among them.
    """
    shared = strips.size > MANY
    together = max(1, (2 if shared else 1) * GROUP // strips[0].size)  # threads wait between calls
    width, spoilt = strips.shape[2], []

    def multiply(firsts):
        room = np.empty_like(strips[:together])
        for first in firsts:
            band = strips[first : first + together]
            product = room[: len(band)]
            for number, (matrix, column) in enumerate(zip(matrices, columns)):
                seen = column[first : first + together, :, :width]
                np.matmul(matrix, seen, out=product if number else band)
                if number:
                    band += product
            if np.isnan(band.min()):
                spoilt.append(first)

    share_out(multiply, range(0, len(strips), together), shared)
    return not spoilt
