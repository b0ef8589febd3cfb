"""What NudgeExplorer computes: an image under the worst nudge and a random one, and the accuracies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from helpers.explorers.models.inside import as_seen
from helpers.network import Network, loss_gradient
from helpers.network.nudge import nudged, random_signs
from helpers.rendering import View, render

KINDS = "worst", "random"
MOST = 0.5  # the largest nudge: it turns a gray pixel black or white
SIZES = np.linspace(0, MOST, 11).tolist()  # at which the accuracies are computed
COUNT = 100  # of the test images, for the accuracies
LONGEST_LINE = (
    "test image 10000, labeled {name}. Prediction: {name} (100.0%);"
    " after the worst nudge {name} (100.0%), after a random one {name} (100.0%)."
)


class Trial:
    """The first COUNT test images under nudges of any size, and how many of them stay right.

    Accuracies are remembered, so the network must not change.
    """

    def __init__(self, network: Network, images: np.ndarray, labels: np.ndarray):
        self.network = network
        self.images, self.labels = images[:COUNT], labels[:COUNT]
        self._signs = {
            "worst": np.sign(loss_gradient(network, self.images, self.labels)),
            "random": random_signs(self.images.shape, 0),
        }
        self.right: Callable[[str, float], int] = cache(self._right)

    def _right(self, kind: str, size: float) -> int:
        """Return how many images are read correctly after a nudge of this kind and size."""
        changed = nudged(self.images, self._signs[kind], size)
        return int((self.network.predict(changed).argmax(axis=1) == self.labels).sum())

    def curves(self) -> list[list[tuple[float, float]]]:
        """Return lists of (size, accuracy), for each kind."""
        count = len(self.labels)
        return [[(size, self.right(kind, size) / count) for size in SIZES] for kind in KINDS]


@dataclass(frozen=True, eq=False)
class NudgeControls:
    """The values of the controls."""

    trial: Trial
    class_names: list[str]
    image: np.ndarray  # (H, W) or (H, W, C)
    caption: str  # of the image
    label: int | None  # the class of the image; the prediction if None
    size: float
    seed: int  # of the random nudge


@dataclass(frozen=True, eq=False)
class Nudged:
    """An image after a nudge."""

    image: np.ndarray
    change: np.ndarray  # what was added: of each pixel, at most the size
    probabilities: np.ndarray  # (K,)
    picture: View
    nudge: View
    prediction: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "prediction", int(self.probabilities.argmax()))


@dataclass(frozen=True, eq=False)
class NudgeView:
    """What the explorer shows."""

    picture: View
    probabilities: np.ndarray  # of the image as it is
    label: int  # the class whose loss the worst nudge raises
    nudged: dict[str, Nudged]  # by kind
    curves: list[list[tuple[float, float]]]  # (size, accuracy), by kind
    accuracies: list[float]  # at this size, by kind
    line: str


def compute(controls: NudgeControls) -> NudgeView:
    """Return what NudgeExplorer shows."""
    trial, image, size = controls.trial, controls.image, controls.size
    probabilities = trial.network.predict(image[None])[0]
    label = int(probabilities.argmax()) if controls.label is None else controls.label
    gradient = loss_gradient(trial.network, image[None], [label])[0]
    signs = {"worst": np.sign(gradient), "random": random_signs(image.shape, controls.seed)}
    changed = {kind: _nudged(trial.network, image, signs[kind], size) for kind in KINDS}
    every = [probabilities, *(each.probabilities for each in changed.values())]
    return NudgeView(
        picture=as_seen(image).without_scale(),
        probabilities=probabilities,
        label=label,
        nudged=changed,
        curves=trial.curves(),
        accuracies=[trial.right(kind, size) / len(trial.labels) for kind in KINDS],
        line=_line(controls, every),
    )


def _nudged(network: Network, image: np.ndarray, signs: np.ndarray, size: float) -> Nudged:
    changed = nudged(image, signs, size)
    change = changed - image
    seen = change if change.shape[2:] in ((), (3,)) else change.mean(axis=2)
    return Nudged(
        image=changed,
        change=change,
        probabilities=network.predict(changed[None])[0],
        picture=as_seen(changed).without_scale(),
        nudge=render(seen, "signed", limit=size or MOST)._replace(note=""),
    )


def _line(controls: NudgeControls, probabilities: list[np.ndarray]) -> str:
    """Return the three predictions in words."""
    names = controls.class_names
    before, worst, at_random = (
        f"{names[each.argmax()]} ({each.max():.1%})" for each in probabilities
    )
    return (
        f"{controls.caption}. Prediction: {before};"
        f" after the worst nudge {worst}, after a random one {at_random}."
    )
