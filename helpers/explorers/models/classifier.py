"""What ClassifierExplorer computes: pictures of each class, augmented ones, the prediction, the curves."""

from dataclasses import dataclass

import numpy as np

from helpers.explorers.models.memo import Memo
from helpers.explorers.models.own_pictures import OwnPictures, is_held_out
from helpers.explorers.models.own_training import OwnTraining
from helpers.explorers.models.picture import counted
from helpers.network import Augmentation
from helpers.network.picture_set import LabeledSet

SHOWN = 8  # pictures of a class that are shown, the newest
VARIANTS = 16  # augmented pictures that are shown
HELD_BACK = np.array([213, 94, 0], np.float32) / 255  # the orange of the second curve
LONGEST_ASKED = "10,000 predictions since the last training step: 0 of 10,000 weights changed."


@dataclass(frozen=True, eq=False)
class ClassifierControls:
    """The values of the controls, the pictures and the training."""

    pictures: OwnPictures
    training: OwnTraining
    image: np.ndarray  # what is asked about, (H, W) or (H, W, 3)
    caption: str  # of it; empty if it is blank
    test: LabeledSet | None  # of somebody else
    augmentation: Augmentation
    guesses: tuple[bool, ...]  # whether a picture was predicted correctly before it was added


@dataclass(frozen=True, eq=False)
class ClassifierView:
    """What the explorer shows."""

    rows: list[np.ndarray | None]  # of each class: its newest pictures, (H, W, n, 3)
    counts: list[int]
    variants: np.ndarray | None  # (H, W, n) or (H, W, n, 3)
    probabilities: np.ndarray
    prediction: int
    verdict: str
    asked: str
    judged: str  # which pictures the accuracy of each class is about
    recall: np.ndarray
    recall_before: np.ndarray
    set_line: str
    guess_line: str
    caption: str


def compute(controls: ClassifierControls, memo: Memo) -> ClassifierView:
    """Return what ClassifierExplorer shows."""
    pictures, training = controls.pictures, controls.training
    probabilities = training.network.predict(controls.image[None])[0]
    prediction = int(probabilities.argmax())
    judged, title = judged_by(pictures, controls.test)
    recall = memo("recall", _recall, training, judged, training.network, training.count)
    before = training.recall_before
    return ClassifierView(
        rows=[memo(f"row {k}", thumbnails, part) for k, part in enumerate(pictures.of_class)],
        counts=[len(part) for part in pictures.of_class],
        variants=memo("variants", variants, pictures, controls.augmentation),
        probabilities=probabilities,
        prediction=prediction,
        verdict=_verdict(controls, prediction, probabilities),
        asked=_asked(training),
        judged=title,
        recall=recall,
        recall_before=recall if before is None or len(before) != len(recall) else before,
        set_line=_set_line(pictures, controls.test),
        guess_line=_guess_line(controls.guesses, training.count),
        caption=_caption(pictures, training),
    )


def _recall(training: OwnTraining, judged: LabeledSet, *state: object) -> np.ndarray:
    """Return the accuracy of each class; `state` says when it has to be computed anew."""
    if not len(judged.labels):
        return np.full(len(judged.names), np.nan)
    return training.recall(judged)


def judged_by(pictures: OwnPictures, test: LabeledSet | None) -> tuple[LabeledSet, str]:
    """Return the pictures that tell how good the network is, and what they are."""
    if test is not None:
        return test, "accuracy on the test set"
    held_out = pictures.held_out
    if len(np.unique(held_out.labels)) == pictures.count:
        return held_out, "accuracy on held-out pictures"
    return pictures.as_set, "accuracy on all pictures"


def thumbnails(pictures: tuple[np.ndarray, ...]) -> np.ndarray | None:
    """Return the newest pictures in color, (H, W, n, 3); those held out have an orange frame."""
    if not pictures:
        return None
    first = max(0, len(pictures) - SHOWN)
    tiles = []
    for number, picture in enumerate(pictures[first:], start=first):
        tile = np.repeat(picture[..., None], 3, axis=2) if picture.ndim == 2 else picture.copy()
        if is_held_out(number):
            tile[:2] = tile[-2:] = HELD_BACK
            tile[:, :2] = tile[:, -2:] = HELD_BACK
        tiles.append(tile)
    return np.stack(tiles, axis=2)


def variants(pictures: OwnPictures, augmentation: Augmentation) -> np.ndarray | None:
    """Return pictures of all classes in turn, augmented: only the amounts change, not the random draws."""
    images, labels, _ = pictures.learned_from
    if not len(labels):
        return None
    places = [np.flatnonzero(labels == k)[::-1] for k in np.unique(labels)]
    chosen = [part[n // len(places) % len(part)] for n in range(VARIANTS)
              for part in [places[n % len(places)]]]  # fmt: skip
    stack = images[chosen]
    batch = stack[..., None] if stack.ndim == 3 else stack
    changed = augmentation(batch, np.random.default_rng(0)).reshape(stack.shape)
    return np.moveaxis(changed, 0, 2)


def _verdict(controls: ClassifierControls, prediction: int, probabilities: np.ndarray) -> str:
    if not controls.caption:
        return "Draw, and see what the network makes of it."
    name = controls.pictures.names[prediction]
    return f"{controls.caption}: {name}, probability {probabilities[prediction]:.0%}."


def _asked(training: OwnTraining) -> str:
    total = training.network.parameter_count
    since = "the last training step" if training.count else "it was made"
    changed = training.changed_by_asking
    return f"{counted(training.asked, 'prediction')} since {since}: {changed:,} of {total:,} weights changed."


def _set_line(pictures: OwnPictures, test: LabeledSet | None) -> str:
    count, held = (len(part.labels) for part in (pictures.as_set, pictures.held_out))
    line = f"{counted(count, 'picture')}, {held} held out (orange frame)"
    return line if test is None else f"{line}; a test set of {len(test.labels)}"


def _guess_line(guesses: tuple[bool, ...], steps: int) -> str:
    if not steps:
        return "It has not learned anything yet: it guesses."
    last = guesses[-10:]
    if not last:
        return ""
    which = "picture" if len(last) == 1 else f"{len(last)} pictures"
    return f"Of the last {which} that you added, it had predicted {sum(last)} correctly."


def _caption(pictures: OwnPictures, training: OwnTraining) -> str:
    names = ", ".join(pictures.names[: pictures.count])
    return f"{names}; {counted(training.count, 'training step')}"
