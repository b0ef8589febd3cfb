"""Lesson 05: its exercises, and the numbers in its collapsed answers."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from exercise_verdicts import assert_right, assert_wrong

from helpers import pool
from helpers.explorers import PoolingExplorer
from helpers.pooling_effects import fraction_unchanged, new_colors

RIGHT = [
    ("05-size", [50, 37]),
    ("05-left", 1 / 9),
    ("05-my_pool", pool),
    ("05-my_pool", lambda image, size: pool(image, size).tolist()),
    ("05-left", 0.11),
    ("05-left", 0.1111),
    ("05-left", Fraction(1, 9)),
    ("05-left", Decimal("0.1111")),
]

WRONG = [
    ("05-size", (50, 38), "no partner"),
    ("05-size", (37, 50), "rows come first"),
    ("05-left", 8 / 9, "gone"),
    ("05-left", 0.89, "gone"),
    ("05-left", 0.33, "both shrink"),
    ("05-left", 0.12, "is not it"),
    ("05-my_pool", lambda image, size: np.maximum(pool(image, size), 0), "start from"),
    ("05-my_pool", lambda image, size: pool(image, size, mode="mean"), "mean"),
    ("05-my_pool", lambda image, size: pool(image, size, stride=1), "overlap"),
    ("05-my_pool", lambda image, size: pool(image, 2), "shape"),
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answer(name, answer):
    """Also in another form, type or style."""
    assert_right(name, answer)


@pytest.mark.parametrize("name, answer, reason", WRONG)
def test_wrong_answer(name, answer, reason):
    """One line names the mistake."""
    assert_wrong(name, answer, reason)


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
