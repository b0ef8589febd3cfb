"""What KernelLearner shows of gradient descent: its weights, its next step, its output and its error."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers.convolution import convolve
from helpers.explorers.models.kernel_descent import KernelDescent
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import as_photo
from helpers.gradients import mean_squared_error
from helpers.kernels import KERNELS
from helpers.precision import rounding_error, significant
from helpers.rendering import View, render, render_weights, scale_limit

MOVE_NOTE = "scale: largest at this learning rate"


@dataclass(frozen=True, eq=False)
class LearnerControls:
    """The values of the controls, and the state of gradient descent."""

    image: np.ndarray
    image_name: str
    target: str  # the name of the kernel to recover
    rate: float
    gradient: Callable
    descent: KernelDescent
    reveal: bool  # whether the kernel that made the target is shown


@dataclass(frozen=True, eq=False)
class LearnerView:
    """What the explorer shows."""

    descent: KernelDescent  # with the loss at the current weights
    weights_view: View  # the weights of the descent
    image_view: View  # the image
    maps: tuple[View, ...]  # target, output and error, on one scale
    move: np.ndarray  # added to the weights by the next step
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
    gradient = descent.gradient(controls.gradient)
    descent = descent.noted(loss).with_gradient(gradient)
    move = -controls.rate * gradient
    kernels = descent.kernel, KERNELS[controls.target]
    error = sum(rounding_error(descent.task.picked, kernel) for kernel in kernels)
    maps = [significant(values, error) for values in (target, output, output - target)]
    limit = max(map(scale_limit, maps))
    name = controls.target.replace("_", " ")
    return LearnerView(
        descent=descent,
        weights_view=render_weights(descent.kernel),
        image_view=memo("image", as_photo, controls.image),
        maps=tuple(render(values, limit=limit) for values in maps),
        move=move,
        move_view=render(move, limit=controls.rate * descent.steepest)._replace(note=MOVE_NOTE),
        right=KERNELS[controls.target],
        right_view=memo("right", _bare, controls.target),
        line=_line(descent.count, loss),
        caption=f"{controls.image_name}, {name}, step {descent.count}",
    )


def _line(step: int, loss: float) -> str:
    return f"Step {step}: loss {loss:.3g}. The three maps share one scale: an error of 0 is white."


LONGEST_LINE = _line(100_000, 1.23e-5)


def _bare(name: str) -> View:
    return render_weights(KERNELS[name]).without_scale()
