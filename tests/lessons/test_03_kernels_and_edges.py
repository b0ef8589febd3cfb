"""Lesson 03: the numbers in its collapsed answers."""

import numpy as np

from helpers import KERNELS, box, convolve, load_image
from helpers.explorers import EdgeExplorer


def test_a_box_blur_with_a_one():
    """To 1.89."""
    kernel = box(3).copy()
    kernel[0, 0] = 1
    assert round(float(kernel.sum()), 2) == 1.89


def test_the_outline_of_the_gray_square():
    """Below 0 just outside, above 0 just inside, 0 in the rest of the square."""
    across = convolve(load_image("lines"), KERNELS["laplacian"])[164, 190:245]  # its middle row
    (at,) = np.nonzero(across.round(3))
    assert [np.sign(across[place]) for place in at] == [-1, 1, 1, -1]
    assert at[1] == at[0] + 1 and at[3] == at[2] + 1


def test_flipped_kernels():
    """Sobel changes every sign, a box blur nothing."""
    image = load_image("camera", gray=True)
    for name, sign in (("sobel_vertical", -1), ("box_blur", 1)):
        flipped = convolve(image, KERNELS[name], flip=True)
        np.testing.assert_allclose(flipped, sign * convolve(image, KERNELS[name]), atol=1e-5)


def test_edges_of_lines_and_circles():
    """A dark vertical bar: minus on the left, plus on the right; a circle has every direction."""
    maps = EdgeExplorer("lines").maps
    left, right = maps.vertical[64, 170:185].argmin(), maps.vertical[64, 170:185].argmax()
    assert maps.vertical[64, 170:185].min() < -1 and maps.vertical[64, 170:185].max() > 1
    assert left < right
    maps = EdgeExplorer("circles").maps
    degrees = np.degrees(maps.direction[maps.magnitude > 1]) % 360
    assert np.histogram(degrees, 36, (0, 360))[0].min() > 0


def test_a_threshold_for_the_coins():
    """Around 1 few pixels are left."""
    strength = EdgeExplorer("coins").maps.magnitude
    assert 0.05 < (strength >= 1).mean() < 0.1 < (strength >= 0.5).mean()
