"""The training of a classifier of one's own: a small network whose classes and pictures may change."""

from typing import Any

import numpy as np

from helpers.network import Augmentation, Conv, Dense, Flatten, MaxPool, Network, ReLU, train
from helpers.network.picture_set import LabeledSet

FILTERS, BATCH = (8, 16), 32
ENDLESS = 1_000_000  # epochs: it stops when it is stopped
EVERY = 5  # steps between two points of the curves
SAMPLE = 200  # pictures of a set that the curves are computed from, at most


class OwnTraining:
    """A network for so many classes, and the curves of its training.

    `learn` takes one step; pictures and classes may have changed since the last one. `count` is the
    number of steps, `curves` lists (step, accuracy) of the pictures learned from and of others;
    `recall_before` is the accuracy of each class when the training last began.
    `changed` is how many weights the last step has changed, and `asked` counts the predictions since:
    `changed_by_asking` compares every weight with what it was after that step.
    """

    def __init__(self, shape: tuple[int, ...], classes: int, seed: int):
        channels = shape[2] if len(shape) == 3 else 1
        layers = [
            Conv(FILTERS[0], 3), ReLU(), MaxPool(2),
            Conv(FILTERS[1], 3), ReLU(), MaxPool(2),
            Flatten(), Dense(classes),
        ]  # fmt: skip
        self.seed = seed
        self.network = Network(layers, (shape[0], shape[1], channels), seed)
        self.count = self.asked = self.changed = 0
        self.curves: dict[str, list[tuple[int, float]]] = {"training": [], "held out": []}
        self.recall_before: np.ndarray | None = None
        self._task: tuple = ()  # what the steps are about
        self._pictures: Any = None
        self._steps: Any = None
        self._after = self._weights()

    def use_classes(self, classes: int) -> None:
        """Add outputs for new classes with small random weights, or remove the last ones.

        All other weights stay: what the network knows of the other classes is kept.
        """
        dense = self.network.layers[-1]
        old, bias = dense.parameters["weights"], dense.parameters["bias"]
        if classes == len(bias):
            return
        grown = OwnTraining(self.network.input_shape, classes, self.seed).network
        for mine, new in zip(self.network.layers[:-1], grown.layers):
            new.parameters.update(mine.parameters)
        last, kept = grown.layers[-1].parameters, min(classes, len(bias))
        axis = last["weights"].shape.index(classes)
        places = [slice(None)] * 2
        places[axis] = slice(kept)
        last["weights"][tuple(places)] = old[tuple(places)]
        last["bias"][:kept] = bias[:kept]
        self.network = grown
        self._task, self._after, self.recall_before = (), self._weights(), None

    def learn(
        self,
        pictures: LabeledSet,
        others: LabeledSet,
        only: int | None,
        augmentation: Augmentation,
        rate: float,
    ) -> None:
        """Take one step, on pictures of all classes or of only one of them."""
        task = id(pictures.images), only, augmentation
        if task != self._task:
            self._begin(pictures, only, augmentation, rate)
            self._task, self._pictures = task, pictures  # kept, so that no other has its id
        next(self._steps).optimizer.learning_rate = rate
        before, self._after = self._after, self._weights()
        self.changed, self.asked = int((before != self._after).sum()), 0
        self.count += 1
        if self.count % EVERY == 0 or self.count == 1:
            for name, part in zip(self.curves, (pictures, others)):
                if len(part.labels):
                    self.curves[name].append((self.count, self.accuracy(part)))

    def _begin(self, pictures: LabeledSet, only: int | None, augment: Any, rate: float) -> None:
        images, labels, names = pictures
        if only is not None:
            images, labels = images[labels == only], labels[labels == only]
        if not len(labels):
            name = "any class" if only is None else names[only]
            raise ValueError(f"there are no pictures of {name} to learn from: add some first")
        self._steps = train(
            self.network, images, labels, ENDLESS, BATCH, rate, self.seed, augment=augment
        )

    def begin_run(self, judged: LabeledSet) -> None:
        """Remember the accuracy of each class, to be compared with what it will be."""
        self.recall_before = self.recall(judged) if len(judged.labels) else None

    def accuracy(self, part: LabeledSet) -> float:
        """Return the fraction of pictures, or of a sample of them, that are classified correctly."""
        apart = -(-len(part.labels) // SAMPLE)
        predicted = self.network.predict(part.images[::apart]).argmax(axis=1)
        return float((predicted == part.labels[::apart]).mean())

    def recall(self, part: LabeledSet) -> np.ndarray:
        """Return the fraction of each class that is classified correctly; NaN without pictures."""
        predicted = self.network.predict(part.images).argmax(axis=1)
        right = np.bincount(part.labels, predicted == part.labels, len(part.names))
        counts = np.bincount(part.labels, minlength=len(part.names))
        return np.divide(right, counts, out=np.full(len(counts), np.nan), where=counts > 0)

    @property
    def changed_by_asking(self) -> int:
        """How many weights differ from what they were after the last step."""
        return int((self._weights() != self._after).sum())

    def _weights(self) -> np.ndarray:
        arrays = [a for layer in self.network.layers for a in layer.parameters.values()]
        return np.concatenate([array.ravel() for array in arrays])
