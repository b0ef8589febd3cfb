"""Lesson 01: its exercises."""

import numpy as np
import pytest
from exercise_verdicts import assert_right, assert_wrong

from helpers import to_gray

RIGHT = [
    ("01-shape", (200, 300, 3)),
    ("01-shape", np.zeros((200, 300, 3)).shape),
    ("01-crop", lambda image, t, x, h, w: image[t : t + h][:, x : x + w]),
    ("01-gray", to_gray),
    ("01-gray", lambda image: image @ np.array([0.299, 0.587, 0.114])),
]

WRONG = [
    ("01-shape", (300, 200, 3), "rows come first"),
    ("01-shape", (3, 200, 300), "channels come last"),
    ("01-shape", (200, 300), "3 whole numbers"),
    ("01-crop", lambda image, t, x, h, w: image[x : x + w, t : t + h], "swapped"),
    ("01-crop", lambda image, t, x, h, w: image[t : t + h + 1, x : x + w + 1], "too many"),
    ("01-crop", lambda image, t, x, h, w: image[t:h, x:w], "not after a length"),
    ("01-crop", lambda image, t, x, h, w: image[: h + 1], "shape"),
    ("01-gray", lambda image: image.mean(axis=2), "the eye weighs"),
    ("01-gray", lambda image: image @ np.array([0.114, 0.587, 0.299]), "red and blue"),
    ("01-gray", lambda image: image, "shape"),
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answer(name, answer):
    """Also in another form, type or style."""
    assert_right(name, answer)


@pytest.mark.parametrize("name, answer, reason", WRONG)
def test_wrong_answer(name, answer, reason):
    """One line names the mistake."""
    assert_wrong(name, answer, reason)
