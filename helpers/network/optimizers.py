"""Optimizers and schedules: how far each weight moves against its gradient."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from helpers.network.layer import Layer
from helpers.validation import as_number

WARM_UP = 0.2  # the fraction of the training in which the learning rate rises


@dataclass
class Adam:
    """Steps that are scaled for each weight by how large its gradients have been.

    Source: D. Kingma and J. Ba, Adam: a method for stochastic optimization, 2015.
    """

    learning_rate: float
    betas: tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-8

    def __post_init__(self) -> None:
        self.count = 0
        self.mean: NDArray | float = 0.0
        self.square: NDArray | float = 0.0

    def step(self, layers: Sequence[Layer], factor: float = 1) -> None:
        """Move every parameter against its gradient, in place, at `factor` times the learning rate."""
        self.count += 1
        first, second = self.betas
        gradient = np.concatenate(
            [layer.gradients[name].ravel() for layer, name in _parameters(layers)]
        )
        self.mean = first * self.mean + (1 - first) * gradient
        self.square = second * self.square + (1 - second) * gradient * gradient
        rate = factor * self.learning_rate / (1 - first**self.count)
        correction = (1 - second**self.count) ** 0.5
        move = rate * self.mean / (np.sqrt(self.square) / correction + self.eps)
        for layer, name in _parameters(layers):
            weights = layer.parameters[name]
            weights -= move[: weights.size].reshape(weights.shape)
            move = move[weights.size :]


@dataclass
class SGD:
    """Stochastic gradient descent: plain steps against the gradient."""

    learning_rate: float

    def step(self, layers: Sequence[Layer], factor: float = 1) -> None:
        """Move every parameter against its gradient, in place, at `factor` times the learning rate."""
        for layer, name in _parameters(layers):
            layer.parameters[name] -= factor * self.learning_rate * layer.gradients[name]


Optimizer: TypeAlias = Adam | SGD


def _parameters(layers: Iterable[Layer]) -> list[tuple[Layer, str]]:
    return [(layer, name) for layer in layers for name in layer.parameters]


def one_cycle(progress: float) -> float:
    """Return the factor for the learning rate: a linear rise to 1, then half a cosine down to 0.

    The first gradients are large and unsteady, so training starts with short steps; at the end,
    short steps let the weights settle. In between, the learning rate may be higher than a constant
    one could be.

    Parameters
    ----------
    progress : float from 0 to 1, the fraction of the training that is done

    Raises
    ------
    ValueError, TypeError : when `progress` is anything else.

    Source: L. Smith and N. Topin, Super-convergence, 2018.

    >>> [round(one_cycle(progress), 2) for progress in (0, 0.1, 0.2, 0.6, 1)]
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    if not 0 <= as_number("progress", progress) <= 1:
        raise ValueError(f"progress must be from 0 to 1; got {progress}")
    if progress < WARM_UP:
        return progress / WARM_UP
    return (1 + cos(pi * (progress - WARM_UP) / (1 - WARM_UP))) / 2
