"""Convolution and pooling as plain loops: slow, easy to follow, and what the fast ones must equal."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.geometry import extent, plan
from helpers.padding import pad
from helpers.validation import as_array, as_choice, as_number, as_whole


def convolve_loops(
    image: ArrayLike,
    kernel: ArrayLike,
    bias: float = 0,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> NDArray:
    """Convolve with two loops: at each window position, multiply and sum.

    About a thousand times slower than `convolve`.

    Parameters
    ----------
    image : (H, W) array, or (H, W, C)
    kernel : (kh, kw) array, or (kh, kw, C)
    bias : number
    stride, padding, dilation : int, in pixels

    Returns
    -------
    (H', W') float64 array, sizes as in `output_size`

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> convolve_loops([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 1]])
    array([[6., 8.]])
    """
    kernel, image = as_array("kernel", kernel).astype(float), as_array("image", image).astype(float)
    stride, dilation = as_whole("stride", stride, least=1), as_whole("dilation", dilation, least=1)
    image = pad(image, as_whole("padding", padding, least=0))
    bias = float(as_number("bias", bias))
    if kernel.ndim != image.ndim or kernel.shape[2:] != image.shape[2:]:
        raise ValueError(
            f"image must have as many channels as the kernel, {kernel.shape}; got {image.shape}"
        )
    rows, columns = plan(image.shape[:2], kernel.shape[:2], stride, 0, dilation).output_shape
    height = extent(kernel.shape[0], dilation)
    width = extent(kernel.shape[1], dilation)
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            window = image[top : top + height : dilation, left : left + width : dilation]
            result[row, column] = (window * kernel).sum() + bias
    return result


def pool_loops(
    image: ArrayLike, size: int = 2, stride: int | None = None, mode: str = "max"
) -> NDArray:
    """Pool with two loops: for each window, keep its maximum, minimum or mean.

    Parameters
    ----------
    image : (H, W, ...) array
    size, stride : int, in pixels; stride is `size` if left out
    mode : "max", "min" or "mean"

    Returns
    -------
    (H', W', ...) float64 array, sizes as in `output_size`

    Raises
    ------
    ValueError, TypeError : naming the parameter; also when the window does not fit.

    >>> pool_loops([[4, 8, 3, 3], [-1, 2, 1, 9]])
    array([[8., 9.]])
    """
    image = as_array("image", image)
    reductions: dict[str, Callable] = {"max": np.max, "min": np.min, "mean": np.mean}
    reduce = reductions[as_choice("mode", mode, reductions)]
    size = as_whole("size", size, least=1)
    stride = size if stride is None else as_whole("stride", stride, least=1)
    rows, columns = plan(image.shape[:2], (size, size), stride, 0, 1, name="size").output_shape
    result = np.zeros((rows, columns) + image.shape[2:])
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            result[row, column] = reduce(image[top : top + size, left : left + size], axis=(0, 1))
    return result
