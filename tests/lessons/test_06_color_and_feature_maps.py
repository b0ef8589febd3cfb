"""Lesson 06: its exercises, and the numbers in its collapsed answers."""

import numpy as np
import pytest
from exercise_verdicts import assert_right, assert_wrong

from helpers import convolve, convolve_loops, load_image, to_gray
from helpers.explorers import ChannelExplorer


def window_by_window(image, kernel):
    """Another style: every window at once."""
    view = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[:2], axis=(0, 1))
    return np.einsum("rcnij,ijn->rc", view, kernel)


def channel_by_channel(image, kernel):
    return sum(convolve(image[..., k], kernel[..., k]) for k in range(image.shape[2]))


def nested_lists(image, kernel):
    image, kernel = image.tolist(), kernel.tolist()
    kh, kw, channels = len(kernel), len(kernel[0]), len(kernel[0][0])
    return [
        [sum(image[r + i][c + j][k] * kernel[i][j][k]
             for i in range(kh) for j in range(kw) for k in range(channels))
         for c in range(len(image[0]) - kw + 1)]
        for r in range(len(image) - kh + 1)
    ]  # fmt: skip


def slices(red, green, blue):
    return np.stack([np.float64(red), np.float64(green), np.float64(blue)], axis=-1)


ONES, MIDDLE, UPPER = (
    np.ones((3, 3)),
    np.eye(3)[[1]].T @ np.eye(3)[[1]],
    np.eye(3)[[0]].T @ np.ones((1, 3)),
)
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


RIGHT = [
    ("06-maps", 4),
    ("06-maps", np.int64(4)),
    ("06-maps", 4.0),
    ("06-parameters", 2416),
    ("06-parameters", 5 * 5 * 6 * 16 + 16),
    ("06-my_convolve_color", convolve),
    ("06-my_convolve_color", convolve_loops),
    ("06-my_convolve_color", window_by_window),
    ("06-my_convolve_color", channel_by_channel),
    ("06-my_convolve_color", nested_lists),
    ("06-blue", slices(-MIDDLE, -MIDDLE, MIDDLE)),
    ("06-blue", slices(-ONES / 18, -ONES / 18, ONES / 9)),
    ("06-blue", slices(-MIDDLE, -UPPER / 3, MIDDLE + SOBEL).tolist()),
    ("06-blue", slices(-ONES, -ONES, 2 * ONES).astype(np.float32)),
]

WRONG = [
    ("06-maps", 512, "spans them all"),
    ("06-maps", 28, "used up"),
    ("06-maps", 5, "5 is not it"),
    ("06-maps", [4], "one number"),
    ("06-parameters", 2400, "bias"),
    ("06-parameters", 416, "spans all 6"),
    ("06-parameters", 400, "spans all 6"),
    ("06-parameters", 2496, "not one per slice"),
    ("06-parameters", 151, "there are 16"),
    ("06-parameters", 2417, "is not it"),
    ("06-my_convolve_color", 23, "expected a function"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k) / i.shape[2], "averaged"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k) / k.size, "averaged"),
    ("06-my_convolve_color",
     lambda i, k: np.stack([convolve(i[..., c], k[..., c]) for c in range(i.shape[2])], -1),
     "still separate"),
    ("06-my_convolve_color", lambda i, k: convolve(i[..., 0], k[..., 0]), "first channel"),
    ("06-my_convolve_color", lambda i, k: convolve(i[..., -1], k[..., -1]), "last channel"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k[..., 0]).sum(axis=2), "slice of its own"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k[..., 0]), "shape"),
    ("06-my_convolve_color", lambda i, k: convolve(to_gray(i), k.sum(axis=2)), "must be"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k, flip=True), "rotated by 180°"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k[::-1, ::-1, ::-1]), "must be"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k[..., ::-1]), "wrong order"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k.swapaxes(0, 1)), "kernel are swapped"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k).T, "result are swapped"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k)[:-1, :-1], "last row and column"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k)[1:, 1:], "shape"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k, padding="same"), "shape"),
    ("06-my_convolve_color", lambda i, k: convolve(i, k) + 1, "must be"),
    ("06-my_convolve_color",
     lambda i, k: sum(convolve(i[..., c], k[..., c]) for c in (0, 1, 2)), "must be"),
    ("06-my_convolve_color", lambda i, k: i[7], "IndexError"),
    ("06-my_convolve_color", lambda i, k: None, "nothing yet"),
    ("06-blue", slices(MIDDLE, -MIDDLE, -MIDDLE), "above 0"),
    ("06-blue", slices(0 * MIDDLE, 0 * MIDDLE, MIDDLE), "white area gives 1"),
    ("06-blue", slices(-MIDDLE / 4, -MIDDLE / 4, MIDDLE), "white area"),
    ("06-blue", slices(-MIDDLE, 0 * MIDDLE, MIDDLE), "green area"),
    ("06-blue", np.stack([-MIDDLE, -MIDDLE, MIDDLE]), "come last"),
    ("06-blue", np.zeros((3, 3, 3)), "above 0"),
    ("06-blue", -slices(-MIDDLE, -MIDDLE, MIDDLE), "above 0"),
    ("06-blue", MIDDLE, "3×3×3"),
    ("06-blue", np.full((3, 3, 3), np.nan), "finite"),
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answer(name, answer):
    """Also in another form, type or style."""
    assert_right(name, answer)


@pytest.mark.parametrize("name, answer, reason", WRONG)
def test_wrong_answer(name, answer, reason):
    """One line names the mistake."""
    assert_wrong(name, answer, reason)


def test_the_circles():
    """Below 0 on both; on white 1.8, -0.9 and -0.9; under `blue areas` -0.84, on white -1."""
    circles = load_image("circles")
    red, blue, white = (82, 70), (174, 186), (5, 5)
    kernel = ChannelExplorer("circles", "red circle").kernel
    slices = [convolve(circles[..., k], kernel[..., k])[white] for k in range(3)]
    assert np.allclose(slices, [1.8, -0.9, -0.9], atol=1e-5)
    assert convolve(circles[..., 2], kernel[..., 2])[blue] < 0
    areas = ChannelExplorer("circles", "blue areas").kernel
    answers = convolve(circles, areas)
    assert round(float(answers[red]), 2) == -0.84 and round(float(answers[white]), 2) == -1
    other = convolve(circles, ChannelExplorer("circles", "red areas").kernel)
    assert round(float(other[blue]), 2) == -1.14 and round(float(other[white]), 2) == -1
