"""Everything an explorer says in text is about its present state, however that state was reached."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture

from helpers.explorers import (
    BankExplorer,
    CameraExplorer,
    ChangeExplorer,
    ChannelExplorer,
    ClassifierExplorer,
    EdgeExplorer,
    FilterExplorer,
    InsideExplorer,
    KernelExplorer,
    KernelLearner,
    NetworkBuilder,
    NudgeExplorer,
    ParameterCounter,
    PixelExplorer,
    PoolingExplorer,
    StripeExplorer,
    TrainingExplorer,
    UnitExplorer,
    ValleyExplorer,
    WindowExplorer,
)
from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.drawing import Drawing
from helpers.explorers.widgets.element import Text
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_entry import NumberEntry
from helpers.network import Conv, Dense, Flatten, Network, ReLU

COLOR, GRAY = picture(9, 8, 3), picture(9, 8)
GRID = np.arange(30).reshape(5, 6) % 9 - 2
SET = picture(6, 12, 12), np.arange(6) % 3


def network():
    return Network([Conv(2, 3), ReLU(), Flatten(), Dense(3)], (12, 12, 1))


MAKE = {
    "kernel": lambda: KernelExplorer(COLOR),
    "kernel, gray": lambda: KernelExplorer(GRAY),
    "window": lambda: WindowExplorer(GRID, [[1, 0], [0, -1]]),
    "pixel": lambda: PixelExplorer(COLOR),
    "pooling": lambda: PoolingExplorer(COLOR),
    "pooling, grid": lambda: PoolingExplorer(GRID),
    "channels": lambda: ChannelExplorer(COLOR),
    "bank": lambda: BankExplorer(COLOR),
    "camera": lambda: CameraExplorer(),
    "edges": lambda: EdgeExplorer(COLOR),
    "learner": lambda: KernelLearner(GRAY),
    "valley": lambda: ValleyExplorer(GRAY),
    "filters": lambda: FilterExplorer(network(), *SET),
    "inside": lambda: InsideExplorer(network(), SET),
    "training": lambda: TrainingExplorer(SET, SET, filters=(2, 2)),
    "stripes": lambda: StripeExplorer(),
    "units": lambda: UnitExplorer(network(), SET[0]),
    "counter": lambda: ParameterCounter(),
    "builder": lambda: NetworkBuilder(),
    "changes": lambda: ChangeExplorer({"one": network()}, SET),
    "nudge": lambda: NudgeExplorer(network(), SET),
    "classifier": lambda: ClassifierExplorer(),
}


def said(explorer):
    """All texts that are read aloud, except the message."""
    texts = [explorer.describe(), explorer.alt_text()]
    since_the_start = getattr(explorer, "move_view", None)  # its scale depends on earlier weights
    for part in explorer.elements:
        if part.hidden:
            continue
        if isinstance(part, ImageView):
            scale = {} if part is since_the_start else part.scale
            texts.append((part.title, part.note, part.alt, scale))
        elif isinstance(part, Drawing):
            texts.append(part.alt)
        elif isinstance(part, Text) and part is not explorer.message:
            texts.append(part.value)
    return texts


def moves(part):
    """Return functions that change a control as the user does, each to another value."""
    if isinstance(part, Choice):
        count = len(part.options)
        return [lambda k=k: page.move(part, value=k) for k in {count - 1, count // 2, 0}]
    if isinstance(part, Tick):
        return [lambda: page.move(part, value=not part.value)] * 2
    if isinstance(part, NumberEntry):
        middle = (part.min + part.max) / 2
        ends = [part.max, part.min, round(middle) if part.whole else middle]
        return [lambda n=n: page.move(part, index=0, number=n) for n in ends]
    return []


def twin(name, explorer):
    """Return a new explorer whose controls and cursors are set to those of another, all at once."""
    other = MAKE[name]()
    with other.batch():
        for ours, theirs in zip(explorer.elements, other.elements, strict=True):
            if isinstance(ours, (Choice, Tick, NumberEntry)) and ours.value != theirs.value:
                theirs.value = ours.value
    for ours, theirs in zip(explorer.elements, other.elements, strict=True):
        if isinstance(ours, ImageView) and ours.interactive and ours.cursor != theirs.cursor:
            theirs.cursor = ours.cursor
    return other


@pytest.mark.parametrize("name", MAKE)
def test_every_text_is_that_of_a_new_explorer_in_the_same_state(name):
    """After each change of each control; so no text is left from the state before."""
    explorer = MAKE[name]()
    for number, part in enumerate(explorer.elements):
        for move in moves(part):
            move()
            if not explorer.problem:  # with a problem the last valid picture stays
                new = twin(name, explorer)
                assert not new.problem
                assert said(explorer) == said(new), (number, part)
                new.close()
        if explorer.problem:
            explorer.close()
            explorer = MAKE[name]()


def test_the_bias_is_in_the_text_alternatives_of_a_channel_explorer():
    explorer = ChannelExplorer(COLOR)
    page.type_into(explorer.bias, "2")
    for view in (*explorer.map_views, explorer.output):
        assert "bias 2," in view.alt and "bias 0" not in view.alt
    assert explorer.sum.alt.startswith("sum + bias 2: ")
