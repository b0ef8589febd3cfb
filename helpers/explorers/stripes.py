"""StripeExplorer: stripes of any width and angle under a kernel, a stride and pooling."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer
from helpers.explorers.models.contrast_curves import ContrastCurve, StripeControls
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import longest_title, size_title
from helpers.explorers.models.stripes import (
    LONGEST_LINE,
    POOLINGS,
    StripeView,
    compute,
)
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.named_weights import NAMES, NamedWeights
from helpers.explorers.widgets.controls import Choice
from helpers.explorers.widgets.curve import Curve, nice_top
from helpers.explorers.widgets.element import (
    COVERING,
    Message,
    Text,
    beside,
    fold,
    panel,
    row,
)
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number, as_weights
from helpers.kernels import KERNELS
from helpers.stripes import WAVES, Seen
from helpers.validation import as_function

SHOWN = "weights", "kernel", "period", "angle", "stride", "pooling", "size"
ALIAS = "alias"
BELOW_PICTURES = "clamp(0px, 100cqi - 690px, 212px)"  # beside the panel, where there is room


class StripeExplorer(Explorer):
    """Stripes, their output, and its contrast as curves over the period and the angle of the stripes.

    The contrast is the standard deviation of the output, as a fraction of that of the stripes, at the
    pixels in the middles of windows. It is measured at every point of the curves.

    Parameters
    ----------
    kernel : name in KERNELS, or a 3×3 array of weights from −10 to 10
    period : float from 2 to 12, pixels from one bright stripe to the next
    angle : int from 0 to 180, degrees of the direction across the stripes: 0 is vertical stripes
    convolve : function(image, kernel) that computes the output
        It may be your own. A stride is passed by name, if it is not 1. The picture is then small,
        and the curves have fewer points, since loops are slow.
    controls : names of the controls that are shown at once; the others are behind "more controls"
        Out of "weights", "kernel", "random", "period", "angle", "wave", "shift", "stride", "pooling",
        "size".

    `period.number`, `pooling.value` and so on can be read and set without a page; `result` is the
    output, `contrast` its contrast, and `seen` the period and angle of the stripes that it shows.
    """

    user_function = ("convolve", library_convolve)

    def __init__(
        self,
        kernel: str | ArrayLike = "box_blur",
        period: float = 6.0,
        angle: int = 0,
        convolve: Callable = library_convolve,
        controls: Collection[str] | None = None,
    ):
        self.convolve = as_function("convolve", convolve)
        self.memo = Memo()
        self.named = NamedWeights(as_weights("kernel", kernel, (3, 3), KERNELS))
        self.weights, self.preset = self.named.weights, self.named.preset
        self._build_controls(period, angle)
        self._build_views()
        self.line = Text(room_for=LONGEST_LINE)
        inputs = (
            self.weights, self.period, self.angle, self.wave, self.shift, self.stride,
            self.pooling, self.size,
        )  # fmt: skip
        stills = [[self.input, self.output], [self.over_period, self.over_angle], [self.line]]
        super().__init__(self._lay_out(controls), inputs, stills)
        self.over_period.observe(self._take_period, "value")
        self.over_angle.observe(self._take_angle, "value")

    def _build_controls(self, period: float, angle: int) -> None:
        self.period = Number(
            "period", period, min=2, max=12, help="Pixels from one bright stripe to the next"
        )
        self.angle = Number(
            "angle", angle, step=1, min=0, max=180,
            help="Degrees of the direction across the stripes: 0 is vertical stripes",
        )  # fmt: skip
        self.wave = Choice("wave", WAVES, "sine", "How the brightness changes across the stripes")
        self.shift = Number(
            "shift", 0, step=0.05, min=0, max=1, help="Shift of the stripes, in periods"
        )
        self.stride, self.size = (
            Number(label, number, step=1, min=1, max=4, help=help)
            for label, number, help in (
                ("stride", 1, "Pixels from one position of the kernel to the next"),
                ("size", 2, "Rows and columns of the windows of pooling"),
            )
        )
        self.pooling = Choice("pooling", POOLINGS, "none", "What is kept of each window")

    def _build_views(self) -> None:
        flexible = {"flex": "1 1 130px", "max-width": "326px"}
        room = {"title": longest_title("output")}
        self.input = ImageView(style=flexible, room_for=room, width=320)
        self.output = ImageView(style=flexible, room_for=room, width=320)
        self.over_period = Curve("contrast at each period, in pixels", (2, 3, 4, 6, 8, 10, 12))
        self.over_angle = Curve("contrast at each angle", (0, 45, 90, 135, 180), "°")

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = {
            **self.named.parts, "period": self.period, "angle": self.angle, "wave": self.wave,
            "shift": self.shift, "stride": self.stride, "pooling": self.pooling, "size": self.size,
        }  # fmt: skip
        shown, folded = choose_controls(named, chosen, SHOWN)
        self.message = Message(style=COVERING)
        pictures = row(self.input, self.output, flex_flow="row nowrap")
        told = self.message, self.line
        curves = row(self.over_period, self.over_angle, margin_left=BELOW_PICTURES)
        controls = panel(*shown, fold(*folded), **NAMES)
        return [beside(controls, pictures, *told, width=196), curves]

    def _take_period(self, change: Any) -> None:
        self.period.number = round(change["new"], 1)

    def _take_angle(self, change: Any) -> None:
        self.angle.number = round(change["new"])

    def read(self) -> StripeControls:
        return StripeControls(
            kernel=self.weights.kernel,
            period=self.period.number,
            angle=self.angle.number,
            wave=self.wave.value,
            shift=self.shift.number,
            stride=self.stride.number,
            pooling=self.pooling.value,
            size=self.size.number,
            convolve=self.convolve,
        )

    def compute(self, controls: StripeControls) -> StripeView:
        return compute(controls, self.memo)

    def show(self, view: StripeView) -> None:
        self.size.disabled = self.controls.pooling == "none"
        self.input.show(view.image_view, title=size_title("stripes", view.image), alt="stripes")
        self.output.show(
            view.output_view, title=size_title("output", view.result), alt=f"output: {view.caption}"
        )
        top = nice_top([*view.over_period.after, *view.over_angle.after,
                        *view.over_period.before, *view.over_angle.before])  # fmt: skip
        self._show_curve(self.over_period, view.over_period, self.controls.period, top)
        self._show_curve(self.over_angle, view.over_angle, self.controls.angle, top)
        self.line.value = view.line

    def _show_curve(self, chart: Curve, curve: ContrastCurve, at: float, top: float) -> None:
        pooled = {"before pooling": curve.before} if curve.before else {}
        values = {"after pooling": curve.after, **pooled}
        points = {name: list(zip(curve.places, each, strict=True)) for name, each in values.items()}
        chart.show(points, top, (at, self.contrast), curve.zones, ALIAS)

    @property
    def result(self) -> np.ndarray:
        """The output."""
        return self.computed.result

    @property
    def contrast(self) -> float:
        """The standard deviation of the output, as a fraction of that of the stripes."""
        return self.computed.contrast

    @property
    def seen(self) -> Seen:
        """The period and the angle of the stripes that the output shows."""
        return self.computed.seen

    def summary(self) -> str:
        return self.computed.line

    def describe(self) -> str:
        return f"StripeExplorer: {self.computed.caption}"
