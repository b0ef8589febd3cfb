"""Learning a kernel: the loss, its gradient with respect to the weights, and a step of descent."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.convolution import convolve
from helpers.geometry import plan
from helpers.messages import describe
from helpers.validation import IntOrPair, as_array, as_pair, as_positive


def mean_squared_error(output: ArrayLike, target: ArrayLike) -> float:
    """Return the mean of the squared differences of two arrays of one shape.

    >>> mean_squared_error([[1, 2]], [[1, 5]])
    4.5
    """
    output, target = as_array("output", output), as_array("target", target)
    if output.shape != target.shape:
        raise ValueError(
            f"target must have the shape of output, {output.shape}; got {describe(target)}"
        )
    return float(np.mean((_as_float(output) - _as_float(target)) ** 2))


def kernel_gradient(image: ArrayLike, error: ArrayLike, size: IntOrPair = (3, 3)) -> NDArray:
    """Return the gradient of the mean squared error with respect to a kernel's weights.

    At each window position, the weight multiplies one pixel, so the position contributes
    2/N · error · pixel. The sum of the contributions is a convolution with the error as the kernel:
    2/N · convolve(image, error).

    Parameters
    ----------
    image : (H, W) array
    error : (H − kh + 1, W − kw + 1) array of N numbers, convolve(image, kernel) − target
    size : int or (rows, columns), of the kernel

    Returns
    -------
    (kh, kw) array of floats

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> kernel_gradient([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 0]], size=(1, 2)).tolist()
    [[0.5, 1.0]]
    """
    image, error = _as_gray("image", image), _as_gray("error", error)
    size = as_pair("size", size, least=1)
    rows, columns = plan(image.shape, size, 1, 0, 1, name="size").output_shape
    if error.shape != (rows, columns):
        raise ValueError(
            f"error must be {rows, columns}, one number per position of a {size[0]}×{size[1]}"
            f" kernel; got {describe(error)}"
        )
    gradient = np.empty(size, np.result_type(image, error))
    for i, j in np.ndindex(size):
        gradient[i, j] = np.vdot(error, image[i : i + rows, j : j + columns])
    gradient *= 2 / error.size
    return gradient


def gradient_step(
    image: ArrayLike, target: ArrayLike, kernel: ArrayLike, learning_rate: float
) -> tuple[NDArray, float]:
    """Take one step of gradient descent: move each weight against its gradient.

    Parameters
    ----------
    image : (H, W) array
    target : (H − kh + 1, W − kw + 1) array, the desired output
    kernel : (kh, kw) array, which is not changed
    learning_rate : float above 0
        The factor of the gradient. If it is too large, the loss grows until it overflows to NaN.

    Returns
    -------
    kernel : (kh, kw) array, the new weights
    loss : float, the mean squared error before the step

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> gradient_step([[1, 2]], [[6, 8]], [[5]], learning_rate=0.1)
    (array([[4.7]]), 2.5)
    """
    image, kernel = _as_gray("image", image), _as_gray("kernel", kernel)
    target = _as_gray("target", target)
    learning_rate = as_positive("learning_rate", learning_rate)
    with np.errstate(over="ignore", invalid="ignore"):  # learners may try a rate that is too large
        output = convolve(image, kernel)
        loss = mean_squared_error(output, target)
        gradient = kernel_gradient(image, output - target, kernel.shape)
        return kernel - learning_rate * gradient, loss


def _as_gray(name: str, value: ArrayLike) -> NDArray:
    array = as_array(name, value)
    if array.ndim != 2:
        raise ValueError(f"{name} must have rows and columns only; got {describe(array)}")
    return _as_float(array)


def _as_float(array: NDArray) -> NDArray:
    """Return integers as floats, so that no difference wraps around, and floats as they are."""
    return array.astype(np.result_type(array, np.float32), copy=False)
