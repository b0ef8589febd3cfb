"""What ChangeExplorer computes: changed images, what networks predict, and accuracy by amount."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from helpers.explorers.models.evaluation import drawable
from helpers.network import Network, change_images, has_margin
from helpers.network.datasets.digits import shared_digits
from helpers.picture_files import FOLDER
from helpers.rendering import View, format_number, render

SHOWN, MEASURED = 10, 500  # images: the most as pictures, and for the accuracy
# no amount below pushes a stroke of the digits out: they have black rows and columns at the border,
# and are black outside a circle
MARGIN, RADIUS = (2, 4), 13.5
RIGHT, WRONG = "✓", "✗"


@dataclass(frozen=True)
class Amounts:
    """The amounts of a change: from the least to the most, in steps, and what they count."""

    least: float
    most: float
    step: float
    none: float  # the amount that changes nothing
    unit: str

    @property
    def every(self) -> list[float]:
        count = round((self.most - self.least) / self.step) + 1
        return [round(self.least + k * self.step, 6) for k in range(count)]

    @property
    def ticks(self) -> list[float]:
        """Both ends, their middle, and the amount that changes nothing."""
        return sorted({self.least, round((self.least + self.most) / 2, 6), self.none, self.most})


AMOUNTS = {
    "shift": Amounts(-4, 4, 1, 0, "pixels to the right"),
    "rotation": Amounts(-60, 60, 15, 0, "degrees counterclockwise"),
    "size": Amounts(0.5, 1.1, 0.1, 1, "times as large"),
    "thickness": Amounts(-1, 3, 0.5, 0, "pixels on each side"),
    "noise": Amounts(0, 0.8, 0.1, 0, "standard deviation"),
}


def default_networks() -> dict[str, Network]:
    """Return the two networks that come with the course."""
    files = {"plain": "network.npz", "with changes": "network_changes.npz"}
    return {name: Network.load(FOLDER / "digits" / file) for name, file in files.items()}


def default_test() -> tuple[np.ndarray, np.ndarray]:
    """Return the first test digits that no change pushes over the border."""
    images, labels = (part[: 4 * MEASURED] for part in shared_digits("test"))
    rows, columns = np.indices(images.shape[1:]) - (images.shape[1] - 1) / 2
    corners = images[:, np.hypot(rows, columns) > RADIUS].any(axis=1)
    chosen = np.flatnonzero(has_margin(images, *MARGIN) & ~corners)[:MEASURED]
    return images[chosen], labels[chosen]


class Trial:
    """Networks on a set of images, changed by any amount; no accuracy is computed twice."""

    def __init__(self, networks: Mapping[str, Network], images: np.ndarray, labels: np.ndarray):
        self.networks, self.images, self.labels = networks, images, labels
        self.shown = np.unique(labels, return_index=True)[1][:SHOWN]  # the first of each class
        self._known: dict[tuple[str, float], list[float]] = {}

    def accuracies(self, change: str, amount: float) -> list[float]:
        """Return the accuracy of each network on the images, all changed by this amount."""
        key = change, round(amount, 6)
        if key not in self._known:
            changed = change_images(self.images, change, amount)
            self._known[key] = [
                float((network.predict(changed).argmax(axis=1) == self.labels).mean())
                for network in self.networks.values()
            ]
        return self._known[key]

    def curves(self, change: str) -> list[list[tuple[float, float]]]:
        """Return a curve for each network: (amount, accuracy) for every amount."""
        amounts = AMOUNTS[change].every
        table = [self.accuracies(change, amount) for amount in amounts]
        return [list(zip(amounts, curve, strict=True)) for curve in zip(*table, strict=True)]


@dataclass(frozen=True, eq=False)
class ChangeControls:
    """The values of the controls."""

    trial: Trial
    change: str
    amount: float


@dataclass(frozen=True, eq=False)
class ChangeView:
    """What the explorer shows."""

    pictures: np.ndarray  # the changed images, (H, W, M) or (H, W, M, 3)
    picture_view: View
    labels: list[int]
    predictions: list[list[int]]  # of each network, for these images
    accuracies: list[float]  # of each network, for all images
    curves: list[list[tuple[float, float]]]

    @property
    def captions(self) -> list[str]:
        """The predictions for each image, and whether each is right."""
        columns = zip(self.labels, *self.predictions, strict=True)
        return [
            "|".join(f"{said}{RIGHT if said == label else WRONG}" for said in each)
            for label, *each in columns
        ]


def compute(controls: ChangeControls) -> ChangeView:
    """Return what ChangeExplorer shows."""
    trial, change, amount = controls.trial, controls.change, controls.amount
    changed = change_images(trial.images[trial.shown], change, amount)
    drawn = drawable(changed)
    return ChangeView(
        pictures=np.moveaxis(drawn, 0, 2),
        picture_view=render(np.concatenate(drawn), "as a photo").without_scale(),
        labels=trial.labels[trial.shown].tolist(),
        predictions=[
            network.predict(changed).argmax(axis=1).tolist() for network in trial.networks.values()
        ],
        accuracies=trial.accuracies(change, amount),
        curves=trial.curves(change),
    )


def in_words(change: str, amount: float) -> str:
    """Return a change as text.

    >>> in_words("shift", -2)
    'shift, -2 pixels to the right'
    """
    return f"{change}, {format_number(amount)} {AMOUNTS[change].unit}"
