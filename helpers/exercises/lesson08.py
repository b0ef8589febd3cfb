"""The exercises of lesson 08: parameters, shapes, steps, and softmax."""

from typing import Any

import numpy as np

from helpers.exercises.exercise import (
    Exercise,
    is_function,
    is_number,
    is_shape,
    numbers,
    run,
)
from helpers.network.losses import softmax

_SMALL = [
    (np.array(scores),) for scores in ([1.0, 2, 3], [-1.0, 0.5], [0, 0, 0, 0], [2.0], [-3, -1])
]
_LARGE = [(np.array(scores),) for scores in ([1000.0, 1001], [-3000.0, 3000, 2999], [-1001, -1000])]
_OVERFLOW = (
    "for scores in the thousands exp is too large for a float, or all of them are 0;"
    " subtract the largest score first"
)

_judge_small = is_function(
    softmax,
    _SMALL,
    [
        (lambda scores: np.exp(scores), "they do not add up to 1; divide by their sum"),
        (lambda scores: np.exp(scores - scores.max()),
         "they do not add up to 1; divide by their sum"),
        (lambda scores: scores / scores.sum(), "raise e to each score first"),
        (lambda scores: np.log(softmax(scores)), "these are logarithms of the probabilities"),
        (lambda scores: softmax(-scores), "the largest score must get the largest probability"),
        (lambda scores: 2.0**scores / (2.0**scores).sum(), "the base is e, not 2"),
        (lambda scores: (scores == scores.max()) / 1.0,
         "only the largest score has a probability; every score must have one"),
    ],
)  # fmt: skip
_judge_large = is_function(softmax, _LARGE)


def _is_softmax(answer: Any) -> str | None:
    with np.errstate(all="ignore"):  # an overflow is explained in words
        problem = _judge_small(answer)
        if not problem and any(_breaks(answer, case) for case in _LARGE):
            return _OVERFLOW
        return problem or _judge_large(answer)


def _breaks(answer: Any, case: tuple) -> bool:
    given, problem = run(answer, *case)
    array = numbers(given)
    return bool(problem) or array is None or not np.isfinite(array).all()


EXERCISES = {
    "08-parameters": Exercise(
        is_number(
            12_832,
            {832: "a filter spans all 16 maps: 5·5·16 weights",
             800: "a filter spans all 16 maps, and has a bias",
             12_800: "each filter has a bias too",
             12_801: "one bias per filter; there are 32",
             13_312: "one bias per filter, not one per slice",
             401: "that is one filter; there are 32",
             400: "that is one filter without its bias; there are 32",
             12_816: "32 filters over 16 maps, not 16 over 32"},
        ),
        right="5·5·16·32 weights and 32 biases; the size of the maps does not matter.",
        hint="A filter has one slice per input map. Add its bias. Times 32.",
        solution="answer = (5 * 5 * 16 + 1) * 32",
    ),
    "08-shape": Exercise(
        is_shape(
            (5, 5),
            {(7.0, 7.0): "the convolutions lose rows and columns too: k − 1 of each",
             (6.0, 6.0): "the second convolution loses 2 rows and columns",
             (4.0, 4.0): "a window of k loses k − 1 rows, not k",
             (10.0, 10.0): "the second pooling is missing",
             (11.0, 11.0): "the first pooling is missing",
             (22.0, 22.0): "each pooling halves rows and columns"},
        ),
        right="28 → 24 → 12 → 10 → 5.",
        hint="Go layer by layer: a convolution loses k − 1 rows, a pooling of 2 halves them.",
        solution="answer = (((28 - 4) // 2 - 2) // 2, ((28 - 4) // 2 - 2) // 2)",
    ),
    "08-steps": Exercise(
        is_number(
            391,
            {390: "the 80 digits that are left over make a smaller mini-batch",
             390.625: "a mini-batch that is not full is a step too",
             50_000: "one step per mini-batch, not one per digit",
             128: "that is the number of digits in a step"},
        ),
        right="390 full mini-batches and one of 80.",
        hint="How many mini-batches of 128 fit into 50,000? What happens to the rest?",
        solution="answer = -(-50_000 // 128)",
    ),
    "08-my_softmax": Exercise(
        _is_softmax,
        right="Only differences between scores count, so subtracting the largest changes nothing.",
        hint="First subtract scores.max(). Then divide the np.exp of each score by the sum of all.",
        solution="""def my_softmax(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()""",
    ),
}  # fmt: skip
