"""Lesson 09b: its exercises against the library."""

import numpy as np
import pytest
from exercises.edits import edited

from helpers import pool
from helpers.exercises import check
from helpers.network import change_images


def test_a_stroke_gets_wider():
    """By max pooling, twice."""
    stroke = np.zeros((9, 15))
    stroke[:, 6:9] = 1
    for _ in range(2):
        stroke = pool(stroke, 3, stride=1, padding=1)
    assert check("09b-thick", stroke[4].sum()).startswith("Right.")


@pytest.mark.parametrize("right", [-9, -5, -2, 0, 1, 4, 5, 8])
def test_published_shift(right):
    """It is the library's shift, for whole columns."""
    image = np.random.default_rng(0).random((4, 5)).astype(np.float32)
    moved = change_images(image[None], "shift", right)[0]
    np.testing.assert_allclose(edited("09b-my_shift")(image, right), moved, atol=1e-6)
