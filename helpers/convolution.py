"""Convolution: a small kernel of weights visits every place of an image; each stop gives one number.

This is what deep learning calls convolution: the kernel is laid on as it stands.
Mathematicians turn it by half a turn first; that is `flip=True`.
"""

import numpy as np

from helpers._fast.dispatch import ConvArgs, slide_one
from helpers._fast.im2row import slide_bank
from helpers.geometry import BORDERS, pad, plan
from helpers.validation import as_array, as_choice, as_flag, as_pair, describe


def convolve(image, kernel, bias=0, stride=1, padding=0, dilation=1, border="zero", flip=False):
    """Slide a kernel over an image; at each stop multiply, add up, and keep the sum.

    The kernel's own axes say what it spans:

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
    stride, dilation : int or (rows, columns)
        Pixels from stop to stop, and from weight to weight.
    padding : int, (rows, columns), ((top, bottom), (left, right)), "valid" or "same"
    border : "zero", "edge", "reflect" or "wrap"; what the padding holds, see `pad`
    flip : bool
        Turn the kernel by half a turn first, as mathematicians do.

    In a (kh, kw) kernel a weight of 0 is skipped, so it hides even a NaN.

    Returns
    -------
    Array of H' × W' numbers a channel or filter, sizes as `output_size` says. A float32 image
    gives float32; whole numbers with whole weights and a whole bias give whole numbers.

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what came.

    Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, 2016.

    >>> image = [[0, 0, 9, 9], [0, 0, 9, 9], [0, 0, 9, 9]]
    >>> convolve(image, [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
    array([[27, 27]])
    """
    job = check_args(image, kernel, bias, stride, padding, dilation, border, flip)
    result = slide_bank(job) if job.kernel.ndim > 2 else slide_one(job)
    if job.bias.any():
        result += job.bias
    return result


def check_args(image, kernel, bias, stride, padding, dilation, border, flip):
    """Check the arguments of `convolve` and return them as a `ConvArgs`."""
    image, kernel = as_array("image", image), as_array("kernel", kernel)
    _refuse_misfit(image, kernel)
    as_choice("border", border, BORDERS)
    as_flag("flip", flip)
    bias = _ready_bias(bias, kernel)
    dtype = _working_type(image, kernel, bias)
    stops, widths = plan(image.shape[:2], kernel.shape[:2], stride, padding, dilation)
    image = image.astype(dtype, copy=False)
    return ConvArgs(
        pad(image, widths, border) if any(map(any, widths)) else image,
        (kernel[::-1, ::-1] if flip else kernel).astype(dtype, copy=False),
        _beside_maps(bias, image).astype(dtype),
        stops,
        widths,
        as_pair("stride", stride, least=1),
        as_pair("dilation", dilation, least=1),
    )


def _refuse_misfit(image, kernel):
    if kernel.ndim > 4:
        raise ValueError(f"kernel must have 2, 3 or 4 axes; got {describe(kernel)}")
    if kernel.ndim > 2 and (image.ndim not in (3, 4) or image.shape[2] != kernel.shape[2]):
        raise ValueError(
            f"image must be (H, W, {kernel.shape[2]}), or a batch of such, for a kernel of shape"
            f" {kernel.shape}; got {describe(image)}"
        )


def _working_type(image, kernel, bias):
    """A float image decides; whole numbers stay whole (in 64 bits) under whole weights and bias."""
    if image.dtype.kind == "f":
        return np.result_type(image, np.float32)
    if kernel.dtype.kind == "f":
        return np.result_type(image, kernel, np.float32)
    if bias.dtype.kind == "f":
        return np.result_type(image, kernel, bias, np.float32)
    return np.result_type(image, kernel, np.int64)  # uint64, which may hold more, turns into floats


def _ready_bias(bias, kernel):
    bias = as_array("bias", bias, least_axes=0)
    filters = kernel.shape[3:]
    if bias.ndim and bias.shape != filters:
        wanted = f"one number or {filters[0]}, one a filter" if filters else "one number"
        raise ValueError(f"bias must be {wanted}; got {describe(bias)}")
    return bias


def _beside_maps(bias, image):
    """One number a filter, with the axis of a batch after it."""
    return bias.reshape(bias.shape + (1,) * (image.ndim - 3)) if bias.ndim else bias
