"""Convolution: a small kernel of weights slides over an image; each position gives one number.

The word has its deep-learning meaning: the kernel is applied without flipping it, which
mathematicians call cross-correlation. Their convolution rotates the kernel by 180° first; that is
`flip=True`.
"""

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from helpers._fast.args import ConvArgs
from helpers._fast.dispatch import convolve_padded
from helpers.geometry import plan
from helpers.messages import describe
from helpers.padding import BORDERS, Padding, pad
from helpers.validation import IntOrPair, as_array, as_choice, as_flag, as_pair


def convolve(
    image: ArrayLike,
    kernel: ArrayLike,
    bias: ArrayLike = 0,
    stride: IntOrPair = 1,
    padding: Padding = 0,
    dilation: IntOrPair = 1,
    border: str = "zero",
    flip: bool = False,
) -> NDArray:
    """Slide a kernel over an image; at each position, multiply and sum.

    The axes of the kernel say what it spans:

    ==================  ===================================  =====================
    kernel              image                                result
    ==================  ===================================  =====================
    (kh, kw)            (H, W, ...), each channel alone      (H', W', ...)
    (kh, kw, C)         (H, W, C) or (H, W, C, N), summed    (H', W') or (H', W', N)
    (kh, kw, C, F)      (H, W, C) or (H, W, C, N), summed    (H', W', F) or (H', W', F, N)
    ==================  ===================================  =====================

    Parameters
    ----------
    image, kernel : arrays of real numbers, shapes as above
    bias : number, or F numbers for a bank of F filters; added to every sum
    stride : int or (rows, columns), pixels from one window position to the next
    padding : int, (rows, columns), ((top, bottom), (left, right)), "valid" or "same"
    dilation : int or (rows, columns), pixels from one weight to the next
    border : "zero", "edge", "reflect" or "wrap"; what the padding holds, see `pad`
    flip : bool
        Rotate the kernel by 180° first, as mathematicians do.

    A weight of 0 in a (kh, kw) kernel skips its pixel, even a NaN.

    Returns
    -------
    Array of H' × W' numbers per channel or filter, sizes as in `output_size`. A float32 image gives
    float32; integers with integer weights and an integer bias give integers. A NaN or an infinity
    affects only the outputs whose window contains it. A sum of floats beyond the largest number of
    their type, 3.4e38 in float32, becomes infinite, with a warning by NumPy.

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given; also where a sum
        of integers might exceed 64 bits.

    Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, 2016,
    https://arxiv.org/abs/1603.07285

    >>> image = [[0, 0, 9, 9], [0, 0, 9, 9], [0, 0, 9, 9]]
    >>> convolve(image, [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
    array([[27, 27]])
    """
    args = check_args(image, kernel, bias, stride, padding, dilation, border, flip)
    check_sums(args.image, args.kernel, args.bias)
    image = args.image.astype(args.kernel.dtype, copy=False)
    if any(map(any, args.pad_width)):
        image = pad(image, args.pad_width, border)
    if image is not args.image:
        args = args._replace(image=image)
    result = convolve_padded(args)
    if args.bias.any():
        result += args.bias
    return result


def check_args(
    image: ArrayLike,
    kernel: ArrayLike,
    bias: ArrayLike,
    stride: IntOrPair,
    padding: Padding,
    dilation: IntOrPair,
    border: str,
    flip: bool,
) -> ConvArgs:
    """Check the arguments of `convolve`.

    The image is returned as it is, neither padded nor read; the kernel and the bias have the type
    of the result.
    """
    image, kernel = as_array("image", image), as_array("kernel", kernel)
    _check_shapes(image, kernel)
    as_choice("border", border, BORDERS)
    as_flag("flip", flip)
    bias = _check_bias(bias, kernel)
    dtype = result_type(image, kernel, bias)
    if bias.ndim:
        bias = bias.reshape(bias.shape + (1,) * (image.ndim - 3))  # an axis for the batch
    return ConvArgs(
        image,
        _as_type("kernel", kernel[::-1, ::-1] if flip else kernel, dtype),
        _as_type("bias", bias, dtype),
        *plan(image.shape[:2], (kernel.shape[0], kernel.shape[1]), stride, padding, dilation),
        as_pair("stride", stride, least=1),
        as_pair("dilation", dilation, least=1),
    )


def _check_shapes(image: NDArray, kernel: NDArray) -> None:
    if kernel.ndim > 4:
        raise ValueError(f"kernel must have 2, 3 or 4 axes; got {describe(kernel)}")
    if kernel.ndim > 2 and (image.ndim not in (3, 4) or image.shape[2] != kernel.shape[2]):
        raise ValueError(
            f"image must be (H, W, {kernel.shape[2]}) or (H, W, {kernel.shape[2]}, N) for a kernel"
            f" of shape {kernel.shape}; got {describe(image)}"
        )


def _check_bias(bias: ArrayLike, kernel: NDArray) -> NDArray:
    bias = as_array("bias", bias, least_axes=0)
    filters = kernel.shape[3:]
    if bias.ndim and bias.shape != filters:
        expected = f"one number or {filters[0]}, one per filter" if filters else "one number"
        raise ValueError(f"bias must be {expected}; got {describe(bias)}")
    return bias


def _as_type(name: str, array: NDArray, dtype: DTypeLike) -> NDArray:
    """Return numbers in the type of the result; one that becomes infinite there is refused."""
    if array.dtype.kind != "f" or array.itemsize <= np.dtype(dtype).itemsize:
        return array.astype(dtype, copy=False)
    with np.errstate(over="ignore"):
        converted = array.astype(dtype)
    if np.count_nonzero(np.isinf(converted)) > np.count_nonzero(np.isinf(array)):
        raise ValueError(
            f"{name} must hold numbers that fit the image's type, {np.dtype(dtype)}; got up to"
            f" {np.abs(array).max():g}: pass image.astype(float)"
        )
    return converted


def check_sums(image: NDArray, kernel: NDArray, bias: NDArray) -> None:
    """Refuse integers whose sums might exceed 64 bits, since NumPy would let them wrap around."""
    if kernel.dtype.kind != "i":
        return
    filters = kernel.reshape(-1, kernel.shape[3] if kernel.ndim == 4 else 1).T
    most = max(sum(map(abs, weights)) for weights in filters.tolist())
    added = max(map(abs, bias.ravel().tolist()))
    room = (2**63 - 1 - added) // max(1, most)
    if 8 * image.dtype.itemsize < room.bit_length():
        return
    largest = max(-int(image.min()), int(image.max()))
    left = 2**63 - 1 - largest * most
    if 0 <= left < added:
        raise ValueError(
            f"bias must hold integers up to {left:,}, so that the sums of this image fit into"
            f" 64 bits; got up to {added:,}: pass image.astype(float)"
        )
    if largest > room:
        raise ValueError(
            f"image must hold integers up to {room:,}, so that the sums under this kernel fit into"
            f" 64 bits; got up to {largest:,}: pass image.astype(float)"
        )


def result_type(image: NDArray, kernel: NDArray, bias: NDArray) -> DTypeLike:
    """A float image decides; integers stay integers (of 64 bits) with an integer kernel and bias."""
    if image.dtype.kind == "f":
        return np.result_type(image, np.float32)
    if kernel.dtype.kind == "f":
        return np.result_type(image, kernel, np.float32)
    if bias.dtype.kind == "f":
        return np.result_type(image, kernel, bias, np.float32)
    return np.result_type(image, kernel, np.int64)  # float64 for uint64, which int64 cannot hold
