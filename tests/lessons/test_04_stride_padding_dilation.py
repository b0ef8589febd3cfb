"""Lesson 04: the numbers in its collapsed answers."""

import numpy as np

from helpers import KERNELS, convolve
from helpers.explorers import WindowExplorer


def test_a_painted_cell():
    """14 outputs change, in the outer columns; then 6 of 9, as 3 weights are 0."""
    rows, columns = np.indices((7, 8))
    small = np.where((rows - 3) ** 2 + (columns - 4) ** 2 <= 6, 9, 1)
    explorer = WindowExplorer(small, KERNELS["sobel_vertical"])
    explorer.padding.number = 1
    zero = explorer.result
    explorer.border.value = "edge"
    moved = np.argwhere(explorer.result != zero)
    assert len(moved) == 14 and set(moved[:, 1]) == {0, 7}
    painted = small.copy()
    painted[3, 4] = 0
    before, after = (convolve(grid, KERNELS["sobel_vertical"]) for grid in (small, painted))
    assert (before != after).sum() == 6


def test_four_by_four():
    """Stride 2 and padding 1: 4×4 outputs, and every pixel of the 7×8 image is used."""
    image = np.ones((7, 8))
    assert convolve(image, np.ones((3, 3)), stride=2, padding=1).shape == (4, 4)
    for pixel in np.ndindex(image.shape):
        one = np.zeros_like(image)
        one[pixel] = 1
        assert convolve(one, np.ones((3, 3)), stride=2, padding=1).any()
