"""How far rounding takes a convolution from the exact sum, and which of its values mean something.

Floats are rounded to about 7 digits (float32) or 16 (float64). Where the exact sum is 0, as for
vertical edges in a picture whose rows are constant, what is left is the rounding: tiny numbers,
which a scale that fits its picture would draw as strong edges.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.convolution import result_type
from helpers.validation import as_array


def rounding_error(
    image: ArrayLike, kernel: ArrayLike, bias: ArrayLike = 0, inexact: float = 0.0
) -> float:
    """Return how far rounding may have taken a value of `convolve` from the exact sum, at most.

    Every operation rounds its result by at most a fraction eps / 2. With n weights, a pixel passes
    through a product and n sums, the bias included, and it was rounded before, as was its weight:
    n + 3 roundings, so (n + 3)·eps/2·(sum of |weights| · largest |pixel| + |bias|). This is doubled,
    since an image that was computed, from colors for example, has been rounded more than once.

    Parameters
    ----------
    image, kernel, bias : as in `convolve`; the `value_range` of an image may stand for it
    inexact : float, how far the pixels themselves may be from their exact values, beyond rounding

    Returns
    -------
    float; 0 for numbers that are not finite. Without `inexact` it is 0, too, for an integer image
    with whole weights and bias, while the sums fit a float's digits, since these sums are exact

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1.

    >>> rounding_error([[0.5, 1.0]], [[-1, 1]]) == (2 + 3) * 2.0**-52 * 2
    True
    """
    image, kernel = as_array("image", image), as_array("kernel", kernel)
    bias = as_array("bias", bias, least_axes=0)
    summed = tuple(range(min(kernel.ndim, 3)))  # each filter of a bank is a sum of its own
    weights = float(np.abs(kernel.astype(float)).sum(axis=summed).max())
    largest = float(np.abs(value_range(image).astype(float)).max())
    total = weights * largest + float(np.abs(bias.astype(float)).max())
    if not np.isfinite(total):
        return 0.0
    dtype = np.dtype(result_type(image, kernel, bias))
    eps = float(np.finfo(dtype).eps) if dtype.kind == "f" else 0.0
    if image.dtype.kind != "f" and total * eps < 1 and not (np.any(kernel % 1) or np.any(bias % 1)):
        eps = 0.0
    count = np.prod(kernel.shape[:3], dtype=int)
    return float(weights * inexact + (count + 3) * eps * total)


def significant(values: NDArray, error: float) -> NDArray:
    """Return values with 0 in place of those that may be nothing but an error of this size.

    >>> significant(np.array([3, -1, 0, 1]), 1)
    array([3, 0, 0, 0])
    """
    values = values.copy(order="K")
    np.copyto(values, 0, where=np.abs(values) <= error)
    return values


def value_range(image: NDArray) -> NDArray:
    """Return the smallest and the largest value of an image, all that `rounding_error` needs of it.

    >>> value_range(np.array([[3, 1], [2, 5]]))
    array([[1, 5]])
    """
    return np.array([[image.min(), image.max()]])
