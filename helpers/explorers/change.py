"""ChangeExplorer: digits shifted, rotated, resized, thicker or noisy, and how many are still right."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

from numpy.typing import ArrayLike, NDArray

from helpers.explorers.base import Explorer
from helpers.explorers.models.change import (
    AMOUNTS,
    ChangeControls,
    ChangeView,
    Trial,
    compute,
    default_networks,
    default_test,
    in_words,
)
from helpers.explorers.panels.accuracy_curves import AccuracyCurves
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.widgets.chart import COLORS
from helpers.explorers.widgets.controls import Toggle
from helpers.explorers.widgets.element import COVERING, Message, column, fold, row
from helpers.explorers.widgets.number_grid import Number
from helpers.explorers.widgets.tiles import Tiles
from helpers.labels import as_labeled
from helpers.messages import describe
from helpers.network import Network
from helpers.validation import as_choice

ACROSS = 5  # digits in a row
AMOUNT = {"flex": "0 1 320px", "--label": "170px"}  # all fields are as wide, whatever their label


class ChangeExplorer(Explorer):
    """Changed digits, what networks predict for them, and the accuracy by the amount of the change.

    Parameters
    ----------
    networks : dict of one to three Networks by name, all for the same images; copies are taken, so
        later training does not change what is shown. If left out, the two that come with the course:
        "plain", trained on digits as they are, and "with changes", trained with `random_changes`
    test : pair of images (N, H, W) or (N, H, W, C) in [0, 1] and labels (N,); 500 test digits
        that no change pushes over the border, if left out
    change : str, "shift", "rotation", "size", "thickness" or "noise", the first to be shown
    controls : names of the controls that are shown at once, out of "change" and "amount"; both if
        left out

    The state can be set and read without a page: `change.value`, `amount.number`; `accuracies`
    are those at this amount, by name, `curves` lists of (amount, accuracy), by name.
    """

    def __init__(
        self,
        networks: Mapping[str, Network] | None = None,
        test: tuple[ArrayLike, ArrayLike] | None = None,
        change: str = "shift",
        controls: Collection[str] | None = None,
    ):
        networks = default_networks() if networks is None else _as_networks(networks)
        self.trial = Trial(
            networks, *(default_test() if test is None else _as_test(test, networks))
        )
        as_choice("change", change, AMOUNTS)
        self.change = Toggle("change", list(AMOUNTS), change, "The change made to every digit")
        self.amounts = {name: _number(name) for name in AMOUNTS}
        self.pictures = Tiles(title=_title(list(networks)), width=520)
        self.chart = AccuracyCurves(f"accuracy on {len(self.trial.labels)} images", list(networks))
        amounts = column(*self.amounts.values(), **AMOUNT)
        named = {"change": self.change, "amount": amounts}
        shown, folded = choose_controls(named, controls, list(named))
        self.message = Message(style=COVERING)
        tree = [
            row(*shown, align_items="center", **{"--label": "auto"}),
            self.message,
            row(column(self.pictures, flex="1 1 260px", max_width="520px"), self.chart),
            fold(*folded),
        ]
        inputs = self.change, *self.amounts.values()
        super().__init__(tree, inputs, stills=[[self.pictures, self.chart]])

    @property
    def amount(self) -> Number:
        """The control of the amount of the chosen change."""
        return self.amounts[self.change.value]

    def read(self) -> ChangeControls:
        return ChangeControls(self.trial, self.change.value, self.amount.number)

    def compute(self, controls: ChangeControls) -> ChangeView:
        return compute(controls)

    def show(self, view: ChangeView) -> None:
        change, amount = self.controls.change, self.controls.amount
        for name, number in self.amounts.items():
            number.hidden = name != change
        alt = ", ".join(map("{} read as {}".format, view.labels, view.captions))
        self.pictures.show_maps(
            view.pictures, view.picture_view, ACROSS, captions=view.captions,
            alt=f"{len(view.labels)} images, {in_words(change, amount)}: {alt}",
        )  # fmt: skip
        amounts = AMOUNTS[change]
        self.chart.show(view.curves, amounts.ticks, amounts.unit, amount, view.accuracies)

    @property
    def accuracies(self) -> dict[str, float]:
        """The accuracy of each network at this amount."""
        return dict(zip(self.trial.networks, self.computed.accuracies, strict=True))

    @property
    def curves(self) -> dict[str, list[tuple[float, float]]]:
        """The accuracy of each network for every amount: lists of (amount, accuracy)."""
        return dict(zip(self.trial.networks, self.computed.curves, strict=True))

    def summary(self) -> str:
        right = ", ".join(f"{name} {share:.0%}" for name, share in self.accuracies.items())
        return f"{in_words(self.controls.change, self.controls.amount)}. Correct: {right}."

    def describe(self) -> str:
        return f"ChangeExplorer: {self.summary()}"


def _number(change: str) -> Number:
    amounts = AMOUNTS[change]
    return Number(
        amounts.unit, amounts.none, min=amounts.least, max=amounts.most, step=amounts.step,
        help=f"The amount of the {change}",
    )  # fmt: skip


def _title(names: list[str]) -> str:
    return f"predictions: {' | '.join(names)}"


def _as_networks(networks: Any) -> dict[str, Network]:
    valid = isinstance(networks, Mapping) and 1 <= len(networks) <= len(COLORS)
    if not valid or not all(isinstance(each, Network) for each in networks.values()):
        raise ValueError(
            f"networks must be a dict of 1 to {len(COLORS)} Networks by name; got {describe(networks)}"
        )
    shapes = {network.input_shape for network in networks.values()}
    if len(shapes) > 1:
        raise ValueError(f"networks must take images of one shape; got {sorted(shapes)}")
    return {str(name): deepcopy(network) for name, network in networks.items()}


def _as_test(test: Any, networks: Mapping[str, Network]) -> tuple[NDArray, NDArray]:
    images, labels = as_labeled("test", test, min(each.classes for each in networks.values()))
    next(iter(networks.values())).as_images(images)
    return images, labels
