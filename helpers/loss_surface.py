"""The loss over the weights of a kernel: a bowl, whose shape is that of the image's windows.

The output is linear in the weights. So the mean squared error of a kernel that differs by `offset`
from the one that made the target is exactly offsetᵀ · moments · offset, where `moments` is the mean
of window · windowᵀ over all windows of the image.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.messages import describe
from helpers.sliding_windows import windows
from helpers.validation import IntOrPair, as_array, as_pair


def window_moments(image: ArrayLike, size: IntOrPair = (3, 3)) -> NDArray:
    """Return the mean product of every two pixels of a window, over all windows.

    Parameters
    ----------
    image : (H, W) array
    size : int or (rows, columns), of the kernel, which has n = rows · columns weights

    Returns
    -------
    (n, n) array of floats; the weights are counted row by row

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> window_moments([[1, 2, 4]], size=(1, 2)).tolist()
    [[2.5, 5.0], [5.0, 10.0]]
    """
    image, size = as_array("image", image), as_pair("size", size, least=1)
    if image.ndim != 2:
        raise ValueError(f"image must have rows and columns only; got {describe(image)}")
    patches = windows(image, size).reshape(-1, size[0] * size[1]).astype(float)
    return patches.T @ patches / len(patches)


def loss_of_offset(moments: ArrayLike, offset: ArrayLike) -> NDArray:
    """Return the mean squared error of kernels that differ from the one that made the target.

    Parameters
    ----------
    moments : (n, n) array, the rows and columns of `window_moments` for the weights that differ
    offset : (..., n) array, the weights minus those of the target

    Returns
    -------
    (...) array

    >>> int(loss_of_offset([[2, 1], [1, 3]], [1, -1]))
    3
    """
    moments, offset = as_square(moments), np.asarray(offset, float)
    if offset.shape[-1:] != moments.shape[:1]:
        raise ValueError(
            f"offset must have {len(moments)} weights, as moments has; got {describe(offset)}"
        )
    return np.sum(offset @ moments * offset, axis=-1)


def largest_rate(moments: ArrayLike) -> float:
    """Return the learning rate above which gradient descent diverges: 2 / the largest curvature.

    The curvatures of the loss are twice the eigenvalues of `moments`. A step leaves 1 − rate ·
    curvature of the offset along each eigenvector. The rate is infinite if every curvature is 0.

    >>> largest_rate([[4, 0], [0, 1]])
    0.25
    """
    steepest = float(np.linalg.eigvalsh(as_square(moments))[-1])
    return 1 / steepest if steepest > 0 else np.inf


def as_square(moments: ArrayLike) -> NDArray:
    """Return moments as an (n, n) array of floats."""
    moments = as_array("moments", moments)
    if moments.ndim != 2 or moments.shape[0] != moments.shape[1]:
        raise ValueError(f"moments must have as many rows as columns; got {describe(moments)}")
    return moments.astype(float)
