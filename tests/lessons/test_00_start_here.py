"""Lesson 00: the change that each first task makes is plainly seen, and its answers are right."""

import numpy as np
import pytest

from helpers import KERNELS, convolve, load_image

SEEN = 0.1  # mean change of the pixels, of white: that of a box blur is 0.013, of sharpening 0.046
CAT = load_image("cat")


def shown(kernel):
    """The output as the explorer draws it."""
    return convolve(CAT, kernel).clip(0, 1)


def with_middle(name, weight):
    kernel = KERNELS[name].copy()
    assert kernel[1, 1] == {"emboss": 1, "outline": 8}[name]
    kernel[1, 1] = weight
    return kernel


@pytest.mark.parametrize("before, after", [
    (KERNELS["identity"], KERNELS["emboss"]),
    (KERNELS["emboss"], with_middle("emboss", 0)),
    (with_middle("emboss", 0), KERNELS["outline"]),
    (KERNELS["outline"], with_middle("outline", 9)),
], ids=["the explorer opens", "the middle of emboss from 1 to 0", "outline", "its middle from 8 to 9"])  # fmt: skip
def test_the_change_is_seen(before, after):
    difference = abs(shown(before) - shown(after)).mean()
    # two pictures that are nearly black differ by little: there the even areas must have gone
    assert difference > SEEN or max(shown(before).mean(), shown(after).mean()) < SEEN


def test_every_step_of_the_drag_is_seen():
    """From 1 to 0 by tenths: each darkens the picture by at least a hundredth of white."""
    brightness = [shown(with_middle("emboss", tenth / 10)).mean() for tenth in range(10, -1, -1)]
    assert (np.diff(brightness) < -0.01).all()


def test_only_edges_are_left():
    """Weights that add up to 0 turn an even area black, those that add up to 1 keep it."""
    even = np.full((5, 5), 0.6, np.float32)
    for name, black, same in ("emboss", 0, 1), ("outline", 8, 9):
        np.testing.assert_allclose(convolve(even, with_middle(name, black)), 0, atol=1e-6)
        np.testing.assert_allclose(convolve(even, with_middle(name, same)), 0.6, atol=1e-6)


def test_the_cat_comes_back_with_stronger_edges():
    """The outline is added to the picture."""
    added = CAT[1:-1, 1:-1] + convolve(CAT, KERNELS["outline"])
    np.testing.assert_allclose(convolve(CAT, with_middle("outline", 9)), added, atol=1e-5)
