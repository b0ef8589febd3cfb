"""Answers to the exercises of lesson 08."""

import math
from functools import partial

import numpy as np

from exercises.answers import Answer
from exercises.edits import edited
from helpers.network.losses import softmax


def stable(scores):
    return np.exp(scores - np.max(scores)) / np.sum(np.exp(scores - np.max(scores)))


def with_math(scores):
    """Another style: plain Python."""
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def by_logarithms(scores):
    """Another style: the logarithm of the sum first."""
    return np.exp(scores - scores.max() - np.log(np.exp(scores - scores.max()).sum()))


def in_a_loop(scores):
    """Another style: filled in one by one."""
    result = np.zeros(len(scores))
    for i in range(len(scores)):
        result[i] = 1 / sum(np.exp(score - scores[i]) for score in scores)
    return result


def slip(*changes):
    return edited("08-my_softmax", *changes)


def on(change):
    """The right result, changed."""
    return lambda scores: change(stable(scores))


EXP, NORMALIZED = "np.exp(scores - scores.max())", "powers / powers.sum()"

ANSWERS = [
    Answer("08-shape", "a tuple", (5, 5), True),
    Answer("08-shape", "a list of floats", [5.0, 5], True),
    Answer("08-shape", "an array", np.array([5, 5]), True),
    Answer("08-shape", "the shape of an array", np.zeros((5, 5)).shape, True),
    Answer("08-shape", "convolutions that keep the size", (7, 7), False, "lose rows"),
    Answer("08-shape", "forgot the second convolution", (6, 6), False, "4, then 2"),
    Answer("08-shape", "half of k − 1 lost", (5.5, 5.5), False, "4, then 2"),
    Answer("08-shape", "k lost", (4, 4), False, "not k"),
    Answer("08-shape", "k lost, not rounded", (4.25, 4.25), False, "not k"),
    Answer("08-shape", "k lost by the second", (4.5, 4.5), False, "loses 2"),
    Answer("08-shape", "forgot the second pooling", (10, 10), False, "second pooling"),
    Answer("08-shape", "forgot the first pooling", (11, 11), False, "first pooling"),
    Answer("08-shape", "forgot both poolings", (22, 22), False, "halves"),
    Answer("08-shape", "after two layers", (12, 12), False, "two layers follow"),
    Answer("08-shape", "after one layer", (24, 24), False, "three layers follow"),
    Answer("08-shape", "the picture", (28, 28), False, "smaller"),
    Answer("08-shape", "with channels", (5, 5, 16), False, "2 whole numbers"),
    Answer("08-shape", "one number", 5, False, "2 whole numbers"),
    Answer("08-shape", "one too many rows", (6, 5), False, "rows"),
    Answer("08-steps", "a number", 391, True),
    Answer("08-steps", "rounded up", math.ceil(50_000 / 128), True),
    Answer("08-steps", "rounded up by NumPy", np.ceil(50_000 / 128), True),
    Answer("08-steps", "rounded down", 390, False, "left over"),
    Answer("08-steps", "not rounded", 50_000 / 128, False, "not full"),
    Answer("08-steps", "one digit kept", 390.6, False, "not full"),
    Answer("08-steps", "one per digit", 50_000, False, "not one per digit"),
    Answer("08-steps", "one too many", 392, False, "one more"),
    Answer("08-steps", "the mini-batch", 128, False, "digits in a step"),
    Answer("08-steps", "what is left over", 80, False, "last step"),
    Answer("08-steps", "the lesson's 60,000", 469, False, "60,000"),
    Answer("08-steps", "the lesson's 64", 782, False, "64 digits"),
    Answer("08-steps", "multiplied", 50_000 * 128, False, "do not multiply"),
    Answer("08-steps", "an epoch", 1, False, "one pass"),
    Answer("08-my_softmax", "in one line", stable, True),
    Answer("08-my_softmax", "with math", with_math, True),
    Answer("08-my_softmax", "by logarithms", by_logarithms, True),
    Answer("08-my_softmax", "in a loop", in_a_loop, True),
    Answer("08-my_softmax", "single precision", lambda s: stable(s.astype(np.float32)), True),
    Answer("08-my_softmax", "the library's", softmax, False, "course's own softmax"),
    Answer("08-my_softmax", "a wrapper", lambda scores: softmax(scores), False, "course's own softmax"),
    Answer("08-my_softmax", "a part", partial(softmax), False, "course's own softmax"),
    Answer("08-my_softmax", "a result", softmax(np.array([1.0, 2])), False, "expected a function"),
    Answer("08-my_softmax", "not stable", slip((" - scores.max()", "")), False, "subtract the largest"),
    Answer("08-my_softmax", "not stable, with math",
           lambda s: [math.exp(x) / sum(map(math.exp, s)) for x in s], False, "subtract the largest"),
    Answer("08-my_softmax", "1000 subtracted", slip(("scores.max()", "1000")), False, "not a fixed"),
    Answer("08-my_softmax", "the mean subtracted", slip(("max()", "mean()")), False,
           "subtract the largest"),
    Answer("08-my_softmax", "the smallest subtracted", slip(("max()", "min()")), False,
           "subtract the largest"),
    Answer("08-my_softmax", "the index of the largest subtracted", slip(("max()", "argmax()")), False,
           "subtract the largest"),
    Answer("08-my_softmax", "scores cut off", lambda s: stable(np.clip(s, -50, 50)), False,
           "for scores = [1000.0, 1001.0], the result must be"),
    Answer("08-my_softmax", "exp alone", np.exp, False, "add up to 1"),
    Answer("08-my_softmax", "not divided", slip((NORMALIZED, "powers")), False, "add up to 1"),
    Answer("08-my_softmax", "divided by the largest", slip(("powers.sum()", "powers.max()")), False,
           "add up to 1"),
    Answer("08-my_softmax", "divided by the mean", slip(("powers.sum()", "powers.mean()")), False,
           "number of classes"),
    Answer("08-my_softmax", "divided by the number of classes",
           lambda s: np.exp(s) / len(s), False, "not by the number"),
    Answer("08-my_softmax", "divided by the sum of the scores",
           lambda s: np.exp(s) / s.sum(), False, "not of the scores"),
    Answer("08-my_softmax", "exp of fractions", lambda s: np.exp(s / s.sum()), False, "then divide"),
    Answer("08-my_softmax", "no exp", lambda s: s / s.sum(), False, "raise e"),
    Answer("08-my_softmax", "absolute values", lambda s: np.abs(s) / np.abs(s).sum(), False, "raise e"),
    Answer("08-my_softmax", "scores above 0 alone",
           lambda s: np.maximum(s, 0) / np.maximum(s, 0).sum(), False, "negative ones count"),
    Answer("08-my_softmax", "scores from the smallest", lambda s: (s - s.min()) / (s - s.min()).sum(),
           False, "smallest has a probability"),
    Answer("08-my_softmax", "expm1", lambda s: np.expm1(s) / np.expm1(s).sum(), False, "without − 1"),
    Answer("08-my_softmax", "sigmoids, divided",
           lambda s: 1 / (1 + np.exp(-s)) / (1 / (1 + np.exp(-s))).sum(), False, "sigmoids"),
    Answer("08-my_softmax", "1 minus", on(lambda p: 1 - p), False, "1 minus"),
    Answer("08-my_softmax", "the largest subtracted alone", lambda s: s - s.max(), False,
           "then divide by the sum"),
    Answer("08-my_softmax", "squares", lambda s: s**2 / (s**2).sum(), False, "square"),
    Answer("08-my_softmax", "divided by the largest score", slip((" - scores.max()", " / scores.max()")),
           False, "do not divide"),
    Answer("08-my_softmax", "logarithms", on(np.log), False, "logarithms"),
    Answer("08-my_softmax", "losses", on(lambda p: -np.log(p)), False, "losses"),
    Answer("08-my_softmax", "minus", slip(("scores - scores.max()", "scores.min() - scores")), False,
           "largest score"),
    Answer("08-my_softmax", "base 2", lambda s: 2.0**s / (2.0**s).sum(), False, "base is e"),
    Answer("08-my_softmax", "base 10", lambda s: 10.0**s / (10.0**s).sum(), False, "base is e"),
    Answer("08-my_softmax", "sigmoid", lambda s: 1 / (1 + np.exp(-s)), False, "sigmoid"),
    Answer("08-my_softmax", "one-hot", lambda s: (s == s.max()) * 1.0, False, "only the largest score"),
    Answer("08-my_softmax", "argmax", np.argmax, False, "index of the largest"),
    Answer("08-my_softmax", "the largest alone", on(np.max), False, "largest probability alone"),
    Answer("08-my_softmax", "the sum", on(np.sum), False, "one number, 1"),
    Answer("08-my_softmax", "percent", on(lambda p: 100 * p), False, "percentages"),
    Answer("08-my_softmax", "rounded", on(lambda p: p.round(1)), False, "rounded"),
    Answer("08-my_softmax", "sorted", on(np.sort), False, "sorted"),
    Answer("08-my_softmax", "reversed", on(lambda p: p[::-1]), False, "reverse order"),
    Answer("08-my_softmax", "all alike", lambda s: np.full(len(s), 1 / len(s)), False, "whatever its"),
    Answer("08-my_softmax", "unchanged", lambda s: s, False, "unchanged"),
    Answer("08-my_softmax", "integer result", on(lambda p: p.astype(int)), False, "fractions are dropped"),
    Answer("08-my_softmax", "divided with //", slip((" / powers", " // powers")), False,
           "fractions are dropped"),
    Answer("08-my_softmax", "printed instead of returned", slip(("return", "print(end='') or None and")),
           False, "return"),
]  # fmt: skip
