"""Convolution and pooling the way one does them by hand: what the quick ways must equal."""

import numpy as np

from helpers.geometry import output_size, pad, plan
from helpers.validation import as_array, as_choice, as_number, as_whole


def convolve_loops(image, kernel, bias=0, stride=1, padding=0, dilation=1):
    """Convolve the way one does it by hand: for each stop, multiply and add up.

    Two loops that anyone can follow, about a thousand times slower than `convolve`.

    Parameters
    ----------
    image : (H, W) array, or (H, W, C)
    kernel : (kh, kw) array, or (kh, kw, C)
    bias : number
    stride, padding, dilation : int

    Returns
    -------
    (H', W') float64 array

    >>> convolve_loops([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 1]])
    array([[6., 8.]])
    """
    kernel, image = as_array("kernel", kernel).astype(float), as_array("image", image).astype(float)
    stride, dilation = as_whole("stride", stride, least=1), as_whole("dilation", dilation, least=1)
    image = pad(image, as_whole("padding", padding, least=0))
    bias = float(as_number("bias", bias))
    if kernel.ndim != image.ndim or kernel.shape[2:] != image.shape[2:]:
        raise ValueError(
            f"image must have the kernel's channels; got {image.shape}, {kernel.shape}"
        )
    rows = output_size(image.shape[0], kernel.shape[0], stride, 0, dilation)
    columns = output_size(image.shape[1], kernel.shape[1], stride, 0, dilation)
    reach_down = dilation * (kernel.shape[0] - 1) + 1
    reach_right = dilation * (kernel.shape[1] - 1) + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            window = image[top : top + reach_down : dilation, left : left + reach_right : dilation]
            result[row, column] = (window * kernel).sum() + bias
    return result


def pool_loops(image, size=2, stride=None, mode="max"):
    """Pool the way one does it by hand: for each window, keep its largest value, smallest, or mean.

    Parameters
    ----------
    image : (H, W, ...) array
    size, stride : int; stride is `size` when left out
    mode : "max", "min" or "mean"

    Returns
    -------
    (H', W', ...) float64 array

    Raises
    ------
    ValueError : for another mode, or a window that does not fit.

    >>> pool_loops([[4, 8, 3, 3], [-1, 2, 1, 9]])
    array([[8., 9.]])
    """
    image = as_array("image", image)
    kept = {"max": np.max, "min": np.min, "mean": np.mean}
    keep = kept[as_choice("mode", mode, kept)]
    size = as_whole("size", size, least=1)
    stride = size if stride is None else as_whole("stride", stride, least=1)
    (rows, columns), _ = plan(image.shape[:2], (size, size), stride, 0, 1, name="size")
    result = np.zeros((rows, columns) + image.shape[2:])
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            result[row, column] = keep(image[top : top + size, left : left + size], axis=(0, 1))
    return result
