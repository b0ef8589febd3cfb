"""Learning a kernel: how wrong its answers are, which way each weight should move, and the move."""

import numpy as np

from helpers.convolution import convolve
from helpers.geometry import plan
from helpers.validation import as_array, as_pair, as_positive, describe


def mean_squared_error(answers, target):
    """Return the mean of the squared differences, a float.

    >>> mean_squared_error([[1, 2]], [[1, 5]])
    4.5
    """
    answers, target = as_array("answers", answers), as_array("target", target)
    if answers.shape != target.shape:
        raise ValueError(f"target must be {answers.shape}, as answers are; got {describe(target)}")
    return float(np.mean((_as_float(answers) - _as_float(target)) ** 2))


def kernel_gradient(image, error, size=(3, 3)):
    """Return how fast the mean squared error rises with each weight of a kernel.

    Each weight is to blame for what it did at every stop: 2/N · Σ error · the pixel under it. That
    sum is a convolution: 2/N · convolve(image, error).

    Parameters
    ----------
    image : (H, W) array
    error : (H − kh + 1, W − kw + 1) array, N numbers: convolve(image, kernel) − target
    size : int or (rows, columns), of the kernel

    Returns
    -------
    (kh, kw) array

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what came.

    >>> kernel_gradient([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 0]], size=(1, 2)).tolist()
    [[0.5, 1.0]]
    """
    image, error = _as_gray("image", image), _as_gray("error", error)
    size = as_pair("size", size, least=1)
    stops, _ = plan(image.shape, size, 1, 0, 1, name="size")
    if error.shape != stops:
        raise ValueError(
            f"error must be {stops}, one number a stop of a {size[0]}×{size[1]} kernel;"
            f" got {describe(error)}"
        )
    gradient = np.empty(size, np.result_type(image, error))
    for i, j in np.ndindex(size):
        gradient[i, j] = np.vdot(error, image[i : i + stops[0], j : j + stops[1]])
    gradient *= 2 / error.size
    return gradient


def descend(image, target, kernel, rate):
    """Take one step of gradient descent: move each weight against its gradient.

    Parameters
    ----------
    image : (H, W) array
    target : (H − kh + 1, W − kw + 1) array, what the kernel should answer
    kernel : (kh, kw) array, which is not changed
    rate : float above 0; how far to go. Too far, and the loss grows until it is no number any more.

    Returns
    -------
    kernel : (kh, kw) array, the new weights
    loss : float, the mean squared error before the step

    >>> descend([[1, 2]], [[6, 8]], [[5]], rate=0.1)
    (array([[4.7]]), 2.5)
    """
    image, kernel = _as_gray("image", image), _as_gray("kernel", kernel)
    target, rate = _as_gray("target", target), as_positive("rate", rate)
    with np.errstate(over="ignore", invalid="ignore"):  # a rate too large is a thing to see
        answers = convolve(image, kernel)
        loss = mean_squared_error(answers, target)
        gradient = kernel_gradient(image, answers - target, kernel.shape)
        return kernel - rate * gradient, loss


def _as_gray(name, value):
    array = as_array(name, value)
    if array.ndim != 2:
        raise ValueError(f"{name} must have rows and columns only; got {describe(array)}")
    return _as_float(array)


def _as_float(array):
    """Floats as they are; whole numbers as floats, so that no difference wraps around."""
    return array.astype(np.result_type(array, np.float32), copy=False)
