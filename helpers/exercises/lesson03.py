"""The exercises of lesson 03: a size, an edge kernel, a stroke kernel, edge magnitude."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.convolution import convolve
from helpers.edges import edge_maps
from helpers.exercises.exercise import Exercise, is_function, is_kernel, is_shape

_UPPER_DARK = np.repeat([0.0, 0, 1, 1], 6).reshape(4, 6)  # a horizontal edge
_LEFT_DARK = np.repeat([0.0, 0, 1, 1], 6).reshape(4, 6).T  # a vertical edge
_VERTICAL_STROKE = np.zeros((5, 7))
_VERTICAL_STROKE[:, 3] = 1
_HORIZONTAL_STROKE = np.zeros((7, 5))
_HORIZONTAL_STROKE[3] = 1
_STEPS = np.add.outer(np.array([0.0, 0, 0.2, 0.9, 1]), np.array([0.0, 0.1, 0.6, 0.6, 0, 0]))
_PRECISION = 1e-6  # what is smaller is the rounding of weights such as 1/3, also in float32


def _not_flat(kernel: NDArray) -> str | None:
    """What is wrong with a kernel, if flat areas do not give 0 or everything does."""
    if not kernel.any():
        return "a kernel of zeros does not respond to anything"
    if abs(kernel.sum()) > _PRECISION * np.abs(kernel).max():
        return f"a flat area must give 0, but the weights add up to {kernel.sum():g}"
    return None


def _finds_horizontal_edges(weights: NDArray) -> str | None:
    problem = _not_flat(weights)
    if problem:
        return problem
    kernel = weights / np.abs(weights).max()
    horizontal, vertical = convolve(_UPPER_DARK, kernel), convolve(_LEFT_DARK, kernel)
    silent = np.abs(horizontal).max() < _PRECISION
    if np.abs(vertical).max() > _PRECISION and silent:
        return "it responds to vertical edges, not to horizontal ones: swap its rows and columns"
    if np.abs(vertical).max() > _PRECISION:
        return "it responds to a vertical edge; that must give 0 everywhere"
    if silent:
        return "it does not respond to a horizontal edge"
    if horizontal.min() < -_PRECISION and horizontal.max() > _PRECISION:
        return "at the edge it is positive in one row and negative in the next; it must be positive or 0 in both"
    if horizontal.min() < -_PRECISION:
        return "where the lower side is brighter, the output must be positive; it is negative: reverse every sign"
    return None


def _finds_vertical_strokes(weights: NDArray) -> str | None:
    problem = _not_flat(weights)
    if problem:
        return problem
    kernel = weights / np.abs(weights).max()
    vertical = convolve(_VERTICAL_STROKE, kernel)
    on_stroke, horizontal = vertical[0, 2], convolve(_HORIZONTAL_STROKE, kernel).max()
    if on_stroke <= _PRECISION:
        return "its output on the stroke must be above 0: so must the sum of the middle column"
    if vertical.max() > on_stroke + _PRECISION:
        return "its output must be largest on the stroke itself, not beside it"
    edges = max(convolve(edge, kernel).max() for edge in (_LEFT_DARK, 1 - _LEFT_DARK))
    if edges >= on_stroke - _PRECISION:
        return "an edge gives as large an output as the stroke; the weights on each side must add up to less than 0"
    if horizontal > on_stroke / 2 + _PRECISION:
        return "a horizontal stroke gives too much; it must give at most half as much as a vertical one"
    return None


def _from_maps(formula: Callable) -> Callable:
    """A `my_magnitude` that computes this of the vertical and the horizontal map."""

    def my_magnitude(image: NDArray) -> NDArray:
        maps = edge_maps(image)
        return formula(maps.vertical, maps.horizontal)

    return my_magnitude


MISTAKES = [
    (_from_maps(lambda v, h: np.abs(v) + np.abs(h)),
     "the two absolute values are added; take the root of the sum of squares"),
    (_from_maps(lambda v, h: v**2 + h**2), "this is the sum of squares; take its root"),
    (_from_maps(lambda v, h: v + h), "the two maps are added; square them first, so no sign is left"),
    (_from_maps(lambda v, h: np.sqrt(v + h)), "square both maps before you add them"),
    (_from_maps(lambda v, h: np.sqrt(2 * v + 2 * h)), "v * 2 doubles; v**2 squares"),
    (_from_maps(lambda v, h: np.sqrt(np.abs(v) + np.abs(h))), "square both maps before you add them"),
    (_from_maps(lambda v, h: np.hypot(v, h) / 2), "the root is halved; the squares are only added"),
    (_from_maps(lambda v, h: np.sqrt((v**2 + h**2) / 2)), "the squares are added, not averaged"),
    (_from_maps(lambda v, h: np.maximum(np.abs(v), np.abs(h))),
     "this is the larger of the two; both count"),
    (_from_maps(lambda v, h: v), "these are the vertical edges alone"),
    (_from_maps(lambda v, h: h), "these are the horizontal edges alone"),
    (_from_maps(lambda v, h: np.abs(v)), "these are the vertical edges alone"),
    (_from_maps(lambda v, h: np.abs(h)), "these are the horizontal edges alone"),
    (lambda image: edge_maps(image).direction, "this is the direction of the edges"),
]  # fmt: skip
_judge_magnitude = is_function(
    _from_maps(np.hypot),
    [(_STEPS,), (_UPPER_DARK,), (_LEFT_DARK,), (_STEPS.T[1:] - 0.5,), (np.eye(3, 4, dtype=int),)],
    MISTAKES,
)  # fmt: skip


def _is_magnitude(answer: Any) -> str | None:
    problem = _judge_magnitude(answer)
    code = getattr(answer, "__code__", None)
    if not problem and code and "magnitude" in code.co_names:
        return "maps.magnitude is right, but the course computes it; use maps.vertical and maps.horizontal"
    return problem


EXERCISES = {
    "03-twice": Exercise(
        is_shape(
            (196, 296),
            {(198, 298): "that is after the first kernel; the second one loses two more",
             (194, 294): "two kernels lose two positions each along an axis: four, not six",
             (192, 292): "two kernels lose two positions each along an axis: four, not eight",
             (197, 297): "each kernel loses two positions along an axis, so two kernels lose four",
             (199, 299): "each kernel loses two positions along an axis, so two kernels lose four",
             (200, 300): "at the border the windows do not fit, so some positions are missing",
             (204, 304): "windows that do not fit make the output smaller, not larger"},
        ),
        right="Each kernel loses two rows and two columns: 200 − 2 − 2 and 300 − 2 − 2.",
        hint="A 3×3 kernel leaves n − 3 + 1 of n positions. What it leaves is the n of the second kernel.",
        solution="answer = (200 - 2 - 2, 300 - 2 - 2)  # each 3×3 kernel loses two along each axis; rows first",
    ),
    "03-horizontal": Exercise(
        is_kernel(_finds_horizontal_edges),
        right="It responds to horizontal edges, and gives 0 on flat areas and on vertical edges.",
        hint="Negative weights in the upper row, positive ones in the lower row, and the sum must be 0.",
        solution="""# lower side minus upper side; each column adds up to 0, so flat areas and vertical edges give 0
answer = [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]""",
    ),
    "03-stroke": Exercise(
        is_kernel(_finds_vertical_strokes),
        right="A kernel responds most to patterns that look like the kernel.",
        hint="Draw the stroke with positive weights, with negative ones on both sides, and a sum of 0.",
        solution="""# looks like the stroke: bright in the middle, dark on both sides; each row adds up to 0
answer = [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]]""",
    ),
    "03-magnitude": Exercise(
        _is_magnitude,
        right="The magnitude does not depend on the direction of an edge.",
        hint="maps = edge_maps(image) has maps.vertical and maps.horizontal. Use Pythagoras.",
        solution="""def my_magnitude(image):
    maps = edge_maps(image)
    # the two maps are the sides of a right triangle; squares have no sign
    return np.sqrt(maps.vertical**2 + maps.horizontal**2)""",
    ),
}  # fmt: skip
