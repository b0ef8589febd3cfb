"""InsideExplorer: the feature maps of every layer for an image, and the pixels that a cell depends on."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike

from helpers.explorers.base import Explorer
from helpers.explorers.models.attribution import NONE, attributions, longest_title
from helpers.explorers.models.cell import explain
from helpers.explorers.models.in_words import maps_in_words
from helpers.explorers.models.inside import (
    LONGEST_NAME,
    MOST_BARS,
    InsideControls,
    InsideView,
    compute,
    count_map_layers,
    verdict,
)
from helpers.explorers.panels.cell import Cell
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.digit_steps import DigitSteps
from helpers.explorers.panels.feature_maps import Sheet
from helpers.explorers.panels.image_source import DRAWING, TEST, ImageSource
from helpers.explorers.panels.pipeline import Pipeline
from helpers.explorers.widgets.chart import Bars
from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.element import Group, Text, fold, row
from helpers.explorers.widgets.sketch_pad import WIDTH
from helpers.labels import as_labeled
from helpers.messages import describe
from helpers.network import Network
from helpers.network.datasets.digits import shared_digits
from helpers.precision import significant
from helpers.rendering import percent
from helpers.validation import is_listed

PAGE, BARS = 996, 172  # CSS pixels, of a wide page and of the bars
SHOWN = "image", "number", "attribution", "upload"  # the other controls are folded
DIGITS = (28, 28, 1), 10  # shape and classes of the handwritten digits


class InsideExplorer(Explorer):
    """A trained network on one image: its feature maps, its prediction and an attribution map.

    Parameters
    ----------
    network : Network whose layers before the first Flatten output feature maps; images of any
        shape, any number of classes K
    test : pair of images (N, H, W) or (N, H, W, C) in [0, 1] and labels (N,), 0 to K − 1; the
        handwritten test digits if left out
    source : the first image: "test image" or "noise", and if the network takes 28×28 gray pixels
        also "your drawing", "your picture" or "letter"
    number : int, the number of the image within its source
    class_names : list of K str; "0" to "K − 1" if left out
    controls : names of the controls that are shown at once, out of "image", "number", "upload",
        "centered", "pen", "attribution", "ReLU" and "steps"; the others are folded. A few if left
        out.

    The state can be set and read without a page: `source.value`, `number.number`, `pad.draw(…)`,
    `centered.value`, `attribution.value`, `relu.value`, `sheets[layer].cursor`; `image` is the
    input of the network, `layer_outputs`, `probabilities` and `prediction` are its outputs.
    """

    def __init__(
        self,
        network: Network,
        test: tuple[ArrayLike, ArrayLike] | None = None,
        source: str = TEST,
        number: int = 0,
        class_names: Sequence[str] | None = None,
        controls: Collection[str] | None = None,
    ):
        count = count_map_layers(network)
        names = as_class_names(class_names, network.classes)
        self.network, self.class_names = network, names
        test = as_test(test, network)
        self.picker = ImageSource(test, names, network.input_shape, source, number)
        self.source, self.number = self.picker.source, self.picker.number
        self.centered, self.pad = self.picker.centered, self.picker.pad
        self._build_views(network, count)
        super().__init__(self._lay_out(controls), (self.picker, self.attribution), stills=[])
        self.follow(self._point_at, list(self.sheets.values()), "cursor", "pinned")
        self.follow(self._arrange, [self.relu], "value")
        self.sheets[self.pipeline.layer].point_at_strongest()

    def _build_views(self, network: Network, count: int) -> None:
        longest = max(map(len, self.class_names[:MOST_BARS]))
        bars = max(BARS, 130 + 7 * min(longest, LONGEST_NAME))
        self.bars = Bars("probabilities", self.class_names[:MOST_BARS], bars)
        name = max(self.class_names, key=len)
        verdicts = [verdict(f"test image 10000, labeled {name}", name, 1)]
        if self.picker.draws:
            verdicts.append(verdict(DRAWING, name, 1, blank=True))
        strong = {"font-size": "14px", "font-weight": "600"}
        self.verdict = Text(room_for=max(verdicts, key=len), style=strong)
        names = attributions(network)
        self.attribution = Choice(
            "attribution", names, NONE, "Color each pixel by what it contributes to the prediction"
        )
        self.relu = Tick("ReLU", False, "Show the output of ReLU as a stage of its own")
        pad = WIDTH + 16 if self.picker.draws else 0
        layers = [layer.name for layer in network.layers[:count]]
        self.pipeline = Pipeline(
            layers, network.shapes[: count + 1], (PAGE - bars - 16 - pad, PAGE)
        )
        self.input, self.sheets = self.pipeline.input, self.pipeline.sheets
        self.input.room_for = {"note": longest_title(self.class_names)}
        self.cell, self.steps = Cell(), DigitSteps()

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = {**self.picker.parts, "attribution": self.attribution, "ReLU": self.relu}
        pad = []
        if self.picker.draws:
            pad, named["steps"] = [self.pad], self.steps
        shown, folded = choose_controls(named, chosen, [name for name in SHOWN if name in named])
        steps = [each for each in shown if each is self.steps]
        controls = [each for each in shown if each is not self.steps]
        return [
            row(*controls, **{"align_items": "center", "--label": "0px"}),
            self.verdict,
            Group("inside", (*pad, self.pipeline, self.bars), {}),
            self.cell,
            *steps,
            fold(*folded),
        ]

    def read(self) -> InsideControls:
        return InsideControls(
            network=self.network,
            class_names=self.class_names,
            image=self.picker.value.image,
            caption=self.picker.value.caption,
            attribution=self.attribution.value,
            steps=self.picker.value.steps,
        )

    def compute(self, controls: InsideControls) -> InsideView:
        return compute(controls)

    def show(self, view: InsideView) -> None:
        caption = self.controls.caption
        size = "×".join(map(str, self.image.shape))
        alt = f"{caption}; {view.attribution}" if view.attribution else caption
        self.pipeline.show(
            view.image_view, view.layer_outputs, view.errors, caption,
            title=f"input\n{size}", note=view.attribution, alt=alt,
        )  # fmt: skip
        self.bars.names = [name for name, _ in view.bars]
        self.bars.show([probability for _, probability in view.bars])
        self.verdict.value = view.verdict
        self.steps.show(view.steps, caption)
        self._explain()

    def still(self) -> bytes:
        steps = self.steps.views if self.computed.steps else []
        self.stills = [[self.pipeline.links, self.bars], [self.cell.line]]
        self.stills += [*self.cell.products.stills, steps]
        return super().still()

    def _arrange(self, tick: Tick) -> None:
        """Show the outputs of ReLU, or leave them out."""
        self.pipeline.arrange(relu=tick.value)
        self.show(self.computed)

    def _point_at(self, sheet: Sheet) -> None:
        # a click may be on the same cell as before: then only `pinned` changes
        self.pipeline.point_at(sheet)
        for each in self.sheets.values():
            each.pinned = sheet.pinned  # a pinned cell stays while the pointer crosses other maps
        self._explain()

    def _explain(self) -> None:
        """Mark the cells and pixels that the cell depends on, and show how it is computed."""
        layer, place = self.pipeline.layer, self.pipeline.place
        found = explain(self.network, self.image, self.layer_outputs, layer, place)
        self.pipeline.mark(found)
        self.cell.show(found)

    @property
    def image(self) -> np.ndarray:
        """The image given to the network, (H, W) or (H, W, C)."""
        return self.controls.image

    @property
    def layer_outputs(self) -> list[np.ndarray]:
        """The output of every layer for the image."""
        return self.computed.layer_outputs

    @property
    def probabilities(self) -> np.ndarray:
        """The probability of each class, (K,)."""
        return self.computed.probabilities

    @property
    def prediction(self) -> int:
        """The class with the highest probability."""
        return self.computed.prediction

    def summary(self) -> str:
        name, share = self.computed.predicted_name, self.probabilities[self.prediction]
        return f"Prediction: {name}, {share:.0%}."

    def describe(self) -> str:
        caption, name = self.controls.caption, self.computed.predicted_name
        return f"InsideExplorer: {caption}; the network predicts {name}"

    def alt_text(self) -> str:
        view, last = self.computed, len(self.computed.errors) - 1
        sure = percent(float(self.probabilities[self.prediction]))
        maps = maps_in_words(significant(view.layer_outputs[last], view.errors[last]))
        colors = [f"colored by: {view.attribution}"] if view.attribution else []
        cell = f"marked: {self.cell.line.value}"
        return "; ".join([f"{self.describe()} ({sure})", *colors, f"layer {last}: {maps}", cell])


def as_test(
    test: tuple[ArrayLike, ArrayLike] | None, network: Network
) -> tuple[np.ndarray, np.ndarray]:
    """Return the test images and labels; the labels are classes of the network."""
    classes = network.classes
    if test is None:
        if (network.input_shape, classes) != DIGITS:
            raise ValueError(
                "test must be given unless the network classifies the handwritten digits; it takes"
                f" images of shape {network.input_shape} and has {classes} classes"
            )
        test = shared_digits("test")
    images, labels = as_labeled("test", test, classes)
    network.as_images(images)
    return images, labels


def as_class_names(names: Sequence[str] | None, classes: int) -> list[str]:
    if names is None:
        return [str(k) for k in range(classes)]
    if not is_listed(names) or len(names) != classes:
        raise ValueError(
            f"class_names must be {classes} names, one per class; got {describe(names)}"
        )
    return [name if isinstance(name, str) else describe(name) for name in names]
