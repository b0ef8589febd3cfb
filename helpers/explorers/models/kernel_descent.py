"""Gradient descent on one kernel, a step at a time, and the curve of its loss."""

import numpy as np

from helpers.convolution import convolve
from helpers.explorers.models.user_function import call
from helpers.gradients import kernel_gradient, mean_squared_error

LIMIT = 12.0  # weights beyond are running away; on the way to Scharr's 10 some pass it
KEPT = 400  # points of the curve; when there are more, every other one goes


def mse_gradient(image, kernel, target):
    """The gradient of the mean squared error by the weights, (kh, kw)."""
    return kernel_gradient(image, convolve(image, kernel) - target, kernel.shape)


class Descent:
    """A task, to make `target` from `image`, and how far descent has come.

    `count` is the number of steps; `history` the losses as (step, loss) pairs: evenly thinned, the
    present one last; `loss` the present one.
    """

    def __init__(self, image, target):
        self.image, self.target = image, target
        self.begin()

    def begin(self):
        """Forget the steps and their curve."""
        self.count, self.history, self._every = 0, [], 1

    def gradient(self, function, kernel):
        """The gradient at a kernel, by `mse_gradient` or by the learner's own function."""
        if function is mse_gradient:
            return mse_gradient(self.image, kernel, self.target)
        return call(function, [self.image, kernel, self.target], {}, kernel.shape)

    def step(self, function, kernel, rate):
        """Return a kernel moved against its gradient; refuse weights that run away."""
        moved = kernel - rate * self.gradient(function, kernel)
        if not np.all(np.abs(moved) <= LIMIT):
            raise ValueError(
                f"learning rate {rate:g} is too large: the loss grew to {self.loss:.3g}, and a"
                f" weight ran beyond {LIMIT:g}; lower it and restart"
            )
        self.count += 1
        self.note(mean_squared_error(convolve(self.image, moved), self.target))
        return moved

    def note(self, loss):
        """Put down the loss at the present step, in place of what was there."""
        self.loss = loss
        if self.history and self.history[-1][0] % self._every:  # it was there as the last one only
            self.history.pop()
        kept = [point for point in self.history if point[0] != self.count]
        self.history = [*kept, (self.count, loss)]
        if len(self.history) > KEPT:
            self._every *= 2
            even = [point for point in self.history[:-1] if point[0] % self._every == 0]
            self.history = [*even, self.history[-1]]
