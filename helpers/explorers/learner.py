"""KernelLearner: gradient descent recovers the nine weights of the kernel that made an edge map."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from helpers.explorers.base import Explorer
from helpers.explorers.models.kernel_descent import (
    LIMIT,
    LONGEST_LINE,
    MOVE_NOTE,
    KernelDescent,
    LearnerControls,
    LearnerView,
    compute,
    make_task,
    mse_gradient,
)
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import CUT_NOTE
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.widgets.chart import Chart
from helpers.explorers.widgets.controls import Button, Choice, Tick
from helpers.explorers.widgets.element import Message, Text, beside, column, fold, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number, Weights
from helpers.explorers.widgets.runner import Runner
from helpers.explorers.widgets.still import StillColumn
from helpers.images import to_gray
from helpers.kernels import KERNELS
from helpers.validation import as_choice, as_function, as_whole

SHOWN = "map_made_by", "learning_rate", "spoil"  # the other controls are folded away


class KernelLearner(Explorer):
    """An image, its edge map, and nine weights that are trained to reproduce the edge map.

    Parameters
    ----------
    image : whatever `load_image` takes, or an (H, W) array in [0, 1]; its mean is subtracted,
        since gradient descent is slow on numbers that are all positive
    target : name in KERNELS, of the kernel that made the edge map
    rate : float, the learning rate
    gradient : function(image, kernel, target) that returns the (3, 3) gradient; it may be your own
    seed : int, for the initial weights
    controls : names of the controls that are shown at once; the others are folded away. Out of
        "map_made_by", "learning_rate", "spoil", "image", "size", "upload", "steps_per_second",
        "show_the_target_kernel".

    `runner` starts, pauses and steps; `weights.kernel` is the current kernel, `history` lists the
    losses as (step, loss) pairs, the current one last.
    """

    user_function = ("gradient", mse_gradient)

    def __init__(
        self,
        image: ImageInput = "cat",
        target: str = "sobel_vertical",
        rate: float = 5.0,
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
        self._build_controls(target, rate)
        self._build_pictures()
        inputs = (
            self.picker, self.target, self.runner, self.rate, self.pace, self.weights, self.reveal,
        )  # fmt: skip
        stills = [[
            StillColumn(self.weights_view, self.right_view),
            StillColumn(self.image_view, self.output_view),
            StillColumn(self.target_view, self.error_view),
            StillColumn(self.loss, self.move_view),
        ], [self.line]]  # fmt: skip
        super().__init__(self._lay_out(controls), inputs, stills, self.runner.lock)

    def _build_controls(self, target: str, rate: float) -> None:
        names = [(name.replace("_", " "), name) for name in KERNELS]
        self.target = Choice("map made by", names, target, "The kernel that made the edge map")
        wide: dict[str, Any] = {"style": {"flex": "0 1 170px"}}
        self.rate = Number(
            "learning rate",
            rate,
            min=0.1,
            max=30,
            step=0.1,
            help="The step is the gradient times this rate",
            parameter="rate",
            **wide,
        )
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
            "spoil", "Add random noise to every weight, and continue", self.spoil
        )
        self.weights = Weights(self.descent.kernel, label="weights", min=-LIMIT, max=LIMIT)
        self.weights.observe(self._take_weights, "value")
        self.reveal = Tick("show the target kernel", False, "The kernel that made the edge map")
        self.line = Text(room_for=LONGEST_LINE)

    def _build_pictures(self) -> None:
        flexible = {"width": 330, "style": {"flex": "1 1 150px", "max-width": "330px"}}
        self.weights_view = ImageView(title="weights")  # for the static picture
        self.image_view = ImageView(title="image", **flexible)
        flexible["room_for"] = {"note": CUT_NOTE}
        self.target_view = ImageView(title="its edge map, the target", **flexible)
        self.output_view = ImageView(title="output of the weights", **flexible)
        self.error_view = ImageView(title="error: output − target", **flexible)
        style = {"flex": "1 1 146px", "max-width": "160px"}
        room = {"note": MOVE_NOTE}
        self.move_view = ImageView(
            title="next step: −rate · gradient", room_for=room, width=160, style=style
        )
        style = {"flex": "0 0 74px"}
        self.right_view = ImageView(title="target kernel", reserved=True, width=74, style=style)
        self.loss = Chart("loss: mean squared error", low=1e-4, high=1, logarithmic=True)

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        parts = {name: part for name, part in self.picker.parts.items() if name != "gray"}
        named = {
            "map_made_by": self.target, "learning_rate": self.rate, "spoil": self.spoil_button, **parts,
            "steps_per_second": self.pace, "show_the_target_kernel": self.reveal,
        }  # fmt: skip
        shown, folded = choose_controls(named, chosen, SHOWN)
        kernels = row(self.move_view, self.right_view, flex_flow="row nowrap")
        causes = column(self.weights, row(self.loss), kernels)
        self.message = Message()
        pictures = column(
            row(self.image_view, self.target_view, flex_flow="row nowrap"),
            row(self.output_view, self.error_view, flex_flow="row nowrap"),
        )
        return [
            row(self.runner, *shown, align_items="center"),
            self.line,
            beside(causes, pictures, self.message, fold(*folded)),
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
        return LearnerControls(
            image=self._picked(),
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
        self.weights_view.show(view.weights_view, view.descent.kernel)
        self.image_view.show(view.image_view, alt=self.controls.image_name)
        maps = self.target_view, self.output_view, self.error_view
        for each, picture in zip(maps, view.maps, strict=True):
            each.show(picture, alt=f"{each.title}: {view.caption}")
        alt = f"next step, −learning rate · gradient; {MOVE_NOTE}"
        self.move_view.show(view.move_view, view.move, alt=alt, write="{:.2g}".format)
        self.right_view.show(
            view.right_view, view.right, alt=self.controls.target.replace("_", " ")
        )
        self.right_view.hidden = not self.controls.reveal
        self.loss.show({"loss": self.history})
        self.line.value = view.line

    def summary(self) -> str:
        step, loss = self.history[-1]
        return f"step {step:,}, loss {loss:.3g}"

    def describe(self) -> str:
        return f"KernelLearner: {self.computed.caption}"
