"""Lesson 02: its exercises."""

import numpy as np
import pytest
from exercise_verdicts import assert_right, assert_wrong

from helpers import convolve, convolve_loops


def sliding_windows(image, kernel):
    """A correct answer in another style: every window at once."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("rcij,ij->rc", windows, kernel)


def nested_lists(image, kernel):
    """A correct answer in another style: plain Python, lists in and out."""
    kh, kw = len(kernel), len(kernel[0])
    return [
        [sum(image[r + i][c + j] * kernel[i][j] for i in range(kh) for j in range(kw))
         for c in range(len(image[0]) - kw + 1)]
        for r in range(len(image) - kh + 1)
    ]  # fmt: skip


RIGHT = [
    ("02-size", (198, 298)),
    ("02-size", [198, 298]),
    ("02-size", np.array([198, 298])),
    ("02-size", np.zeros((198, 298)).shape),
    ("02-pixel", 8),
    ("02-pixel", np.float32(8)),
    ("02-my_convolve", convolve),
    ("02-my_convolve", convolve_loops),
    ("02-my_convolve", sliding_windows),
    ("02-my_convolve", nested_lists),
    ("02-up", np.array([[0, 0, 0], [0, 0, 0], [0, 1, 0]])),
]

WRONG = [
    ("02-size", (298, 198), "rows come first"),
    ("02-size", (199, 299), "loses two"),
    ("02-size", (200, 300), "border"),
    ("02-size", (197, 297), "first position"),
    ("02-size", 198, "2 whole numbers"),
    ("02-size", "198, 298", "2 whole numbers"),
    ("02-size", (198.5, 298), "is not it"),
    ("02-pixel", -8, "without flipping"),
    ("02-pixel", 30, "negative"),
    ("02-pixel", 8.5, "8.5 is not it"),
    ("02-pixel", np.nan, "nan is not it"),
    ("02-pixel", [8], "one number"),
    ("02-my_convolve", convolve(np.ones((3, 3)), np.ones((3, 3))), "expected a function"),
    ("02-my_convolve", lambda i, k: convolve(i, k, flip=True), "rotated by 180°"),
    ("02-my_convolve", lambda i, k: convolve(i, k.T), "kernel are swapped"),
    ("02-my_convolve", lambda i, k: convolve(i, k).T, "result are swapped"),
    ("02-my_convolve", lambda i, k: convolve(i, k)[:-1, :-1], "last row and column"),
    ("02-my_convolve", lambda i, k: convolve(i, k) / k.size, "averaged"),
    ("02-my_convolve", lambda i, k: convolve(i, k) + 1, "must be"),
    ("02-my_convolve", lambda i, k: np.zeros_like(convolve(i, k)), "must be"),
    ("02-my_convolve", lambda i, k: convolve(i, k, padding="same"), "shape"),
    ("02-my_convolve", lambda i, k: convolve(i, np.ones(k.shape)), "must be"),
    ("02-my_convolve", lambda i, k: 1 / 0, "ZeroDivisionError"),
    ("02-my_convolve", lambda i, k: exit(), "SystemExit"),
    ("02-my_convolve", lambda i: i, "TypeError"),
    ("02-my_convolve", lambda i, k: None, "nothing yet"),
    ("02-my_convolve", lambda i, k: "text", "array of numbers"),
    ("02-up", [[0, 1, 0], [0, 0, 0], [0, 0, 0]], "down"),
    ("02-up", [[0, 0, 0], [0, 0, 1], [0, 0, 0]], "left"),
    ("02-up", [[0, 0, 0], [1, 0, 0], [0, 0, 0]], "right"),
    ("02-up", [[0, 0, 0], [0, 1, 0], [0, 0, 0]], "nowhere"),
    ("02-up", [[1, 0, 0], [0, 0, 0], [0, 0, 0]], "down and to the right"),
    ("02-up", [[0, 0, 0], [0, 0, 0], [0, 0, 1]], "up and to the left"),
    ("02-up", [[0, 0, 0], [0, 0, 0], [0, 2, 0]], "more than shift"),
    ("02-up", [0, 1, 0], "3×3"),
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answer(name, answer):
    """Also in another form, type or style."""
    assert_right(name, answer)


@pytest.mark.parametrize("name, answer, reason", WRONG)
def test_wrong_answer(name, answer, reason):
    """One line names the mistake."""
    assert_wrong(name, answer, reason)
