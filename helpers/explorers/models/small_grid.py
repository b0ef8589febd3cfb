"""Checks of small grids of numbers."""

from typing import Any

import numpy as np

from helpers.messages import describe
from helpers.picture_files import is_picture_source
from helpers.validation import as_array


def is_grid(image: Any, largest: int) -> bool:
    """Whether an image is a gray array of at most `largest` × `largest`; a picture file is not."""
    if is_picture_source(image):
        return False
    image = as_array("image", image)
    return image.ndim == 2 and max(image.shape) <= largest


def grid_of(name: str, array: Any, largest: int) -> np.ndarray:
    """Return a copy of a grid of numbers, (H, W); whole numbers become int64.

    Raises
    ------
    ValueError, TypeError : if it is not a grid of at most `largest` × `largest` finite numbers.

    >>> grid_of("image", [[1, 2], [3, 4]], 12)
    array([[1, 2],
           [3, 4]])
    """
    array = as_array(name, array)
    if array.ndim != 2 or max(array.shape) > largest or not np.isfinite(array).all():
        raise ValueError(
            f"{name} must be a grid of at most {largest}×{largest} finite numbers; got {describe(array)}"
        )
    exact = array.dtype.kind != "f" and np.abs(array.astype(float)).max() < 2**53
    return array.astype(np.int64 if exact else float)
