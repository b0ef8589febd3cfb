"""ChannelExplorer: three channels, three slices of one kernel, three maps, and their sum."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer
from helpers.explorers.models.channels import (
    LONGEST_LINE,
    ChannelControls,
    ChannelView,
    compute,
    explain,
)
from helpers.explorers.models.color_kernels import COLOR_KERNELS, LONGEST_NOTE, kernel_name
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import COLORS
from helpers.explorers.panels.channel_pictures import ChannelPictures
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.flow import flow
from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.element import Message, Text
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import POINTING, ImageView
from helpers.explorers.widgets.number_grid import (
    OWN_WEIGHTS,
    Number,
    Weights,
    as_weights,
    share_scale,
)
from helpers.precision import significant
from helpers.rendering import percent
from helpers.validation import as_function

SHOWN = "image", "kernel", "bias", "relu"  # the other controls are folded away


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
        self.weights = [_grid(name, kernel[..., k]) for k, name in enumerate(COLORS)]
        share_scale(self.weights)
        self._build_controls(bias)
        self.pictures = pictures = ChannelPictures()
        self.input, self.sum, self.output = pictures.input, pictures.sum, pictures.output
        self.channel_views, self.map_views = pictures.channels, pictures.maps
        self.products, self.then = pictures.products, pictures.then
        inputs = (self.picker, *self.weights, self.bias, self.relu)
        super().__init__(self._lay_out(controls), inputs, [*pictures.stills, [self.total]])
        views = [*pictures.at_pixels, *pictures.at_outputs]
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

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        parts = {name: part for name, part in self.picker.parts.items() if name != "gray"}
        named = {**parts, "kernel": self.preset, "bias": self.bias, "relu": self.relu}
        shown, folded = choose_controls(named, chosen, SHOWN)
        self.message = Message()
        hint = Text(f"{POINTING} Scales end at the 99th percentile.")
        pictures = self.pictures.box_with(hint, self.weights)
        words = self.total, self.pictures.equations
        return [flow(shown, folded, self.message, self.note, pictures, *words)]

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
        self.note.value = view.note
        self.pictures.show(self.controls, view)
        if self.is_new("image"):
            self.output.cursor = view.strongest
        self._explain(self.output)

    def _explain(self, source: ImageView) -> None:
        """Show how the output pixel under the cursor of `source` is computed; mark it everywhere."""
        position = self.pictures.follow(source)
        pixel = explain(self.controls, self.computed, position)
        self.pictures.explain(self.controls, self.computed, pixel)
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

    def summary(self) -> str:
        rows, columns = self.result.shape
        return f"feature map {rows}×{columns}: {self.computed.caption}"

    def describe(self) -> str:
        lit = float(np.mean(significant(self.computed.feature_map, self.computed.error) > 0))
        return f"ChannelExplorer: {self.computed.caption}; {percent(lit)} of the output is above 0"


def _grid(name: str, weights: np.ndarray) -> Weights:
    names = [f"{name} weight in row {i}, column {j}" for i, j in np.ndindex(3, 3)]
    return Weights(weights, label=f"{name} slice", names=names, decimals=2)  # the cells are narrow
