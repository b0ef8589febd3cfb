"""KernelExplorer: change the weights of a kernel and see the output image."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer
from helpers.explorers.models.kernel import (
    LONGEST_NOTE,
    PLAIN,
    KernelControls,
    KernelView,
    compute,
    explain,
    random_weights,
)
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import PHOTO_NOTE, longest_title, size_title
from helpers.explorers.models.size_formula import LONGEST_FORMULA
from helpers.explorers.models.user_function import changed
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.widgets.controls import Button, Choice, Tick, Toggle
from helpers.explorers.widgets.element import Element, Message, Text, beside, fold, panel, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.number_grid import OWN_WEIGHTS, Number, Weights, as_weights
from helpers.kernels import KERNELS, name_of
from helpers.padding import BORDERS
from helpers.rendering import VIEWS
from helpers.validation import as_choice, as_function

SHOWN = "weights", "image", "kernel", "random", "show"  # the other controls are folded away
PADDINGS = [("0 (valid)", 0), ("1", 1), ("2", 2), ("5", 5), ("same size", "same")]


class KernelExplorer(Explorer):
    """An image, the nine weights of a kernel, and the output image.

    Parameters
    ----------
    image : whatever `load_image` takes, or an (H, W) or (H, W, 3) array in [0, 1]
    kernel : name in KERNELS, or a 3×3 array of weights from −10 to 10
    view : how the output is drawn, one of "as a photo", "signed", "absolute", "ReLU"
    convolve : function(image, kernel) that computes the output image
        It may be your own. Options (bias, stride, padding, dilation, border, flip) are passed by
        name, and only if they differ from their defaults. The image is then small and gray, since
        loops are slow.
    controls : names of the controls that are shown at once; the others are behind "more controls"
        Out of "weights", "image", "size", "gray", "upload", "kernel", "random", "show", "bias",
        "stride", "dilation", "padding", "border", "flip", "true_size".

    The state can be set and read without a page: `weights.kernel`, `bias.number`, `picker.name.value`
    …; `result` is the output image, `output.picture` the picture shown, `problem` the error, if any.
    """

    user_function = ("convolve", library_convolve)

    def __init__(
        self,
        image: ImageInput = "cat",
        kernel: str | ArrayLike = "sharpen",
        view: str = "as a photo",
        convolve: Callable = library_convolve,
        controls: Collection[str] | None = None,
    ):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        as_choice("view", view, VIEWS)
        self.memo = Memo()
        self.picker = ImagePicker(image, longest=64 if own else 512, gray=own)
        kernel = as_weights("kernel", kernel, (3, 3), KERNELS)
        self.weights = Weights(kernel, label="weights of the kernel")
        self._build_controls(view)
        flexible = {"flex": "1 1 150px", "max-width": "512px"}
        room = {"title": longest_title("output")}
        self.input = ImageView(style=flexible, room_for=room)
        room = {**room, "note": PHOTO_NOTE}
        self.output = ImageView(interactive=True, style=flexible, room_for=room)
        self.products = DotProduct()
        inputs = (
            self.picker, self.weights, self.bias, self.stride, self.padding, self.dilation,
            self.border, self.flip, self.view, self.true_size,
        )  # fmt: skip
        stills = [[self.input, self.output], self.products.grids]
        super().__init__(self._lay_out(controls), inputs, stills)
        self.follow(self._explain, [self.output], "cursor")
        self.follow(self._explain, [self.channel], "value")
        self._name_kernel()
        self.weights.observe(self._name_kernel, "value")
        self.preset.observe(self._take_preset, "value")

    def _build_controls(self, view: str) -> None:
        names = [(name.replace("_", " "), name) for name in KERNELS]
        named = [(OWN_WEIGHTS, OWN_WEIGHTS), *names]
        self.preset = Choice("kernel", named, OWN_WEIGHTS, "A named kernel")
        self.random = Button(
            "random", "Nine random weights from -1 to 1 that add up to 1", self._take_random
        )
        self.view = Choice("show", VIEWS, view, "How the output is drawn")
        self.note = Text(room_for=LONGEST_NOTE)
        self.formula = Text(reserved=True, room_for=LONGEST_FORMULA)
        self.bias = Number("bias", 0, min=-5, max=5, help="Added to every sum")
        self.stride = Number(
            "stride", 1, min=1, max=8, step=1, help="Pixels from one position to the next"
        )
        self.dilation = Number(
            "dilation", 1, min=1, max=8, step=1, help="Pixels from one weight to the next"
        )
        self.padding = Choice("padding", PADDINGS, 0, "Pixels added around the image")
        self.border = Choice("border", BORDERS, "zero", "The values of the added pixels")
        self.flip = Tick("flip (mathematics)", False, "Rotate the kernel by 180° first")
        self.true_size = Tick("true size", False, "Draw the image and the output at one scale")
        self.channel = Toggle(
            "channel", ["red", "green", "blue"], "red", "The channel whose numbers are shown",
            reserved=True,
        )  # fmt: skip

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = {
            "weights": self.weights, **self.picker.parts, "kernel": self.preset, "random": self.random,
            "show": self.view, "bias": self.bias, "stride": self.stride, "dilation": self.dilation,
            "padding": self.padding, "border": self.border, "flip": self.flip, "true_size": self.true_size,
        }  # fmt: skip
        shown, folded = choose_controls(named, chosen, SHOWN)
        self.message = Message()
        pictures = row(self.input, self.output, flex_flow="row nowrap")
        hint = Text("Point at a pixel of the output. A click pins it; the arrow keys move it.")
        below = self.message, self.note, row(hint, self.channel), self.products, self.formula
        return [beside(panel(*shown, fold(*folded)), pictures, *below, width=200)]

    def _name_kernel(self, change: Any = None) -> None:
        """Set the dropdown to the name of the current weights."""
        self.preset.value = name_of(self.weights.kernel) or OWN_WEIGHTS

    def _take_preset(self, change: Any) -> None:
        chosen = change["new"]  # another thread may have set the dropdown since
        if chosen in KERNELS and chosen != name_of(self.weights.kernel):
            self.weights.kernel = KERNELS[chosen]
        self._name_kernel()

    def _take_random(self) -> None:
        self.weights.kernel = random_weights(np.random.default_rng())

    @property
    def options(self) -> dict[str, Any]:
        """The options of `convolve` that differ from their defaults, by name."""
        now = {
            "bias": self.bias.number,
            "stride": self.stride.number,
            "padding": self.padding.value,
            "dilation": self.dilation.number,
            "border": self.border.value if self.padding.value else "zero",
            "flip": self.flip.value,
        }
        return changed(now, PLAIN)

    def read(self) -> KernelControls:
        return KernelControls(
            image=self.picker.value,
            image_name=self.picker.name.value,
            kernel=self.weights.kernel,
            options=self.options,
            view=self.view.value,
            true_size=self.true_size.value,
            convolve=self.convolve,
        )

    def compute(self, controls: KernelControls) -> KernelView:
        return compute(controls, self.memo)

    def show(self, view: KernelView) -> None:
        self.border.disabled = "padding" not in self.controls.options
        self.note.value = view.note
        self.formula.value, self.formula.hidden = view.formula, not view.formula
        self.output.show(
            view.output, title=size_title("output", view.result), alt=f"output: {view.caption}",
            share=view.shares[1],
        )  # fmt: skip
        self.input.show(
            view.image_view, title=size_title("image", self.image), alt=self.controls.image_name,
            share=view.shares[0],
        )  # fmt: skip
        self.channel.hidden = self.image.ndim == 2
        if self.is_new("image"):
            self.output.center()
        self._explain()

    def _explain(self, source: Element | None = None) -> None:
        """Show how the output pixel under the cursor is computed."""
        position = self.output.cursor
        pixel = explain(self.controls, self.computed, position, self.channel.index)
        found = pixel.explanation
        self.products.show(found, pixel.given)
        self.input.marks = [mark(found.top, found.left, *pixel.extent)]
        self.output.marks = [mark(*position)]

    @property
    def image(self) -> np.ndarray:
        """The image, (H, W) or (H, W, 3)."""
        return self.controls.image

    @property
    def result(self) -> np.ndarray:
        """The output image."""
        return self.computed.result

    def describe(self) -> str:
        return f"KernelExplorer: {self.computed.caption}"
