"""Answers to the exercises of lesson 10b."""

import numpy as np

from exercises.answers import Answer
from helpers import to_gray

GREEN = [0.3, 0.6, 0.1]
ANSWERS = [
    Answer("10b-filters", "a number", 1792, True),
    Answer("10b-filters", "no biases", 64 * 27, False, "a bias as well"),
    Answer("10b-filters", "in gray", 640, False, "three slices"),
    Answer("10b-filters", "in gray, no biases", 576, False, "without biases"),
    Answer("10b-filters", "a bias for each slice", 64 * 30, False, "one bias"),
    Answer("10b-filters", "no kernel", 192, False, "3×3"),
    Answer("10b-filters", "one filter", 28, False, "there are 64"),
    Answer("10b-filters", "one filter, no bias", 27, False, "there are 64"),
    Answer("10b-gray", "a number", 0.453, True),
    Answer("10b-gray", "two decimals", 0.45, True),
    Answer("10b-gray", "by the library", to_gray([[GREEN]])[0, 0], True),
    Answer("10b-gray", "the mean", np.mean(GREEN), False, "not the mean"),
    Answer("10b-gray", "the sum", np.sum(GREEN), False, "the sum"),
    Answer("10b-gray", "green", 0.6, False, "green channel"),
    Answer("10b-gray", "the green part", 0.587 * 0.6, False, "alone"),
    Answer("10b-gray", "red", 0.3, False, "red channel"),
]
