"""Lesson 03: its exercises, and the numbers in its collapsed answers."""

import numpy as np
import pytest
from exercise_verdicts import assert_right, assert_wrong

from helpers import KERNELS, box, convolve, edge_maps


def slow_magnitude(image):
    down = convolve(image, [[-1, -2, -1], [0, 0, 0], [1, 2, 1]], padding=1, border="edge")
    across = convolve(image, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], padding=1, border="edge")
    return (down**2 + across**2) ** 0.5


RIGHT = [
    ("03-flat", 0.5),
    ("03-flat", 1 / 2),
    ("03-horizontal", KERNELS["sobel_horizontal"]),
    ("03-horizontal", KERNELS["scharr_horizontal"]),
    ("03-horizontal", [[0, -1, 0], [0, 0, 0], [0, 1, 0]]),
    ("03-horizontal", [[0, 0, 0], [0, -0.5, 0], [0, 0.5, 0]]),
    ("03-stroke", KERNELS["vertical_line"]),
    ("03-stroke", [[0, 0, 0], [-1, 2, -1], [0, 0, 0]]),
    ("03-stroke", [[-1.5, 2, -0.5]] * 3),
    ("03-magnitude", slow_magnitude),
    ("03-magnitude", lambda image: edge_maps(image).magnitude),
]

WRONG = [
    ("03-flat", 2.5, "negative"),
    ("03-flat", 0, "cancel"),
    ("03-horizontal", KERNELS["sobel_vertical"], "vertical edge"),
    ("03-horizontal", [[1, 1, 1], [-2, -2, -2], [1, 1, 1]], "positive in one row and negative"),
    ("03-horizontal", -KERNELS["sobel_horizontal"], "negative"),
    ("03-horizontal", [[1, 1, 1], [0, 0, 0], [1, 1, 1]], "add up to 6"),
    ("03-horizontal", np.zeros((3, 3)), "does not respond"),
    ("03-horizontal", KERNELS["laplacian"], "vertical edge"),
    ("03-horizontal", np.full((3, 3), np.nan), "finite"),
    ("03-stroke", KERNELS["horizontal_line"], "stroke"),
    ("03-stroke", KERNELS["outline"], "horizontal stroke"),
    ("03-stroke", -KERNELS["vertical_line"], "on the stroke"),
    ("03-stroke", KERNELS["sobel_vertical"], "on the stroke"),
    ("03-stroke", [[-1, 1, 0]] * 3, "an edge gives as much"),
    ("03-stroke", [[-5, 3, 2]] * 3, "an edge gives as much"),
    ("03-stroke", [[0, 1, -1]] * 3, "an edge gives as much"),
    ("03-stroke", np.ones((3, 3)), "add up to 9"),
    ("03-magnitude", lambda i: np.abs(edge_maps(i).vertical) + np.abs(edge_maps(i).horizontal), "root"),
    ("03-magnitude", lambda i: edge_maps(i).vertical, "alone"),
    ("03-magnitude", lambda i: edge_maps(i).magnitude ** 2, "must be"),
    ("03-magnitude", lambda i: edge_maps(i).magnitude[1:-1, 1:-1], "shape"),
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answer(name, answer):
    """Also in another form, type or style."""
    assert_right(name, answer)


@pytest.mark.parametrize("name, answer, reason", WRONG)
def test_wrong_answer(name, answer, reason):
    """One line names the mistake."""
    assert_wrong(name, answer, reason)


def test_a_box_blur_with_a_one():
    """To 1.89."""
    kernel = box(3).copy()
    kernel[0, 0] = 1
    assert round(float(kernel.sum()), 2) == 1.89
