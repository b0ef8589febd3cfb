"""ChannelExplorer: three channels, three slices of one kernel, three maps, and their sum."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer
from helpers.explorers.models.channels import (
    CHANNELS,
    COLOR_KERNELS,
    LONGEST_LINE,
    LONGEST_NOTE,
    ChannelControls,
    ChannelView,
    compute,
    explain,
    kernel_name,
)
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import longest_title, size_title
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.panels.flow import aligned, flow, joining, sign
from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.element import Group, Message, Text, column, fold, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.number_grid import (
    OWN_WEIGHTS,
    Number,
    Weights,
    as_weights,
    share_scale,
)
from helpers.rendering import format_number
from helpers.validation import as_function

RADIUS = 1  # pixels from the center of the window to its border
SHOWN = "image", "kernel", "bias", "relu"  # the other controls are folded away
WIDTH = "minmax(0, var(--picture, 1fr))"  # of a channel and of a map; set in flow.css if narrow
COLUMNS = f"{WIDTH} 14px minmax(108px, 1fr) 14px {WIDTH}"  # channel × slice → map
NO_RELU = "no ReLU"


class ChannelExplorer(Explorer):
    """A color image, the three slices of one kernel, and the feature map computed from them.

    Parameters
    ----------
    image : whatever `load_image` takes, or an (H, W, 3) array in [0, 1]
    kernel : name in COLOR_KERNELS, or a (3, 3, 3) array of weights from −10 to 10
    bias : number from −5 to 5, added to every sum
    convolve : function(image, kernel) that computes the three maps
        It may be your own. It is called with one channel and its slice at a time. The image is
        then small, since loops are slow.
    controls : names of the controls that are shown at once; the others are behind "more controls"
        Out of "image", "size", "upload", "kernel", "bias", "relu".

    The state can be set and read without a page: `weights[0].kernel` (red), `bias.number`,
    `relu.value`, `picker.name.value`; `maps` are the maps of the three channels, `result` is
    their sum plus the bias, `feature_map` is that after ReLU; `problem` is the error, if any.
    """

    user_function = ("convolve", library_convolve)

    def __init__(
        self,
        image: ImageInput = "circles",
        kernel: str | ArrayLike = "red circle",
        bias: float = 0,
        convolve: Callable = library_convolve,
        controls: Collection[str] | None = None,
    ):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        self.memo = Memo()
        self.picker = ImagePicker(image, longest=64 if own else 512)
        named = {name: weights for name, (_, weights) in COLOR_KERNELS.items()}
        kernel = as_weights("kernel", kernel, (3, 3, 3), named)
        self.weights = [_grid(name, kernel[..., k]) for k, name in enumerate(CHANNELS)]
        share_scale(self.weights)
        self._build_controls(bias)
        self._build_views()
        inputs = (self.picker, *self.weights, self.bias, self.relu)
        super().__init__(self._lay_out(controls), inputs, self._still_rows())
        views = [*self._at_pixels, *self._at_outputs]
        self.follow(self._explain, views, "cursor", "pinned")
        self._name_kernel()
        for weights in self.weights:
            weights.observe(self._name_kernel, "value")
        self.preset.observe(self._take_preset, "value")

    def _build_controls(self, bias: float) -> None:
        names = [OWN_WEIGHTS, *COLOR_KERNELS]
        self.preset = Choice("kernel", names, OWN_WEIGHTS, "A named kernel of three slices")
        style = {"flex": "0 1 170px"}
        self.bias = Number(
            "bias", bias, min=-5, max=5, help="Added to every sum, once", style=style
        )
        self.relu = Tick("ReLU", True, "Negative sums become 0, as in a network")
        self.note, self.total = Text(room_for=LONGEST_NOTE), Text(room_for=LONGEST_LINE)

    def _build_views(self) -> None:
        def view(title: str, width: int, **traits: Any) -> ImageView:
            # of the many pictures, the image and the feature map can be reached by keys
            return ImageView(title=title, width=width, interactive=True, **traits)

        self.input, self.sum = view("image", 150), view("", 156, tab_stop=False)
        self.channel_views, self.map_views = (
            [view(f"{name} {what}", 150, tab_stop=False) for name in CHANNELS]
            for what in ("channel", "map")
        )
        self.output = view("", 280, room_for={"title": longest_title("feature map")})
        self._at_pixels = [*self.channel_views, self.input]  # as large as the image
        self._at_outputs = [*self.map_views, self.sum, self.output]  # as large as the output
        self.products = [
            DotProduct((f"{name} patch", "slice", "products"), width=88) for name in CHANNELS
        ]
        self.then = Text(room_for=NO_RELU, style={"white-space": "nowrap"})

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        parts = {name: part for name, part in self.picker.parts.items() if name != "gray"}
        named = {**parts, "kernel": self.preset, "bias": self.bias, "relu": self.relu}
        shown, folded = choose_controls(named, chosen, SHOWN)
        lines = [
            aligned(channel, sign("×"), weights, sign("→"), values, columns=COLUMNS)
            for channel, weights, values in zip(
                self.channel_views, self.weights, self.map_views, strict=True
            )
        ]
        source = Group("source", (self.input, sign("→")), {})
        joined = row(
            joining("left"), column(*lines, flex="1 1 0"), joining("right"), sign("+"),
            flex_flow="row nowrap", align_items="center", gap="4px",
        )  # fmt: skip
        self.message = Message()
        pictures = Group("channels", (self.note, source, joined, self._outputs()), {})
        hint = Text(
            "Point at a pixel of any picture. A click pins it; the arrow keys move it. Scales end at"
            " the 99th percentile."
        )
        products = row(*(products.equation for products in self.products), gap="8px 24px")
        sums = fold(*(products.total for products in self.products), label="the three sums")
        return [flow(shown, folded, self.message, pictures, self.total, hint, products, sums)]

    def _outputs(self) -> Group:
        then = Group("then", (sign("↓"), self.then), {})
        return Group("outputs", (self.sum, then, self.output), {})

    def _still_rows(self) -> list:
        """Return the rows of the static picture: the three lines, then the sum and what follows."""
        lines = [
            [channel, sign("×"), products.kernel, sign("→"), values]
            for channel, products, values in zip(
                self.channel_views, self.products, self.map_views, strict=True
            )
        ]
        return [*lines, [self.input, self.sum, self.then, sign("→"), self.output], [self.total]]

    def _weights_now(self) -> np.ndarray:
        return np.stack([weights.kernel for weights in self.weights], axis=-1)

    def _name_kernel(self, change: Any = None) -> None:
        """Set the dropdown to the name of the current weights."""
        self.preset.value = kernel_name(self._weights_now()) or OWN_WEIGHTS

    def _take_preset(self, change: Any) -> None:
        chosen = self.preset.value
        if chosen in COLOR_KERNELS and chosen != kernel_name(self._weights_now()):
            with self.batch():  # three grids, one update
                for k, weights in enumerate(self.weights):
                    weights.kernel = COLOR_KERNELS[chosen][1][..., k]
        self._name_kernel()

    def read(self) -> ChannelControls:
        return ChannelControls(
            image=self.picker.value,
            image_name=self.picker.name.value,
            kernel=self._weights_now(),
            bias=self.bias.number,
            relu=self.relu.value,
            convolve=self.convolve,
        )

    def compute(self, controls: ChannelControls) -> ChannelView:
        return compute(controls, self.memo)

    def show(self, view: ChannelView) -> None:
        name, caption, bias = self.controls.image_name, view.caption, self.controls.bias
        self.note.value = view.note
        self.input.show(view.image_view, alt=f"image of {name}")
        for each, picture in zip(self.channel_views, view.channel_views, strict=True):
            each.show(picture, alt=f"{each.title} of {name}")
        for each, picture in zip(self.map_views, view.map_views, strict=True):
            each.show(picture.without_scale(), alt=f"{each.title} of {caption}")
        title = f"sum + bias {format_number(bias)}" if bias else "sum of the maps"
        self.sum.show(view.sum_view, title=title, alt=f"{title}: {caption}")
        self.then.value = "ReLU" if self.controls.relu else NO_RELU
        title = size_title("feature map", view.result)
        self.output.show(
            view.output_view._replace(note=""), title=title, alt=f"feature map: {caption}"
        )
        if self.is_new("image"):
            self.output.cursor = view.strongest
        self._explain(self.output)

    def _explain(self, source: ImageView) -> None:
        """Show how the output pixel under the cursor of `source` is computed; mark it everywhere."""
        offset = RADIUS if source in self._at_pixels else 0  # the pixel is the center of its window
        self.output.cursor = tuple(at - offset for at in source.cursor)
        position = self.output.cursor  # clipped to the output, for pixels of the border
        pixel = explain(self.controls, self.computed, position)
        top, left = pixel.parts[0].top, pixel.parts[0].left
        for views, offset, marks in (
            (self._at_pixels, RADIUS, [mark(top, left, 3, 3)]),
            (self._at_outputs, 0, [mark(*position)]),
        ):
            for view in views:
                view.pinned, view.marks = source.pinned, marks
                if view is not source:
                    view.cursor = tuple(at + offset for at in position)
        for products, part, given in zip(self.products, pixel.parts, pixel.given, strict=True):
            products.show(part, given, among=self.controls.kernel)
        self.total.value = pixel.line

    @property
    def kernel(self) -> np.ndarray:
        """The weights, (3, 3, 3)."""
        return self.controls.kernel

    @property
    def maps(self) -> tuple[np.ndarray, ...]:
        """The maps of the three channels, (H', W') each."""
        return self.computed.maps

    @property
    def result(self) -> np.ndarray:
        """The sum of the three maps plus the bias, (H', W')."""
        return self.computed.result

    @property
    def feature_map(self) -> np.ndarray:
        """The output after ReLU, (H', W')."""
        return self.computed.feature_map

    def describe(self) -> str:
        return f"ChannelExplorer: {self.computed.caption}"


def _grid(name: str, weights: np.ndarray) -> Weights:
    names = [f"{name} weight in row {i}, column {j}" for i, j in np.ndindex(3, 3)]
    return Weights(weights, label=f"{name} slice", names=names)
