"""ClassifierParts: the controls and pictures of ClassifierExplorer besides the classes and the pad."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers.explorers.models.classifier import (
    LONGEST_ASKED,
    VARIANTS,
    ClassifierControls,
    ClassifierView,
)
from helpers.explorers.models.own_pictures import FEWEST, MOST, OwnPictures
from helpers.explorers.models.picture import as_photo
from helpers.explorers.panels.class_rows import ACROSS, ClassRow
from helpers.explorers.panels.own_picture import OwnPicture
from helpers.explorers.panels.recall_bars import RecallBars
from helpers.explorers.widgets.chart import Bars, Chart
from helpers.explorers.widgets.controls import Button, Choice
from helpers.explorers.widgets.element import Group, Message, Text, column, fold, panel, row
from helpers.explorers.widgets.file_upload import FileUpload
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number
from helpers.explorers.widgets.runner import Runner
from helpers.explorers.widgets.still import StillColumn
from helpers.explorers.widgets.tiles import Tiles, one_below_another
from helpers.network import Augmentation

LIMITS = {  # of the augmentation: the largest amount, its step, its unit
    "shift": (6.0, 0.5, "Pixels, in both directions"),
    "rotation": (90.0, 5.0, "Degrees, in both directions"),
    "size": (0.5, 0.05, "Fraction, larger and smaller"),
    "thickness": (2.0, 0.25, "Pixels added to each side of a stroke, or removed"),
    "noise": (0.5, 0.05, "Largest standard deviation of the noise"),
}
NAMES = ("classes", "save", "open", "test_set", "learn_from", *LIMITS)
EVERY_CLASS, ALL = "all classes", -1  # the choice, and its value; others are numbers of classes
RIGHT, INPUT, VARIANT = 290, 100, 52  # CSS pixels
SAVED = "Saved {} pictures in {} ({:.0f} kB), in this notebook's folder."
OPENED = "Added {} pictures of {}; {} were here already."
LONGEST_NAME = 14  # characters beside a bar
PANEL = {"--panel": "128px", "--label": "64px"}


class ClassifierParts:
    """The controls by name in `named`, and the pictures; `lay_out` arranges them.

    Parameters
    ----------
    own : the pictures to begin with
    save : function that saves all pictures
    open_set, open_test : functions of the name and the bytes of a zip file
    reject : function of the reason why a file was not opened
    """

    def __init__(
        self,
        own: OwnPictures,
        save: Callable[[], None],
        open_set: Callable[[str, bytes], None],
        open_test: Callable[[str, bytes], None],
        reject: Callable[[str], None],
    ):
        self.count = Number(
            "classes", own.count, min=FEWEST, max=MOST, step=1,
            help="How many classes there are; pictures of a class that goes are kept until it returns",
            style={"flex": "0 0 130px", "--label": "52px"},
        )  # fmt: skip
        self.save = Button(
            "save set", "Save all pictures as a zip file of PNGs, in this folder", save
        )
        self.open = FileUpload(
            "open set", "Add the pictures of a zip file to these", open_set, reject, ".zip"
        )
        self.open_test = FileUpload(
            "open as test", "Test with the pictures of a zip file, such as a friend's; never learn from them",
            open_test, reject, ".zip",
        )  # fmt: skip
        self.learn_from = Choice(
            "learn from",
            [(EVERY_CLASS, ALL)],
            ALL,
            "The classes whose pictures the training uses",
        )
        self.amounts = {
            name: Number(name, getattr(Augmentation, name), min=0, max=most, step=step, help=help)
            for name, (most, step, help) in LIMITS.items()
        }
        self.rate = Number(
            "learning rate", 3e-3, min=0.0001, max=0.1, step=0.0001, help="Factor of each step"
        )
        self._build_pictures()
        self.name_classes(own.names[: own.count])
        self.named: dict[str, Any] = {
            "classes": self.count, "save": self.save, "open": self.open, "test_set": self.open_test,
            "learn_from": self.learn_from, **self.amounts, "learning_rate": self.rate,
        }  # fmt: skip
        self.inputs = [self.count, self.learn_from, self.rate, *self.amounts.values()]

    def _build_pictures(self) -> None:
        self.input = ImageView(
            title="what it sees", width=INPUT, style={"flex": f"0 0 {INPUT}px"}, smooth=False
        )
        self.bars = Bars("probabilities", [" " * LONGEST_NAME] * MOST, RIGHT - INPUT - 12)
        self.bars.reserved = True
        strong = {"font-size": "14px", "font-weight": "600"}
        self.verdict = Text(style=strong, room_for="Your picture: nine letters, probability 100%.")
        self.asked = Text(room_for=LONGEST_ASKED)
        self.guesses = Text(
            room_for="Of the last 10 pictures that you added, it had predicted 10 correctly."
        )
        self.set_line, self.saved = (
            Text(),
            Text(room_for=SAVED.format(2000, "my_pictures_20.zip", 999)),
        )
        self.variants = Tiles(title="training pictures, changed at every step",
                              width=ACROSS * VARIANT)  # fmt: skip
        self.curves = Chart("accuracy", percent=True)
        self.recall = RecallBars(["class"] * MOST)

    def stills(self, asked: bool) -> list:
        """Return the rows of the static picture; without a picture to ask about, there is no answer."""
        answer = [StillColumn(self.input, self.verdict), self.bars]
        rows = [[self.variants], [self.curves, self.recall], [self.asked]]
        return [answer, *rows] if asked else rows

    @property
    def only(self) -> int | None:
        """The one class to learn from; None for all of them."""
        return None if self.learn_from.value == ALL else self.learn_from.value

    @property
    def augmentation(self) -> Augmentation:
        """The augmentation that the controls describe."""
        return Augmentation(**{name: amount.number for name, amount in self.amounts.items()})

    def name_classes(self, names: Sequence[str]) -> None:
        """Offer these classes to learn from, and name the bars."""
        if self.learn_from.value >= len(names):
            self.learn_from.value = ALL
        options = [(f"only {name}", k) for k, name in enumerate(names)]
        self.learn_from.options = [(EVERY_CLASS, ALL), *options]
        short = [
            name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…" for name in names
        ]
        self.bars.names, self.recall.names = short, short

    def lay_out(
        self, rows: Sequence[ClassRow], source: OwnPicture, runner: Runner, message: Message,
        shown: list, folded: list,
    ) -> list:  # fmt: skip
        """Return the tree: the classes, the pad, the prediction with the training, the augmentation."""

        def pick(*names: str) -> list:
            return [self.named[name] for name in names if self.named[name] in shown]

        sets = row(*pick("classes", "save", "open", "test_set"), align_items="center", gap="8px")
        classes = column(
            sets, *rows, message, self.set_line, self.saved, gap="6px", max_width="470px"
        )
        training = row(
            runner, *pick("learn_from", "learning_rate"), align_items="center", gap="8px"
        )
        answer = column(
            row(self.input, self.bars, flex_flow="row nowrap", gap="12px"), self.verdict, self.asked,
            self.guesses, training, row(self.curves), row(self.recall), max_width="340px",
        )  # fmt: skip
        changes = column(
            panel(*pick(*LIMITS), **PANEL), self.variants, gap="6px", max_width="470px"
        )
        rest = [part for part in shown if part not in self.named.values()]
        group = Group("classifier", (classes, source, answer, changes), {})
        return [group, *rest, fold(*folded)]

    def show(self, controls: ClassifierControls, view: ClassifierView) -> None:
        """Show everything but the classes and the pad."""
        self.input.show(
            as_photo(controls.image), alt=f"what the network sees: {controls.caption or 'nothing'}"
        )
        self.bars.show(view.probabilities.tolist())
        self.bars.hidden = not controls.caption  # of a blank paper there is nothing to say
        self.verdict.value, self.asked.value = view.verdict, view.asked
        self.guesses.value, self.set_line.value = view.guess_line, view.set_line
        blank = np.zeros((28, 28, VARIANTS), np.float32)
        maps = blank if view.variants is None else view.variants
        self.variants.show_maps(
            maps, as_photo(one_below_another(maps)), ACROSS,
            alt="no pictures yet" if view.variants is None else f"{VARIANTS} augmented pictures",
        )  # fmt: skip
        training, others = controls.training.curves.values()
        name = "held out" if controls.test is None else "test set"
        self.curves.show({"training": training, name: others})
        self.recall.title = view.judged
        self.recall.show(view.recall_before, view.recall)
