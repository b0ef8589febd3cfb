"""Answers to the exercises of lesson 05b."""

import numpy as np

from exercises.answers import Answer
from helpers import KERNELS, box
from helpers.stripes import seen_at_step

TWO = np.array([[0, 0, 0], [0.5, 0, 0.5], [0, 0, 0]])

ANSWERS = [
    Answer("05b-period", "a decimal", 7.5, True),
    Answer("05b-period", "a division", 3 / (2 / 5), True),
    Answer("05b-period", "the library's", seen_at_step(5, step=3).period, True),
    Answer("05b-period", "in output pixels", 2.5, False, "output pixels"),
    Answer("05b-period", "when the output repeats", 15, False, "two stripes"),
    Answer("05b-period", "as before", 5, False, "the period changes"),
    Answer("05b-period", "the step", 3, False, "the step"),
    Answer("05b-period", "nothing subtracted", 5 / 3, False, "nearest whole number"),
    Answer("05b-period", "twice the step", 6, False, "two output pixels"),
    Answer("05b-period", "a frequency", 0.4, False, "periods per output pixel"),
    Answer("05b-period", "the frequency before", 0.6, False, "more than a half"),
    Answer("05b-period", "multiplied", 1.2, False, "do not multiply"),
    Answer("05b-period", "another number", 9, False, "too large"),
    Answer("05b-period", "both", (7.5, 0), False, "one number"),
    Answer("05b-kernel", "two pixels", TWO.tolist(), True),
    Answer("05b-kernel", "two columns", np.array([[1, 0, 1]] * 3) / 6, True),
    Answer("05b-kernel", "rows that differ", [[0.5, 0, 0], [0, 0, 0], [0, 0, 0.5]], True),
    Answer("05b-kernel", "three digits", [[0.167, 0, 0.167]] * 3, True),
    Answer(
        "05b-kernel", "sixths in two digits", [[0.16, 0, 0.16]] * 3, False, "they add up to 0.96"
    ),
    Answer("05b-kernel", "not a mean", 2 * TWO, False, "add up to 2"),
    Answer("05b-kernel", "a box", box(3), False, "removes period 3"),
    Answer("05b-kernel", "a Gaussian", KERNELS["gaussian_blur"], False, "removes period 2"),
    Answer("05b-kernel", "two rows", TWO.T, False, "swap its rows"),
    Answer("05b-kernel", "unchanged", KERNELS["identity"], False, "1.00 times the contrast"),
    Answer("05b-kernel", "Sobel", KERNELS["sobel_vertical"], False, "add up to 0"),
    Answer("05b-kernel", "a row", [0.5, 0, 0.5], False, "3×3"),
    Answer("05b-size", "both steps", ((80 - 3) // 3 // 2 + 1, 13), True),
    Answer("05b-size", "a list", [13, 13], True),
    Answer("05b-size", "before pooling", (26, 26), False, "before pooling"),
    Answer("05b-size", "without the first position", (12, 12), False, "first position"),
    Answer("05b-size", "without the first position, with /", (12.5, 12.5), False, "first position"),
    Answer("05b-size", "rounded up", (14, 14), False, "81 pixels"),
    Answer("05b-size", "without stride", (39, 39), False, "stride"),
    Answer("05b-size", "stride 1, before pooling", (78, 78), False, "stride 1"),
    Answer("05b-size", "one number", 13, False, "2 whole numbers"),
]
