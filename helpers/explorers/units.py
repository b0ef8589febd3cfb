"""UnitExplorer: what a unit of a network responds to, in test images and in an image made for it."""

from collections.abc import Collection

import numpy as np
from numpy.typing import ArrayLike

from helpers.explorers.base import Explorer
from helpers.explorers.models.filters import draw_filters, filter_pictures
from helpers.explorers.models.inside import as_seen
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.units import (
    DRAWING,
    GRAY,
    LONGEST_LINE,
    MOST_STEPS,
    NOISE,
    Ascent,
    UnitControls,
    UnitView,
    compute,
    start_image,
    unit_layers,
)
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.image_source import DIGIT
from helpers.explorers.widgets.chart import Bars, Chart
from helpers.explorers.widgets.controls import Choice
from helpers.explorers.widgets.element import COVERING, Message, Text, column, fold, row
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number
from helpers.explorers.widgets.runner import Runner
from helpers.explorers.widgets.sketch_pad import SketchPad
from helpers.explorers.widgets.still import StillColumn
from helpers.explorers.widgets.tiles import Tiles, one_below_another
from helpers.messages import describe
from helpers.network import Conv, Network
from helpers.network.datasets.digits import shared_digits
from helpers.network.preprocessing import digit_steps
from helpers.rendering import View
from helpers.validation import as_brightness, as_choice

SHOWN = "layer", "unit", "start", "smoothing"
SEARCHED = 1000  # test images
PICTURE = {"flex": "1 1 140px", "max-width": "300px"}
STACKED = {"grid-area": "1 / 1"}  # probabilities of a score, weights of a filter: one at a time
PATCHES, TEST_IMAGES = (
    "patches with the highest activation",
    "test images with the highest activation",
)
MADE = "image made for unit {}, step {}"
DRAW = "draw your own, more controls"


class UnitExplorer(Explorer):
    """The patches of test images with the highest activation, and an image made by gradient ascent.

    A unit is a map of a convolution, whose center is raised, or a score.

    Parameters
    ----------
    network : Network that takes images in [0, 1] and ends with scores
    images : (N, H, W) or (N, H, W, C) array in [0, 1]; the first 1,000 handwritten test digits if
        left out
    layer : int, the number of a convolution or of the last layer; the last one if left out
    unit : int, the map or the score
    start : "gray", "noise" or, if the network takes 28×28 gray pixels, "your drawing"
    smoothing : float from 0 to 5, in pixels: the standard deviation of the gradient's blur
    controls : names of the controls that are shown at once, out of "layer", "unit", "start",
        "smoothing", "step_size", "pen" and "steps_per_second"; the others are folded

    `runner` starts, pauses and steps; `ascent.image` is the image made, `ascent.activations` are
    those of all steps, the current one last.
    """

    def __init__(
        self,
        network: Network,
        images: ArrayLike | None = None,
        layer: int | None = None,
        unit: int = 0,
        start: str = GRAY,
        smoothing: float = 0.0,
        controls: Collection[str] | None = None,
    ):
        layers = unit_layers(network)
        images = shared_digits("test")[0][:SEARCHED] if images is None else images
        self.images = as_brightness("images", network.as_images(images))
        if network.input_shape[2] == 1:
            self.images = self.images[..., 0]
        self.network, self.memo, self.pad = network, Memo(), SketchPad()
        numbers = [number for _, number in layers]
        chosen = numbers[-1] if layer is None else layer
        if chosen not in numbers:
            offered = ", ".join(map(str, numbers))
            raise ValueError(f"layer must be one of {offered}; got {describe(layer)}")
        self._build_controls(layers, chosen, unit, start, smoothing)
        blank = start_image(GRAY, network.input_shape)
        self.ascent = Ascent(network, chosen, self.unit.number, blank, blank)
        self._build_views()
        self.layer.observe(self._limit_unit, "value")
        self.pad.observe(self._take_drawing, "value")
        inputs = (
            self.layer, self.unit, self.start, self.pad, self.runner, self.rate, self.smoothing,
            self.pace,
        )  # fmt: skip
        views = StillColumn(self.activation, self.bars)
        stills = [[self.patches, self.made, views], [self.line]]
        super().__init__(self._lay_out(controls), inputs, stills, self.runner.lock)

    def _build_controls(
        self, layers: list, layer: int, unit: int, start: str, smoothing: float
    ) -> None:
        self.layer = Choice("layer", layers, layer, "A convolution, or the scores")
        self.unit = Number(
            "unit", unit, min=0, max=self._units(layer) - 1, step=1, help="A map, or a score",
            style={"flex": "0 1 120px"},
        )  # fmt: skip
        starts = [GRAY, NOISE, *[DRAWING] * self.draws]
        self.start = Choice(
            "start from",
            starts,
            as_choice("start", start, starts),
            "The image before the first step",
        )
        self.smoothing = Number(
            "smoothing", smoothing, min=0, max=5, step=0.1, help="The blur of each step, in pixels",
            style={"flex": "0 1 190px"},
        )  # fmt: skip
        self.rate = Number(
            "step size", 0.05, min=0.01, max=1, step=0.01,
            help="The change of the pixel that a step changes most",
        )  # fmt: skip
        self.pace = Number(
            "steps per second", 10, min=1, max=100, step=1, help="The speed of the ascent"
        )
        self.runner = Runner(
            self._step, self._begin_again, self.refresh,
            "One step of gradient ascent", "Start again from the first image",
            lambda: self.pace.number, self.batch,
        )  # fmt: skip

    def _build_views(self) -> None:
        self.patches = Tiles(width=300, style=PICTURE, room_for={"title": TEST_IMAGES})
        longest = MADE.format(10, MOST_STEPS)
        self.made = ImageView(width=300, style=PICTURE, room_for={"title": longest})
        self.activation = Chart("activation")
        self.bars = Bars("probabilities", map(str, range(self.network.classes)), 270)
        self.bars.style, self.bars.reserved = {**self.bars.style, **STACKED}, True
        title = "filter weights"
        self.weights = ImageView(title=title, width=130, style=STACKED, reserved=True)
        self.line = Text(room_for=LONGEST_LINE, style={"font-size": "14px", "font-weight": "600"})

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = {
            "layer": self.layer, "unit": self.unit, "start": self.start,
            "smoothing": self.smoothing, "step_size": self.rate, "steps_per_second": self.pace,
        }  # fmt: skip
        if self.draws:
            named["pen"] = self.pad.pen
        self.message = Message(style=COVERING)
        shown, folded = choose_controls(named, chosen, SHOWN)
        details = row(self.bars, self.weights, display="grid")
        charts = column(row(self.activation), details, flex="0 1 270px")
        return [
            row(self.runner, *shown, align_items="center", **{"--label": "auto"}),
            self.message,
            self.line,
            row(self.patches, self.made, charts),
            fold(self.pad, *folded, label=DRAW) if self.draws else fold(*folded),
        ]

    @property
    def draws(self) -> bool:
        """Whether the network takes drawings."""
        return self.network.input_shape == DIGIT

    def _units(self, layer: int) -> int:
        return self.network.shapes[layer + 1][-1]

    def _limit_unit(self, change: dict) -> None:
        """Keep the number of the unit within the layer that was chosen."""
        most = self._units(change["new"]) - 1
        self.unit.value = [min(self.unit.number, most)]
        self.unit.max = most

    def _take_drawing(self, change: dict) -> None:
        if self.draws:
            self.start.value = DRAWING

    def _step(self) -> bool:
        """Do a step; return False if the image stays as it is, or after many."""
        controls = self.read()
        before = self.ascent.on(controls.layer, controls.unit, controls.start)
        if len(before.activations) > MOST_STEPS:
            return False
        after = before.step(self.rate.number, self.smoothing.number)
        if np.array_equal(before.image, after.image):
            return False
        self.ascent = after
        return True

    def _begin_again(self) -> None:
        self.memo = Memo()  # the network may have been trained
        start = self.ascent.start
        self.ascent = Ascent(self.network, self.ascent.layer, self.ascent.unit, start, start)

    def read(self) -> UnitControls:
        name = self.start.value
        if name == DRAWING:
            start = self.memo("drawing", _as_digit, self.pad.value)
        else:
            start = self.memo("start", start_image, name, self.network.input_shape)
        return UnitControls(
            self.images,
            self.layer.value,
            self.unit.number,
            start,
            self.ascent,
            self.smoothing.number,
        )

    def compute(self, controls: UnitControls) -> UnitView:
        return compute(controls, self.memo)

    def commit(self, controls: UnitControls, view: UnitView) -> None:
        super().commit(controls, view)
        self.ascent = view.ascent

    def show(self, view: UnitView) -> None:
        captions = [f"{each:.3g}" for each in view.patch_activations]
        scores = view.ascent.layer == len(self.network.layers) - 1
        title = TEST_IMAGES if scores else PATCHES
        self.patches.show_maps(
            view.patches, self.memo("picture", _as_picture, view.patches), 3, captions=captions,
            title=title, alt=f"{title} of {self.name}: {', '.join(captions)}",
        )  # fmt: skip
        step = len(view.ascent.activations) - 1
        self.made.show(
            view.made,
            title=MADE.format(view.ascent.unit, step),
            alt=f"image made for {self.name}, step {step}",
        )
        self.pad.dim(self.start.value != DRAWING)
        best = view.patch_activations[0]
        self.activation.low = min(0.0, *view.ascent.activations)
        self.activation.high = max(best, 0.1)
        curves = {
            "image": list(enumerate(view.ascent.activations)),
            "best image" if scores else "best patch": [(0, best), (max(step, 1), best)],
        }
        self.activation.show(curves)
        self.bars.hidden = not scores
        self.bars.show(view.probabilities.tolist())
        self._show_weights(view.ascent.layer, view.ascent.unit)
        self.line.value = view.line

    def _show_weights(self, layer: int, unit: int) -> None:
        """Show the filter whose map is the unit, if it is applied to the image itself."""
        first = self.network.layers[0]
        self.weights.hidden = layer != 0 or not isinstance(first, Conv)
        if not self.weights.hidden:
            pictures = filter_pictures(first.parameters["weights"][..., [unit]])
            self.weights.show(draw_filters(pictures), alt=f"weights of filter {unit}")

    @property
    def name(self) -> str:
        """The chosen unit."""
        return f"unit {self.unit.number} of layer {self.layer.value}"

    @property
    def probabilities(self) -> np.ndarray:
        """The probability of each class for the image made, (K,)."""
        return self.computed.probabilities

    def summary(self) -> str:
        return self.computed.line

    def describe(self) -> str:
        return f"UnitExplorer: {self.name}. {self.computed.line}"


def _as_digit(drawing: np.ndarray) -> np.ndarray:
    return digit_steps(drawing, True)[-1].picture


def _as_picture(patches: np.ndarray) -> View:
    return as_seen(one_below_another(patches)).without_scale()
