"""NudgeExplorer: the small change of every pixel that does most harm, beside a random one."""

from collections.abc import Collection, Sequence
from copy import deepcopy

import numpy as np
from numpy.typing import ArrayLike

from helpers.explorers.base import Explorer
from helpers.explorers.inside import as_class_names, as_test
from helpers.explorers.models.inside import MOST_BARS, most_probable, short_name
from helpers.explorers.models.nudge import (
    KINDS,
    LONGEST_LINE,
    MOST,
    NudgeControls,
    NudgeView,
    Trial,
    compute,
)
from helpers.explorers.panels.accuracy_curves import AccuracyCurves
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.image_source import TEST, ImageSource
from helpers.explorers.panels.probability_columns import ProbabilityColumns
from helpers.explorers.widgets.element import COVERING, Message, Text, fold, row
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number
from helpers.network import Network
from helpers.network.model import as_network

SHOWN = "image", "number", "size", "seed"  # the other controls are folded
SIDE = 170  # CSS pixels, of a picture
# the image beside two pairs: one above the other, or all in one row
PICTURES = {"flex": "1 1 380px", "max_width": "620px", "gap": "8px"}
GRID = {"display": "grid", "gap": "8px"}
PAIRS = {
    **GRID,
    "grid_template_columns": "repeat(auto-fit, minmax(208px, 1fr))",
    "flex": "4 1 208px",
}
PAIR = {**GRID, "grid_template_columns": "1fr 1fr"}
STRONG = {"font-size": "14px", "font-weight": "600"}
TICKS = 0, MOST / 2, MOST
DRAW = "draw your own, more controls"


class NudgeExplorer(Explorer):
    """An image, the worst nudge and a random nudge of the same size, and what the network predicts.

    A nudge changes each pixel by at most `size`: the worst one to the side that raises the loss of
    the label (of the prediction, if the image has no label), the random one to either side. The
    curves show how many of the first 100 test images are still right, by size.

    Parameters
    ----------
    network : Network; a copy is taken, so later training does not change what is shown
    test : pair of images (N, H, W) or (N, H, W, C) in [0, 1] and labels (N,), 0 to K − 1; the
        handwritten test digits if left out
    source : the first image: "test image" or "noise", and if the network takes 28×28 gray pixels
        also "your drawing", "your picture" or "letter"
    number : int, the number of the image within its source
    size : float from 0 to 0.5, of the nudges
    class_names : list of K str; "0" to "K − 1" if left out
    controls : names of the controls that are shown at once, out of "image", "number", "size",
        "seed", "upload", "centered" and "pen"; the others are folded. A few if left out.

    `size.number`, `number.number`, `source.value` and `seed.number` can be set without a page;
    `image` is the image, `nudged["worst"]` and `nudged["random"]` hold its `image`, `change`,
    `probabilities` and `prediction` after the nudge; `right` is how many of the test images are
    still right at this size, by kind.
    """

    def __init__(
        self,
        network: Network,
        test: tuple[ArrayLike, ArrayLike] | None = None,
        source: str = TEST,
        number: int = 0,
        size: float = 0.1,
        class_names: Sequence[str] | None = None,
        controls: Collection[str] | None = None,
    ):
        names = as_class_names(class_names, as_network(network).classes)
        self.network, self.class_names = deepcopy(network), names
        images, labels = test = as_test(test, network)
        self.picker = ImageSource(test, names, network.input_shape, source, number)
        self.source, self.number = self.picker.source, self.picker.number
        self.number.style = {"flex": "0 1 140px"}
        self.pad = self.picker.pad
        self.size = Number(
            "size", size, min=0, max=MOST, step=0.01, help="The largest change of a pixel",
            style={"flex": "0 1 150px"},
        )  # fmt: skip
        self.seed = Number(
            "random seed", 0, min=0, max=999, step=1,
            help="Chooses which pixels the random nudge makes brighter, and which darker",
            style={"flex": "0 1 165px"},
        )  # fmt: skip
        self.trial = Trial(self.network, images, labels)
        self._build_views()
        inputs = self.picker, self.size, self.seed
        pictures = [self.image_view, *self.parts["worst"], *self.parts["random"]]
        stills = [[self.line], pictures, [self.bars, self.chart]]
        super().__init__(self._lay_out(controls), inputs, stills)

    def _build_views(self) -> None:
        self.image_view = ImageView(
            title="image", width=SIDE, style={"flex": "1 1 100px", "max-width": "120px"}
        )
        self.parts = {
            kind: (
                ImageView(title=f"{kind} nudge", width=SIDE),
                ImageView(title=f"with {kind} nudge", width=SIDE),
            )
            for kind in KINDS
        }
        longest = sorted(map(short_name, self.class_names), key=len)[-MOST_BARS:]
        self.bars = ProbabilityColumns(["image", *KINDS], longest)
        self.chart = AccuracyCurves(f"correct, of {len(self.trial.labels)} test images", KINDS)
        name = max(self.class_names, key=len)
        self.line = Text(room_for=LONGEST_LINE.format(name=name), style=STRONG)

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = {**self.picker.parts, "size": self.size, "seed": self.seed}
        shown, folded = choose_controls(named, chosen, SHOWN)
        nudges = row(*(row(*self.parts[kind], **PAIR) for kind in KINDS), **PAIRS)
        pictures = row(self.image_view, nudges, **PICTURES)
        more = fold(self.pad, *folded, label=DRAW) if self.picker.draws else fold(*folded)
        self.message = Message(style=COVERING)
        return [
            row(*shown, align_items="center", **{"--label": "auto"}),
            self.message,
            self.line,
            row(pictures, self.bars, self.chart),
            more,
        ]

    def read(self) -> NudgeControls:
        chosen = self.picker.value
        return NudgeControls(
            trial=self.trial,
            class_names=self.class_names,
            image=chosen.image,
            caption=chosen.caption,
            label=chosen.label,
            size=self.size.number,
            seed=self.seed.number,
        )

    def compute(self, controls: NudgeControls) -> NudgeView:
        return compute(controls)

    def show(self, view: NudgeView) -> None:
        caption, size = self.controls.caption, self.controls.size
        self.image_view.show(view.picture, alt=caption)
        for kind, (nudge, picture) in self.parts.items():
            each = view.nudged[kind]
            nudge.show(each.nudge, alt=f"{kind} nudge of size {size:.3g}")
            picture.show(each.picture, alt=f"{caption}, after the {kind} nudge")
        every = [view.probabilities, *(each.probabilities for each in view.nudged.values())]
        shown = most_probable(np.max(every, axis=0))
        names = [short_name(self.class_names[k]) for k in shown]
        self.bars.show(names, np.array(every)[:, shown])
        self.chart.show(view.curves, TICKS, "size of the nudge", size, view.accuracies)
        self.line.value = view.line

    @property
    def image(self) -> np.ndarray:
        """The image before the nudges, (H, W) or (H, W, C)."""
        return self.controls.image

    @property
    def nudged(self) -> dict:
        """The image after the "worst" and the "random" nudge."""
        return self.computed.nudged

    @property
    def right(self) -> dict[str, int]:
        """How many of the test images are still right at this size, by kind of nudge."""
        return {kind: self.trial.right(kind, self.controls.size) for kind in KINDS}

    def summary(self) -> str:
        return self.computed.line

    def describe(self) -> str:
        line = self.computed.line
        return f"NudgeExplorer: size {self.controls.size:.3g}. {line[:1].upper()}{line[1:]}"
