"""A training under way: the network, its curves, and its answers to the test set at the end."""

import time

import numpy as np

from helpers.network import Conv, Dense, Flatten, MaxPool, Network, ReLU, train
from helpers.network.losses import mean_loss

RECENT = 50  # steps that the curves average over: one mini-batch alone is too noisy
SAMPLE = 500  # test digits that the curves are measured on, about; all of them are at the end
POINTS = 100  # of a curve, about
LONGEST = 0.5  # seconds from step to step; what is longer was a pause


class Session:
    """Convolution, ReLU, pooling, twice, and a dense layer, and their training.

    `network` is trained by `learn`; `history` holds the curves of loss and accuracy, of training and
    test, lists of (step, value); `step` is the last `Step`, `count` how many there were, `seconds`
    how long they took. `sample` is the part of the test set that the curves are measured on.
    """

    def __init__(self, training, test, filters, epochs, batch_size, learning_rate, seed):
        first, second = filters
        layers = [
            Conv(first, 3), ReLU(), MaxPool(2),
            Conv(second, 3), ReLU(), MaxPool(2),
            Flatten(), Dense(10),
        ]  # fmt: skip
        self.network = Network(layers, (*training[0].shape[1:3], 1), seed)
        self.training, self.test, self.epochs = training, test, epochs
        apart = max(1, len(test[1]) // SAMPLE)  # from all over it: its first half is the easier one
        self.sample = [part[::apart] for part in test]
        self._options = {"epochs": epochs, "batch_size": batch_size, "seed": seed}
        self.total = epochs * -(-len(training[0]) // batch_size)
        self.step, self.count, self.seconds = None, 0, 0.0
        self.history = {name: {"training": [], "test": []} for name in ("loss", "accuracy")}
        self._recent, self._answers = [], []
        self.set_rate(learning_rate)

    def set_rate(self, learning_rate):
        """Change the learning rate, from the next step on."""
        if self.step is None:
            self._steps = train(
                self.network, *self.training, learning_rate=learning_rate, **self._options
            )
        else:
            self.step.optimizer.learning_rate = learning_rate

    def learn(self):
        """Learn from one mini-batch; return whether there was one left."""
        if self.count == self.total:
            return False
        began = time.monotonic()
        step = next(self._steps, None)
        if step is None:
            raise ValueError("the training was broken off in the middle of a step; restart it")
        self.step, self.count = step, self.count + 1
        self._recent = [*self._recent[1 - RECENT :], (step.batch_loss, step.batch_accuracy)]
        if self.count % -(-self.total // POINTS) == 0 or self.count in (1, self.total):
            self._note()
        ended = time.monotonic()
        waited = min(LONGEST, began - self._ended) if self.count > 1 else 0
        self.seconds += ended - began + waited
        self._ended = ended
        return True

    def _note(self):
        """Add a point to every curve."""
        images, labels = self.sample
        chances = self.network.predict(images)
        tested = mean_loss(chances.T, labels), (chances.argmax(axis=1) == labels).mean()
        trained = np.mean(self._recent, axis=0)
        for k, curves in enumerate(self.history.values()):
            curves["training"].append((self.count, float(trained[k])))
            curves["test"].append((self.count, float(tested[k])))

    @property
    def seconds_left(self):
        """How long the rest may take, at the pace so far."""
        return self.seconds / self.count * (self.total - self.count)

    def judge(self):
        """Answer some more test digits; return the chances (N, 10) when all are answered, once."""
        start = sum(map(len, self._answers))
        if start == len(self.test[1]):
            return None
        self._answers.append(self.network.predict(self.test[0][start : start + SAMPLE]))
        return np.concatenate(self._answers) if self.judged else None

    @property
    def judged(self):
        """Whether every test digit is answered."""
        return sum(map(len, self._answers)) == len(self.test[1])
