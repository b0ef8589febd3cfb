"""FilterExplorer: switch filters of a trained network off, and see which images it still gets right."""

from collections.abc import Collection, Sequence
from copy import deepcopy

import numpy as np
from numpy.typing import ArrayLike

from helpers.explorers.base import Explorer
from helpers.explorers.inside import DIGITS, as_class_names
from helpers.explorers.models.filter_trial import Trial
from helpers.explorers.models.filters import (
    LONGEST_ACCURACY,
    LONGEST_LOST,
    PICTURES,
    FilterControls,
    FilterView,
    Outcome,
    compute,
)
from helpers.explorers.models.inside import as_seen
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.filter_bank import TILES, FilterBank
from helpers.explorers.panels.recall_bars import RecallBars
from helpers.explorers.widgets.controls import Button, Choice
from helpers.explorers.widgets.element import COVERING, Message, Text, column, fold, row
from helpers.explorers.widgets.tiles import Tiles, one_below_another
from helpers.labels import as_labels
from helpers.network import Conv, Network
from helpers.network.datasets.digits import shared_digits
from helpers.network.filters import as_convolution, convolutions, with_parameters
from helpers.network.model import as_network
from helpers.validation import as_brightness

SHOWN = "layer", "all_on", "all_off", "only_this_one", "weights"
MOST = 1000  # images
STRONG = {"font-size": "14px", "font-weight": "600"}
# two columns, so that the filters and the bars are seen together; one on a phone
COLUMN = {"flex": "1 1 280px", "max_width": f"{TILES}px"}
LOST = "wrong now: label → prediction"


class FilterExplorer(Explorer):
    """The filters of a trained network, each with a switch, and what the network still gets right.

    Choose a filter to drag its weights. The bars compare the recall of each class, the fraction of
    its images that are predicted right, with that of the network as it was given.

    Parameters
    ----------
    network : Network with a Conv; a copy is taken, so it is never changed
    images, labels : (N, H, W) or (N, H, W, C) array in [0, 1], and (N,) ints; the first 1,000 count.
        The handwritten test digits if left out
    layer : int, the number of the convolution that is shown first; the first one if left out
    class_names : list of K str; "0" to "K − 1" if left out
    controls : names of the controls that are shown at once, out of "layer", "all_on", "all_off",
        "only_this_one" and "weights"; the others are folded. All if left out.

    The state can be set and read without a page: `layer.value`, `bank.tiles.value` (whether each
    filter is on), `bank.tiles.chosen`, `bank.input_map.number`, `bank.grid.kernel`. `network` is a
    copy of the network as it is now; `before` and `after` hold `predicted`, `right` and `recall`.
    """

    def __init__(
        self,
        network: Network,
        images: ArrayLike | None = None,
        labels: ArrayLike | None = None,
        layer: int | None = None,
        class_names: Sequence[str] | None = None,
        controls: Collection[str] | None = None,
    ):
        names = as_class_names(class_names, as_network(network).classes)
        chosen = next(iter(convolutions(network))) if layer is None else layer
        as_convolution(network, chosen)
        self.class_names = names
        self.images, labels = _as_labeled(images, labels, network)
        self._given = with_parameters(network, {})
        self.trial = Trial(self._given, self.images)
        self.before = Outcome(labels, self.trial.probabilities(self._given))
        self._build_controls(chosen)
        self._build_views()
        inputs = [self.layer, *(each for bank in self.banks.values() for each in bank.controls)]
        tiles = [bank.tiles for bank in self.banks.values()]
        stills = [[self.accuracy], [self.lost_line], [*tiles, self.recall], [self.lost]]
        super().__init__(self._lay_out(controls), inputs, stills)

    def _build_controls(self, chosen: int) -> None:
        layers = convolutions(self._given)
        options = [(_name(number, layer), number) for number, layer in layers.items()]
        help = "The convolution whose filters are shown; the others stay as they are"
        self.layer = Choice("convolution", options, chosen, help)
        self.banks = {n: FilterBank(f"layer {n}", layer) for n, layer in layers.items()}
        self.all_on = Button("all on", "Switch every filter on", lambda: self._switch(True))
        self.all_off = Button("all off", "Switch every filter off", lambda: self._switch(False))
        self.only_this_one = Button(
            "only filter 0",
            "Switch off every filter except the chosen one",
            self._switch_others_off,
        )
        for bank in self.banks.values():
            bank.tiles.observe(self._name_chosen, "chosen")
        self.layer.observe(self._name_chosen, "value")
        self.restore = Button(
            "restore", "Restore the original weights of the chosen filter", self._restore
        )

    def _build_views(self) -> None:
        self.accuracy = Text(room_for=LONGEST_ACCURACY, style=STRONG)
        name = max(self.class_names, key=len)
        self.lost_line = Text(room_for=LONGEST_LOST.format(name=name))
        self.recall = RecallBars(self.class_names)
        self.lost = Tiles(title=LOST, width=TILES, reserved=True)

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        banks = self.banks.values()
        grids, maps = ([getattr(bank, part) for bank in banks] for part in ("grid", "input_map"))
        named = {
            "layer": self.layer,
            "all_on": self.all_on,
            "all_off": self.all_off,
            "only_this_one": self.only_this_one,
            "weights": row(*grids, self.restore, *maps, align_items="flex-end"),
        }
        shown, folded = choose_controls(named, chosen, SHOWN)
        weights = [each for each in shown if each is named["weights"]]
        controls = [each for each in shown if each is not named["weights"]]
        filters = column(*(bank.tiles for bank in banks), *weights, **COLUMN)
        self.message = Message(style=COVERING)
        return [
            row(*controls, align_items="center", **{"--label": "auto"}),
            self.message,
            self.accuracy,
            self.lost_line,
            row(filters, column(self.recall, self.lost, **COLUMN)),
            fold(*folded),
        ]

    @property
    def bank(self) -> FilterBank:
        """The filters of the chosen convolution."""
        return self.banks[self.layer.value]

    def _name_chosen(self, change: object) -> None:
        self.only_this_one.label = f"only filter {self.bank.tiles.chosen}"

    def _switch(self, on: bool) -> None:
        self.bank.tiles.value = [on] * self.bank.tiles.count

    def _switch_others_off(self) -> None:
        tiles = self.bank.tiles
        tiles.value = [k == tiles.chosen for k in range(tiles.count)]

    def _restore(self) -> None:
        self.bank.restore()
        self.refresh()

    def read(self) -> FilterControls:
        parameters = {number: bank.parameters for number, bank in self.banks.items()}
        return FilterControls(
            trial=self.trial,
            before=self.before,
            network=with_parameters(self._given, parameters),
            images=self.images,
            class_names=self.class_names,
        )

    def compute(self, controls: FilterControls) -> FilterView:
        return compute(controls)

    def show(self, view: FilterView) -> None:
        self.accuracy.value, self.lost_line.value = view.accuracy, view.lost_line
        for number, bank in self.banks.items():
            bank.show(number == self.layer.value)
        self.recall.show(self.before.recall, view.after.recall, view.worst)
        self.lost.hidden, pairs = not view.pairs, view.pairs or ["–"]  # it keeps its height
        self.lost.show_maps(
            view.pictures, as_seen(one_below_another(view.pictures)).without_scale(), PICTURES,
            count=len(pairs), captions=pairs, alt=f"{LOST}: {', '.join(pairs)}",
        )  # fmt: skip

    @property
    def network(self) -> Network:
        """A copy of the network with its filters as they are now; it may be trained or saved."""
        return deepcopy(self.controls.network)

    @property
    def after(self) -> Outcome:
        """The predictions of the network as it is now."""
        return self.computed.after

    def summary(self) -> str:
        return f"{self.computed.accuracy} {self.computed.lost_line}"

    def describe(self) -> str:
        off = [f"layer {n}: {bank.off}" for n, bank in self.banks.items() if bank.off]
        return f"FilterExplorer: filters off: {'; '.join(off) or 'none'}. {self.summary()}"


def _name(number: int, layer: Conv) -> str:
    rows, columns = layer.size
    return f"layer {number}: {layer.filters} filters of {rows}×{columns}"


def _as_labeled(
    images: ArrayLike | None, labels: ArrayLike | None, network: Network
) -> tuple[np.ndarray, np.ndarray]:
    """Return at most `MOST` images, (N, H, W) or (N, H, W, C), and their labels, or refuse them."""
    shape, classes = network.input_shape, network.classes
    if images is None and labels is None and (shape, classes) == DIGITS:
        images, labels = shared_digits("test")
    if images is None or labels is None:
        raise ValueError(
            "images and labels must be given, unless the network classifies the handwritten digits;"
            f" it takes images of shape {shape} and has {classes} classes"
        )
    pictures = as_brightness("images", network.as_images(images))
    classified = as_labels("labels", labels, classes, len(pictures))
    pictures = pictures[..., 0] if shape[2] == 1 else pictures
    return pictures[:MOST], classified[:MOST]
