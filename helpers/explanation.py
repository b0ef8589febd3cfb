"""One output pixel of a convolution, taken apart: the patch, the weights, the products, the sum."""

from dataclasses import dataclass

import numpy as np

from helpers.convolution import check_args
from helpers.geometry import check_position, windows


@dataclass(frozen=True)
class PixelExplanation:
    """How one output pixel came about: patch × kernel = products; their sum, plus bias, is total."""

    patch: np.ndarray
    kernel: np.ndarray
    products: np.ndarray
    bias: np.ndarray
    total: np.ndarray
    top: int
    left: int


def explain_pixel(
    image,
    kernel,
    row,
    column,
    bias=0,
    stride=1,
    padding=0,
    dilation=1,
    border="zero",
    flip=False,
):
    """Show the products behind one pixel of `convolve`'s result.

    Parameters
    ----------
    row, column : int
        The pixel in the result. The others are as in `convolve`.

    Returns
    -------
    PixelExplanation, with
        patch : (kh, kw, ...), the pixels under the window, padding included
        kernel : the weights as laid on (turned if `flip`)
        products : patch × kernel, number by number; (kh, kw, ...), for a bank (kh, kw, C, F, ...)
        bias, total : total is the pixel; a number for each channel, or filter, of the result
        top, left : where the window's corner stands in the image; negative inside the padding

    >>> explain_pixel([[1, 2], [3, 4]], [[10, 0], [0, 1]], row=0, column=0).products
    array([[10,  0],
           [ 0,  4]])
    """
    job = check_args(image, kernel, bias, stride, padding, dilation, border, flip)
    row, column = (
        check_position(name, value, stops)
        for name, value, stops in zip(("row", "column"), (row, column), job.stops)
    )
    kernel = job.kernel
    patch = windows(job.image, kernel.shape[:2], job.stride, job.dilation)[row, column].copy()
    spread = patch[:, :, :, None] if kernel.ndim == 4 else patch  # the same patch for each filter
    weights = kernel.reshape(kernel.shape + (1,) * (spread.ndim - kernel.ndim))
    counted = weights != 0 if kernel.ndim == 2 else True  # what `convolve` skips adds nothing
    shape = np.broadcast_shapes(spread.shape, weights.shape)
    products = np.multiply(spread, weights, where=counted, out=np.zeros(shape, spread.dtype))
    total = products.sum(axis=(0, 1) if kernel.ndim == 2 else (0, 1, 2)) + job.bias
    (top, _), (left, _) = job.widths
    corner = row * job.stride[0] - top, column * job.stride[1] - left
    return PixelExplanation(patch, kernel, products, job.bias, total, *corner)
