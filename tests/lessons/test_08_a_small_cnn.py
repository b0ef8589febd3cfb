"""Lesson 08: its exercises, and the numbers in its collapsed answers."""

import numpy as np
import pytest
from exercises.edits import edited

from helpers.exercises import check
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


def test_numbers_are_those_of_the_network():
    """The numbers of the exercises are those of the library."""
    deep = Network([Conv(8, 5), MaxPool(2), Conv(16, 3), MaxPool(2)], (28, 28, 1))
    assert check("08-shape", deep.shapes[-1][:2]).startswith("Right.")


@pytest.mark.parametrize("scale", [0, 1, 1000])
def test_published_softmax(scale):
    """It agrees with the network's, for one score and for many, however large."""
    for count in (1, 2, 10):
        scores = scale * np.random.default_rng(0).normal(size=count)
        np.testing.assert_allclose(edited("08-my_softmax")(scores), softmax(scores), atol=1e-300)


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
    assert sure[0] > 0.99 and max(sure[1:]) < 0.7
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
