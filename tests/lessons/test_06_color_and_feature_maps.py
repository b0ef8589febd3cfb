"""Lesson 06: the published `my_convolve_color`, and the numbers in its collapsed answers."""

import numpy as np
import pytest
from exercises.edits import edited

from helpers import convolve, load_image
from helpers.explorers import ChannelExplorer


@pytest.mark.parametrize("rows", range(1, 5))
@pytest.mark.parametrize("columns", range(1, 6))
def test_published_convolution(rows, columns):
    """It agrees with `convolve` for each size of the kernel that fits, and two channels."""
    rng = np.random.default_rng(0)
    image, kernel = rng.normal(size=(4, 5, 2)), rng.normal(size=(rows, columns, 2))
    result = edited("06-my_convolve_color")(image, kernel)
    np.testing.assert_allclose(result, convolve(image, kernel))


def test_the_circles():
    """Below 0 on both; on white 1.8, -0.9 and -0.9; `blue areas` gives -0.84, on white -1."""
    circles = load_image("circles")
    red, blue, white = (82, 70), (174, 186), (5, 5)
    kernel = ChannelExplorer("circles", "red circle").kernel
    slices = [convolve(circles[..., k], kernel[..., k])[white] for k in range(3)]
    assert np.allclose(slices, [1.8, -0.9, -0.9], atol=1e-5)
    assert convolve(circles[..., 2], kernel[..., 2])[blue] < 0
    areas = ChannelExplorer("circles", "blue areas").kernel
    answers = convolve(circles, areas)
    assert round(float(answers[red]), 2) == -0.84 and round(float(answers[white]), 2) == -1
    sums = convolve(circles, kernel)
    assert round(float(sums[blue]), 2) == -0.88 and abs(float(sums[white])) < 1e-6
