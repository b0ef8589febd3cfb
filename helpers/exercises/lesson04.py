"""The exercises of lesson 04: sizes, "same" padding, pixels that are never used."""

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import Exercise, is_function, is_number, is_shape
from helpers.geometry import output_size


def _size(n: int, k: int, stride: int, padding: int, dilation: int) -> NDArray:
    return np.array(output_size(int(n), int(k), int(stride), int(padding), int(dilation)))


def _padded_once(n: int, k: int, stride: int, padding: int, dilation: int) -> int:
    return (n + padding - dilation * (k - 1) - 1) // stride + 1


def _extent_too_large(n: int, k: int, stride: int, padding: int, dilation: int) -> int:
    return (n + 2 * padding - dilation * k) // stride + 1


def _rounded_up(n: int, k: int, stride: int, padding: int, dilation: int) -> float:
    return np.ceil((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1


def _one_short(n: int, k: int, stride: int, padding: int, dilation: int) -> NDArray:
    return _size(n, k, stride, padding, dilation) - 1


EXERCISES = {
    "04-size": Exercise(
        is_shape(
            (16, 16),
            {
                (15.0, 15.0): "the first position counts too",
                (14.0, 14.0): "the padding is added on both sides",
                (32.0, 32.0): "a stride of 2 skips every other position",
            },
        ),
        right="⌊(32 + 2·2 − 5) / 2⌋ + 1 = 16.",
        hint="The padded side has 32 + 2 + 2 pixels. Where can a window of 5 start, in steps of 2?",
        solution="answer = ((32 + 2*2 - 5) // 2 + 1, (32 + 2*2 - 5) // 2 + 1)",
    ),
    "04-same": Exercise(
        is_number(
            3,
            {6.0: "that is both sides together", 7.0: "in all, one less than the size of the kernel is lost",
             1.0: "that is enough for a kernel of 3"},
        ),
        right="A kernel of k loses k − 1 positions; each side gets half of that as padding.",
        hint="Without padding, 7 − 1 positions are lost. Divide them between the two ends.",
        solution="answer = (7 - 1) // 2",
    ),
    "04-unread": Exercise(
        is_number(
            1,
            {0.0: "a window that starts at 9 would need pixels 9, 10 and 11",
             2.0: "the window at 6 uses pixels 6, 7 and 8"},
        ),
        right="Windows start at 0, 3 and 6, so pixel 9 is never used.",
        hint="List the starts 0, 3, 6, … that fit into 10 pixels, and the pixels that each window uses.",
        solution="answer = 10 - 3 * ((10 - 3) // 3 + 1)",
    ),
    "04-my_size": Exercise(
        is_function(
            _size,
            [(28, 3, 1, 0, 1), (28, 5, 2, 0, 1), (10, 3, 3, 1, 1), (32, 3, 2, 2, 3), (9, 2, 4, 3, 5)],
            [
                (_extent_too_large, "the kernel spans dilation·(k − 1) + 1 pixels, not dilation·k"),
                (_padded_once, "the padding is added on both sides"),
                (_rounded_up, "the division rounds down"),
                (_one_short, "the first position counts too"),
                (lambda n, k, s, p, d: _size(n, k, s, p, 1), "the dilation makes the kernel span more pixels"),
            ],
        ),
        right="One formula for rows, for columns, for photographs and for networks.",
        hint="A dilated kernel spans dilation·(k − 1) + 1 pixels. // rounds down.",
        solution="""def my_size(n, k, stride, padding, dilation):
    extent = dilation * (k - 1) + 1
    return (n + 2 * padding - extent) // stride + 1""",
    ),
}  # fmt: skip
