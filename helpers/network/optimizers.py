"""Optimizers and schedules: how far each weight moves against its gradient."""

from collections.abc import Sequence
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

    def step(self, layers: Sequence[Layer], factor: float = 1) -> NDArray:
        """Move every parameter against its gradient, in place, at `factor` times the learning rate.

        Returns the parameters as they were, for `write_parameters`. If one would not stay finite it
        is a FloatingPointError, and nothing has changed.
        """
        parameters, gradient = read_parameters(layers), _read(layers, "gradients")
        count, (first, second) = self.count + 1, self.betas
        mean = first * self.mean + (1 - first) * gradient
        square = second * self.square + (1 - second) * gradient * gradient
        rate = factor * self.learning_rate / (1 - first**count)
        correction = (1 - second**count) ** 0.5
        moved = parameters - rate * mean / (np.sqrt(square) / correction + self.eps)
        _check_finite(gradient, square, moved)
        self.count, self.mean, self.square = count, mean, square
        write_parameters(layers, moved)
        return parameters


@dataclass
class SGD:
    """Stochastic gradient descent: plain steps against the gradient."""

    learning_rate: float

    def step(self, layers: Sequence[Layer], factor: float = 1) -> NDArray:
        """Move every parameter against its gradient, as `Adam.step` does."""
        parameters, gradient = read_parameters(layers), _read(layers, "gradients")
        moved = parameters - factor * self.learning_rate * gradient
        _check_finite(gradient, moved)
        write_parameters(layers, moved)
        return parameters


Optimizer: TypeAlias = Adam | SGD


def read_parameters(layers: Sequence[Layer]) -> NDArray:
    """Return a copy of all parameters, one after another in one row."""
    return _read(layers, "parameters")


def write_parameters(layers: Sequence[Layer], row: NDArray) -> None:
    """Put back, in place, what `read_parameters` returned."""
    for layer in layers:
        for array in layer.parameters.values():
            array[...] = row[: array.size].reshape(array.shape)
            row = row[array.size :]


def _read(layers: Sequence[Layer], kind: str) -> NDArray:
    arrays = [getattr(layer, kind)[name] for layer in layers for name in layer.parameters]
    return np.concatenate([array.ravel() for array in arrays])


def _check_finite(*arrays: NDArray) -> None:
    if not all(np.isfinite(array).all() for array in arrays):
        raise FloatingPointError("a gradient or a weight is no longer finite")


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
