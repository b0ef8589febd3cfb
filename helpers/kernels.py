"""Named 3×3 kernels, what each one finds, and two families of any size.

"Vertical" and "horizontal" name the edges that a kernel answers to. Every kernel is written the
way a network uses it: laid on the window as it stands, not flipped.
"""

import numpy as np

from helpers.validation import as_pair, as_positive

_TABLE = {
    "identity": (
        "Gives the image back: a single 1 in the middle.",
        [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
        1,
    ),
    "box_blur": ("Blurs: the plain mean of the nine pixels.", [[1, 1, 1], [1, 1, 1], [1, 1, 1]], 9),
    "gaussian_blur": (
        "Blurs softly: a mean in which near pixels count more.",
        [[1, 2, 1], [2, 4, 2], [1, 2, 1]],
        16,
    ),
    "sharpen": (
        "Sharpens: adds to each pixel what sets it apart from its four neighbors.",
        [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        1,
    ),
    "emboss": (
        "Lights the picture from the upper left, like a relief.",
        [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
        1,
    ),
    "laplacian": (
        "Finds edges of every direction, and points: four neighbors against the middle.",
        [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
        1,
    ),
    "outline": (
        "Finds outlines: the middle against all eight neighbors.",
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
        "Finds vertical edges; all three rows count the same.",
        [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
        1,
    ),
    "prewitt_horizontal": (
        "Finds horizontal edges; all three columns count the same.",
        [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
        1,
    ),
    "scharr_vertical": (
        "Finds vertical edges; its directions are truer than Sobel's.",
        [[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]],
        1,
    ),
    "scharr_horizontal": (
        "Finds horizontal edges; its directions are truer than Sobel's.",
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
        "Finds thin bright vertical lines: the middle column against its sides.",
        [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]],
        1,
    ),
    "horizontal_line": (
        "Finds thin bright horizontal lines: the middle row against its sides.",
        [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]],
        1,
    ),
    "shift_right": (
        "Moves the picture one pixel to the right: every pixel takes its left neighbor's value.",
        [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
        1,
    ),
}


def _frozen(weights, divisor):
    kernel = np.array(weights, dtype=np.float32) / np.float32(divisor)
    kernel.setflags(write=False)
    return kernel


KERNELS = {name: _frozen(weights, divisor) for name, (_, weights, divisor) in _TABLE.items()}
KERNEL_NOTES = {name: note for name, (note, _, _) in _TABLE.items()}


def name_of(kernel, kernels=KERNELS):
    """Return the name under which `kernels` holds these weights, or None.

    >>> name_of(np.eye(3)[1] * np.eye(3)[1][:, None])
    'identity'
    """
    same = (name for name, weights in kernels.items() if np.abs(weights - kernel).max() <= 1e-6)
    return next(same, None)


def box(size):
    """Return a kernel that takes the plain mean.

    Parameters
    ----------
    size : int or (rows, columns)

    Returns
    -------
    (rows, columns) float32 array; its weights sum to 1.

    >>> 4 * box(2)
    array([[1., 1.],
           [1., 1.]], dtype=float32)
    """
    rows, columns = as_pair("size", size, least=1)
    return np.full((rows, columns), 1 / (rows * columns), dtype=np.float32)


def gaussian(size, sigma):
    """Return a kernel whose weights fall off from the center like a bell curve.

    Parameters
    ----------
    size : int or (rows, columns)
    sigma : float, above 0
        Width of the bell in pixels: at this distance a weight is 0.61 of the center's.

    Returns
    -------
    (rows, columns) float32 array; its weights sum to 1.

    >>> gaussian(3, sigma=0.85).round(2)
    array([[0.06, 0.12, 0.06],
           [0.12, 0.25, 0.12],
           [0.06, 0.12, 0.06]], dtype=float32)
    """
    sigma = as_positive("sigma", sigma)
    down, across = (_bell(n, sigma) for n in as_pair("size", size, least=1))
    weights = np.outer(down, across)
    return (weights / weights.sum()).astype(np.float32)


def _bell(n, sigma):
    squares = (np.arange(n) - (n - 1) / 2) ** 2
    squares -= squares.min()  # so that the middle counts 1, however narrow the bell is
    with np.errstate(over="ignore"):
        return np.exp(-squares / sigma / sigma / 2)
