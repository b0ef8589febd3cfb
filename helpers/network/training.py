"""Training: for each mini-batch the loss, its gradient for every weight, and one step against it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers._fast.threads import one_thread
from helpers.network.layer import as_batch
from helpers.network.losses import cross_entropy
from helpers.network.model import Network, as_network
from helpers.network.optimizers import SGD, Adam, Optimizer
from helpers.validation import as_array, as_choice, as_function, as_positive, as_whole, describe

Schedule: TypeAlias = Callable[[float], float]  # of the fraction done: the learning rate's factor
Augment: TypeAlias = Callable[[NDArray, np.random.Generator], ArrayLike]  # images to images

OPTIMIZERS: dict[str, Callable[[float], Optimizer]] = {"adam": Adam, "sgd": SGD}


@dataclass(frozen=True)
class Step:
    """The state of a training after a mini-batch.

    `loss` and `accuracy` are means over the epoch so far, `batch_loss` and `batch_accuracy` those
    of this mini-batch. Set `optimizer.learning_rate` to change the learning rate from the next step
    on; a schedule goes on multiplying it.
    """

    epoch: int  # from 1
    batch: int  # from 1
    batches: int  # in an epoch
    loss: float
    accuracy: float
    batch_loss: float
    batch_accuracy: float
    optimizer: Optimizer


def train(
    network: Network,
    images: ArrayLike,
    labels: ArrayLike,
    epochs: int = 5,
    batch_size: int = 64,
    learning_rate: float = 3e-3,
    seed: int = 0,
    optimizer: str = "adam",
    schedule: Schedule | None = None,
    augment: Augment | None = None,
) -> Iterator[Step]:
    """Train a network: a generator that learns from one mini-batch per step of its loop.

    Parameters
    ----------
    network : Network; its weights are changed in place
    images : (N, H, W) or (N, H, W, C) array
    labels : (N,) ints, from 0
    epochs, batch_size, seed : int
    learning_rate : float, above 0
    optimizer : "adam" or "sgd"
    schedule : function of the fraction of the training that is done, from 0 up to 1, such as
        `one_cycle`; the learning rate is multiplied by what it returns. Constant if left out.
    augment : function of a batch of images (N, H, W, C) and a random generator, such as
        `random_shift`; the network learns from the images that it returns instead

    Yields
    ------
    Step, after each mini-batch. Stop or pause by not asking for more.

    Raises
    ------
    ValueError, TypeError : at the call, naming the parameter, what was expected and what came.
    """
    images = as_network(network).as_images(images)
    labels = _ready_labels(labels, len(images), network.classes)
    if not network.parameter_count:
        names = ", ".join(layer.name for layer in network.layers)
        raise ValueError(f"network must have weights to learn, as Dense has; it is {names}")
    epochs = as_whole("epochs", epochs, least=1)
    batch_size = as_whole("batch_size", batch_size, least=1)
    rate = as_positive("learning_rate", learning_rate)
    make = OPTIMIZERS[as_choice("optimizer", optimizer, OPTIMIZERS)]
    rng = np.random.default_rng(as_whole("seed", seed, least=0))
    schedule = _ready_function("schedule", schedule, lambda progress: 1)
    augment = _ready_function("augment", augment, lambda images, rng: images)
    return _steps(network, images, labels, epochs, batch_size, make(rate), rng, schedule, augment)


def _steps(
    network: Network,
    images: NDArray,
    labels: NDArray,
    epochs: int,
    batch_size: int,
    optimizer: Optimizer,
    rng: np.random.Generator,
    schedule: Schedule,
    augment: Augment,
) -> Iterator[Step]:
    batches = -(-len(labels) // batch_size)
    for epoch in range(epochs):
        order = rng.permutation(len(labels))
        losses, hits, count = 0.0, 0, 0
        for batch in range(batches):
            chosen = order[batch * batch_size :][:batch_size]
            inputs = _augmented(images[chosen], augment, rng)
            progress = (epoch * batches + batch) / (epochs * batches)
            factor = _ready_factor(schedule(progress))
            loss, right = _learn(network, inputs, labels[chosen], optimizer, factor)
            size = len(chosen)
            losses, hits, count = losses + loss * size, hits + right, count + size
            means = losses / count, hits / count, loss, right / size
            yield Step(epoch + 1, batch + 1, batches, *means, optimizer)


def _augmented(images: NDArray, augment: Augment, rng: np.random.Generator) -> NDArray:
    varied = np.asarray(augment(images, rng))
    if varied.shape != images.shape or varied.dtype.kind not in "buif":
        raise ValueError(f"augment must return images {images.shape}; got {describe(varied)}")
    return varied


def _learn(
    network: Network, images: NDArray, labels: NDArray, optimizer: Optimizer, factor: float
) -> tuple[float, int]:
    """Take one step: forward, loss, backward, move. Return the loss and how many were right."""
    with one_thread():
        scores = network.forward(as_batch(images))
        loss, gradient = cross_entropy(scores, labels)
        network.backward(gradient)
        optimizer.step(network.layers, factor)
    network.clear_cache()
    return float(loss), int((scores.argmax(axis=0) == labels).sum())


def _ready_labels(labels: ArrayLike, count: int, classes: int) -> NDArray:
    labels = as_array("labels", labels, least_axes=0)
    if labels.shape != (count,) or labels.dtype.kind not in "iu":
        raise ValueError(
            f"labels must be {count} whole numbers, one per image; got {describe(labels)}"
        )
    least, most = labels.min(), labels.max()
    if least < 0 or most >= classes:
        raise ValueError(f"labels must be from 0 to {classes - 1}; got {least} to {most}")
    return labels


def _ready_factor(factor: Any) -> float:
    is_number = isinstance(factor, Real) and not isinstance(factor, bool)
    if not is_number or not 0 <= float(factor) < np.inf:
        raise ValueError(f"schedule must return a number, 0 or more; got {describe(factor)}")
    return float(factor)


def _ready_function(name: str, function: Any, default: Callable) -> Callable:
    return default if function is None else as_function(name, function)
