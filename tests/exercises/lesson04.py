"""Answers to the exercises of lesson 04."""

from fractions import Fraction
from functools import partial, wraps

import numpy as np

from exercises.answers import Answer
from helpers import output_size


@wraps(output_size)
def wrapped(*args):
    return output_size(*args)


def printed(n, k, stride, padding, dilation):
    print((n + 2 * padding - dilation * (k - 1) - 1) // stride + 1)


def my_size(n, k, stride, padding, dilation): ...


SIZE = "04-my_size"
ANSWERS = [
    Answer("04-size", "rows, columns", (16, 16), True),
    Answer("04-size", "a list", [16, 16], True),
    Answer("04-size", "the first position forgotten", (15, 15), False, "first position"),
    Answer("04-size", "without padding", (14, 14), False, "2 on each side"),
    Answer("04-size", "rounded up", (17, 17), False, "15.5 becomes 15"),
    Answer("04-size", "not rounded", (16.5, 16.5), False, "rounds down"),
    Answer("04-size", "not rounded, without + 1", (15.5, 15.5), False, "rounds down"),
    Answer("04-size", "half of the padded side", (18, 18), False, "loses four"),
    Answer("04-size", "stride forgotten", (32, 32), False, "skips every other"),
    Answer("04-size", "columns off by one", (16, 17), False, "17 columns are one too many"),
    Answer("04-size", "one number", 16, False, "2 whole numbers"),
    Answer("04-size", "the number of outputs", 256, False, "2 whole numbers"),
    Answer("04-size", "in quotes", "(16, 16)", False, "leave out the quotes"),
    Answer("04-same", "the number", 3, True),
    Answer("04-same", "a float", 3.0, True),
    Answer("04-same", "both sides together", 6, False, "both sides"),
    Answer("04-same", "the kernel's size", 7, False, "one less"),
    Answer("04-same", "half of it", 3.5, False, "not half of k"),
    Answer("04-same", "half of it, rounded up", 4, False, "not half of k + 1"),
    Answer("04-same", "for 5×5", 2, False, "a kernel of 5"),
    Answer("04-same", "for 3×3", 1, False, "a kernel of 3"),
    Answer("04-same", "nothing", 0, False, "6 rows"),
    Answer("04-same", "negative", -3, False, "the sign is wrong"),
    Answer("04-same", "another number", 5, False, "5 is not it: it is too large"),
    Answer("04-same", "each side", (3, 3), False, "one number"),
    Answer("04-same", "the word", "same", False, "leave out the quotes"),
    Answer("04-corner", "the number", 0.4, True),
    Answer("04-corner", "a fraction", Fraction(2, 5), True),
    Answer("04-corner", "four pixels over nine", 4 * 0.9 / 9, True),
    Answer("04-corner", "the middle", 0.9, False, "away from the border"),
    Answer("04-corner", "along a side", 6 * 0.9 / 9, False, "along a side"),
    Answer("04-corner", "not divided", 4 * 0.9, False, "divides it by 9"),
    Answer("04-corner", "one pixel", 0.1, False, "more than one"),
    Answer("04-corner", "the zeros counted", 5 * 0.9 / 9, False, "the other four"),
    Answer("04-corner", "all zeros", 0, False, "in the padding"),
    Answer("04-corner", "nine pixels", 9 * 0.9, False, "nine pixels"),
    Answer("04-corner", "an image of 1", 4 / 9, False, "each pixel is 0.9"),
    Answer("04-corner", "another number", 0.3, False, "0.3 is not it"),
    Answer("04-corner", "True", True, False, "one number; got True"),
    Answer("04-corner", "in brackets", [0.4], False, "leave out the brackets"),
    Answer(SIZE, "the starts counted", lambda n, k, s, p, d: len(range(0, n + 2 * p - d * (k - 1), s)), True),
    Answer(SIZE, "int of a division", lambda n, k, s, p, d: int((n + 2 * p - d * (k - 1) - 1) / s) + 1, True),
    Answer(SIZE, "np.floor", lambda n, k, s, p, d: np.floor((n + 2 * p - d * (k - 1) - 1) / s + 1), True),
    Answer(SIZE, "the course's own", output_size, False, "own output_size"),
    Answer(SIZE, "the course's own, as a partial", partial(output_size), False, "own output_size"),
    Answer(SIZE, "the course's own, wrapped", wrapped, False, "own output_size"),
    Answer(SIZE, "the course's own, called", lambda n, k, s, p, d: output_size(n, k, s, p, d), False, "write the steps"),
    Answer(SIZE, "padding on one side", lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1, False, "both sides"),
    Answer(SIZE, "padding forgotten", lambda n, k, s, p, d: (n - d * (k - 1) - 1) // s + 1, False, "padding is not used"),
    Answer(SIZE, "padding subtracted", lambda n, k, s, p, d: (n - 2 * p - d * (k - 1) - 1) // s + 1, False, "not subtracted"),
    Answer(SIZE, "rounded up", lambda n, k, s, p, d: -(-(n + 2 * p - d * (k - 1) - 1) // s) + 1, False, "not up"),
    Answer(SIZE, "rounded to the nearest", lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s) + 1, False, "to the nearest"),
    Answer(SIZE, "not rounded", lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1, False, "// in place of /"),
    Answer(SIZE, "no + 1 at the end", lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s, False, "first position"),
    Answer(SIZE, "no − 1 inside", lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s + 1, False, "its + 1 is missing"),
    Answer(SIZE, "+ 1 inside", lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1 + 1) // s, False, "after the division"),
    Answer(SIZE, "one too many", lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s + 2, False, "must be 26; got 27"),
    Answer(SIZE, "dilation forgotten", lambda n, k, s, p, d: (n + 2 * p - k) // s + 1, False, "dilation"),
    Answer(SIZE, "dilation times k", lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1, False, "not dilation·k"),
    Answer(SIZE, "stride forgotten", lambda n, k, s, p, d: n + 2 * p - d * (k - 1), False, "stride is not used"),
    Answer(SIZE, "parentheses forgotten", lambda n, k, s, p, d: n + 2 * p - (d * (k - 1) + 1) // s + 1, False, "parentheses"),
    Answer(SIZE, "n over stride", lambda n, k, s, p, d: -(-n // s), False, '"same"'),
    Answer(SIZE, "n", lambda n, k, s, p, d: n, False, "this is n itself"),
    Answer(SIZE, "right only for the first case", lambda n, k, s, p, d: n - k + 1, False, "n = 28, k = 5, stride = 2"),
    Answer(SIZE, "a pair", lambda n, k, s, p, d: ((n + 2 * p - d * (k - 1) - 1) // s + 1,) * 2, False, "one number"),
    Answer(SIZE, "a list of one", lambda n, k, s, p, d: [(n + 2 * p - d * (k - 1) - 1) // s + 1], False, "must be one number"),
    Answer(SIZE, "text", lambda n, k, s, p, d: str((n + 2 * p - d * (k - 1) - 1) // s + 1), False, "must be one number; got '26'"),
    Answer(SIZE, "zero", lambda n, k, s, p, d: 0, False, "must be 26; got 0"),
    Answer(SIZE, "three parameters", lambda n, k, stride: (n - k) // stride + 1, False, "must take (n, k, stride, padding, dilation)"),
    Answer(SIZE, "printed instead of returned", printed, False, "is a return missing?"),
    Answer(SIZE, "not written yet", my_size, False, "my_size returns nothing."),
    Answer(SIZE, "the formula as a number", 26, False, "without parentheses"),
]  # fmt: skip
