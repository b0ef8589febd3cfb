"""The exercises of lesson 04: sizes, "same" padding, a border of zeros."""

from typing import Any

from helpers.exercises.exercise import Exercise, is_function, is_number, is_shape
from helpers.geometry import output_size


def _my_size(n: int, k: int, stride: int, padding: int, dilation: int) -> Any:
    return output_size(n, k, stride, padding, dilation)


def _last_start(n: int, k: int, p: int, d: int) -> int:
    return n + 2 * p - d * (k - 1) - 1


_SIZES = [
    (28, 3, 1, 0, 1), (28, 5, 2, 0, 1), (10, 3, 3, 1, 1), (32, 3, 2, 2, 3), (9, 2, 4, 3, 5),
    (1, 1, 1, 0, 1), (5, 5, 3, 0, 1), (3, 5, 1, 1, 1), (7, 1, 2, 0, 4), (20, 4, 5, 1, 2),
]  # fmt: skip
MISTAKES = [
    (lambda n, k, s, p, d: _last_start(n, k, p, d) // s,
     "the first position counts too: + 1 at the end"),
    (lambda n, k, s, p, d: _last_start(n, k, p, d) / s + 1, "the division rounds down: // in place of /"),
    (lambda n, k, s, p, d: -(-_last_start(n, k, p, d) // s) + 1, "the division rounds down, not up"),
    (lambda n, k, s, p, d: round(_last_start(n, k, p, d) / s) + 1,
     "the division rounds down, not to the nearest"),
    (lambda n, k, s, p, d: (_last_start(n, k, p, d) + 1) // s + 1,
     "the kernel spans dilation·(k − 1) + 1 pixels: its + 1 is missing"),
    (lambda n, k, s, p, d: (_last_start(n, k, p, d) + 1) // s,
     "the + 1 belongs after the division: (n + 2·padding − extent) // stride + 1"),
    (lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1,
     "the kernel spans dilation·(k − 1) + 1 pixels, not dilation·k"),
    (lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1, "the padding is added on both sides"),
    (lambda n, k, s, p, d: (n - d * (k - 1) - 1) // s + 1, "the padding is not used"),
    (lambda n, k, s, p, d: (n - 2 * p - d * (k - 1) - 1) // s + 1,
     "the padding is added to n, not subtracted"),
    (lambda n, k, s, p, d: (n + 2 * p - k) // s + 1, "the dilation makes the kernel span more pixels"),
    (lambda n, k, s, p, d: _last_start(n, k, p, d) + 1, "the stride is not used"),
    (lambda n, k, s, p, d: n + 2 * p - (d * (k - 1) + 1) // s + 1,
     "the whole difference is divided by the stride: a pair of parentheses is missing"),
    (lambda n, k, s, p, d: -(-n // s), 'that is for padding "same"; here the padding is given'),
    (lambda n, k, s, p, d: (output_size(n, k, s, p, d),) * 2, "one axis, so one number"),
    (lambda n, k, s, p, d: n, "this is n itself"),
]  # fmt: skip

EXERCISES = {
    "04-size": Exercise(
        is_shape(
            (16, 16),
            {(15, 15): "the first position counts too, and the padding is added on both sides",
             (14, 14): "the padding counts too: 2 on each side",
             (17, 17): "the division rounds down: 15.5 becomes 15",
             (16.5, 16.5): "the division rounds down: 15.5 becomes 15",
             (15.5, 15.5): "the division rounds down, and the first position counts too",
             (18, 18): "a window of 5 loses four positions, before the stride is applied",
             (32, 32): "a stride of 2 skips every other position"},
        ),
        right="⌊(32 + 2·2 − 5) / 2⌋ + 1 = 16.",
        hint="The padded side has 32 + 2 + 2 pixels. Where can a window of 5 start, in steps of 2?",
        solution="""# starts run from 0 to 32 + 2*2 - 5, in steps of 2; the first one makes the + 1
answer = ((32 + 2*2 - 5) // 2 + 1, (32 + 2*2 - 5) // 2 + 1)""",
    ),
    "04-same": Exercise(
        is_number(
            3,
            {6: "that is both sides together",
             7: "in all, the positions lost are one less than the size of the kernel",
             3.5: "half of k − 1, not half of k",
             4: "half of k − 1, not half of k + 1",
             2: "that is enough for a kernel of 5",
             1: "that is enough for a kernel of 3",
             0: "without padding, 6 rows and 6 columns are lost"},
        ),
        right="A kernel of k loses k − 1 positions; each side gets half of that as padding.",
        hint="Without padding, 7 − 1 positions are lost. Divide them between the two ends.",
        solution="answer = (7 - 1) // 2  # 7 - 1 positions are lost, half of them at each end",
    ),
    "04-corner": Exercise(
        is_number(
            0.4,
            {0.9: "that is the output away from the border, where the window lies inside the image",
             0.6: "that is along a side, where three of the nine pixels are zeros",
             3.6: "that is the sum; the box blur divides it by 9",
             0.1: "more than one of the nine pixels lies in the image",
             0.5: "in a corner five of the nine pixels are zeros; the other four count",
             0.0: "the zeros are in the padding; four of the nine pixels lie in the image",
             8.1: "that is the sum of nine pixels; in a corner four of them count, divided by 9",
             4 / 9: "that is for pixels of 1; here each pixel is 0.9"},
        ),
        right="Four of nine pixels are in the image: 4 · 0.9 / 9. Zeros darken the border of a blurred picture.",
        hint="Each weight of the box blur is 1/9. How many of the nine pixels lie in the image, and how many"
        " in the padding?",
        solution="answer = 4 * 0.9 / 9  # four pixels of 0.9 and five zeros, each times 1/9",
    ),
    "04-my_size": Exercise(
        is_function(
            _my_size,
            _SIZES,
            MISTAKES,
            library=[output_size],
        ),
        right="One formula for rows, for columns, for photographs and for networks.",
        hint="A dilated kernel spans dilation·(k − 1) + 1 pixels. // rounds down.",
        solution="""def my_size(n, k, stride, padding, dilation):
    extent = dilation * (k - 1) + 1  # k - 1 gaps of dilation pixels, and the first pixel
    # the last start that fits, in strides, rounded down; + 1 for the start at 0
    return (n + 2 * padding - extent) // stride + 1""",
    ),
}  # fmt: skip
