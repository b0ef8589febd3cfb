"""Lesson 04: its exercises, and the numbers in its collapsed answers."""

import numpy as np
import pytest
from exercise_verdicts import assert_right, assert_wrong

from helpers import KERNELS, convolve, output_size
from helpers.explorers import WindowExplorer

RIGHT = [
    ("04-size", (16, 16)),
    ("04-same", 3.0),
    ("04-unread", 1),
    ("04-my_size", output_size),
    ("04-my_size", lambda n, k, s, p, d: len(range(0, n + 2 * p - d * (k - 1), s))),
]

WRONG = [
    ("04-size", (15, 15), "first position"),
    ("04-size", (14, 14), "both sides"),
    ("04-same", 6, "both sides"),
    ("04-unread", 0, "would need"),
    ("04-my_size", lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1, "both sides"),
    ("04-my_size", lambda n, k, s, p, d: -(-(n + 2 * p - d * (k - 1) - 1) // s) + 1, "rounds down"),
    ("04-my_size", lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s, "first position"),
    ("04-my_size", lambda n, k, s, p, d: (n + 2 * p - k) // s + 1, "dilation"),
    ("04-my_size", lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1, "not dilation·k"),
    ("04-my_size", lambda n, k, s, p, d: n, "must be"),
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answer(name, answer):
    """Also in another form, type or style."""
    assert_right(name, answer)


@pytest.mark.parametrize("name, answer, reason", WRONG)
def test_wrong_answer(name, answer, reason):
    """One line names the mistake."""
    assert_wrong(name, answer, reason)


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
