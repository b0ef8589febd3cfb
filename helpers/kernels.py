"""Named 3×3 kernels, and a note on what each does.

"Vertical" and "horizontal" name the edges that a kernel responds to. Every kernel is written as
`convolve` applies it, without flipping.

Sources:
I. Sobel and G. Feldman, A 3×3 isotropic gradient operator for image processing, 1968.
J. M. S. Prewitt, Object Enhancement and Extraction, in Picture Processing and Psychopictorics, 1970.
H. Scharr, Optimal Operators in Digital Image Processing, doctoral thesis, Heidelberg, 2000.
R. C. Gonzalez and R. E. Woods, Digital Image Processing (Laplacian, sharpening, line detection).
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

_TABLE: dict[str, tuple[str, list, int]] = {  # name: note, weights, divisor
    "identity": (
        "Returns the image unchanged: a single 1 in the middle.",
        [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
        1,
    ),
    "box_blur": ("Blurs: the mean of the nine pixels.", [[1, 1, 1], [1, 1, 1], [1, 1, 1]], 9),
    "gaussian_blur": (
        "Blurs softly: a weighted mean in which near pixels count more.",
        [[1, 2, 1], [2, 4, 2], [1, 2, 1]],
        16,
    ),
    "sharpen": (
        "Sharpens: adds to each pixel its difference from its four neighbors.",
        [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        1,
    ),
    "emboss": (
        "Lights the picture from the upper left, like a relief.",
        [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
        1,
    ),
    "laplacian": (
        "Finds points, and edges in every direction: four neighbors minus four times the middle.",
        [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
        1,
    ),
    "outline": (
        "Finds outlines: eight times the middle minus all eight neighbors.",
        [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
        1,
    ),
    "sobel_vertical": (
        "Finds vertical edges: positive where the right side is brighter.",
        [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
        1,
    ),
    "sobel_horizontal": (
        "Finds horizontal edges: positive where the lower side is brighter.",
        [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
        1,
    ),
    "prewitt_vertical": (
        "Finds vertical edges; all three rows have the same weights.",
        [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
        1,
    ),
    "prewitt_horizontal": (
        "Finds horizontal edges; all three columns have the same weights.",
        [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
        1,
    ),
    "scharr_vertical": (
        "Finds vertical edges; its directions are more accurate than Sobel's.",
        [[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]],
        1,
    ),
    "scharr_horizontal": (
        "Finds horizontal edges; its directions are more accurate than Sobel's.",
        [[-3, -10, -3], [0, 0, 0], [3, 10, 3]],
        1,
    ),
    "diagonal_down": (
        "Finds edges along the \\ diagonal: positive where the upper right is brighter.",
        [[0, 1, 2], [-1, 0, 1], [-2, -1, 0]],
        1,
    ),
    "diagonal_up": (
        "Finds edges along the / diagonal: positive where the lower right is brighter.",
        [[-2, -1, 0], [-1, 0, 1], [0, 1, 2]],
        1,
    ),
    "vertical_line": (
        "Finds thin bright vertical lines: twice the middle column minus its neighbors.",
        [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]],
        1,
    ),
    "horizontal_line": (
        "Finds thin bright horizontal lines: twice the middle row minus its neighbors.",
        [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]],
        1,
    ),
    "shift_right": (
        "Shifts the picture one pixel to the right: each pixel takes its left neighbor's value.",
        [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
        1,
    ),
}


def _read_only(weights: list, divisor: int) -> NDArray:
    kernel = np.array(weights, dtype=np.float32) / np.float32(divisor)
    kernel.setflags(write=False)
    return kernel


KERNELS = {name: _read_only(weights, divisor) for name, (_, weights, divisor) in _TABLE.items()}
KERNEL_NOTES = {name: note for name, (note, _, _) in _TABLE.items()}


def name_of(kernel: NDArray, kernels: Mapping[str, NDArray] = KERNELS) -> str | None:
    """Return the name of a kernel with these weights in `kernels`, or None.

    >>> name_of(np.eye(3)[1] * np.eye(3)[1][:, None])
    'identity'
    """
    first = kernel.item(0)  # most kernels differ in it, and one number is compared sooner than nine
    for name, weights in kernels.items():
        if abs(weights.item(0) - first) <= 1e-6 and np.abs(weights - kernel).max() <= 1e-6:
            return name
    return None
