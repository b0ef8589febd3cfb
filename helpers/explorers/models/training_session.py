"""A training session: the network, its curves, and its predictions for the test set at the end."""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from helpers.network import Conv, Dense, Flatten, MaxPool, Network, ReLU, train
from helpers.network.connection import ready_layers
from helpers.network.layer import Layer
from helpers.network.losses import mean_loss
from helpers.network.steps import Step

RECENT = 50  # steps averaged for the training curves, since one mini-batch is too noisy
SAMPLE = 500  # test images for the curves, approximately; all are used at the end
POINTS = 100  # of a curve, approximately
LONGEST = 0.5  # seconds between two steps; a longer time is a pause
SHOWN = 2  # convolutions whose filters and feature maps are shown, at most


class TrainingSession:
    """A network and its training: `layers`, or convolution, ReLU and pooling, twice, and a dense layer.

    `network` is trained by `learn`; `history` holds the curves of loss and accuracy, of training and
    test, lists of (step, value); `step` is the last `Step`, `count` the number of steps, `seconds`
    the time they took. `sample` is the part of the test set that the curves are computed from,
    `sampled` the latest predictions for it;
    `probabilities`, (N, K), are the predictions for the whole test set, once `predict_more` is
    done. `initial_filters` are the `filters()` before the first step.

    Parameters
    ----------
    training, test : pairs of images, (N, H, W) or (N, H, W, C), and labels (N,)
    classes : int, the number of classes
    filters : pair of ints, the number of filters of each convolution
    epochs, batch_size, learning_rate, seed : as for `train`
    layers : list of layers in place of those with `filters`; the session makes new ones like them
    """

    def __init__(
        self,
        training: tuple[np.ndarray, np.ndarray],
        test: tuple[np.ndarray, np.ndarray],
        classes: int,
        filters: Sequence[int],
        epochs: int,
        batch_size: int,
        learning_rate: float,
        seed: int,
        layers: Sequence[Layer] | None = None,
    ):
        images = training[0]
        channels = images.shape[3] if images.ndim == 4 else 1
        new = _new_layers(filters, classes, layers)
        self.network = Network(new, (*images.shape[1:3], channels), seed)
        if self.network.classes != classes:
            raise ValueError(
                f"layers must end with {classes} scores, one for each class;"
                f" got {self.network.classes}"
            )
        self.convolutions = [k for k, each in enumerate(new) if isinstance(each, Conv)][:SHOWN]
        self.training, self.test, self.epochs = training, test, epochs
        apart = max(1, len(test[1]) // SAMPLE)  # evenly spaced, since the first half is easier
        self.sample = [part[::apart] for part in test]
        self._options: dict[str, Any] = {"epochs": epochs, "batch_size": batch_size, "seed": seed}
        self.total = epochs * -(-len(images) // batch_size)
        self.step: Step | None = None
        self.count, self.seconds, self._ended = 0, 0.0, 0.0
        self.history: dict[str, dict[str, list[tuple[int, float]]]] = {
            name: {"training": [], "test": []} for name in ("loss", "accuracy")
        }
        self.sampled: np.ndarray | None = None
        self.probabilities: np.ndarray | None = None
        self.initial_filters = self.filters()
        self._recent: list[tuple[float, float]] = []
        self._predicted: list[np.ndarray] = []
        self._prepare(learning_rate)

    def _prepare(self, learning_rate: float) -> None:
        self._steps = train(
            self.network, *self.training, learning_rate=learning_rate, **self._options
        )

    def learn(self, learning_rate: float) -> bool:
        """Train on one mini-batch; return False if none was left."""
        if self.count == self.total:
            return False
        began = time.monotonic()
        if self.step is None:
            self._prepare(learning_rate)
        else:
            self.step.optimizer.learning_rate = learning_rate
        step = next(self._steps, None)
        if step is None:
            raise ValueError("training was interrupted in the middle of a step; restart it")
        self.step, self.count = step, self.count + 1
        self._recent = [*self._recent[1 - RECENT :], (step.batch_loss, step.batch_accuracy)]
        if self._is_point():
            self._add_points()
        ended = time.monotonic()
        waited = min(LONGEST, began - self._ended) if self.count > 1 else 0
        self.seconds += ended - began + waited
        self._ended = ended
        return True

    def _is_point(self) -> bool:
        """Whether this step is a point of the curves: evenly spaced, denser at first, and the last."""
        early = self.count.bit_count() == 1  # 1, 2, 4, 8, …: at first the loss falls fastest
        return early or self.count == self.total or self.count % -(-self.total // POINTS) == 0

    def _add_points(self) -> None:
        """Add a point to every curve."""
        images, labels = self.sample
        probabilities = self.network.predict(images)
        self.sampled = probabilities
        right = (probabilities.argmax(axis=1) == labels).mean()
        tested = mean_loss(probabilities.T, labels), right
        trained = np.mean(self._recent, axis=0)
        for k, curves in enumerate(self.history.values()):
            curves["training"].append((self.count, float(trained[k])))
            curves["test"].append((self.count, float(tested[k])))

    @property
    def seconds_left(self) -> float:
        """The estimated time that remains."""
        return self.seconds / self.count * (self.total - self.count)

    def predict_more(self) -> bool:
        """Predict another part of the test set; return whether some of it is left."""
        if self.probabilities is None:
            start = sum(map(len, self._predicted))
            part = self.network.predict(self.test[0][start : start + SAMPLE])
            self._predicted.append(part)
            if start + len(part) == len(self.test[1]):
                self.probabilities = np.concatenate(self._predicted)
        return self.probabilities is None

    def filters(self) -> list[np.ndarray]:
        """Return copies of the filters, (kh, kw, C, F), of the first convolutions, at most two."""
        layers = self.network.layers
        return [layers[k].parameters["weights"].copy() for k in self.convolutions]

    def look_at(self, image: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
        """Return the feature maps of these convolutions, (H', W', F), and the probabilities (K,).

        The maps are taken after the ReLU that follows, if one does.
        """
        outputs = self.network.layer_outputs(image[None])
        follows = [isinstance(layer, ReLU) for layer in (*self.network.layers[1:], None)]
        maps = [outputs[k + follows[k]][..., 0] for k in self.convolutions]
        return maps, self.network.predict(image[None])[0]


def _new_layers(
    filters: Sequence[int], classes: int, layers: Sequence[Layer] | None
) -> list[Layer]:
    if layers is not None:
        return [type(layer)(*layer.settings) for layer in ready_layers(layers)]
    first, second = filters
    return [
        Conv(first, 3), ReLU(), MaxPool(2),
        Conv(second, 3), ReLU(), MaxPool(2),
        Flatten(), Dense(classes),
    ]  # fmt: skip
