"""TrainingExplorer: train a small network and see its filters change."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.explorers.base import Explorer
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.training import (
    LONGEST_PROGRESS,
    TrainingControls,
    TrainingView,
    compute,
    learned_in_words,
)
from helpers.explorers.models.training_data import data_sets
from helpers.explorers.models.training_session import TrainingSession
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.evaluation import Results
from helpers.explorers.panels.filters import FilterSheets
from helpers.explorers.panels.training_effects import TrainingEffects
from helpers.explorers.widgets.controls import Tick
from helpers.explorers.widgets.element import COVERING, Message, Progress, fold, panel, row
from helpers.explorers.widgets.number_grid import Number
from helpers.explorers.widgets.runner import Runner
from helpers.explorers.widgets.still import StillColumn
from helpers.network import Network
from helpers.network.layer import Layer
from helpers.network.steps import Step
from helpers.rendering import percent
from helpers.validation import IntOrPair, Pair, as_pair, as_whole

SHOWN = "test_image", "learning_rate", "filters_1", "filters_2"  # the others are folded away
NARROW_PANEL = {"--panel": "152px", "--label": "84px"}  # two columns beside or below the buttons
# where they do not fit side by side, the effects stand above the filters: in view with the controls
EFFECTS_FIRST = {"flex_wrap": "wrap-reverse", "align_items": "flex-end"}


class TrainingExplorer(Explorer):
    """A small network in training: convolution, ReLU and pooling, twice, then a dense layer.

    With `layers` it is any other network, such as that of a `NetworkBuilder`.

    Parameters
    ----------
    training, test : pairs of images, (N, H, W) or (N, H, W, C) in [0, 1], and labels (N,) from 0;
        the handwritten digits if left out
    epochs, batch_size, learning_rate, seed : as for `train`
    filters : pair of ints, the number of filters of each convolution
    controls : names of the controls that are shown at once; the others are behind "more controls".
        Out of "test_image", "learning_rate", "filters_1", "filters_2", "batch_size",
        "show_filters_2".
    layers : list of layers in place of those with `filters`; the last one returns a score for each
        class. There are no controls for the numbers of filters then.

    `start`, `pause` and `run(steps)` of `runner` control the training; `network` is the network,
    `history` holds the curves, `step` is the last step. A new batch size or number of filters takes
    effect at the next `restart()`.
    """

    def __init__(
        self, training: tuple[ArrayLike, ArrayLike] | None = None,
        test: tuple[ArrayLike, ArrayLike] | None = None, epochs: int = 3, batch_size: int = 64,
        learning_rate: float = 3e-3, filters: IntOrPair = (8, 16), seed: int = 0,
        controls: Collection[str] | None = None, layers: Sequence[Layer] | None = None,
    ):  # fmt: skip
        self.layers = layers
        self.training, self.test, self.classes = data_sets(training, test)
        self.epochs, self.seed = as_whole("epochs", epochs, least=1), seed
        self.memo = Memo()
        self._build_controls(batch_size, learning_rate, as_pair("filters", filters, least=1))
        self.progress = Progress(room_for=LONGEST_PROGRESS)
        self.message = Message(style=COVERING)
        self.filter_sheets = FilterSheets(flex="3 1 320px", max_width="500px")
        self.effects = effects = TrainingEffects(self.classes)
        self.loss, self.accuracy = effects.loss, effects.accuracy
        self.image, self.bars = effects.image, effects.bars
        self.results = Results()
        self._begin_again()
        inputs = (
            self.runner, self.rate, self.batch_size, *self.filters, self.number, self.second,
        )  # fmt: skip
        sheets, results = self.filter_sheets, self.results
        stills = [
            [StillColumn(*sheets.shown), StillColumn(self.loss, self.accuracy),
             StillColumn(self.image, self.bars)],
            [sheets.second],
            [results.matrix_view, results.mistakes],
        ]  # fmt: skip
        super().__init__(self._lay_out(controls), inputs, stills, self.runner.lock)

    def _build_controls(self, batch_size: int, learning_rate: float, filters: Pair) -> None:
        self.runner = Runner(
            self._learn, self._begin_again, self.refresh, "Train on one mini-batch",
            "Start again from new weights, with the batch size and the number of filters set here",
            batch=self.batch,
        )  # fmt: skip
        self.restart_button = self.runner.restart_button
        self._build_numbers(batch_size, learning_rate, filters)
        self.second = Tick("show filters 2", False, "Show the filters of the second convolution")

    def _build_numbers(self, batch_size: int, learning_rate: float, filters: Pair) -> None:
        wide: dict[str, Any] = {"style": {"flex": "0 1 160px"}}
        self.rate = Number(
            "learning rate", learning_rate, min=0.0001, max=0.1,
            step=0.0001, help="Factor of each step; takes effect at the next step",
            parameter="learning_rate", **wide,
        )  # fmt: skip
        wide["step"] = 1
        self.batch_size = Number(
            "batch size", batch_size, min=1, max=512, parameter="batch_size",
            help="Images per step; takes effect at the next restart", **wide,
        )  # fmt: skip
        self.filters = [
            Number(
                f"filters {k}", n, min=1, max=64, parameter=f"filters[{k - 1}]",
                help="Number of filters of this convolution; takes effect at the next restart", **wide,
            )
            for k, n in enumerate(filters, start=1)
        ]  # fmt: skip
        self.number = Number(
            "test image", 0, min=0, max=len(self.test[1]) - 1,
            help="The number of the test image that is shown", **wide,
        )  # fmt: skip

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = {
            "test_image": self.number, "learning_rate": self.rate, "filters_1": self.filters[0],
            "filters_2": self.filters[1], "batch_size": self.batch_size, "show_filters_2": self.second,
        }  # fmt: skip
        if self.layers is not None:
            del named["filters_1"], named["filters_2"]
        if len(self.session.convolutions) < 2:
            del named["show_filters_2"]
        shown, folded = choose_controls(named, chosen, [name for name in SHOWN if name in named])
        return [
            row(self.runner, panel(*shown, flex="1 1 320px", **NARROW_PANEL)),
            self.message,
            self.progress,
            row(self.filter_sheets, self.effects, **EFFECTS_FIRST),
            fold(*folded),
            self.filter_sheets.second,
            self.results,
        ]

    @property
    def network(self) -> Network:
        """The network in training."""
        return self.session.network

    @property
    def history(self) -> dict[str, dict[str, list[tuple[int, float]]]]:
        """The curves: lists of (step, value), as in history["loss"]["test"]."""
        return self.session.history

    @property
    def step(self) -> Step | None:
        """The last training step; None before the first."""
        return self.session.step

    def restart(self) -> None:
        """Pause, and start again with an untrained network."""
        self.runner.restart()

    def _begin_again(self) -> None:
        filters = [number.number for number in self.filters]
        self.session = TrainingSession(
            self.training, self.test, self.classes, filters, self.epochs, self.batch_size.number,
            self.rate.number, self.seed, self.layers,
        )  # fmt: skip

    def _learn(self) -> bool:
        """Train on one mini-batch; after the last one, predict the test set in parts."""
        return self.session.learn(self.rate.number) or self.session.predict_more()

    def read(self) -> TrainingControls:
        return TrainingControls(
            session=self.session,
            number=self.number.number,
            rate=self.rate.number,
            second=self.second.value,
        )

    def compute(self, controls: TrainingControls) -> TrainingView:
        return compute(controls, self.memo)

    def show(self, view: TrainingView) -> None:
        self.progress.value, self.progress.share = view.progress, view.share
        self.effects.show(view, self.controls.number)
        self.filter_sheets.show(view.formation, view.maps, view.second)
        self.results.show(view.evaluation)

    def summary(self) -> str:
        tested = self.history["accuracy"]["test"]
        accuracy = f", test accuracy {tested[-1][1]:.1%}" if tested else ", not trained yet"
        return f"step {self.session.count:,}{accuracy}"

    def describe(self) -> str:
        return f"TrainingExplorer: {self.computed.caption}"

    def alt_text(self) -> str:
        view, number = self.computed, self.controls.number
        best = int(np.argmax(view.probabilities))
        image = f"test image {number}, labeled {view.label}, predicted {best}"
        sure = percent(view.probabilities[best])
        return "; ".join(
            [self.describe(), *learned_in_words(self.session.sample[1], view), f"{image} ({sure})"]
        )
