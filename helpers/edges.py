"""Edges: where an image changes from one side to the other, and which way."""

from dataclasses import dataclass

import numpy as np

from helpers.convolution import convolve
from helpers.geometry import pad
from helpers.images import to_gray
from helpers.kernels import KERNELS
from helpers.validation import as_choice


@dataclass(frozen=True)
class EdgeMaps:
    """Four (H, W) maps of an image's edges; see `edge_maps`."""

    vertical: np.ndarray
    horizontal: np.ndarray
    magnitude: np.ndarray
    direction: np.ndarray


def edge_maps(image, family="sobel"):
    """Find the edges of an image: upright ones, level ones, how strong, which way.

    The image's border is continued outwards ("edge"), so the frame of the picture is no edge.

    Parameters
    ----------
    image : (H, W), or (H, W, 3), which is turned to gray first
    family : "sobel", "prewitt" or "scharr"

    Returns
    -------
    EdgeMaps of (H, W) arrays
        vertical : answer to vertical edges; positive where the right side is brighter
        horizontal : answer to horizontal edges; positive where the lower side is brighter
        magnitude : √(vertical² + horizontal²)
        direction : radians from −π to π, the way from dark to bright: 0 right, π/2 down

    Source: I. Sobel and G. Feldman, An isotropic 3×3 image gradient operator, 1968.

    >>> edge_maps([[0, 0, 8, 8], [0, 0, 8, 8], [0, 0, 8, 8]]).vertical[1]
    array([ 0., 32., 32.,  0.])
    """
    as_choice("family", family, ("sobel", "prewitt", "scharr"))
    return edge_maps_by(convolve, to_gray(image), family)


def edge_maps_by(function, gray, family):
    """The edge maps of a gray image, made by `function(image, kernel)`, which keeps what fits."""
    framed = pad(gray, 1, "edge")
    vertical, horizontal = (
        function(framed, KERNELS[f"{family}_{edges}"]) for edges in ("vertical", "horizontal")
    )
    return EdgeMaps(
        vertical, horizontal, np.hypot(vertical, horizontal), np.arctan2(horizontal, vertical)
    )
