"""Answers to the exercises of lesson 03."""

import numpy as np

from exercises.answers import Answer
from helpers import KERNELS, convolve, edge_maps


def slow_magnitude(image):
    down = convolve(image, [[-1, -2, -1], [0, 0, 0], [1, 2, 1]], padding=1, border="edge")
    across = convolve(image, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], padding=1, border="edge")
    return (down**2 + across**2) ** 0.5


def pixel_by_pixel(image):
    maps = edge_maps(image)
    pairs = zip(maps.vertical.ravel(), maps.horizontal.ravel())
    return np.reshape([np.sqrt(v * v + h * h) for v, h in pairs], np.shape(image))


def of_maps(formula):
    """A `my_magnitude` with another formula of the two maps."""

    def my_magnitude(image):
        maps = edge_maps(image)
        return formula(maps.vertical, maps.horizontal)

    return my_magnitude


@np.errstate(invalid="ignore")
def doubled(image):
    maps = edge_maps(image)
    return np.sqrt(maps.vertical * 2 + maps.horizontal * 2)


def printed(image):
    print(edge_maps(image).vertical.shape)


def my_magnitude(image): ...


MAGNITUDE = "03-magnitude"
VERTICAL, HORIZONTAL = KERNELS["sobel_vertical"], KERNELS["sobel_horizontal"]
ANSWERS = [
    Answer("03-twice", "the shape", (196, 296), True),
    Answer("03-twice", "a list", [196, 296], True),
    Answer("03-twice", "computed", convolve(np.zeros((198, 298)), KERNELS["box_blur"]).shape, True),
    Answer("03-twice", "an array", np.array([196, 296]), True),
    Answer("03-twice", "columns first", (296, 196), False, "rows come first"),
    Answer("03-twice", "one kernel", (198, 298), False, "the second one loses two more"),
    Answer("03-twice", "three kernels", (194, 294), False, "four, not six"),
    Answer("03-twice", "both sides, twice", (192, 292), False, "four, not eight"),
    Answer("03-twice", "one and a half", (197, 297), False, "two kernels lose four"),
    Answer("03-twice", "nothing lost", (200, 300), False, "at the border"),
    Answer("03-twice", "larger", (204, 304), False, "smaller, not larger"),
    Answer("03-twice", "one number", 196, False, "2 whole numbers"),
    Answer("03-horizontal", "Sobel", HORIZONTAL, True),
    Answer("03-horizontal", "Scharr", KERNELS["scharr_horizontal"], True),
    Answer("03-horizontal", "one column", [[0, -1, 0], [0, 0, 0], [0, 1, 0]], True, "0 on flat areas"),
    Answer("03-horizontal", "two pixels", [[0, 0, 0], [0, -0.5, 0], [0, 0.5, 0]], True),
    Answer("03-horizontal", "columns that differ", [[-1, -5, 0], [0, 2, 0], [1, 3, 0]], True, "gives 0 on flat areas"),
    Answer("03-horizontal", "thirds", [[-1 / 3] * 3, [0] * 3, [1 / 3] * 3], True),
    Answer("03-horizontal", "thirds in float32", np.float32([[-1 / 3] * 3, [-1 / 3] * 3, [2 / 3] * 3]), True),
    Answer("03-horizontal", "tiny weights", HORIZONTAL.astype(float) * 1e-12, True),
    Answer("03-horizontal", "huge weights", HORIZONTAL.astype(float) * 1e300, True),
    Answer("03-horizontal", "vertical edges", VERTICAL, False, "swap its rows and columns"),
    Answer("03-horizontal", "both kinds of edges", HORIZONTAL + VERTICAL, False, "responds to a vertical edge"),
    Answer("03-horizontal", "Laplacian", KERNELS["laplacian"], False, "vertical edge"),
    Answer("03-horizontal", "a line", [[1, 1, 1], [-2, -2, -2], [1, 1, 1]], False, "positive in one row and negative"),
    Answer("03-horizontal", "upside down", -HORIZONTAL, False, "reverse every sign"),
    Answer("03-horizontal", "sum of 6", [[1, 1, 1], [0, 0, 0], [1, 1, 1]], False, "add up to 6"),
    Answer("03-horizontal", "weights of three digits", [[-0.333] * 3, [0] * 3, [0.334] * 3], False, "add up to 0.003"),
    Answer("03-horizontal", "zeros", np.zeros((3, 3)), False, "zeros does not respond"),
    Answer("03-horizontal", "changes along a row", [[1, -2, 1], [0, 0, 0], [-1, 2, -1]], False, "does not respond to a horizontal"),
    Answer("03-horizontal", "NaN", np.full((3, 3), np.nan), False, "finite"),
    Answer("03-horizontal", "one column of three", [[-1], [0], [1]], False, "3×3"),
    Answer("03-horizontal", "its name", "sobel_horizontal", False, "3×3"),
    Answer("03-horizontal", "rows of different lengths", [[-1, -1, -1], [0, 0], [1, 1, 1]], False, "3×3"),
    Answer("03-stroke", "the named kernel", KERNELS["vertical_line"], True),
    Answer("03-stroke", "one row", [[0, 0, 0], [-1, 2, -1], [0, 0, 0]], True),
    Answer("03-stroke", "sides that differ", [[-1.5, 2, -0.5]] * 3, True),
    Answer("03-stroke", "tiny weights", KERNELS["vertical_line"] * 1e-12, True),
    Answer("03-stroke", "horizontal strokes", KERNELS["horizontal_line"], False, "stroke"),
    Answer("03-stroke", "outline", KERNELS["outline"], False, "horizontal stroke"),
    Answer("03-stroke", "dark strokes", -KERNELS["vertical_line"], False, "on the stroke must be above 0"),
    Answer("03-stroke", "vertical edges", VERTICAL, False, "on the stroke must be above 0"),
    Answer("03-stroke", "the stroke on one side", [[-3, 1, 2]] * 3, False, "not beside it"),
    Answer("03-stroke", "left edge", [[-1, 1, 0]] * 3, False, "an edge gives as large"),
    Answer("03-stroke", "left edge of another slope", [[-5, 3, 2]] * 3, False, "an edge gives as large"),
    Answer("03-stroke", "right edge", [[0, 1, -1]] * 3, False, "an edge gives as large"),
    Answer("03-stroke", "ones", np.ones((3, 3)), False, "add up to 9"),
    Answer("03-stroke", "one row of three", [-1, 2, -1], False, "3×3"),
    Answer("03-stroke", "infinite weights", [[-1, np.inf, -1]] * 3, False, "finite"),
    Answer("03-stroke", "in quotes", "[[-1, 2, -1]] * 3", False, "3×3"),
    Answer(MAGNITUDE, "np.hypot", of_maps(np.hypot), True),
    Answer(MAGNITUDE, "both convolutions", slow_magnitude, True),
    Answer(MAGNITUDE, "pixel by pixel", pixel_by_pixel, True),
    Answer(MAGNITUDE, "complex numbers on the way", of_maps(lambda v, h: np.abs(v + 1j * h)), True),
    Answer(MAGNITUDE, "the course's own", lambda i: edge_maps(i).magnitude, False, "the course computes it"),
    Answer(MAGNITUDE, "absolute values", of_maps(lambda v, h: abs(v) + abs(h)), False, "root"),
    Answer(MAGNITUDE, "without the root", of_maps(lambda v, h: v**2 + h**2), False, "take its root"),
    Answer(MAGNITUDE, "sum", of_maps(lambda v, h: v + h), False, "square them first"),
    Answer(MAGNITUDE, "root of the sum", of_maps(lambda v, h: np.sqrt(np.abs(v) + np.abs(h))), False, "square both"),
    Answer(MAGNITUDE, "doubled for squared", doubled, False, "v**2 squares"),
    Answer(MAGNITUDE, "halved", of_maps(lambda v, h: np.hypot(v, h) / 2), False, "halved"),
    Answer(MAGNITUDE, "averaged squares", of_maps(lambda v, h: np.sqrt((v**2 + h**2) / 2)), False, "not averaged"),
    Answer(MAGNITUDE, "the larger", of_maps(lambda v, h: np.maximum(abs(v), abs(h))), False, "both count"),
    Answer(MAGNITUDE, "vertical edges", of_maps(lambda v, h: v), False, "vertical edges alone"),
    Answer(MAGNITUDE, "horizontal edges, unsigned", of_maps(lambda v, h: abs(h)), False, "horizontal edges alone"),
    Answer(MAGNITUDE, "direction", of_maps(lambda v, h: np.arctan2(h, v)), False, "direction"),
    Answer(MAGNITUDE, "negated", of_maps(lambda v, h: -np.hypot(v, h)), False, "every sign is reversed"),
    Answer(MAGNITUDE, "whole numbers", of_maps(lambda v, h: np.hypot(v, h).astype(int)), False, "fractions are dropped"),
    Answer(MAGNITUDE, "both maps", of_maps(lambda v, h: (v, h)), False, "must have shape (5, 6); got (2, 5, 6)"),
    Answer(MAGNITUDE, "all maps", edge_maps, False, "array of numbers"),
    Answer(MAGNITUDE, "the border left out", of_maps(lambda v, h: np.hypot(v, h)[1:-1, 1:-1]), False, "shape"),
    Answer(MAGNITUDE, "the strongest edge", of_maps(lambda v, h: np.hypot(v, h).max()), False, "shape"),
    Answer(MAGNITUDE, "two parameters", lambda v, h: np.hypot(v, h), False, "must take (image); it takes (v, h)"),
    Answer(MAGNITUDE, "printed instead of returned", printed, False, "is a return missing?"),
    Answer(MAGNITUDE, "not written yet", my_magnitude, False, "my_magnitude returns nothing."),
    Answer(MAGNITUDE, "called", np.ones((5, 6)), False, "without parentheses"),
]  # fmt: skip
