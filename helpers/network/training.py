"""Training: show a mini-batch, measure the loss, pass the blame back, move every weight."""

from dataclasses import dataclass
from numbers import Real

import numpy as np

from helpers.checks import as_array, as_choice, as_whole, describe
from helpers.network.model import softmax


@dataclass
class Adam:
    """Steps that are scaled for each weight by how large its gradients have been.

    Source: D. Kingma and J. Ba, Adam: a method for stochastic optimization, 2015.
    """

    learning_rate: float
    decay: tuple = (0.9, 0.999)
    small: float = 1e-8

    def __post_init__(self):
        self.count, self.means = 0, {}

    def step(self, layers):
        """Move every parameter against its gradient, in place."""
        self.count += 1
        first, second = self.decay
        rate = self.learning_rate / (1 - first**self.count)
        correction = (1 - second**self.count) ** 0.5
        for number, layer in enumerate(layers):
            for name, weights in layer.parameters.items():
                gradient = layer.gradients[name]
                if (number, name) not in self.means:
                    self.means[number, name] = np.zeros_like(weights), np.zeros_like(weights)
                mean, square = self.means[number, name]
                mean += (1 - first) * (gradient - mean)
                square += (1 - second) * (gradient * gradient - square)
                weights -= rate * mean / (np.sqrt(square) / correction + self.small)


@dataclass
class SGD:
    """Plain steps against the gradient."""

    learning_rate: float

    def step(self, layers):
        """Move every parameter against its gradient, in place."""
        for layer in layers:
            for name, weights in layer.parameters.items():
                weights -= self.learning_rate * layer.gradients[name]


OPTIMIZERS = {"adam": Adam, "sgd": SGD}


@dataclass(frozen=True)
class Step:
    """Where training stands after a mini-batch.

    `loss` and `accuracy` are means over the epoch so far. Set `optimizer.learning_rate` to change
    the rate from the next step on.
    """

    epoch: int  # from 1
    batch: int  # from 1
    batches: int  # in an epoch
    loss: float
    accuracy: float
    optimizer: object


def cross_entropy(scores, labels):
    """Return the mean loss of scores (K, N), and its gradient by the scores.

    >>> loss, gradient = cross_entropy(np.zeros((2, 1)), np.array([0]))
    >>> round(float(loss), 3), gradient.ravel().tolist()
    (0.693, [-0.5, 0.5])
    """
    chances = softmax(scores)
    right = labels, np.arange(len(labels))
    loss = -np.log(np.maximum(chances[right], 1e-12)).mean()
    chances[right] -= 1
    return loss, chances / np.float32(len(labels))


def train(
    network, images, labels, epochs=5, batch_size=64, learning_rate=3e-3, seed=0, optimizer="adam"
):
    """Train a network, one mini-batch at each step of the loop that drives this generator.

    Parameters
    ----------
    network : Network; its weights are changed in place
    images : (N, H, W) or (N, H, W, C) array
    labels : (N,) ints, from 0
    epochs, batch_size, seed : int
    learning_rate : float, above 0
    optimizer : "adam" or "sgd"

    Yields
    ------
    Step, after each mini-batch. Stop or pause by not asking for more.
    """
    images = network.as_images(images)
    labels = _ready_labels(labels, len(images), network.classes)
    epochs = as_whole("epochs", epochs, least=1)
    batch_size = as_whole("batch_size", batch_size, least=1)
    rate = _ready_rate(learning_rate)
    rule = OPTIMIZERS[as_choice("optimizer", optimizer, OPTIMIZERS)](rate)
    rng = np.random.default_rng(as_whole("seed", seed, least=0))
    return _steps(network, images, labels, epochs, batch_size, rng, rule)


def _steps(network, images, labels, epochs, batch_size, rng, rule):
    starts = range(0, len(labels), batch_size)
    for epoch in range(1, epochs + 1):
        order = rng.permutation(len(labels))
        losses = hits = seen = 0
        for number, start in enumerate(starts, start=1):
            chosen = order[start : start + batch_size]
            loss, right = _learn(network, network.batch(images[chosen]), labels[chosen], rule)
            losses, hits, seen = losses + loss * len(chosen), hits + right, seen + len(chosen)
            yield Step(epoch, number, len(starts), losses / seen, hits / seen, rule)


def _learn(network, batch, labels, rule):
    """One mini-batch: answer, measure, blame, move."""
    scores = network.forward(batch)
    loss, gradient = cross_entropy(scores, labels)
    network.backward(gradient)
    rule.step(network.layers)
    return float(loss), int((scores.argmax(axis=0) == labels).sum())


def _ready_labels(labels, count, classes):
    labels = as_array("labels", labels, least_axes=0)
    if labels.shape != (count,) or labels.dtype.kind not in "iu":
        raise ValueError(
            f"labels must be {count} whole numbers, one an image; got {describe(labels)}"
        )
    least, most = labels.min(), labels.max()
    if least < 0 or most >= classes:
        raise ValueError(f"labels must be from 0 to {classes - 1}; got {least} to {most}")
    return labels


def _ready_rate(rate):
    if not isinstance(rate, Real) or isinstance(rate, bool) or not 0 < rate < np.inf:
        raise ValueError(f"learning_rate must be a number above 0; got {describe(rate)}")
    return float(rate)
