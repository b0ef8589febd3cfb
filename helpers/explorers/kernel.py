"""KernelExplorer: change the weights of a kernel and see the output image."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer
from helpers.explorers.models.in_words import kernel_in_words, output_in_words
from helpers.explorers.models.kernel import (
    LONGEST_NOTE,
    KernelControls,
    KernelView,
    compute,
    explain,
    output_pixel_at,
    strongest,
)
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import size_title, spoken
from helpers.explorers.models.size_formula import LONGEST_FORMULA
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.convolution_options import ConvolutionOptions
from helpers.explorers.panels.explained_pair import ExplainedPair
from helpers.explorers.panels.named_weights import NamedWeights
from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.element import COVERING, Element, Message, Text, beside, fold, panel
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number, as_weights
from helpers.explorers.widgets.sweep import Sweep
from helpers.kernels import KERNELS
from helpers.precision import significant
from helpers.rendering import VIEWS
from helpers.validation import as_choice, as_function

SHOWN = "weights", "image", "kernel", "show"  # the other controls are folded away
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
        self._build_controls(as_weights("kernel", kernel, (3, 3), KERNELS), view)
        pair = self.pair = ExplainedPair()
        self.input, self.output, self.loupe = pair.input, pair.output, pair.loupe
        self.sweep, self.channel, self.products = pair.sweep, pair.channel, pair.products
        self.note = Text(room_for=LONGEST_NOTE)
        self.formula = Text(
            reserved=True, room_for=LONGEST_FORMULA, style={"grid-column": "1 / -1"}
        )
        inputs = self.picker, self.weights, *self.applied.parts.values(), self.view, self.true_size
        super().__init__(self._lay_out(controls), inputs, pair.stills)
        self.follow(self._take_output, [self.output], "cursor", "pinned", "pointed")
        self.follow(self._take_input, [self.input], "cursor", "pinned", "pointed")
        self.follow(self._take_step, [self.sweep], "step")
        self.follow(self._explain, [self.channel], "value")

    def _build_controls(self, kernel: np.ndarray, view: str) -> None:
        named = self.named = NamedWeights(kernel)
        self.weights, self.preset, self.random = named.weights, named.preset, named.random
        self.applied = ConvolutionOptions(
            "Pixels", stride=8, dilation=8,
            padding=Choice("padding", PADDINGS, 0, "Pixels added around the image"),
            bias=Number("bias", 0, min=-5, max=5, help="Added to every sum"),
        )  # fmt: skip
        self.bias, self.stride, self.dilation, self.padding, self.border, self.flip = (
            self.applied.parts.values()
        )
        self.view = Choice("show", VIEWS, view, "How the output is drawn")
        self.true_size = Tick("true size", False, "Draw the image and the output at one scale")

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = {
            "weights": self.weights, **self.picker.parts, **self.named.parts, "show": self.view,
            **self.applied.parts, "true_size": self.true_size,
        }  # fmt: skip
        shown, folded = choose_controls(named, chosen, SHOWN)
        self.message = Message(style=COVERING)
        below: list[Any] = [self.message, self.note, self.products]
        sizing = {self.stride, self.dilation, self.padding}
        (folded if sizing.isdisjoint(shown) else below).append(self.formula)
        return [beside(panel(*shown, fold(*folded)), self.pair, *below, width=190)]

    @property
    def options(self) -> dict[str, Any]:
        """The options of `convolve` that differ from their defaults, by name."""
        return self.applied.value

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
            self.output.cursor, self.output.pinned = strongest(view.result), False
        self.sweep.over(*view.result.shape[:2])
        self._explain()

    def _take_output(self, output: ImageView) -> None:
        self.pair.take(output)
        self._explain()

    def _take_input(self, image: ImageView) -> None:
        """Move the window to the pixel of the image that is pointed at."""
        self.output.cursor = output_pixel_at(self.controls, self.computed, image.cursor)
        self.pair.take(image)
        self._explain()

    def _take_step(self, sweep: Sweep) -> None:
        self.pair.follow_sweep()
        self._explain()

    def _explain(self, source: Element | None = None) -> None:
        """Show how the output pixel under the cursor is computed."""
        view, options = self.computed, self.controls.options
        pixel = explain(self.controls, view, self.output.cursor, self.channel.index)
        self.pair.show(pixel, options.get("dilation", 1), view.output)
        for shown, array in (self.input, self.image), (self.output, self.result):
            shown.reading = spoken(array[shown.cursor])

    def lose_sight(self) -> None:
        with self.batch():
            self.sweep.end()
            self._explain()
        super().lose_sight()

    @property
    def image(self) -> np.ndarray:
        """The image, (H, W) or (H, W, 3)."""
        return self.controls.image

    @property
    def result(self) -> np.ndarray:
        """The output image."""
        return self.computed.result

    def summary(self) -> str:
        return self.computed.summary

    def describe(self) -> str:
        return f"KernelExplorer: {self.computed.caption}"

    def alt_text(self) -> str:
        output = output_in_words(significant(self.result, self.computed.error))
        return f"{self.describe()}; {kernel_in_words(self.controls.kernel)}; {output}"
