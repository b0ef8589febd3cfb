"""What KernelLearner computes: gradient descent on one kernel, a step at a time, and its pictures."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from helpers.convolution import convolve
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.user_function import call
from helpers.gradients import kernel_gradient, mean_squared_error
from helpers.kernels import KERNELS
from helpers.rendering import View, render

LIMIT = 12.0  # weights beyond are running away; on the way to Scharr's 10 some pass it
KEPT = 400  # points of the curve; when there are more, every other one goes


def mse_gradient(image: np.ndarray, kernel: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the gradient of the mean squared error with respect to the weights, (kh, kw)."""
    return kernel_gradient(image, convolve(image, kernel) - target, kernel.shape)


@dataclass(frozen=True, eq=False)
class Task:
    """To make `target`, (H − 2, W − 2), from `image`, (H, W): its mean is taken off, as gradient
    descent is slow on numbers that are all positive."""

    picked: np.ndarray  # the image before
    name: str  # of the kernel that made the target
    image: np.ndarray
    target: np.ndarray


def make_task(picked: np.ndarray, name: str) -> Task:
    """Return the task to find a named kernel from an image and its edge map."""
    image = picked - picked.mean() if picked.ndim == 2 else picked
    return Task(picked, name, image, convolve(image, KERNELS[name]))


@dataclass(frozen=True, eq=False)
class KernelDescent:
    """A kernel, the task that it learns, and how far gradient descent has come.

    `count` is the number of steps; `history` lists the losses as (step, loss) pairs: evenly thinned,
    the present one last.
    """

    kernel: np.ndarray
    task: Task
    count: int = 0
    history: tuple = ()
    every: int = 1  # steps from point to point of the history

    def on(self, picked: np.ndarray, name: str) -> "KernelDescent":
        """Return this, or with another image or target a new descent from the same weights."""
        if self.task.picked is picked and self.task.name == name:
            return self
        return KernelDescent(self.kernel, make_task(picked, name))

    def gradient(self, function: Callable) -> np.ndarray:
        """Return the gradient at the kernel, by `mse_gradient` or by the learner's own function."""
        image, target = self.task.image, self.task.target
        if function is mse_gradient:
            return mse_gradient(image, self.kernel, target)
        return call(function, [image, self.kernel, target], {}, self.kernel.shape)

    def step(self, function: Callable, rate: float) -> "KernelDescent":
        """Move the kernel against its gradient; refuse weights that run away."""
        moved = self.kernel - rate * self.gradient(function)
        if not np.all(np.abs(moved) <= LIMIT):
            raise ValueError(
                f"learning rate {rate:g} is too large: the loss grew to {self.history[-1][1]:.3g},"
                f" and a weight ran beyond {LIMIT:g}; lower it and restart"
            )
        loss = mean_squared_error(convolve(self.task.image, moved), self.task.target)
        return replace(self, kernel=moved, count=self.count + 1).noted(loss)

    def noted(self, loss: float) -> "KernelDescent":
        """Put down the loss at the present step, in place of what was there."""
        kept, every = list(self.history), self.every
        if kept and kept[-1][0] % every:  # it was there as the last one only
            kept.pop()
        kept = [*(point for point in kept if point[0] != self.count), (self.count, loss)]
        if len(kept) > KEPT:
            every *= 2
            kept = [*(point for point in kept[:-1] if point[0] % every == 0), kept[-1]]
        return replace(self, history=tuple(kept), every=every)


@dataclass(frozen=True, eq=False)
class LearnerControls:
    """What the controls say, and how far the learning has come."""

    image: np.ndarray
    image_name: str
    target: str  # the name of the kernel to be found
    rate: float
    gradient: Callable
    descent: KernelDescent
    reveal: bool  # whether the kernel that made the target is shown


@dataclass(frozen=True, eq=False)
class LearnerView:
    """What follows from them."""

    descent: KernelDescent  # with the loss at the present weights
    seen: View  # the image
    maps: tuple[View, ...]  # target, output and error, on one scale
    move: np.ndarray  # what the next step adds to the weights
    move_view: View
    right: np.ndarray  # the kernel that made the target
    right_view: View
    line: str
    caption: str


def compute(controls: LearnerControls, memo: Memo) -> LearnerView:
    """Return what KernelLearner shows."""
    descent = controls.descent.on(controls.image, controls.target)
    target = descent.task.target
    output = convolve(descent.task.image, descent.kernel)
    loss = mean_squared_error(output, target)
    move = -controls.rate * descent.gradient(controls.gradient)
    maps = target, output, output - target
    limit = max(float(np.abs(values).max()) for values in maps)
    name = controls.target.replace("_", " ")
    return LearnerView(
        descent=descent.noted(loss),
        seen=memo("seen", _seen, controls.image),
        maps=tuple(render(values, limit=limit) for values in maps),
        move=move,
        move_view=render(move),
        right=KERNELS[controls.target],
        right_view=memo("right", _bare, controls.target),
        line=f"Step {descent.count}: loss {loss:.3g}. The three maps share one scale: an error of 0 is"
        " white.",
        caption=f"{controls.image_name}, {name}, step {descent.count}",
    )


def _seen(image: np.ndarray) -> View:
    return render(image, "as a photo").without_scale()


def _bare(name: str) -> View:
    return render(KERNELS[name], "signed").without_scale()
