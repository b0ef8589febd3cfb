"""Where in an image an explorer starts, so that there is something to see."""

from collections.abc import Callable

import numpy as np

from helpers.images import to_gray
from helpers.sliding_windows import windows


def liveliest(
    image: np.ndarray, geometry: tuple[int, int, int], spread: Callable[[np.ndarray], np.ndarray]
) -> tuple[int, int]:
    """Return the (row, column) of the window whose gray values have the largest spread.

    It is in the middle half of the rows and columns, where the eye looks first.

    Parameters
    ----------
    image : (H, W) or (H, W, 3) array
    geometry : size, stride and dilation of the windows
    spread : function that takes windows, (H', W', size, size), and returns a number for each
    """
    cells = windows(to_gray(image) if image.ndim == 3 else image, *geometry)
    top, left = (n // 4 for n in cells.shape[:2])
    spreads = spread(cells[top : cells.shape[0] - top, left : cells.shape[1] - left])
    row, column = np.unravel_index(spreads.argmax(), spreads.shape)
    return top + int(row), left + int(column)
