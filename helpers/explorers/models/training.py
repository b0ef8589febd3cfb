"""What TrainingExplorer computes: the progress of training, and the network on one image."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from helpers.explorers.models.evaluation import Evaluation, drawable, evaluate
from helpers.explorers.models.in_words import least_right
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import as_photo
from helpers.explorers.models.training_session import TrainingSession
from helpers.rendering import View, percent

ACROSS = 8  # filters, and their feature maps, in a row
TILE, WIDEST = 62, 600  # CSS pixels: a map, a stack


class Stack(NamedTuple):
    """Filters or feature maps, (H, W, F), or (H, W, F, 3) in color, and their places."""

    maps: np.ndarray
    across: int  # number in a row
    width: int  # of the stack, in CSS pixels


@dataclass(frozen=True, eq=False)
class TrainingControls:
    """The values of the controls, and the training session."""

    session: TrainingSession
    number: int  # of the test image
    rate: float
    second: bool  # whether the second filters are shown


@dataclass(frozen=True, eq=False)
class TrainingView:
    """What the explorer shows."""

    caption: str
    progress: str
    share: dict  # value and max of the progress bar
    curves: dict  # of loss and accuracy
    tested: str  # how many test images these are about
    image: View
    label: int
    probabilities: list[float]
    formation: list[
        Stack
    ]  # the first filters at the start, their change, and now, if there are any
    maps: list[Stack]  # of the first two convolutions, or fewer
    second: Stack | None  # the second filters, if they are shown
    sampled: np.ndarray | None  # probabilities for the images of the test curves, (N, K)
    changed: (
        int | None
    )  # the number of the first convolution's filter that has changed most, if any
    evaluation: Evaluation | None  # once the training is over


def compute(controls: TrainingControls, memo: Memo) -> TrainingView:
    """Return what TrainingExplorer shows."""
    session = controls.session
    images, labels = session.test
    try:
        maps, probabilities = session.look_at(images[controls.number])
    except FloatingPointError:
        raise ValueError(
            f"learning rate {controls.rate:g} is too large: the weights overflowed;"
            " lower the learning rate and restart"
        ) from None
    given = session.probabilities
    now = session.filters()
    start = session.initial_filters
    formation = _formation(start[0], now[0]) if now else []
    return TrainingView(
        caption=f"{session.network.parameter_count:,} parameters, {session.count:,} steps",
        progress=_progress(session),
        share={"value": session.count, "max": session.total} if session.count else {},
        curves=session.history,
        tested=f"test curves: {len(session.sample[1]):,} of {len(labels):,} images",
        image=memo("image", _picture, images, controls.number),
        label=int(labels[controls.number]),
        probabilities=probabilities.tolist(),
        formation=formation,
        maps=[
            _in_rows(stack, across)
            for stack, across in zip(maps, (*(each.across for each in formation[:1]), ACROSS))
        ],
        second=_by_channel(now[1]) if controls.second and len(now) > 1 else None,
        sampled=session.sampled,
        changed=int(np.abs(now[0] - start[0]).sum(axis=(0, 1, 2)).argmax()) if now else None,
        evaluation=None if given is None else memo("wrong", evaluate, images, labels, given),
    )


LONGEST_PROGRESS = "epoch 10 of 10, batch 1000 of 1000, 1000 s left"


def _progress(session: TrainingSession) -> str:
    step = session.step
    if step is None:
        return f"{session.network.parameter_count:,} parameters, not trained yet."
    return (
        f"epoch {step.epoch} of {session.epochs}, batch {step.batch} of {step.batches},"
        f" {session.seconds_left:.0f} s left"
    )


def learned_in_words(labels: np.ndarray, view: TrainingView) -> list[str]:
    """Return what the curves, the predictions and the filters show; `labels` are those of `sampled`."""
    if view.sampled is None:
        return ["not trained yet"]
    (trained, tested), (_, right) = (
        [curve[-1][1] for curve in curves.values()] for curves in view.curves.values()
    )
    words = [
        f"training loss {trained:.2g}, test loss {tested:.2g}, test accuracy {percent(right)}",
        least_right(labels, view.sampled),
    ]
    if view.changed is not None:
        words.append(f"filter {view.changed} has changed most")
    return words


def _picture(images: np.ndarray, number: int) -> View:
    return as_photo(drawable(images[number : number + 1])[0])


def _formation(start: np.ndarray, now: np.ndarray) -> list[Stack]:
    """Return filters at the start, their change, and now."""
    return [_first(filters) for filters in (start, now - start, now)]


def _first(filters: np.ndarray) -> Stack:
    """Return one tile per filter of one channel, or of three, drawn in color; else one per slice."""
    channels = filters.shape[2]
    if channels == 1:
        return _in_rows(filters[:, :, 0], ACROSS)
    return _in_rows(filters.swapaxes(2, 3), ACROSS) if channels == 3 else _by_channel(filters)


def _in_rows(maps: np.ndarray, across: int) -> Stack:
    across = min(maps.shape[2], across)
    return Stack(maps, across, TILE * across)


def _by_channel(filters: np.ndarray) -> Stack:
    """Return one column per filter, one row per input channel."""
    count = filters.shape[3]
    maps = filters.reshape(*filters.shape[:2], -1)
    return Stack(maps, count, min(WIDEST, TILE * count))
