"""Two families of kernels that blur, of any size: the mean, and the Gaussian."""

import numpy as np
from numpy.typing import NDArray

from helpers.validation import IntOrPair, as_pair, as_positive, check_room


def box(size: IntOrPair) -> NDArray:
    """Return a kernel that computes the mean of its window.

    Parameters
    ----------
    size : int or (rows, columns)

    Returns
    -------
    (rows, columns) float32 array; its weights sum to 1.

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> 4 * box(2)
    array([[1., 1.],
           [1., 1.]], dtype=float32)
    """
    rows, columns = shape = as_pair("size", size, least=1)
    check_room("size", shape)
    return np.full(shape, 1 / (rows * columns), dtype=np.float32)


def gaussian(size: IntOrPair, sigma: float) -> NDArray:
    """Return a kernel whose weights fall off from the center as a normal distribution.

    It is separable: a column of weights times a row.

    Parameters
    ----------
    size : int or (rows, columns)
    sigma : float above 0
        Standard deviation in pixels: at this distance, a weight is 0.61 times the central one.

    Returns
    -------
    (rows, columns) float32 array; its weights sum to 1.

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> gaussian(3, sigma=0.85).round(2)
    array([[0.06, 0.12, 0.06],
           [0.12, 0.25, 0.12],
           [0.06, 0.12, 0.06]], dtype=float32)
    """
    sigma = as_positive("sigma", sigma)
    shape = as_pair("size", size, least=1)
    check_room("size", shape)
    column, row = (_gaussian_weights(n, sigma) for n in shape)
    weights = np.outer(column, row)
    return (weights / weights.sum()).astype(np.float32)


def _gaussian_weights(n: int, sigma: float) -> NDArray:
    squares = (np.arange(n) - (n - 1) / 2) ** 2
    squares -= squares.min()  # so that the largest weight is 1, however small sigma is
    with np.errstate(over="ignore"):
        return np.exp(-squares / sigma / sigma / 2)
