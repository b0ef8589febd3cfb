"""Training: show a mini-batch, measure the loss, pass the blame back, move every weight."""

from dataclasses import dataclass
from numbers import Real

import numpy as np

from helpers._fast.threads import one_thread
from helpers.network.model import as_network, softmax
from helpers.network.optimizers import SGD, Adam
from helpers.validation import as_array, as_choice, as_function, as_positive, as_whole, describe

OPTIMIZERS = {"adam": Adam, "sgd": SGD}


@dataclass(frozen=True)
class Step:
    """Where training stands after a mini-batch.

    `loss` and `accuracy` are means over the epoch so far, `batch_loss` and `batch_accuracy` those
    of this mini-batch. Set `optimizer.learning_rate` to change the rate from the next step on; a
    schedule goes on multiplying it.
    """

    epoch: int  # from 1
    batch: int  # from 1
    batches: int  # in an epoch
    loss: float
    accuracy: float
    batch_loss: float
    batch_accuracy: float
    optimizer: object


def cross_entropy(scores, labels):
    """Return the mean loss of scores (K, N), and its gradient by the scores.

    >>> loss, gradient = cross_entropy(np.zeros((2, 1)), np.array([0]))
    >>> round(float(loss), 3), gradient.ravel().tolist()
    (0.693, [-0.5, 0.5])
    """
    chances = softmax(scores)
    loss = mean_loss(chances, labels)
    chances[labels, np.arange(len(labels))] -= 1
    return loss, chances / np.float32(len(labels))


def mean_loss(chances, labels):
    """Return the mean of −log of the chance, of (K, N), that was given to each right class.

    >>> round(float(mean_loss(np.array([[0.5], [0.5]]), np.array([1]))), 3)
    0.693
    """
    given = chances[labels, np.arange(len(labels))]
    return -np.log(np.maximum(given, 1e-12)).mean()


def train(
    network,
    images,
    labels,
    epochs=5,
    batch_size=64,
    learning_rate=3e-3,
    seed=0,
    optimizer="adam",
    schedule=None,
    augment=None,
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
    schedule : function of the share of the training that is done, from 0 up to 1, as `one_cycle`
        is: the rate is multiplied by what it returns. Left out, the rate stays.
    augment : function of a batch of images (N, H, W, C) and a random generator, as `random_shift`
        is: the network learns from the images that it returns instead

    Yields
    ------
    Step, after each mini-batch. Stop or pause by not asking for more.
    """
    images = as_network(network).as_images(images)
    labels = _ready_labels(labels, len(images), network.classes)
    if not network.parameter_count:
        names = ", ".join(layer.name for layer in network.layers)
        raise ValueError(f"network must have weights to learn, as Dense has; it is {names}")
    epochs = as_whole("epochs", epochs, least=1)
    batch_size = as_whole("batch_size", batch_size, least=1)
    rate = as_positive("learning_rate", learning_rate)
    rule = OPTIMIZERS[as_choice("optimizer", optimizer, OPTIMIZERS)](rate)
    rng = np.random.default_rng(as_whole("seed", seed, least=0))
    schedule = _ready_function("schedule", schedule, lambda progress: 1)
    augment = _ready_function("augment", augment, lambda images, rng: images)
    batches = _batches(images, labels, epochs, batch_size, rng, augment)
    return _steps(network, batches, epochs, -(-len(labels) // batch_size), rule, schedule)


def _batches(images, labels, epochs, batch_size, rng, augment):
    for _ in range(epochs):
        order = rng.permutation(len(labels))
        for start in range(0, len(labels), batch_size):
            chosen = order[start : start + batch_size]
            yield _augmented(images[chosen], augment, rng), labels[chosen]


def _augmented(images, augment, rng):
    varied = augment(images, rng)
    if np.shape(varied) != images.shape:
        raise ValueError(f"augment must return images {images.shape}; got {describe(varied)}")
    return varied


def _steps(network, batches, epochs, in_epoch, rule, schedule):
    for count, (images, labels) in enumerate(batches):
        epoch, batch = divmod(count, in_epoch)
        if batch == 0:
            losses = hits = seen = 0
        factor = _ready_factor(schedule(count / (epochs * in_epoch)))
        with one_thread():
            loss, right = _learn(network, network.batch(images), labels, rule, factor)
        losses, hits, seen = losses + loss * len(labels), hits + right, seen + len(labels)
        so_far = losses / seen, hits / seen
        yield Step(epoch + 1, batch + 1, in_epoch, *so_far, loss, right / len(labels), rule)


def _learn(network, batch, labels, rule, factor):
    """One mini-batch: answer, measure, blame, move; and forget, as it takes megabytes."""
    scores = network.forward(batch)
    loss, gradient = cross_entropy(scores, labels)
    network.backward(gradient)
    rule.step(network.layers, factor)
    network.forget()
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


def _is_number(value):
    return isinstance(value, Real) and not isinstance(value, bool) and np.isfinite(value)


def _ready_factor(factor):
    if not _is_number(factor) or factor < 0:
        raise ValueError(f"schedule must return a number, 0 or more; got {describe(factor)}")
    return float(factor)


def _ready_function(name, function, default):
    return default if function is None else as_function(name, function)
