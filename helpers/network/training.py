"""Training: for each mini-batch the loss, its gradient for every weight, and one step against it."""

from collections.abc import Callable, Generator
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.labels import as_labels
from helpers.messages import describe
from helpers.network.mini_batch import advice, learn
from helpers.network.model import Network, as_network
from helpers.network.optimizers import SGD, Adam, Optimizer
from helpers.network.steps import Step, Training
from helpers.validation import as_choice, as_finite, as_function, as_positive, as_whole

Schedule: TypeAlias = Callable[[float], float]  # of the fraction done: the learning rate's factor
Augment: TypeAlias = Callable[[NDArray, np.random.Generator], ArrayLike]  # images to images

OPTIMIZERS: dict[str, Callable[[float], Optimizer]] = {"adam": Adam, "sgd": SGD}


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
) -> Training:
    """Train a network: an iterator that learns from one mini-batch per step of its loop.

    Parameters
    ----------
    network : Network; its weights are changed in place
    images : (N, H, W) or (N, H, W, C) array of finite numbers
    labels : (N,) ints, from 0
    epochs, batch_size, seed : int
    learning_rate : float, above 0
    optimizer : "adam" or "sgd"
    schedule : function of the fraction of the training that is done, from 0 up to 1, such as
        `one_cycle`; the learning rate is multiplied by what it returns. Constant if left out.
    augment : function of a batch of images (N, H, W, C) and a random generator, such as
        `random_shift`; the network learns from the images that it returns instead

    Returns
    -------
    Training : an iterator, with a Step after each mini-batch. Nothing is learned until the first is
    asked for. Stop or pause by not asking for more.

    Raises
    ------
    ValueError, TypeError : at the call, naming the parameter, what was expected and what was given.
    FloatingPointError : in the loop, when the loss or a weight is no longer a finite number; the
        network keeps the last weights whose loss was finite.
    """
    images = as_network(network).as_images(images)
    network.check_weights()
    labels = as_labels("labels", labels, network.classes, len(images))
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
    optimizing = make(rate)
    return Training(
        _steps(network, images, labels, epochs, batch_size, optimizing, rng, schedule, augment)
    )


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
) -> Generator[Step, None, None]:
    batches = -(-len(labels) // batch_size)
    before = None  # the weights before the last step; their loss was finite
    for epoch in range(epochs):
        order = rng.permutation(len(labels))
        losses, hits, count = 0.0, 0, 0
        for batch in range(batches):
            chosen = order[batch * batch_size :][:batch_size]
            inputs = _augmented(images[chosen], augment, rng)
            progress = (epoch * batches + batch) / (epochs * batches)
            factor = _ready_factor(schedule(progress))
            as_positive("learning_rate", optimizer.learning_rate)  # it may have been set
            try:
                loss, right, before = learn(
                    network, inputs, labels[chosen], optimizer, factor, before
                )
            except FloatingPointError as error:
                place = f"training stopped in epoch {epoch + 1}, batch {batch + 1}"
                hint = advice(network, inputs, optimizer, before)
                raise FloatingPointError(f"{place}: {error}; {hint}") from None
            size = len(chosen)
            losses, hits, count = losses + loss * size, hits + right, count + size
            means = losses / count, hits / count, loss, right / size
            yield Step(epoch + 1, batch + 1, batches, *means, optimizer)


def _augmented(images: NDArray, augment: Augment, rng: np.random.Generator) -> NDArray:
    varied = np.asarray(augment(images, rng))
    if varied is images:  # nothing is augmented; they were checked at the call
        return images
    if varied.shape != images.shape or varied.dtype.kind not in "buif":
        raise ValueError(f"augment must return images {images.shape}; got {describe(varied)}")
    return as_finite("images from augment", varied)


def _ready_factor(factor: Any) -> float:
    is_number = isinstance(factor, Real) and not isinstance(factor, bool)
    if not is_number or not 0 <= float(factor) < np.inf:
        raise ValueError(f"schedule must return a number, 0 or more; got {describe(factor)}")
    return float(factor)


def _ready_function(name: str, function: Any, default: Callable) -> Callable:
    return default if function is None else as_function(name, function)
