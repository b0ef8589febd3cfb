"""One output pixel of a convolution, step by step: the patch, the weights, the products, the sum."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers._fast.args import ConvArgs
from helpers.convolution import check_args, check_sums
from helpers.geometry import check_position
from helpers.padding import Padding, source_indices
from helpers.validation import IntOrPair


@dataclass(frozen=True)
class PixelExplanation:
    """How an output pixel is computed: patch × kernel = products; their sum + bias = total."""

    patch: NDArray
    kernel: NDArray
    products: NDArray
    bias: NDArray
    total: NDArray
    top: int
    left: int


def explain_pixel(
    image: ArrayLike,
    kernel: ArrayLike,
    row: int,
    column: int,
    bias: ArrayLike = 0,
    stride: IntOrPair = 1,
    padding: Padding = 0,
    dilation: IntOrPair = 1,
    border: str = "zero",
    flip: bool = False,
) -> PixelExplanation:
    """Return the products behind one pixel of `convolve`'s result.

    Only the pixels under the window are read, so the time does not depend on the image's size.

    Parameters
    ----------
    row, column : int, the pixel of the result; the others are as in `convolve`

    Returns
    -------
    PixelExplanation, with
        patch : (kh, kw, ...), the pixels under the window, padding included
        kernel : the weights as applied (rotated by 180° if `flip`)
        products : patch × kernel, element by element; (kh, kw, ...), for a bank (kh, kw, C, F, ...)
        bias, total : total is the pixel; one number per channel, or filter, of the result
        top, left : the window's upper left corner in the image; negative inside the padding

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> explain_pixel([[1, 2], [3, 4]], [[10, 0], [0, 1]], row=0, column=0).products
    array([[10,  0],
           [ 0,  4]])
    """
    args = check_args(image, kernel, bias, stride, padding, dilation, border, flip)
    top = check_position("row", row, args.output_shape[0]) * args.stride[0]
    left = check_position("column", column, args.output_shape[1]) * args.stride[1]
    top, left = top - args.pad_width[0][0], left - args.pad_width[1][0]
    patch = _patch(args, top, left, border)
    check_sums(patch, args.kernel, args.bias)
    products = _products(patch, args.kernel)
    summed = (0, 1) if args.kernel.ndim == 2 else (0, 1, 2)
    total = products.sum(axis=summed) + args.bias
    return PixelExplanation(patch, args.kernel, products, args.bias, total, top, left)


def _patch(args: ConvArgs, top: int, left: int, border: str) -> NDArray:
    """Copy the pixels under the window whose upper left corner is at (top, left)."""
    rows, columns = (
        source_indices(np.arange(size) * dilation + first, length, border)
        for first, size, dilation, length in zip(
            (top, left), args.kernel.shape, args.dilation, args.image.shape
        )
    )
    patch = args.image[rows[:, None], columns].astype(args.kernel.dtype, copy=False)
    patch[rows < 0] = 0
    patch[:, columns < 0] = 0
    return patch


def _products(patch: NDArray, kernel: NDArray) -> NDArray:
    pixels = patch[:, :, :, None] if kernel.ndim == 4 else patch  # the same patch for each filter
    weights = kernel.reshape(kernel.shape + (1,) * (pixels.ndim - kernel.ndim))
    counted = weights != 0 if kernel.ndim == 2 else True  # `convolve` skips pixels under a 0
    products = np.zeros(np.broadcast_shapes(pixels.shape, weights.shape), pixels.dtype)
    return np.multiply(pixels, weights, where=counted, out=products)
