"""ChannelExplorer: three channels, three slices of one kernel, three maps, and their sum."""

from collections.abc import Callable
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
from helpers.explorers.models.picture import size_title
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.element import Text, column, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.number_grid import OWN_WEIGHTS, Number, Weights, as_weights
from helpers.rendering import format_number
from helpers.validation import as_function

RADIUS = 1  # pixels from the center of the window to its border


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
    ):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        self.memo = Memo()
        self.picker = ImagePicker(image, longest=64 if own else 512)
        self.picker.gray.hidden = True  # a kernel of three slices needs a color image
        named = {name: weights for name, (_, weights) in COLOR_KERNELS.items()}
        kernel = as_weights("kernel", kernel, (3, 3, 3), named)
        self.weights = [_grid(name, kernel[..., k]) for k, name in enumerate(CHANNELS)]
        self._build_controls(bias)
        self._build_views()
        controls = (self.picker, *self.weights, self.bias, self.relu)
        rows = [
            [channel, products.kernel, values]
            for channel, products, values in zip(
                self.channel_views, self.products, self.map_views, strict=True
            )
        ]
        stills = [*rows, [self.input, self.sum, self.output]]
        super().__init__(self._lay_out(), controls, stills)
        views = [*self._at_pixels, *self._at_outputs]
        self.follow(self._explain, views, "cursor", "pinned")
        self._name_kernel()
        for weights in self.weights:
            weights.observe(self._name_kernel, "value")
        self.preset.observe(self._take_preset, "value")

    def _build_controls(self, bias: float) -> None:
        names = [OWN_WEIGHTS, *COLOR_KERNELS]
        self.preset = Choice("kernel", names, OWN_WEIGHTS, "A named kernel of three slices")
        self.bias = Number(
            "bias", bias, min=-5, max=5, help="Added to every sum, once", style={"width": "200px"}
        )
        self.relu = Tick("ReLU", True, "Negative sums become 0, as in a network")
        self.note, self.total = Text(room_for=LONGEST_NOTE), Text(room_for=LONGEST_LINE)

    def _build_views(self) -> None:
        small: dict[str, Any] = {"width": 150, "interactive": True}
        small["style"] = {"flex": "1 1 100px", "max-width": "150px"}
        self.channel_views = [ImageView(title=f"{name} channel", **small) for name in CHANNELS]
        self.map_views = [ImageView(title=f"{name} map", **small) for name in CHANNELS]
        self.input, self.sum = ImageView(title="image", **small), ImageView(**small)
        large = {"flex": "1 1 260px", "max-width": "316px"}
        self.output = ImageView(interactive=True, width=316, style=large)
        self._at_pixels = [*self.channel_views, self.input]  # as large as the image
        self._at_outputs = [*self.map_views, self.sum, self.output]  # as large as the output
        self.products = [
            DotProduct((f"{name} patch", "slice", "products"), width=112, beside=True)
            for name in CHANNELS
        ]

    def _lay_out(self) -> list:
        rows = [
            row(*parts, flex_flow="row nowrap")
            for parts in zip(self.channel_views, self.weights, self.map_views, strict=True)
        ]
        pair = row(
            self.input, self.sum, flex="1 1 260px", max_width="316px", flex_flow="row nowrap"
        )
        outputs = row(pair, self.output, flex="1 1 260px")
        return [
            self.picker,
            row(self.preset, self.bias, self.relu, align_items="center"),
            self.note,
            row(
                column(*rows, flex="0 1 510px"),
                outputs,
                flex_flow="row wrap-reverse",
                align_items="flex-end",
            ),
            Text("Point at a pixel of any picture. A click pins it; the arrow keys move it."),
            self.total,
            *self.products,
        ]

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
        for views, pictures, alt in (
            (self.channel_views, view.channel_views, name),
            (self.map_views, view.map_views, caption),
        ):
            for each, picture in zip(views, pictures, strict=True):
                each.show(picture, alt=f"{each.title} of {alt}")
        title = f"sum + bias {format_number(bias)}" if bias else "sum of the maps"
        self.sum.show(view.sum_view, title=title, alt=f"{title}: {caption}")
        title = size_title("feature map", view.result)
        self.output.show(view.output_view, title=title, alt=f"feature map: {caption}")
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
            products.show(part, given)
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
    return Weights(weights, label=f"{name} slice", names=names, style={"flex": "0 0 176px"})
