"""Choose the method of a convolution. All of them compute the plain loop's products and sums."""

import numpy as np
from numpy.typing import NDArray

from helpers._fast import tuning
from helpers._fast.args import ConvArgs
from helpers._fast.im2row import convolve_im2row
from helpers._fast.shift_add import convolve_shift_add
from helpers._fast.toeplitz import convolve_toeplitz
from helpers.geometry import extent


def convolve_padded(args: ConvArgs) -> NDArray:
    """Convolve a padded image; the bias is not added.

    A kernel that spans channels goes to `im2row`. A two-dimensional kernel is split into a column
    and a row where that halves the work.
    """
    if args.kernel.ndim > 2:
        return convolve_im2row(args)
    factors = _separable_factors(args.kernel)
    if factors is None:
        return _convolve_2d(args)
    column, row = factors
    row_pass = args._replace(
        kernel=row,
        output_shape=(args.image.shape[0], args.output_shape[1]),
        stride=(1, args.stride[1]),
    )
    return _convolve_2d(
        args._replace(image=_convolve_2d(row_pass), kernel=column, stride=(args.stride[0], 1))
    )


def _separable_factors(kernel: NDArray) -> tuple[NDArray, NDArray] | None:
    """Return a column and a row whose outer product is the kernel, if that halves the work.

    The 81 products of a 9×9 Gaussian become 18. Kernels of whole numbers are left alone, so that
    their sums stay exact.
    """
    halved = kernel.size >= 2 * sum(kernel.shape)
    if not halved or not np.isfinite(kernel).all() or not np.any(kernel % 1):
        return None
    i, j = np.unravel_index(np.abs(kernel).argmax(), kernel.shape)
    largest = kernel[i, j]
    column, row = kernel[:, j, None] / largest, kernel[None, i]
    if not np.array_equal((column != 0) & (row != 0), kernel != 0):
        return None  # a weight of 0 must skip its pixel, even a NaN
    error = np.abs(column * row - kernel).max()
    return (column, row) if error <= 2 * np.finfo(kernel.dtype).eps * abs(largest) else None


def _convolve_2d(args: ConvArgs) -> NDArray:
    """Convolve each channel on its own, by matrix products where they are faster."""
    if _toeplitz_is_faster(args):
        result = convolve_toeplitz(args)
        if result is not None:
            return result
    return convolve_shift_add(args)


def _toeplitz_is_faster(args: ConvArgs) -> bool:
    """Estimate whether matrix products win: a column of weights then costs about one weight."""
    image, kernel = args.image, args.kernel
    weights = kernel != 0
    channels = image[0, 0].size
    outputs = args.output_shape[0] * args.output_shape[1] * channels
    saved = (weights.sum() - 0.9 * weights.any(axis=0).sum()) * outputs
    if args.stride[1] > 1:
        saved -= image.size  # the columns of a stride are copied together first
    matrix_row = (tuning.TOEPLITZ_ROWS - 1) * args.stride[0] + extent(len(kernel), args.dilation[0])
    return (
        image.dtype.char in "fd"
        and saved > tuning.TOEPLITZ_MIN_SAVING
        and matrix_row <= tuning.TOEPLITZ_MAX_ROW * len(kernel)
        and args.output_shape[1] * channels >= tuning.TOEPLITZ_MIN_WIDTH
        and args.output_shape[0] >= 2 * tuning.TOEPLITZ_ROWS
        and bool(weights.any())
    )
