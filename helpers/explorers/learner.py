"""KernelLearner: gradient descent recovers the nine weights of the kernel that made the target."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from helpers.explorers.base import Explorer
from helpers.explorers.models.kernel_descent import (
    LIMIT,
    RATES,
    KernelDescent,
    make_task,
    mse_gradient,
    suitable_rate,
)
from helpers.explorers.models.learner import LONGEST_LINE, LearnerControls, LearnerView, compute
from helpers.explorers.models.memo import Memo
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.descent_pictures import DescentPictures
from helpers.explorers.widgets.chart import Chart
from helpers.explorers.widgets.controls import Button, Choice, Tick
from helpers.explorers.widgets.element import (
    COVERING,
    Message,
    Text,
    beside,
    column,
    fold,
    panel,
    row,
)
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.number_grid import Number, Weights
from helpers.explorers.widgets.runner import Runner
from helpers.explorers.widgets.still import StillColumn
from helpers.images import to_gray
from helpers.kernels import KERNELS
from helpers.validation import as_choice, as_function, as_whole

SHOWN = "target_kernel", "learning_rate", "add_noise"  # the other controls are folded away
PANEL = {"flex": "1 1 230px", "--panel": "230px", "--label": "104px"}


class KernelLearner(Explorer):
    """An image, a target, its convolution, and nine weights that are trained to reproduce the target.

    Parameters
    ----------
    image : whatever `load_image` takes, or an (H, W) array in [0, 1]; its mean is subtracted,
        since gradient descent is slow on numbers that are all positive
    target : name in KERNELS, of the kernel that made the target
    rate : float, the learning rate
        If left out, the largest one, in one digit, at which no step overshoots. It is then set anew
        for another image, until it is changed.
    gradient : function(image, kernel, target) that returns the (3, 3) gradient; it may be your own
    seed : int, for the initial weights
    controls : names of the controls that are shown at once; the others are behind "more controls".
        Out of "target_kernel", "learning_rate", "add_noise", "image", "size", "upload",
        "steps_per_second", "show_the_target_kernel".

    `runner` starts, pauses and steps; `weights.kernel` is the current kernel, `history` lists the
    losses as (step, loss) pairs, the current one last.
    """

    user_function = ("gradient", mse_gradient)

    def __init__(
        self,
        image: ImageInput = "cat",
        target: str = "sobel_vertical",
        rate: float | None = None,
        gradient: Callable = mse_gradient,
        seed: int = 0,
        controls: Collection[str] | None = None,
    ):
        self.gradient = as_function("gradient", gradient)
        self.memo = Memo()
        self._rng = np.random.default_rng(as_whole("seed", seed, least=0))
        self.picker = ImagePicker(image, longest=64, gray=True)
        self.picker.gray.hidden = True  # one kernel, one channel
        task = make_task(self._picked(), as_choice("target", target, KERNELS))
        self.descent = KernelDescent(self._random_weights(), task).measured()
        suitable = suitable_rate(self._picked())
        self._own_rate = suitable if rate is None else None  # as last set by itself, if it may be
        self._build_controls(target, suitable if rate is None else rate)
        self.pictures = pictures = DescentPictures()
        self.target_view, self.output_view, self.error_view = pictures.maps
        self.image_view, self.weights_view = pictures.image, pictures.weights
        self.move_view, self.right_view = pictures.move, pictures.right
        self.loss = Chart("loss: mean squared error", low=1e-4, high=1, logarithmic=True)
        inputs = (
            self.picker, self.target, self.runner, self.rate, self.pace, self.weights, self.reveal,
        )  # fmt: skip
        stills = [[
            StillColumn(pictures.weights, pictures.right),
            StillColumn(pictures.image, pictures.output),
            StillColumn(pictures.target, pictures.error),
            StillColumn(self.loss, pictures.move),
        ], [self.line]]  # fmt: skip
        super().__init__(self._lay_out(controls), inputs, stills, self.runner.lock)

    def _build_controls(self, target: str, rate: float) -> None:
        names = [(name.replace("_", " "), name) for name in KERNELS]
        self.target = Choice("target kernel", names, target, "The kernel that made the target")
        wide: dict[str, Any] = {"style": {"flex": "0 1 170px"}}
        least, most = RATES
        self.rate = Number(
            "learning rate", rate, min=least, max=most, step=0.1,
            help="The step is the gradient times this rate", parameter="rate", **wide,
        )  # fmt: skip
        self.pace = Number(
            "steps per second", 40, min=1, max=1000, step=1, help="The speed of training", **wide
        )
        self.runner = Runner(
            self._step, self._begin_again, self.refresh,
            "One step of gradient descent", "Start again from new random weights",
            lambda: self.pace.number, self.batch,
        )  # fmt: skip
        self.restart_button = self.runner.restart_button
        self.spoil_button = Button(
            "add noise", "Add random noise to every weight, and continue", self.spoil
        )
        self.weights = Weights(self.descent.kernel, label="weights", min=-LIMIT, max=LIMIT)
        self.weights.observe(self._take_weights, "value")
        self.reveal = Tick("show the target kernel", False, "The kernel that made the target")
        self.line = Text(room_for=LONGEST_LINE)

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        parts = {name: part for name, part in self.picker.parts.items() if name != "gray"}
        named = {
            "target_kernel": self.target, "learning_rate": self.rate, "add_noise": self.spoil_button,
            **parts, "steps_per_second": self.pace, "show_the_target_kernel": self.reveal,
        }  # fmt: skip
        shown, folded = choose_controls(named, chosen, SHOWN)
        buttons = [part for part in shown if isinstance(part, Button)]
        others = [part for part in shown if part not in buttons]
        causes = column(self.weights, row(self.loss), self.pictures.kernels)
        self.message = Message(style=COVERING)
        return [
            row(self.runner, *buttons, panel(*others, **PANEL), fold(*folded)),
            self.message,
            self.line,
            beside(causes, self.pictures),
        ]

    @property
    def history(self) -> list[tuple[int, float]]:
        """The loss curve: (step, loss) pairs, the current one last."""
        return list(self.descent.history)

    def _picked(self) -> np.ndarray:
        """The image in gray, also if code has set it to color."""
        return self.memo("gray", to_gray, self.picker.value)

    def _random_weights(self) -> np.ndarray:
        return self._rng.uniform(-1, 1, (3, 3)).round(2)

    def restart(self) -> None:
        """Pause, and start again from new random weights."""
        self.runner.restart()

    def _begin_again(self) -> None:
        self.descent = KernelDescent(self._random_weights(), self.descent.task).measured()

    def spoil(self) -> None:
        """Add uniform noise between −1 and 1 to every weight."""
        with self.lock:
            noise = self._rng.uniform(-1, 1, (3, 3))
            spoiled = np.clip(self.descent.kernel + noise, -LIMIT, LIMIT)
            self.descent = self.descent.moved_to(spoiled)
            self.refresh()

    def _step(self) -> None:
        descent = self.descent.on(self._picked(), self.target.value)
        self.descent = descent.step(self.gradient, self.rate.number)

    def _take_weights(self, change: Any) -> None:
        """Continue from the weights that the user changed; the page has the others as last shown."""
        with self.lock:
            if not self._busy:
                old, new = (np.reshape(change[when], (3, 3)) for when in ("old", "new"))
                self.descent = self.descent.moved_to(np.where(new != old, new, self.descent.kernel))

    def update(self) -> None:
        """Show the weights, even where the user's function cannot compute their gradient, and the rest."""
        self.weights.kernel = self.descent.kernel
        super().update()

    def read(self) -> LearnerControls:
        picked = self._picked()
        if self.rate.number == self._own_rate:
            self.rate.number = self._own_rate = self.memo("rate", suitable_rate, picked)
        return LearnerControls(
            image=picked,
            image_name=self.picker.name.value,
            target=self.target.value,
            rate=self.rate.number,
            gradient=self.gradient,
            descent=self.descent,
            reveal=self.reveal.value,
        )

    def compute(self, controls: LearnerControls) -> LearnerView:
        return compute(controls, self.memo)

    def commit(self, controls: LearnerControls, view: LearnerView) -> None:
        super().commit(controls, view)
        self.descent = view.descent

    def show(self, view: LearnerView) -> None:
        self.pictures.show(self.controls, view)
        self.loss.show({"loss": self.history})
        self.line.value = view.line

    def summary(self) -> str:
        step, loss = self.history[-1]
        return f"step {step:,}, loss {loss:.3g}"

    def describe(self) -> str:
        return f"KernelLearner: {self.computed.caption}; loss {self.history[-1][1]:.2g}"
