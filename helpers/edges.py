"""Edges: where the brightness of an image changes, how strongly, and in which direction."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.convolution import convolve
from helpers.images import to_gray
from helpers.kernels import KERNELS
from helpers.padding import pad
from helpers.precision import rounding_error, significant
from helpers.validation import as_choice


@dataclass(frozen=True)
class EdgeMaps:
    """Four (H, W) maps of an image's edges; see `edge_maps`."""

    vertical: NDArray
    horizontal: NDArray
    magnitude: NDArray
    direction: NDArray


def edge_maps(image: ArrayLike, family: str = "sobel") -> EdgeMaps:
    """Find the edges of an image: vertical and horizontal ones, their magnitude and direction.

    Together they are the gradient of the image. The image is padded with its nearest pixels
    (border "edge"), so its border does not count as an edge. Responses that may be nothing but
    rounding errors are 0, see `rounding_error`.

    Parameters
    ----------
    image : (H, W), or (H, W, 3), which is converted to gray first
    family : "sobel", "prewitt" or "scharr", see `KERNELS`

    Returns
    -------
    EdgeMaps of (H, W) arrays
        vertical : response to vertical edges; positive where the right side is brighter
        horizontal : response to horizontal edges; positive where the lower side is brighter
        magnitude : √(vertical² + horizontal²)
        direction : radians from −π to π, from dark to bright: 0 is right, π/2 is down; also 0 where
            the magnitude is 0
        Sums beyond the largest number of the image's type, see `convolve`, make infinities and NaN.

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    Source: I. Sobel and G. Feldman, A 3×3 isotropic gradient operator for image processing, 1968.
    See also `skimage.filters.sobel`, whose weights are smaller by a constant factor.

    >>> edge_maps([[0, 0, 8, 8], [0, 0, 8, 8], [0, 0, 8, 8]]).vertical[1]
    array([ 0., 32., 32.,  0.])
    """
    as_choice("family", family, ("sobel", "prewitt", "scharr"))
    return edge_maps_by(convolve, to_gray(image), family)


def edge_maps_by(function: Callable, gray: NDArray, family: str) -> EdgeMaps:
    """Return the edge maps of a gray image, computed by `function(image, kernel)` without padding."""
    padded = pad(gray, 1, "edge")
    kernels = KERNELS[f"{family}_vertical"], KERNELS[f"{family}_horizontal"]
    error = rounding_error(gray, kernels[0])  # the other one has the same weights
    vertical, horizontal = (significant(function(padded, kernel), error) for kernel in kernels)
    return EdgeMaps(
        vertical, horizontal, np.hypot(vertical, horizontal), np.arctan2(horizontal, vertical)
    )
