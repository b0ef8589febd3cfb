"""The exercises of lesson 03: flat areas, an edge kernel, a stroke finder, the strength of edges."""

import numpy as np

from helpers.convolution import convolve
from helpers.edges import edge_maps
from helpers.exercises.exercise import Exercise, is_function, is_number, numbers
from helpers.validation import describe

_FLAT = np.full((5, 6), 0.5)
_UPPER_DARK = np.repeat([0.0, 0, 1, 1], 6).reshape(4, 6)  # a horizontal edge
_LEFT_DARK = np.repeat([0.0, 0, 1, 1], 6).reshape(4, 6).T  # a vertical edge
_UPRIGHT = np.zeros((5, 7))
_UPRIGHT[:, 3] = 1
_LEVEL = np.zeros((7, 5))
_LEVEL[3] = 1
_STEPS = np.add.outer(np.array([0.0, 0, 0.2, 0.9, 1]), np.array([0.0, 0.1, 0.6, 0.6, 0, 0]))


def _kernel(answer):
    kernel = numbers(answer)
    if kernel is None or kernel.shape != (3, 3):
        return None, f"expected a kernel of 3×3 numbers; got {describe(answer)}"
    if not np.isfinite(kernel).all():
        return None, "expected finite numbers"
    return kernel, None


def _finds_horizontal_edges(answer):
    kernel, problem = _kernel(answer)
    if problem:
        return problem
    if not np.allclose(convolve(_FLAT, kernel), 0):
        return f"a flat area must give 0; its weights add up to {kernel.sum():g}"
    if not np.allclose(convolve(_LEFT_DARK, kernel), 0):
        return "it answers to a vertical edge; that must give 0 everywhere"
    answers = convolve(_UPPER_DARK, kernel)
    if np.allclose(answers, 0):
        return "it does not answer to a horizontal edge"
    if answers.min() < -1e-9 and answers.max() > 1e-9:
        return "beside the edge it is positive in one row and negative in the next; it must be positive in both, or 0"
    if answers.min() < -1e-9:
        return "where the lower side is brighter it must be positive; it is negative"
    return None


def _finds_upright_strokes(answer):
    kernel, problem = _kernel(answer)
    if problem:
        return problem
    if not np.allclose(convolve(_FLAT, kernel), 0):
        return f"a flat area must give 0; its weights add up to {kernel.sum():g}"
    upright, level = convolve(_UPRIGHT, kernel), convolve(_LEVEL, kernel)
    if upright.max() <= 1e-9 or not np.allclose(upright[:, 2], upright.max()):
        return "its largest answer must lie on the stroke itself"
    edges = max(convolve(edge, kernel).max() for edge in (_LEFT_DARK, 1 - _LEFT_DARK))
    if edges >= upright.max() - 1e-9:
        return "an edge gets as much as the stroke; the weights on both sides must pull down"
    if level.max() > upright.max() / 2:
        return "a level stroke answers as well; it must stay below half of the upright one's answer"
    return None


def _magnitude(image):
    return edge_maps(image).magnitude


def _sum_of_sizes(image):
    maps = edge_maps(image)
    return np.abs(maps.vertical) + np.abs(maps.horizontal)


EXERCISES = {
    "03-flat": Exercise(
        is_number(0.5, {2.5: "the four negative weights count too", 0.0: "the weights do not cancel"}),
        right="The weights add up to 1, so a flat area stays as it is.",
        hint="All nine pixels are 0.5. Add up the weights first.",
        solution="answer = 0.5 * (5 - 1 - 1 - 1 - 1)",
    ),
    "03-horizontal": Exercise(
        _finds_horizontal_edges,
        right="Rows that differ, columns alike: it sees horizontal edges only.",
        hint="The upper row must pull one way, the lower row the other, and the sum must be 0.",
        solution="answer = [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]",
    ),
    "03-stroke": Exercise(
        _finds_upright_strokes,
        right="A kernel answers most to what looks like itself.",
        hint="Draw the stroke with positive weights, surround it with negative ones, sum 0.",
        solution="answer = [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]]",
    ),
    "03-magnitude": Exercise(
        is_function(
            _magnitude,
            [(_STEPS,), (_UPPER_DARK,), (_LEFT_DARK,)],
            [(_sum_of_sizes, "the two sizes are added; take the root of the sum of squares"),
             (lambda image: edge_maps(image).vertical, "these are the vertical edges alone")],
        ),
        right="The strength does not depend on the direction of an edge.",
        hint="maps = edge_maps(image) has maps.vertical and maps.horizontal. Pythagoras.",
        solution="""def my_magnitude(image):
    maps = edge_maps(image)
    return np.sqrt(maps.vertical**2 + maps.horizontal**2)""",
    ),
}  # fmt: skip
