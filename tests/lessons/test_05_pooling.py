"""Lesson 05: the published `my_pool`, and the numbers in its collapsed answers."""

import numpy as np
import pytest
from exercises.edits import edited

from helpers import pool
from helpers.explorers import PoolingExplorer
from helpers.pooling_effects import fraction_unchanged, new_colors


@pytest.mark.parametrize("size", range(1, 8))
def test_published_pool(size):
    """It agrees with `pool`; where no window fits, the result is empty."""
    image = np.random.default_rng(0).normal(size=(5, 7, 2))
    result = edited("05-my_pool")(image, size)
    assert result.shape == (5 // size, 7 // size, 2)
    if result.size:
        np.testing.assert_array_equal(result, pool(image, size))


def test_the_cup():
    """42 rows and 64 columns; 83 % against 77 % unchanged; 35 %, then 58 % new colors."""
    cup = PoolingExplorer("coffee").image
    assert cup.shape[:2] == (341, 512) and pool(cup, 8).shape[:2] == (42, 64)
    moved = np.roll(cup, 1, axis=1)
    stays = fraction_unchanged(pool(cup), pool(moved)), fraction_unchanged(cup, moved)
    assert [f"{share:.0%}" for share in stays] == ["83%", "77%"]
    new = [new_colors(cup, size).mean() for size in (2, 8)]
    assert [f"{fraction:.0%}" for fraction in new] == ["35%", "58%"]
    explorer = PoolingExplorer("coffee")
    explorer.right.number = 1
    assert explorer.unchanged == pytest.approx(stays[::-1], abs=1e-6)


def test_the_upper_left_window():
    """Of 5, 7, 9 and -3 the mean is 4.5; mixed gives 6.75."""
    grid = np.random.default_rng(5).integers(-3, 10, size=(6, 8))
    assert sorted(grid[:2, :2].ravel()) == [-3, 5, 7, 9]
    assert pool(grid, mode="mean")[0, 0] == 4.5 and pool(grid, mode="mixed")[0, 0] == 6.75
