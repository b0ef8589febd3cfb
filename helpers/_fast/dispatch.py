"""The arithmetic of a convolution: the plain loop's products, in orders that a processor is quick at."""

from typing import NamedTuple

import numpy as np

from helpers._fast.threads import share_out
from helpers._fast.toeplitz import STRIP, slide_columns

BAND = 32_768  # numbers worked on at a time: they and their products stay in the processor's cache
WORTH = 130_000  # products that must be spared for matrices to win
BROAD = 16  # numbers in a row of stops, below which they lose
SPARSE = 12  # numbers of a matrix's row for each weight in it, beyond which it loses


class ConvArgs(NamedTuple):
    """A convolution whose arguments have been checked: what is left is arithmetic."""

    image: np.ndarray  # padded
    kernel: np.ndarray  # as it is laid on
    bias: np.ndarray
    stops: tuple  # rows and columns of the result
    widths: tuple  # padding that was added: (top, bottom), (left, right)
    stride: tuple
    dilation: tuple


def slide_one(job):
    """Slide a kernel whose rows are multiples of one row as that row, then as a column."""
    factors = _factors(job.kernel)
    if factors is None:
        return _slide(job)
    down, across = factors
    stops, (step_down, step_right) = job.stops, job.stride
    first = job._replace(
        kernel=across, stops=(job.image.shape[0], stops[1]), stride=(1, step_right)
    )
    return _slide(job._replace(image=_slide(first), kernel=down, stride=(step_down, 1)))


def _factors(kernel):
    """The column and the row whose products the weights are, where that spares half the work.

    81 products of a 9×9 Gaussian become 18. Whole weights keep their exact sums.
    """
    spared = kernel.size >= 2 * sum(kernel.shape)
    if not spared or not np.isfinite(kernel).all() or not np.any(kernel % 1):
        return None
    row, column = np.unravel_index(np.abs(kernel).argmax(), kernel.shape)
    largest = kernel[row, column]
    down, across = kernel[:, column, None] / largest, kernel[None, row]
    if not np.array_equal((down != 0) & (across != 0), kernel != 0):
        return None  # a weight of 0 hides what lies under it; two others would not
    error = np.abs(down * across - kernel).max()
    return (down, across) if error <= 2 * np.finfo(kernel.dtype).eps * abs(largest) else None


def _slide(job):
    """By matrix products where they win: a column of weights then takes as long as one weight."""
    weights = job.kernel != 0
    numbers = job.stops[0] * job.stops[1] * job.image[0, 0].size
    spared = (weights.sum() - 0.9 * weights.any(axis=0).sum()) * numbers
    if job.stride[1] > 1:
        spared -= job.image.size  # columns a step apart are brought together first
    reach = (len(job.kernel) - 1) * job.dilation[0] + 1
    dense = (STRIP - 1) * job.stride[0] + reach <= SPARSE * len(job.kernel)
    broad = job.stops[1] * job.image[0, 0].size >= BROAD and job.stops[0] >= 2 * STRIP
    by_matrix = job.image.dtype.char in "fd" and dense and broad and weights.any()
    if by_matrix and spared > WORTH:
        result = slide_columns(job)
        if result is not None:
            return result
    return _shift_and_add(job)


def _shift_and_add(job):
    """The image times one weight, shifted, for each weight; a band of rows at a time.

    The same nine products as the loop's, in another order: all first products, all second ones …
    """
    image, kernel, _, stops, _, stride, dilation = job
    result = np.zeros(stops + image.shape[2:], image.dtype)
    taps = [(i * dilation[0], j * dilation[1], kernel[i, j]) for i, j in np.argwhere(kernel)]
    height = max(1, BAND // result[0].size)
    width = (stops[1] - 1) * stride[1] + 1

    def slide(tops):
        product = np.empty_like(result[:height])
        for top in tops:
            band = result[top : top + height]
            tall = (len(band) - 1) * stride[0] + 1
            for number, (down, right, weight) in enumerate(taps):
                first = top * stride[0] + down
                seen = image[first : first + tall : stride[0], right : right + width : stride[1]]
                if number == 0:
                    np.multiply(seen, weight, out=band)
                else:
                    band += np.multiply(seen, weight, out=product[: len(band)])

    share_out(slide, range(0, stops[0], height))
    return result
