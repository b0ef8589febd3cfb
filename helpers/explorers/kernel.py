"""KernelExplorer: drag the weights of a kernel and watch a photograph change."""

from dataclasses import replace

import ipywidgets
import numpy as np

from helpers.convolution import convolve as library_convolve
from helpers.explanation import explain_pixel
from helpers.explorers.base import Explorer, button, choice, column, row, text, tick, write
from helpers.explorers.models.user_function import changed, convolve_with
from helpers.explorers.panels.dot_product import Products
from helpers.explorers.panels.formula import PLAIN_SIZES, size_formula
from helpers.explorers.widgets.image_picker import ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.number_grid import OWN_WEIGHTS, Number, Weights, as_weights
from helpers.geometry import BORDERS
from helpers.kernels import KERNEL_NOTES, KERNELS, name_of
from helpers.rendering import VIEWS, format_number, render
from helpers.validation import as_choice, as_function

PLAIN = {**PLAIN_SIZES, "bias": 0, "border": "zero", "flip": False}
PADDINGS = [("0 (valid)", 0), ("1", 1), ("2", 2), ("5", 5), ("same size", "same")]


class KernelExplorer(Explorer):
    """A photograph, nine weights, and what the kernel makes of it.

    Parameters
    ----------
    image : sample name, path, a file's bytes, or an (H, W) or (H, W, 3) array in [0, 1]
    kernel : name in KERNELS, or a 3×3 array of weights from −10 to 10
    view : how answers are drawn, one of "as a photo", "signed", "absolute", "ReLU"
    convolve : function(image, kernel) that computes the picture
        Your own will do. It is given options by name (bias, stride, padding, dilation, border,
        flip) only when they are changed. It starts on a small gray picture, as loops take their
        time.

    The state can be set and read without a page: `weights.kernel`, `bias.number`, `picker.name.value`
    …; `result` is the answer, `output.picture` what is seen, `problem` what is wrong.
    """

    user_function = ("convolve", library_convolve)

    def __init__(self, image="cat", kernel="sharpen", view="as a photo", convolve=library_convolve):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        as_choice("view", view, VIEWS)
        self.picker = ImagePicker(image, longest=64 if own else 512, gray=own)
        self.weights = Weights(
            as_weights("kernel", kernel, (3, 3), KERNELS), label="weights of the kernel"
        )
        self._build_options(view)
        self.input = ImageView(
            interactive=False, layout={"flex": "1 1 220px", "max_width": "512px"}
        )
        self.output = ImageView(
            interactive=True, layout={"flex": "1 1 220px", "max_width": "512px"}
        )
        self.products = Products()
        self.image = None
        self._asked = ()  # what was convolved last, and its answer
        parts = self._lay_out()
        inputs = (self.picker, self.weights, self.bias, self.stride, self.dilation)
        super().__init__(parts, inputs, [[self.input, self.output], self.products.screens])
        self._connect()

    def _build_options(self, view):
        names = [(name.replace("_", " "), name) for name in KERNELS]
        self.preset = choice(
            "kernel",
            [(OWN_WEIGHTS, OWN_WEIGHTS), *names],
            OWN_WEIGHTS,
            "A named kernel to start from",
            "230px",
        )
        self.random = button("random", "Nine random weights from -1 to 1")
        self.note, self.formula = text(), text()
        self.view = choice("show", list(VIEWS), view, "How answers become colors", "190px")
        self.bias = Number("bias", 0, min=-5, max=5, help="Added to every sum")
        self.stride = Number("stride", 1, min=1, max=8, step=1, help="Pixels from stop to stop")
        self.dilation = Number(
            "dilation", 1, min=1, max=8, step=1, help="Pixels from weight to weight"
        )
        self.padding = choice("padding", PADDINGS, 0, "Pixels added around the picture", "auto")
        self.border = choice("border", list(BORDERS), "zero", "What the added pixels hold", "auto")
        self.flip = tick("flip (mathematics)", False, "Turn the kernel by half a turn first")
        self.true_size = tick(
            "true size", False, "Draw the answer at the image's scale, not enlarged"
        )
        self.channel = ipywidgets.ToggleButtons(
            options=["red", "green", "blue"], tooltips=["Numbers of this channel"] * 3,
            style={"button_width": "60px"},
        )  # fmt: skip

    def _lay_out(self):
        panel = column(
            self.weights, self.bias, self.stride, self.dilation, self.padding, self.border,
            self.flip, self.true_size, flex="0 0 236px", width="236px",
        )  # fmt: skip
        pictures = column(
            row(self.input, self.output),
            self.formula,
            text("Point at a pixel of the answer. A click holds it; the arrow keys move it."),
            self.channel,
            self.products,
            flex="1 1 300px",
        )
        named = row(self.preset, self.random, self.view, align_items="center")
        return [self.picker, named, self.note, row(panel, pictures)]

    def _connect(self):
        for control in (
            self.picker, self.weights, self.bias, self.stride, self.dilation, self.padding,
            self.border, self.flip, self.view, self.true_size,
        ):  # fmt: skip
            control.observe(self.refresh, "value")
        self.output.observe(self._explain, "cursor")
        self.channel.observe(self._explain, "value")
        self.preset.observe(self._take_preset, "value")
        self.random.on_click(self._take_random)

    def _take_preset(self, change):
        if self.busy:
            return
        if self.preset.value in KERNELS:
            self.weights.kernel = KERNELS[self.preset.value]
        else:
            self._name_kernel(self.weights.kernel)

    def _take_random(self, button):
        self.weights.kernel = np.random.default_rng().uniform(-1, 1, (3, 3)).round(1)

    @property
    def options(self):
        """The options that differ from their defaults, by name."""
        now = {
            "bias": self.bias.number,
            "stride": self.stride.number,
            "padding": self.padding.value,
            "dilation": self.dilation.number,
            "border": self.border.value if self.padding.value else "zero",
            "flip": self.flip.value,
        }
        return changed(now, PLAIN)

    def update(self):
        image, kernel, options = self.picker.value, self.weights.kernel, self.options
        self._name_kernel(kernel)
        result = self._convolved(image, kernel, options)
        view = render(result, self.view.value)
        new_image = image is not self.image
        # from here on nothing can fail: all that is shown changes together
        self.image, self.kernel, self.used, self.result = image, kernel, options, result
        self.border.disabled = "padding" not in options
        self._describe_kernel()
        self._describe_size()
        self.caption = (
            f"{self.picker.name.value} under {self.preset.label}, shown {self.view.value}"
        )
        share = (
            min(1.0, max(result.shape[:2]) / max(image.shape[:2])) if self.true_size.value else 1.0
        )
        title = _size_title("answer", result)
        self.output.show(view, title=title, alt=f"answer: {self.caption}", share=share)
        if new_image:
            self._show_image()
        self._explain()

    def _convolved(self, image, kernel, options):
        """The answer; it stays what it is when only its colors or its size on the page change."""
        asked = id(image), kernel.tobytes(), options, self.convolve
        if asked != self._asked[:4]:
            result = convolve_with(self.convolve, image, kernel, options)
            self._asked = *asked, image, result
        return self._asked[-1]

    def _show_image(self):
        seen = render(self.image, "as a photo").without_scale()
        self.input.show(seen, title=_size_title("image", self.image), alt=self.picker.name.value)
        self.channel.layout.display = None if self.image.ndim == 3 else "none"
        self.output.center()

    def _name_kernel(self, kernel):
        """The weights are the truth: the dropdown follows them."""
        self.preset.value = name_of(kernel) or OWN_WEIGHTS

    def _describe_kernel(self):
        note = KERNEL_NOTES.get(self.preset.value, "")
        total = format_number(self.kernel.sum())
        write(
            self.note, f"{note} The weights add up to {total}: a flat area is multiplied by that."
        )

    def _describe_size(self):
        """The formula, for a kernel that stands on other than every pixel of the picture."""
        plain = PLAIN_SIZES.keys().isdisjoint(self.used)
        sizes = self.image.shape[:2], self.kernel.shape
        write(self.formula, "" if plain else size_formula(*sizes, self.used))
        self.formula.layout.display = "none" if plain else None

    def _explain(self, change=None):
        position = self.output.cursor
        found = explain_pixel(self.image, self.kernel, *position, **self.used)
        given = self.result[position]
        if self.image.ndim == 3:
            which = self.channel.index
            found = replace(
                found,
                patch=found.patch[..., which],
                products=found.products[..., which],
                total=found.total[which],
            )
            given = given[which]
        self.products.show(found, given)
        reach = [self.used.get("dilation", 1) * (count - 1) + 1 for count in found.kernel.shape]
        self.input.marks = [mark(found.top, found.left, *reach)]
        self.output.marks = [mark(*position)]

    def describe(self):
        return f"KernelExplorer: {self.caption}"


def _size_title(what, array):
    return f"{what}, {array.shape[0]} rows, {array.shape[1]} columns"
