"""What FilterExplorer computes: what a network still gets right after its filters have changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.explorers.models.evaluation import drawable
from helpers.explorers.models.filter_trial import Trial
from helpers.network import Network, confusion_matrix
from helpers.rendering import View, render_weights

PICTURES = 6  # images that are shown
LONGEST_ACCURACY = "Right: 1,000 → 1,000 of 1,000 (100.0% → 100.0%)."
LONGEST_LOST = (
    "1,000 newly wrong, 1,000 newly right. Class {name} lost most: 100% → 100%,"
    " most often taken for {name} now (1,000)."
)


@dataclass(frozen=True, eq=False)
class Outcome:
    """Predictions for labeled images; `recall` is NaN for a class that no image has."""

    labels: np.ndarray  # (N,)
    probabilities: np.ndarray  # (N, K)

    @cached_property
    def predicted(self) -> np.ndarray:
        """The class with the highest probability, (N,)."""
        return self.probabilities.argmax(axis=1)

    @cached_property
    def right(self) -> np.ndarray:
        """Whether each prediction is right, (N,) bools."""
        return self.predicted == self.labels

    @cached_property
    def recall(self) -> np.ndarray:
        """The fraction of each class that is predicted right, (K,)."""
        counts = confusion_matrix(self.labels, self.predicted, self.probabilities.shape[1])
        with np.errstate(invalid="ignore"):
            return counts.diagonal() / counts.sum(axis=1)


@dataclass(frozen=True, eq=False)
class FilterControls:
    """The values of the controls."""

    trial: Trial
    before: Outcome  # of the network as it was given
    network: Network  # with the filters as they are now
    images: np.ndarray  # (N, H, W) or (N, H, W, C)
    class_names: Sequence[str]


@dataclass(frozen=True, eq=False)
class FilterView:
    """What the explorer shows."""

    after: Outcome
    lost: np.ndarray  # numbers of the images that were right and are wrong now, the surest first
    pictures: (
        np.ndarray
    )  # (H, W, PICTURES) or (H, W, PICTURES, 3), of the first; 0 if there are fewer
    pairs: list[str]  # label and prediction of each
    accuracy: str  # before and after, as a line
    worst: int | None  # the class whose recall fell most
    lost_line: str


def compute(controls: FilterControls) -> FilterView:
    """Return what FilterExplorer shows."""
    before, names = controls.before, controls.class_names
    after = Outcome(before.labels, controls.trial.probabilities(controls.network))
    lost = np.flatnonzero(before.right & ~after.right)
    lost = lost[np.argsort(-after.probabilities[lost].max(axis=1), kind="stable")]
    shown = lost[:PICTURES]
    fell = np.nan_to_num(before.recall - after.recall)
    worst = int(fell.argmax()) if fell.max() > 0 else None
    return FilterView(
        after=after,
        lost=lost,
        pictures=_side_by_side(drawable(controls.images[shown])),
        pairs=[f"{names[after.labels[n]]} → {names[after.predicted[n]]}" for n in shown],
        accuracy=accuracy_line(before, after),
        worst=worst,
        lost_line=lost_line(before, after, worst, names),
    )


def _side_by_side(images: np.ndarray) -> np.ndarray:
    """Return images (M, H, W) or (M, H, W, 3) as maps, as many for any M: each keeps its size."""
    pictures = np.zeros((PICTURES, *images.shape[1:]), images.dtype)
    pictures[: len(images)] = images
    return np.moveaxis(pictures, 0, 2)


def accuracy_line(before: Outcome, after: Outcome) -> str:
    """Return how many images are right before and after; once if that is the same."""
    outcomes = [before] if before.right.sum() == after.right.sum() else [before, after]
    counts = " → ".join(f"{each.right.sum():,}" for each in outcomes)
    shares = " → ".join(f"{each.right.mean():.1%}" for each in outcomes)
    return f"Right: {counts} of {len(before.labels):,} ({shares})."


def lost_line(before: Outcome, after: Outcome, worst: int | None, names: Sequence[str]) -> str:
    """Return how many images are lost and gained, the class that lost most, and what it is taken for."""
    lost, gained = before.right & ~after.right, after.right & ~before.right
    line = f"{lost.sum():,} newly wrong, {gained.sum():,} newly right."
    if worst is None:
        return line if (lost | gained).any() else "All that were right are still right."
    taken = after.predicted[lost & (after.labels == worst)]
    instead = int(np.bincount(taken).argmax())
    return (
        f"{line} Class {names[worst]} lost most:"
        f" {before.recall[worst]:.0%} → {after.recall[worst]:.0%},"
        f" most often taken for {names[instead]} now ({(taken == instead).sum():,})."
    )


def filter_pictures(weights: np.ndarray) -> np.ndarray:
    """Return one picture per filter, (H, W, F): its slices in rows and columns, a line of 0 between.

    >>> filter_pictures(np.ones((1, 1, 2, 1)))[..., 0].tolist()
    [[1.0, 0.0, 1.0]]
    """
    rows, columns, slices, filters = weights.shape
    across = int(np.ceil(np.sqrt(slices)))
    down = -(-slices // across)
    page = np.zeros((down, rows + 1, across, columns + 1, filters), weights.dtype)
    for number in range(slices):
        page[number // across, :rows, number % across, :columns] = weights[:, :, number]
    page = page.reshape(down * (rows + 1), across * (columns + 1), filters)
    return page[:-1, :-1]


def draw_filters(pictures: np.ndarray) -> View:
    """Return pictures (H, W, F), one below another, in the colors of weights."""
    return render_weights(np.moveaxis(pictures, 2, 0).reshape(-1, pictures.shape[1]))
