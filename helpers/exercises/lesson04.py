"""The exercises of lesson 04: sizes, what "same" adds, pixels that are never read."""

import numpy as np

from helpers.exercises.exercise import Exercise, is_function, is_number, is_shape
from helpers.geometry import output_size


def _size(n, k, stride, padding, dilation):
    return np.array(output_size(int(n), int(k), int(stride), int(padding), int(dilation)))


def _padded_once(n, k, stride, padding, dilation):
    return (n + padding - dilation * (k - 1) - 1) // stride + 1


def _reaching_too_far(n, k, stride, padding, dilation):
    return (n + 2 * padding - dilation * k) // stride + 1


def _rounded_up(n, k, stride, padding, dilation):
    return np.ceil((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1


def _one_short(n, k, stride, padding, dilation):
    return _size(n, k, stride, padding, dilation) - 1


EXERCISES = {
    "04-size": Exercise(
        is_shape(
            (16, 16),
            {
                (15.0, 15.0): "the first stop counts too",
                (14.0, 14.0): "the padding is added on both sides",
                (32.0, 32.0): "a stride of 2 skips every other stop",
            },
        ),
        right="⌊(32 + 2·2 − 5) / 2⌋ + 1 = 16.",
        hint="The padded side is 32 + 2 + 2 long. Where can a window of 5 start, in steps of 2?",
        solution="answer = ((32 + 2*2 - 5) // 2 + 1, (32 + 2*2 - 5) // 2 + 1)",
    ),
    "04-same": Exercise(
        is_number(
            3,
            {6.0: "that is both sides together", 7.0: "one less than the kernel is lost in all",
             1.0: "that is enough for a kernel of 3"},
        ),
        right="A kernel of k loses k − 1 stops; half of that goes on each side.",
        hint="Without padding a side loses 7 − 1 stops. Share them between the two ends.",
        solution="answer = (7 - 1) // 2",
    ),
    "04-unread": Exercise(
        is_number(
            1,
            {0.0: "a window that starts at 9 would need pixels 9, 10 and 11",
             2.0: "the window at 6 reads 6, 7 and 8"},
        ),
        right="Windows start at 0, 3 and 6, so pixel 9 is never read.",
        hint="List the starts 0, 3, 6, … that fit into 10 pixels, and what each window reads.",
        solution="answer = 10 - 3 * ((10 - 3) // 3 + 1)",
    ),
    "04-my_size": Exercise(
        is_function(
            _size,
            [(28, 3, 1, 0, 1), (28, 5, 2, 0, 1), (10, 3, 3, 1, 1), (32, 3, 2, 2, 3), (9, 2, 4, 3, 5)],
            [
                (_reaching_too_far, "the reach is dilation·(k − 1) + 1, not dilation·k"),
                (_padded_once, "the padding is added on both sides"),
                (_rounded_up, "what does not divide is rounded down"),
                (_one_short, "the first stop counts too"),
                (lambda n, k, s, p, d: _size(n, k, s, p, 1), "the dilation makes the kernel reach further"),
            ],
        ),
        right="One formula for rows, for columns, for photographs and for networks.",
        hint="A dilated kernel reaches over dilation·(k − 1) + 1 pixels. // rounds down.",
        solution="""def my_size(n, k, stride, padding, dilation):
    reach = dilation * (k - 1) + 1
    return (n + 2 * padding - reach) // stride + 1""",
    ),
}  # fmt: skip
