"""The exercises of lesson 03: flat areas, an edge kernel, a stroke kernel, edge magnitude."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.convolution import convolve
from helpers.edges import edge_maps
from helpers.exercises.exercise import Exercise, is_function, is_number, numbers
from helpers.validation import describe

_FLAT = np.full((5, 6), 0.5)
_UPPER_DARK = np.repeat([0.0, 0, 1, 1], 6).reshape(4, 6)  # a horizontal edge
_LEFT_DARK = np.repeat([0.0, 0, 1, 1], 6).reshape(4, 6).T  # a vertical edge
_VERTICAL_STROKE = np.zeros((5, 7))
_VERTICAL_STROKE[:, 3] = 1
_HORIZONTAL_STROKE = np.zeros((7, 5))
_HORIZONTAL_STROKE[3] = 1
_STEPS = np.add.outer(np.array([0.0, 0, 0.2, 0.9, 1]), np.array([0.0, 0.1, 0.6, 0.6, 0, 0]))


def _kernel(answer: Any) -> NDArray | str:
    """Return the answer as a kernel, or what is wrong with it."""
    kernel = numbers(answer)
    if kernel is None or kernel.shape != (3, 3):
        return f"expected a kernel of 3×3 numbers; got {describe(answer)}"
    if not np.isfinite(kernel).all():
        return "expected finite numbers"
    return kernel


def _finds_horizontal_edges(answer: Any) -> str | None:
    kernel = _kernel(answer)
    if isinstance(kernel, str):
        return kernel
    if not np.allclose(convolve(_FLAT, kernel), 0):
        return f"a flat area must give 0; its weights add up to {kernel.sum():g}"
    if not np.allclose(convolve(_LEFT_DARK, kernel), 0):
        return "it responds to a vertical edge; that must give 0 everywhere"
    output = convolve(_UPPER_DARK, kernel)
    if np.allclose(output, 0):
        return "it does not respond to a horizontal edge"
    if output.min() < -1e-9 and output.max() > 1e-9:
        return "at the edge it is positive in one row and negative in the next; it must be positive or 0 in both"
    if output.min() < -1e-9:
        return "where the lower side is brighter it must be positive; it is negative"
    return None


def _finds_vertical_strokes(answer: Any) -> str | None:
    kernel = _kernel(answer)
    if isinstance(kernel, str):
        return kernel
    if not np.allclose(convolve(_FLAT, kernel), 0):
        return f"a flat area must give 0; its weights add up to {kernel.sum():g}"
    vertical = convolve(_VERTICAL_STROKE, kernel)
    horizontal = convolve(_HORIZONTAL_STROKE, kernel)
    if vertical.max() <= 1e-9 or not np.allclose(vertical[:, 2], vertical.max()):
        return "its output must be largest on the stroke itself"
    edges = max(convolve(edge, kernel).max() for edge in (_LEFT_DARK, 1 - _LEFT_DARK))
    if edges >= vertical.max() - 1e-9:
        return "an edge gives as much as the stroke; the weights on both sides must be negative"
    if horizontal.max() > vertical.max() / 2:
        return "a horizontal stroke gives too much; it must give at most half as much as a vertical one"
    return None


def _magnitude(image: NDArray) -> NDArray:
    return edge_maps(image).magnitude


def _sum_of_magnitudes(image: NDArray) -> NDArray:
    maps = edge_maps(image)
    return np.abs(maps.vertical) + np.abs(maps.horizontal)


EXERCISES = {
    "03-flat": Exercise(
        is_number(0.5, {2.5: "the four negative weights count too", 0.0: "the weights do not cancel"}),
        right="The weights add up to 1, so a flat area does not change.",
        hint="All nine pixels are 0.5. Add up the weights first.",
        solution="answer = 0.5 * (5 - 1 - 1 - 1 - 1)",
    ),
    "03-horizontal": Exercise(
        _finds_horizontal_edges,
        right="It responds to horizontal edges only.",
        hint="Negative weights in the upper row, positive ones in the lower row, and the sum must be 0.",
        solution="answer = [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]",
    ),
    "03-stroke": Exercise(
        _finds_vertical_strokes,
        right="A kernel responds most to patterns that look like the kernel.",
        hint="Draw the stroke with positive weights, with negative ones on both sides, and the sum 0.",
        solution="answer = [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]]",
    ),
    "03-magnitude": Exercise(
        is_function(
            _magnitude,
            [(_STEPS,), (_UPPER_DARK,), (_LEFT_DARK,)],
            [(_sum_of_magnitudes, "the two absolute values are added; take the root of the sum of squares"),
             (lambda image: edge_maps(image).vertical, "these are the vertical edges alone")],
        ),
        right="The magnitude does not depend on the direction of an edge.",
        hint="maps = edge_maps(image) has maps.vertical and maps.horizontal. Use Pythagoras.",
        solution="""def my_magnitude(image):
    maps = edge_maps(image)
    return np.sqrt(maps.vertical**2 + maps.horizontal**2)""",
    ),
}  # fmt: skip
