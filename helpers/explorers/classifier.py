"""ClassifierExplorer: a classifier of the learner's own pictures, drawn, augmented, learned and tested."""

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from helpers.explorers.base import Explorer
from helpers.explorers.models.classifier import (
    ClassifierControls,
    ClassifierView,
    compute,
    judged_by,
)
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.own_files import as_own_set, free_path
from helpers.explorers.models.own_pictures import OwnPictures, with_labels_of
from helpers.explorers.models.own_training import OwnTraining
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.class_rows import ClassRow
from helpers.explorers.panels.classifier_parts import NAMES, OPENED, SAVED, ClassifierParts
from helpers.explorers.panels.own_picture import OwnPicture
from helpers.explorers.widgets.element import COVERING, Message
from helpers.explorers.widgets.runner import Runner
from helpers.network import Network
from helpers.network.picture_set import SHAPES, LabeledSet, load_zip, save_zip
from helpers.validation import as_flag, as_whole

STEPS = 200  # of one run of the training
NOTHING: tuple[Any, Any] = None, None  # no run has begun


class ClassifierExplorer(Explorer):
    """Pictures of two to five classes, a network that learns them, and a new picture to test it with.

    Parameters
    ----------
    pictures : the set to begin with: a pair of images, (N, 28, 28) or (N, 32, 32, 3) in [0, 1], and
        labels (N,) from 0, a `LabeledSet`, or the path of a zip file; empty if left out
    names : list of two to five str, the names of the classes
    color : whether pictures are 32×32 in color; 28×28 in gray otherwise. Only for an empty set.
    seed : int, for the initial weights and the augmentation
    controls : names of the controls that are shown at once; the others are behind "more controls".
        Out of "classes", "save", "open", "test_set", "learn_from", "shift", "rotation", "size",
        "thickness", "noise", "learning_rate", "pen".

    `pad.draw(points)` draws, `add(k)` adds the picture to a class, `runner.run(steps)` trains;
    `pictures` are all pictures, `network` is the network, `probabilities` is its prediction.
    """

    def __init__(
        self,
        pictures: Any = None,
        names: Sequence[str] | None = None,
        color: bool = False,
        seed: int = 0,
        controls: Collection[str] | None = None,
    ):
        given = as_own_set(pictures, names)
        shape = SHAPES[bool(as_flag("color", color))] if given is None else given.images.shape[1:]
        self.own = OwnPictures.start(given, names)
        self.seed, self.memo = as_whole("seed", seed, least=0), Memo()
        self.test: LabeledSet | None = None
        self.guesses: tuple[bool, ...] = ()
        self.source = OwnPicture(shape)
        self.runner = Runner(
            self._learn, self._begin_again, self.refresh, "Train on one mini-batch",
            "Start again from new weights; the pictures stay", batch=self.batch,
        )  # fmt: skip
        self.pad = self.source.pad
        self._asked_about = self.source.value  # the picture of the last prediction
        self._begin_again()
        self.rows = [
            ClassRow(name, partial(self.add, k), partial(self.drop, k),
                     partial(self.add_file, k), self.source.reject)
            for k, name in enumerate(self.own.names)
        ]  # fmt: skip
        self.parts = ClassifierParts(
            self.own, self.save, self.open_set, self.open_test, self.source.reject
        )
        self.parts.count.observe(self._name_classes, "value")
        self.message = Message(style=COVERING)
        named = {**self.parts.named, "pen": self.source.pad.pen}
        shown, folded = choose_controls(named, controls, NAMES)
        tree = self.parts.lay_out(self.rows, self.source, self.runner, self.message, shown, folded)
        inputs = [self.source, self.runner, *self.parts.inputs, *(each.name for each in self.rows)]
        super().__init__(tree, inputs, [], self.runner.lock)
        self.runner.observe(self._note_start, "running")

    @property
    def pictures(self) -> LabeledSet:
        """All pictures of the classes in use, to be saved, or given to `train`."""
        return self.own.as_set

    @property
    def network(self) -> Network:
        """The network in training."""
        return self.training.network

    @property
    def probabilities(self) -> np.ndarray:
        """The probability of each class for the picture asked about, (K,)."""
        return self.computed.probabilities

    def _begin_again(self) -> None:
        self.training = OwnTraining(self.source.shape, self.own.count, self.seed)
        self.guesses = ()
        self._left, self._run = STEPS, NOTHING

    def _note_start(self, change: Any) -> None:
        if change["new"]:
            self._run = NOTHING

    def _learn(self) -> bool:
        """Train on one mini-batch; return False at the end of a run in the background."""
        only, rate = self.parts.only, self.parts.rate.number
        if self._run != (self.own, only):  # it begins, or goes on with others
            self.training.begin_run(judged_by(self.own, self.test)[0])
            self._left, self._run = STEPS, (self.own, only)
        if self.runner.running and not self._left:
            return False
        others = self.own.held_out if self.test is None else self.test
        self.training.learn(self.own.learned_from, others, only, self.parts.augmentation, rate)
        self._left -= self.runner.running
        return True

    def add(self, k: int) -> None:
        """Add the picture asked about to a class, and begin a new one."""
        self.attempt(partial(self._add, k))

    def _add(self, k: int) -> None:
        self.source.error = self.runner.error = ""
        if not self.source.caption:
            raise ValueError("there is no picture to add: draw one, open one, or start the camera")
        if self.training.count:
            self.guesses = (*self.guesses, self.computed.prediction == k)
        self.own = self.own.added(k, [self.source.value])
        self.source.clear()
        self.update()

    def drop(self, k: int) -> None:
        """Remove the last picture of a class."""
        self.source.reject("")
        self._change(lambda: self.own.without_last(k))

    def add_file(self, k: int, name: str, content: bytes) -> None:
        """Add a picture file to a class."""
        self.source.try_to(
            lambda: self._change(lambda: self.own.added(k, [self.source.read(content)])), name
        )

    def _change(self, make: Any) -> None:
        with self.lock:
            self.own = make()
            self.refresh()

    def open_set(self, name: str, content: bytes) -> None:
        """Add the pictures of a zip file to those of the same names."""

        def merge() -> None:
            found = self._as_mine(load_zip(content))
            own = self.own.merged(found)
            added = len(own.as_set.labels) - len(self.own.as_set.labels)
            with self.batch():
                self.own = own
                self.parts.saved.value = OPENED.format(added, name, len(found.labels) - added)
                self.parts.count.number = own.count
                for line, each in zip(self.rows, own.names, strict=True):
                    line.name.value = each
                self.refresh()

        self.source.try_to(merge, name)

    def open_test(self, name: str, content: bytes) -> None:
        """Take the pictures of a zip file as the test set; the network does not learn from them."""

        def take() -> None:
            names = self.own.names[: self.own.count]
            self.test = with_labels_of(self._as_mine(load_zip(content)), names)
            self.training.recall_before = None
            self.refresh()

        self.source.try_to(take, name)

    def _as_mine(self, found: LabeledSet) -> LabeledSet:
        if found.images.shape[1:] != self.source.shape:
            kinds = [
                " × ".join(map(str, shape)) for shape in (self.source.shape, found.images.shape[1:])
            ]
            raise ValueError(f"pictures here are {kinds[0]}; those in the file are {kinds[1]}")
        return found

    def save(self) -> None:
        """Save all pictures in a new zip file in the working folder."""

        def save() -> None:
            self.source.error = ""
            if not len(self.pictures.labels):
                raise ValueError("there are no pictures to save: add some first")
            path = free_path(Path.cwd(), "my_pictures")
            save_zip(path, *self.pictures)
            count, size = len(self.pictures.labels), path.stat().st_size / 1000
            self.parts.saved.value = SAVED.format(count, path.name, size)

        self.attempt(save)

    def read(self) -> ClassifierControls:
        names = [line.name.value for line in self.rows]
        count = self.parts.count.number
        if (tuple(names), count) != (self.own.names, self.own.count):
            self._rename(names, count)
        self.training.asked += bool(
            self.source.caption and self.source.value is not self._asked_about
        )
        self._asked_about = self.source.value
        return ClassifierControls(
            pictures=self.own,
            training=self.training,
            image=self.source.value,
            caption=self.source.caption,
            test=self.test,
            augmentation=self.parts.augmentation,
            guesses=self.guesses,
        )

    def _rename(self, names: list[str], count: int) -> None:
        """Take new names, and other classes: the test set is then of no use."""
        own = self.own.called(names, count)
        if own.names[: own.count] != self.own.names[: self.own.count]:
            self.test = None
        self.own = own
        self.training.use_classes(count)
        self._name_classes()

    def _name_classes(self, change: Any = None) -> None:
        """Offer the classes at once: one of them may be chosen in the same message."""
        names = [line.name.value for line in self.rows]
        self.parts.name_classes(names[: self.parts.count.number])

    def compute(self, controls: ClassifierControls) -> ClassifierView:
        return compute(controls, self.memo)

    def show(self, view: ClassifierView) -> None:
        for k, line in enumerate(self.rows):
            line.hide(k >= self.own.count)
            line.show(view.rows[k], view.counts[k])
        self.parts.show(self.controls, view)

    def still(self) -> bytes:
        self.stills = self.parts.stills(bool(self.controls.caption))
        return super().still()

    def lose_sight(self) -> None:
        self.source.camera.stop()
        super().lose_sight()

    def summary(self) -> str:
        return self.computed.verdict

    def describe(self) -> str:
        return f"ClassifierExplorer: {self.computed.caption}; {self.parts.recall.alt}"
