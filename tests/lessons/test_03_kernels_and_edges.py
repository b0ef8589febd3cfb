"""Lesson 03: the numbers in its collapsed answers."""

from helpers import box


def test_a_box_blur_with_a_one():
    """To 1.89."""
    kernel = box(3).copy()
    kernel[0, 0] = 1
    assert round(float(kernel.sum()), 2) == 1.89
