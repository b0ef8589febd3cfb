"""ChannelExplorer: three channels, three slices of one kernel, three maps, and their sum."""

import numpy as np

from helpers.convolution import convolve as library_convolve
from helpers.explanation import explain_pixel
from helpers.explorers.base import Explorer, choice, column, row, text, tick, write
from helpers.explorers.models.user_function import convolve_with
from helpers.explorers.panels.dot_product import Products, in_brackets
from helpers.explorers.widgets.image_picker import ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.number_grid import OWN_WEIGHTS, Number, Weights, as_weights
from helpers.images import LUMA
from helpers.kernels import KERNELS, name_of
from helpers.rendering import format_number, render
from helpers.validation import as_function

CHANNELS = ("red", "green", "blue")


def _slices(pattern, *shares):
    """A (3, 3, 3) kernel: one pattern in all three slices, times the channel's share."""
    return np.multiply.outer(pattern, np.array(shares, np.float32)).round(6)


_MIDDLE, _ALL, _EDGE = KERNELS["identity"], np.ones((3, 3)), KERNELS["sobel_vertical"]
COLOR_KERNELS = {
    "red areas": ("Red minus green minus blue, in the middle pixel.", _slices(_MIDDLE, 1, -1, -1)),
    "blue areas": ("Blue minus red minus green, in the middle pixel.", _slices(_MIDDLE, -1, -1, 1)),
    "red circle": (
        "Red against green and blue, in all nine pixels. Every gray gives 0, white too.",
        _slices(_ALL, 0.2, -0.1, -0.1)),
    "same edge on each channel": (
        "Vertical edges of every channel, added up.", _slices(_EDGE, 1, 1, 1)),
    "edge in red only": ("Vertical edges of the red channel.", _slices(_EDGE, 1, 0, 0)),
    "edge of color": (
        "Red's vertical edges minus green's: an edge between two grays gives 0.",
        _slices(_EDGE, 1, -1, 0)),
    "brightness": ("What turns colors into gray.", _slices(_MIDDLE, *LUMA)),
    "green channel": ("Green alone.", _slices(_MIDDLE, 0, 1, 0)),
}  # fmt: skip


class ChannelExplorer(Explorer):
    """A color picture, the three slices of one kernel, and the one feature map that they make.

    Parameters
    ----------
    image : sample name, path, a file's bytes, or an (H, W, 3) array in [0, 1]
    kernel : name in COLOR_KERNELS, or a (3, 3, 3) array of weights from −10 to 10
    bias : number from −5 to 5, added to every sum
    convolve : function(image, kernel) that computes the three maps
        Your own will do. It is given one channel and its slice at a time. It starts on a small
        picture, as loops take their time.

    The state can be set and read without a page: `weights[0].kernel` (red), `bias.number`,
    `relu.value`, `picker.name.value`; `maps` are the three channels' answers, `result` their sum
    plus bias, `feature_map` what ReLU leaves of it; `problem` says what is wrong.
    """

    user_function = ("convolve", library_convolve)

    def __init__(self, image="circles", kernel="red circle", bias=0, convolve=library_convolve):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        self.picker = ImagePicker(image, longest=64 if own else 512)
        self.picker.gray.layout.display = "none"  # a kernel of three slices needs colors
        named = {name: weights for name, (_, weights) in COLOR_KERNELS.items()}
        kernel = as_weights("kernel", kernel, (3, 3, 3), named)
        self.weights = [_grid(name, kernel[..., k]) for k, name in enumerate(CHANNELS)]
        self._build_options(bias)
        self._build_screens()
        self.picked, self.maps = None, [None] * 3
        self._maker = None  # the function that made them
        inputs = (self.picker, *self.weights, self.bias)
        stills = [
            [channel, products.kernel, answer]
            for channel, products, answer in zip(
                self.channels, self.products, self.map_screens, strict=True
            )
        ]
        super().__init__(self._lay_out(), inputs, [*stills, [self.input, self.sum, self.output]])
        self._connect()

    def _build_options(self, bias):
        names = [OWN_WEIGHTS, *COLOR_KERNELS]
        self.preset = choice(
            "kernel", names, OWN_WEIGHTS, "A kernel of three slices to start from", "260px"
        )
        self.bias = Number("bias", bias, min=-5, max=5, help="Added to every sum, once")
        self.bias.layout.width = "260px"
        self.relu = tick("ReLU", True, "Negative sums become 0, as in a network")
        self.note, self.total = text(), text()

    def _build_screens(self):
        small = {"flex": "1 1 100px", "max_width": "150px"}
        small = {"layout": small, "width": 150, "interactive": True}
        self.channels = [ImageView(title=f"{name} channel", **small) for name in CHANNELS]
        self.map_screens = [ImageView(title=f"{name} map", **small) for name in CHANNELS]
        self.input, self.sum = ImageView(**small), ImageView(**small)
        self.output = ImageView(
            interactive=True, layout={"flex": "1 1 200px", "max_width": "300px"}, width=300
        )
        self._before, self._after = [*self.channels, self.input], [*self.map_screens, self.sum]
        self.products = [_products(name) for name in CHANNELS]

    def _lay_out(self):
        rows = [
            row(*parts, flex_flow="row nowrap")
            for parts in zip(self.channels, self.weights, self.map_screens, strict=True)
        ]
        answer = row(self.input, self.sum, self.output, flex="1 1 260px")
        return [
            self.picker,
            row(self.preset, self.bias, self.relu, align_items="center"),
            self.note,
            row(column(*rows, flex="0 1 510px"), answer),
            text("Point at a pixel of any picture. A click holds it; the arrow keys move it."),
            self.total,
            *self.products,
        ]

    def _connect(self):
        for control in (self.picker, *self.weights, self.bias, self.relu):
            control.observe(self.refresh, "value")
        self.preset.observe(self._take_preset, "value")
        for screen in (*self._before, *self._after, self.output):
            screen.observe(self._point, ["cursor", "pinned"])

    def _take_preset(self, change):
        if self.busy:
            return
        if self.preset.value in COLOR_KERNELS:
            with self.keeping_step():  # three grids, one update
                for k, weights in enumerate(self.weights):
                    weights.kernel = COLOR_KERNELS[self.preset.value][1][..., k]
        self.refresh()

    def update(self):
        picked, bias, rectify = self.picker.value, self.bias.number, self.relu.value
        new_image = picked is not self.picked
        image = _in_planes(picked) if new_image else self.image
        kernel = np.stack([weights.kernel for weights in self.weights], axis=-1)
        anew = new_image or self.convolve is not self._maker
        moved = [k for k in range(3) if anew or np.any(kernel[..., k] != self.kernel[..., k])]
        maps = list(self.maps)
        for k in moved:
            maps[k] = convolve_with(self.convolve, image[..., k], kernel[..., k], {})
        result = maps[0] + maps[1] + maps[2]  # as convolve(image, kernel, bias), without convolving
        result += bias
        feature_map = np.maximum(result, 0) if rectify else result
        map_views = {k: render(maps[k], "signed") for k in moved}
        sum_view = render(result, "signed")
        view = render(feature_map, "ReLU") if rectify else sum_view
        # from here on nothing can fail: all that is shown changes together
        self.picked, self.image, self.kernel = picked, image, kernel
        self.used_bias, self.rectified = bias, rectify
        self.maps, self.result, self.feature_map = maps, result, feature_map
        self._maker = self.convolve
        self._name_kernel()
        if new_image:
            self._show_image()
        self._show_answers(map_views, sum_view, view, new_image)
        self._explain()

    def _show_answers(self, map_views, sum_view, view, new_image):
        """Show the maps that moved; on a new image, point at the strongest answer."""
        for k, map_view in map_views.items():
            self.map_screens[k].show(map_view, alt=f"{CHANNELS[k]} map of {self.caption}")
        bias = format_number(self.used_bias)
        what = f"sum + bias {bias}" if self.used_bias else "sum of the maps"
        self.sum.show(sum_view, title=what, alt=f"{what}: {self.caption}")
        title = "feature map, {} rows, {} columns".format(*self.result.shape)
        strongest = np.unravel_index(self.feature_map.argmax(), self.feature_map.shape)
        cursor = tuple(map(int, strongest)) if new_image else self.output.cursor
        self.output.show(view, title=title, alt=f"feature map: {self.caption}", cursor=cursor)

    def _show_image(self):
        name = self.picker.name.value
        for screen, title, values in (
            (self.input, "image", self.image),
            *((self.channels[k], f"{CHANNELS[k]} channel", self.image[..., k]) for k in range(3)),
        ):
            seen = render(values, "as a photo").without_scale()
            screen.show(seen, title=title, alt=f"{title} of {name}")

    def _name_kernel(self):
        """The weights are the truth: the dropdown, the note and the caption follow them."""
        weights = {name: kernel for name, (_, kernel) in COLOR_KERNELS.items()}
        self.preset.value = name_of(self.kernel, weights) or OWN_WEIGHTS
        note, _ = COLOR_KERNELS.get(self.preset.value, ("", None))
        total = f"All 27 weights add up to {format_number(self.kernel.sum())}."
        write(self.note, f"{note} {total}".strip())
        under = f"{self.preset.value}, bias {format_number(self.used_bias)}"
        relu = "ReLU" if self.rectified else "no ReLU"
        self.caption = f"{self.picker.name.value} under {under}, {relu}"

    def _point(self, change):
        """Point at the same place in every picture."""
        if not self.busy:
            with self.keeping_step():
                self._explain(change["owner"])

    def _explain(self, source=None):
        """Say what made the answer that `source`, or else the feature map, points at; mark it everywhere."""
        source = source or self.output
        reach = 1 if source in self._before else 0  # an answer has its window around a pixel
        self.output.cursor = tuple(at - reach for at in source.cursor)
        position = self.output.cursor  # at the rim a screen takes the nearest cell it has
        for screens, reach in ((self._before, 1), (self._after, 0), ([self.output], 0)):
            for screen in screens:
                screen.pinned = source.pinned
                if screen is not source:
                    screen.cursor = tuple(at + reach for at in position)
        terms = []
        for k, (name, products) in enumerate(zip(CHANNELS, self.products, strict=True)):
            found = explain_pixel(self.image[..., k], self.kernel[..., k], *position)
            answer = self.maps[k][position]
            products.show(found, answer)
            self.channels[k].marks = [mark(found.top, found.left, 3, 3)]
            self.map_screens[k].marks = [mark(*position)]
            terms.append(f"{name} {in_brackets(answer)}")
        self.input.marks = self.channels[0].marks
        self.sum.marks = self.output.marks = [mark(*position)]
        then = f" ReLU gives {format_number(self.feature_map[position])}." if self.rectified else ""
        write(
            self.total,
            f"Row {position[0]}, column {position[1]}: {' + '.join(terms)}"
            f" + bias {in_brackets(self.used_bias)} = {format_number(self.result[position])}.{then}",
        )

    def describe(self):
        return f"ChannelExplorer: {self.caption}"


def _grid(name, weights):
    names = [f"{name} weight in row {i}, column {j}" for i, j in np.ndindex(3, 3)]
    layout = {"flex": "0 0 176px", "width": "176px"}
    return Weights(weights, label=f"{name} slice", names=names, layout=layout)


def _products(name):
    """Nine products of one channel, in a row of the page with their sum."""
    products = Products()
    for screen, what in zip(products.screens, (f"{name} patch", "slice", "products"), strict=True):
        screen.title, screen.width, screen.layout.width = what, 112, "112px"
    products.children[0].layout.grid_gap = "6px"
    products.total.layout.flex = "1 1 150px"
    products.layout = {"flex_flow": "row wrap", "align_items": "center", "grid_gap": "4px 16px"}
    return products


def _in_planes(image):
    """The same color picture with each channel together in memory, which convolves faster."""
    if image.ndim != 3:
        raise ValueError(
            f"image must be in color, (H, W, 3); got a gray one, {image.shape}: choose another"
        )
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(image, 2, 0)), 0, 2)
