"""Gradient descent on one kernel, step by step, and a learning rate at which it works."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from helpers.convolution import convolve
from helpers.gradients import kernel_gradient, mean_squared_error
from helpers.kernels import KERNELS
from helpers.loss_surface import window_moments
from helpers.messages import describe
from helpers.user_function import call

RATES = 0.1, 30.0  # the smallest and the largest learning rate
LIMIT = 12.0  # larger weights diverge; on the way to Scharr's 10 some exceed 10
KEPT = 400  # points of the curve; if there are more, every second one is removed


def mse_gradient(image: np.ndarray, kernel: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the gradient of the mean squared error with respect to the weights, (kh, kw)."""
    return kernel_gradient(image, convolve(image, kernel) - target, kernel.shape)


def suitable_rate(picked: np.ndarray) -> float:
    """Return the largest learning rate at which no step overshoots, rounded down to one digit.

    It is half of one divided by the largest eigenvalue of the mean of patch · patchᵀ over all
    patches of the image (H, W) without its mean: a step removes 2 · rate · eigenvalue of the error
    along each eigenvector, at this rate at most all of it.
    """
    steepest = np.linalg.eigvalsh(window_moments(picked - picked.mean()))[-1]
    least, most = RATES
    rate = min(most, 0.5 / max(steepest, 0.5 / most))
    digit = 10.0 ** np.floor(np.log10(rate))
    return max(least, float(np.floor(rate / digit + 1e-9) * digit))


@dataclass(frozen=True, eq=False)
class Task:
    """Compute `target`, (H − 2, W − 2), from `image`, (H, W).

    The mean of the image is subtracted, since gradient descent is slow on numbers that are all
    positive.
    """

    picked: np.ndarray  # the image with its mean
    name: str  # of the kernel that made the target
    image: np.ndarray
    target: np.ndarray


def make_task(picked: np.ndarray, name: str) -> Task:
    """Return the task to recover a named kernel from an image and the map it made."""
    if min(picked.shape) < 3:
        raise ValueError(
            f"image does not fit: it must have at least 3 rows and columns; got {describe(picked)}"
        )
    image = picked - picked.mean()
    return Task(picked, name, image, convolve(image, KERNELS[name]))


@dataclass(frozen=True, eq=False)
class KernelDescent:
    """The state of gradient descent: the current kernel, its task and the losses so far.

    `count` is the number of steps; `history` lists the losses as (step, loss) pairs, evenly
    thinned, the current one last.
    """

    kernel: np.ndarray
    task: Task
    count: int = 0
    history: tuple = ()
    every: int = 1  # steps from point to point of the history
    steepest: float = 0.0  # the largest absolute value in any gradient so far

    def on(self, picked: np.ndarray, name: str) -> "KernelDescent":
        """Return this descent, or for another image or target a new one from the same weights."""
        if self.task.picked is picked and self.task.name == name:
            return self
        return KernelDescent(self.kernel, make_task(picked, name)).measured()

    def moved_to(self, kernel: np.ndarray) -> "KernelDescent":
        """Return this descent at other weights."""
        return replace(self, kernel=kernel).measured()

    def gradient(self, function: Callable) -> np.ndarray:
        """Return the gradient at the kernel, by `mse_gradient` or by the user's function."""
        image, target = self.task.image, self.task.target
        if function is mse_gradient:
            return mse_gradient(image, self.kernel, target)
        arguments = {"image": image, "kernel": self.kernel, "target": target}
        return call(function, arguments, {}, self.kernel.shape)

    def step(self, function: Callable, rate: float) -> "KernelDescent":
        """Return the descent after one step; weights that diverge are a ValueError."""
        gradient = self.gradient(function)
        moved = self.kernel - rate * gradient
        if not np.all(np.abs(moved) <= LIMIT):
            raise ValueError(
                f"learning rate {rate:g} is too large: a weight went beyond ±{LIMIT:g};"
                " lower the rate and restart"
            )
        moved_on = replace(self.with_gradient(gradient), kernel=moved, count=self.count + 1)
        return moved_on.measured()

    def with_gradient(self, gradient: np.ndarray) -> "KernelDescent":
        """Return the descent with its `steepest` gradient up to this one."""
        return replace(self, steepest=max(self.steepest, float(np.abs(gradient).max())))

    def measured(self) -> "KernelDescent":
        """Return the descent with the loss at its weights."""
        loss = mean_squared_error(convolve(self.task.image, self.kernel), self.task.target)
        return self.noted(loss)

    def noted(self, loss: float) -> "KernelDescent":
        """Return the descent with the loss of the current step, in place of an earlier one."""
        kept, every = list(self.history), self.every
        if kept and kept[-1][0] % every:  # it was kept only as the last one
            kept.pop()
        kept = [*(point for point in kept if point[0] != self.count), (self.count, loss)]
        if len(kept) > KEPT:
            every *= 2
            kept = [*(point for point in kept[:-1] if point[0] % every == 0), kept[-1]]
        return replace(self, history=tuple(kept), every=every)
