"""Optimizers: how far each weight moves against its gradient."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Adam:
    """Steps that are scaled for each weight by how large its gradients have been.

    Source: D. Kingma and J. Ba, Adam: a method for stochastic optimization, 2015.
    """

    learning_rate: float
    decay: tuple = (0.9, 0.999)
    small: float = 1e-8

    def __post_init__(self):
        self.count, self.mean, self.square = 0, 0, 0

    def step(self, layers, factor=1):
        """Move every parameter against its gradient, in place, at `factor` times the rate."""
        self.count += 1
        first, second = self.decay
        gradient = _in_a_row(layer.gradients[name] for layer, name in _parameters(layers))
        self.mean = first * self.mean + (1 - first) * gradient
        self.square = second * self.square + (1 - second) * gradient * gradient
        rate = factor * self.learning_rate / (1 - first**self.count)
        correction = (1 - second**self.count) ** 0.5
        move = rate * self.mean / (np.sqrt(self.square) / correction + self.small)
        for layer, name in _parameters(layers):
            weights = layer.parameters[name]
            weights -= move[: weights.size].reshape(weights.shape)
            move = move[weights.size :]


@dataclass
class SGD:
    """Plain steps against the gradient: stochastic gradient descent."""

    learning_rate: float

    def step(self, layers, factor=1):
        """Move every parameter against its gradient, in place, at `factor` times the rate."""
        for layer, name in _parameters(layers):
            layer.parameters[name] -= factor * self.learning_rate * layer.gradients[name]


def _parameters(layers):
    return [(layer, name) for layer in layers for name in layer.parameters]


def _in_a_row(arrays):
    """One long vector: the same few operations then serve all parameters at once."""
    return np.concatenate([array.ravel() for array in arrays])
