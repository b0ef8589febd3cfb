"""Lesson 08: its exercises, and the numbers in its collapsed answers."""

import math

import numpy as np
import pytest
from exercise_verdicts import assert_right, assert_wrong

from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    load_digits,
    train,
)
from helpers.network.losses import softmax


def stable(scores):
    return np.exp(scores - np.max(scores)) / np.sum(np.exp(scores - np.max(scores)))


def with_math(scores):
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


RIGHT = [
    ("08-parameters", 12_832),
    ("08-parameters", 12_832.0),
    ("08-parameters", np.int64(5 * 5 * 16 * 32 + 32)),
    ("08-shape", (5, 5)),
    ("08-shape", [5.0, 5]),
    ("08-shape", np.array([5, 5])),
    ("08-shape", np.zeros((5, 5)).shape),
    ("08-steps", 391),
    ("08-steps", math.ceil(50_000 / 128)),
    ("08-steps", np.ceil(50_000 / 128)),
    ("08-my_softmax", softmax),
    ("08-my_softmax", stable),
    ("08-my_softmax", with_math),
    ("08-my_softmax", lambda scores: stable(scores.astype(np.float32))),
]

WRONG = [
    ("08-parameters", 832, "all 16 maps"),
    ("08-parameters", 800, "all 16 maps"),
    ("08-parameters", 12_800, "bias"),
    ("08-parameters", 13_312, "not one per slice"),
    ("08-parameters", 12_816, "not 16 over 32"),
    ("08-parameters", 401, "there are 32"),
    ("08-parameters", 12_833, "12833 is not it"),
    ("08-shape", (7, 7), "lose rows"),
    ("08-shape", (6, 6), "loses 2"),
    ("08-shape", (4, 4), "not k"),
    ("08-shape", (10, 10), "second pooling"),
    ("08-shape", (11, 11), "first pooling"),
    ("08-shape", (22, 22), "halves"),
    ("08-shape", (5, 5, 16), "2 whole numbers"),
    ("08-shape", 5, "2 whole numbers"),
    ("08-steps", 390, "left over"),
    ("08-steps", 50_000 / 128, "not full"),
    ("08-steps", 50_000, "not one per digit"),
    ("08-steps", 392, "392 is not it"),
    ("08-my_softmax", softmax(np.array([1.0, 2])), "expected a function"),
    ("08-my_softmax", lambda s: np.exp(s) / np.exp(s).sum(), "subtract the largest"),
    ("08-my_softmax", lambda s: [math.exp(x) / sum(map(math.exp, s)) for x in s], "subtract the la"),
    ("08-my_softmax", lambda s: np.exp(s - 1000) / np.exp(s - 1000).sum(), "must be"),
    ("08-my_softmax", lambda s: np.exp(s - s.mean()) / np.exp(s - s.mean()).sum(), "subtract the la"),
    ("08-my_softmax", lambda s: softmax(np.clip(s, -50, 50)), "must be"),
    ("08-my_softmax", np.exp, "add up to 1"),
    ("08-my_softmax", lambda s: np.exp(s - s.max()), "add up to 1"),
    ("08-my_softmax", lambda s: s / s.sum(), "raise e"),
    ("08-my_softmax", lambda s: np.log(softmax(s)), "logarithms"),
    ("08-my_softmax", lambda s: softmax(-s), "largest score"),
    ("08-my_softmax", lambda s: softmax(s)[::-1], "largest score"),
    ("08-my_softmax", lambda s: 2.0**s / (2.0**s).sum(), "base is e"),
    ("08-my_softmax", lambda s: (s == s.max()) * 1.0, "only the largest score"),
    ("08-my_softmax", lambda s: softmax(s).max(), "shape"),
    ("08-my_softmax", lambda s: np.sort(softmax(s)), "must be"),
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answer(name, answer):
    """Also in another form, type or style."""
    assert_right(name, answer)


@pytest.mark.parametrize("name, answer, reason", WRONG)
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value", "ignore:divide by zero")
def test_wrong_answer(name, answer, reason):
    """One line names the mistake."""
    assert_wrong(name, answer, reason)


def test_numbers_are_those_of_the_network():
    """The numbers of the exercises are those of the library."""
    stack = Network([Conv(16, 5), MaxPool(2), Conv(32, 5)], (28, 28, 1))
    assert_right("08-parameters", stack.layers[2].parameters["weights"].size + 32)
    deep = Network([Conv(8, 5), MaxPool(2), Conv(16, 3), MaxPool(2)], (28, 28, 1))
    assert_right("08-shape", deep.shapes[-1][:2])


def test_a_learning_rate_too_large(digits):
    """After steps at 0.05, some maps of the second convolution are 0 for every digit; most stay 0."""
    images, labels, unseen, _ = digits
    network, rates = _cnn(8, 16), (0.003, 0.05, 0.003)
    learning = train(network, images, labels, learning_rate=rates[0])
    dead = []
    for rate in rates:
        for _, step in zip(range(300), learning):
            step.optimizer.learning_rate = rate
        answers = network.layer_outputs(unseen[:500])[4]
        dead.append(set(np.flatnonzero(answers.max(axis=(0, 1, 3)) == 0)))
    assert not dead[0] and 2 * len(dead[1] & dead[2]) > len(dead[1])


def test_the_trainings(digits):
    """90 % after about 150 steps with almost unchanged filters; two uncertain digits; 1 and 2 filters."""
    images, labels, unseen, truth = digits
    network = _cnn(8, 16)
    first = network.layers[0].parameters["weights"].copy()
    _steps(network, images, labels, 150)
    moved = np.abs(network.layers[0].parameters["weights"] - first)
    assert _right(network, unseen, truth) > 0.9 and moved.mean() < np.abs(first).mean() / 2
    _steps(network, images, labels, 788)
    sure = network.predict(unseen[[0, 320, 646]]).max(axis=1)
    assert sure[0] > 0.99 and max(sure[1:]) < 0.95
    small = _cnn(1, 2)
    _steps(small, images, labels, 938)
    assert 0.85 < _right(small, unseen, truth) < 0.95


@pytest.fixture(scope="module")
def digits():
    return *load_digits("train"), *load_digits("test")


def _cnn(first, second):
    layers = [
        *(Conv(first, 3), ReLU(), MaxPool(2), Conv(second, 3), ReLU(), MaxPool(2)),
        *(Flatten(), Dense(10)),
    ]
    return Network(layers, (28, 28, 1), seed=0)


def _steps(network, images, labels, count):
    for _ in zip(range(count), train(network, images, labels, learning_rate=0.003)):
        pass


def _right(network, images, labels):
    return (network.predict(images).argmax(axis=1) == labels).mean()
