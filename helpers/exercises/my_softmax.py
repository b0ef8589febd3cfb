"""Judging `my_softmax` of lesson 08: the cases, and the mistakes that are recognized."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import changed, is_function, numbers, run
from helpers.network.losses import softmax

# ties, one class alone, scores below 0, a largest score that is neither first nor last
_SMALL = [
    (np.array(scores),)
    for scores in ([1.0, 3, 2], [-1.0, 0.5], [0.5, 0.5, 0.5, -1], [2.0], [-3, -1, -2, -1.5])
]
_LARGE = [(np.array(scores),) for scores in ([1000.0, 1001], [-3000.0, 3000, 2999], [-1001, -1000])]
_OVERFLOW = (
    "for scores in the thousands exp is too large for a float, or every power is 0;"
    " subtract the largest score first"
)


def _normalized(power: Callable) -> Callable:
    """Something else in place of e to the score, divided by the sum."""

    def probabilities(scores: NDArray) -> NDArray:
        powers = power(scores)
        return powers / powers.sum()

    return probabilities


MISTAKES = [
    (lambda scores: np.exp(scores), "they do not add up to 1; divide by their sum"),
    (lambda scores: np.exp(scores - scores.max()), "they do not add up to 1; divide by their sum"),
    (lambda scores: np.exp(scores) / np.exp(scores).mean(),
     "they add up to the number of classes: divide by the sum, not by the mean"),
    (lambda scores: np.exp(scores) / len(scores), "divide by the sum, not by the number of classes"),
    (lambda scores: np.exp(scores) / scores.sum(),
     "divide by the sum of the powers, not of the scores"),
    (lambda scores: np.exp(scores / scores.sum()), "raise e to each score first, then divide"),
    (_normalized(lambda scores: scores), "raise e to each score first"),
    (_normalized(np.abs), "raise e to each score; absolute values lose the order of the scores"),
    (_normalized(lambda scores: np.maximum(scores, 0)),
     "raise e to each score; negative ones count too"),
    (_normalized(lambda scores: scores - scores.min()),
     "raise e to each score; the smallest has a probability too"),
    (_normalized(lambda scores: scores**2), "raise e to each score; this is its square"),
    (_normalized(lambda scores: 2.0**scores), "the base is e, not 2"),
    (_normalized(lambda scores: 10.0**scores), "the base is e, not 10"),
    (_normalized(lambda scores: np.exp(-scores)),
     "the largest score must get the largest probability"),
    (_normalized(lambda scores: np.exp(scores / scores.max())),
     "subtract the largest score; do not divide by it"),
    (_normalized(lambda scores: 1 / (1 + np.exp(-scores))),
     "these are sigmoids, divided by their sum; use powers of e"),
    (lambda scores: 1 / (1 + np.exp(-scores)),
     "this is the sigmoid of each score alone; the probabilities must add up to 1"),
    (_normalized(lambda scores: np.exp(scores) - 1), "raise e to each score, without − 1"),
    (_normalized(lambda scores: np.exp(scores - 1000)),
     "subtract the largest of these scores, not a fixed number"),
    (changed(softmax, np.trunc),
     "fractions are dropped: divide with /, and keep the results as floats"),
    (changed(softmax, np.log), "these are logarithms of the probabilities"),
    (changed(softmax, lambda shares: -np.log(shares)), "these are losses, −log of the probabilities"),
    (changed(softmax, lambda shares: 100 * shares), "these are percentages; probabilities add up to 1"),
    (changed(softmax, lambda shares: 1 - shares), "these are 1 minus the probabilities"),
    (changed(softmax, lambda shares: shares[::-1]), "the probabilities are in reverse order"),
    (changed(softmax, np.sort), "the probabilities are sorted; each belongs to the score at its index"),
    (changed(softmax, lambda shares: np.ones_like(shares) / len(shares)),
     "every class has the same probability, whatever its score"),
    (changed(softmax, lambda shares: (shares == shares.max()) / 1.0),
     "only the largest score has a probability; every score must have one"),
    (changed(softmax, np.argmax), "this is the index of the largest score; return all probabilities"),
    (changed(softmax, np.max), "this is the largest probability alone; return all of them"),
    (changed(softmax, np.sum), "this is one number, 1; return the probability of each score"),
    (lambda scores: scores, "the scores come back unchanged"),
    (lambda scores: scores - scores.max(), "raise e to each score, then divide by the sum"),
]  # fmt: skip

_judge_small = is_function(softmax, _SMALL, MISTAKES, library=(softmax,))
_judge_large = is_function(softmax, _LARGE)


def judge(answer: Any) -> str | None:
    """Return what is wrong with the answer, in one line, or None."""
    with np.errstate(all="ignore"):  # an overflow is explained in words
        problem = _judge_small(answer)
        if not problem and any(_overflows(answer, case) for case in _LARGE):
            return _OVERFLOW
        return problem or _judge_large(answer)


def _overflows(answer: Any, case: tuple) -> bool:
    """Whether large scores give no finite numbers, or the error that Python's floats raise."""
    given, problem = run(answer, {"scores": case[0]})
    if problem:
        return "OverflowError" in problem or "ZeroDivisionError" in problem
    array = numbers(given)
    return array is not None and not np.isfinite(array).all()
