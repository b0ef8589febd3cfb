"""WindowExplorer: step, scrub or play the window over a small grid of numbers."""

import ipywidgets
import numpy as np

from helpers.convolution import convolve as library_convolve
from helpers.checks import as_array, describe
from helpers.explanation import explain_pixel
from helpers.explorers.explorer import Explorer, choice, column, row, text, tick, write
from helpers.explorers.inputs import Number, Weights
from helpers.explorers.own_function import call
from helpers.explorers.products import Products
from helpers.explorers.screen import Screen, mark
from helpers.geometry import BORDERS, cells_read, pad
from helpers.views import render

LARGEST = 12
PADDED, UNREAD, UNKNOWN = (214, 200, 240), (190, 190, 190), (235, 235, 235)
PLAIN = {"stride": 1, "padding": 0, "dilation": 1, "border": "zero", "flip": False}


class WindowExplorer(Explorer):
    """A grid of numbers, a kernel, and the answers as they come about, stop by stop.

    Parameters
    ----------
    image : (H, W) array of numbers, at most 12×12
    kernel : (kh, kw) array of weights from −10 to 10, at most 5×5
    convolve : function(image, kernel) that computes the answers; your own will do

    `stop.number` is the stop the window is at, from 1; `result` holds all answers.
    """

    def __init__(self, image, kernel, convolve=library_convolve):
        self.image = _grid("image", image, LARGEST)
        self.white = np.abs(self.image).max() or 1
        self.convolve = convolve
        self.weights = Weights(_grid("kernel", kernel, 5), step=1)
        self._build_controls()
        self.input = Screen(interactive=True, width=380, layout={"flex": "1 1 240px", "max_width": "380px"})
        self.output = Screen(interactive=True, width=320, layout={"flex": "1 1 200px", "max_width": "320px"})
        self.products = Products()
        grids = [self.products.patch, self.products.kernel, self.products.products]
        inputs = (self.weights, self.stride, self.padding, self.dilation, self.stop)
        super().__init__(self._lay_out(), inputs, [[self.input, self.output], grids])
        self._connect()

    def _build_controls(self):
        whole = {"step": 1, "min": 1}
        self.stride = Number("stride", 1, max=4, help="Cells from stop to stop", **whole)
        self.dilation = Number("dilation", 1, max=3, help="Cells from weight to weight", **whole)
        self.padding = Number("padding", 0, min=0, max=3, step=1, help="Cells added on every side")
        self.border = choice("border", list(BORDERS), "zero", "What the added cells hold", "auto")
        self.flip = tick("flip (mathematics)", False, "Turn the kernel by half a turn first")
        self.stop = Number("stop", 1, max=1, help="Which stop of the window is shown", **whole)
        self.play = ipywidgets.Play(value=1, min=1, max=1, interval=700, show_repeat=False)
        self.back, self.forth = (
            ipywidgets.Button(description=name, tooltip=help, layout={"width": "60px"})
            for name, help in (("back", "One stop back"), ("step", "One stop on"))
        )
        self.formula, self.fed = text(), text()

    def _lay_out(self):
        walk = row(self.play, self.back, self.forth, self.stop, align_items="center")
        self.stop.layout.width = "260px"
        panel = column(
            self.weights, self.stride, self.padding, self.dilation, self.border, self.flip,
            flex="0 0 236px", width="236px",
        )  # fmt: skip
        grids = column(row(self.input, self.output), self.fed, self.products, flex="1 1 300px")
        return [walk, self.formula, row(panel, grids)]

    def _connect(self):
        for control in (
            self.weights, self.stride, self.padding, self.dilation, self.border, self.flip, self.stop
        ):  # fmt: skip
            control.observe(self.refresh, "value")
        self.play.observe(lambda change: self._go(change["new"]), "value")
        self.back.on_click(lambda button: self._go(self.stop.number - 1))
        self.forth.on_click(lambda button: self._go(self.stop.number + 1))
        self.output.observe(self._point_at_output, "pointed")
        self.input.observe(self._mark, "pointed")

    def _go(self, stop):
        self.stop.number = max(1, min(int(self.stop.max), stop))

    def _point_at_output(self, change):
        row, column = self.output.pointed
        self._go(row * self.result.shape[1] + column + 1)

    @property
    def options(self):
        now = {
            "stride": self.stride.number,
            "padding": self.padding.number,
            "dilation": self.dilation.number,
            "border": self.border.value,
            "flip": self.flip.value,
        }
        return {name: value for name, value in now.items() if value != PLAIN[name]}

    def update(self):
        kernel = _tidy(self.weights.kernel)
        right = library_convolve(self.image, kernel, **self.options)
        if self.convolve is library_convolve:
            self.result = right
        else:
            self.result = call(self.convolve, [self.image, kernel], self.options, right.shape)
        geometry = {name: value for name, value in self.options.items() if name != "flip"}
        self.cells = cells_read(self.image.shape, kernel.shape, **geometry)
        self.border.disabled = self.padding.number == 0
        self._walk_to(min(self.stop.number, self.result.size))
        self._show_grids()
        self._explain(kernel)
        self._mark()

    def _walk_to(self, stop):
        """Keep the four controls that say where the window is in step."""
        self.stop.number = stop
        self.stop.max = self.play.max = self.result.size
        self.play.value = stop
        self.position = divmod(stop - 1, self.result.shape[1])
        self.output.pointed = self.position

    def _show_grids(self):
        widths = (self.padding.number,) * 2
        padded = pad(self.image, widths, self.border.value)
        rows, columns = self.image.shape
        inside = pad(np.ones((rows, columns), bool), widths)
        read = pad(np.isin(np.arange(rows * columns), self.cells).reshape(rows, columns), widths)
        picture = render(padded / self.white, "as a photo")
        pixels = np.repeat(picture.pixels[..., None], 3, axis=2)
        pixels[~inside] = PADDED
        pixels[inside & ~read] = UNREAD
        legend = (["violet: padding"] if not inside.all() else []) + (
            ["gray: never read"] if (inside & ~read).any() else []
        )
        seen = picture._replace(pixels=pixels, colours=(), labels=(), note="; ".join(legend))
        title = f"image, {rows} rows, {columns} columns"
        self.input.show(seen, padded, title=title, alt=f"grid of {describe(padded)}")
        self._show_answers()

    def _show_answers(self):
        view = render(self.result, "signed")
        known = np.arange(self.result.size).reshape(self.result.shape) < self.stop.number
        pixels = np.where(known[..., None], view.pixels, np.uint8(UNKNOWN))
        title = "answers, {} rows, {} columns".format(*self.result.shape)
        self.output.show(view._replace(pixels=pixels), self.result, title=title, alt=title)
        self.output.numbers = [n if k else "" for n, k in zip(self.output.numbers, known.ravel())]

    def _explain(self, kernel):
        found = explain_pixel(self.image, kernel, *self.position, **self.options)
        self.products.show(found, float(self.result[self.position]), self.white)
        self.window = found.top, found.left
        write(self.formula, "   ".join(self._size_of(axis) for axis in (0, 1)))

    def _size_of(self, axis):
        n, k, count = self.image.shape[axis], self.weights.shape[axis], self.result.shape[axis]
        p, d, s = self.padding.number, self.dilation.number, self.stride.number
        name = ("rows", "columns")[axis]
        return f"{name}: ⌊({n} + 2·{p} − {d}·({k} − 1) − 1) / {s}⌋ + 1 = {count}."

    def _mark(self, change=None):
        """Mark the window's cells, and every answer that the pointed cell of the image feeds."""
        p, d = self.padding.number, self.dilation.number
        top, left = self.window[0] + p, self.window[1] + p
        rows, columns = self.weights.shape
        cell = self.input.pointed
        self.input.marks = [
            mark(top + d * i, left + d * j) for i, j in np.ndindex(rows, columns) if d > 1
        ] + [mark(top, left, d * (rows - 1) + 1, d * (columns - 1) + 1)]
        row, column = cell[0] - p, cell[1] - p
        fed = []
        if 0 <= row < self.image.shape[0] and 0 <= column < self.image.shape[1]:
            hits = (self.cells == row * self.image.shape[1] + column).any(axis=(2, 3))
            fed = [mark(*place) for place in np.argwhere(hits).tolist()]
            write(self.fed, f"The cell in row {row}, column {column} of the image feeds {len(fed)} of {hits.size} answers, marked thin.")
        else:
            write(self.fed, "Point at a cell of the image to see which answers it feeds.")
        thin = [{**place, "thin": True} for place in fed]
        self.output.marks = [*thin, mark(*self.position)]

    def describe(self):
        sizes = "{}×{} under {}×{}".format(*self.image.shape, *self.weights.shape)
        return f"WindowExplorer: {sizes}, stop {self.stop.number} of {self.result.size}"


def _grid(name, array, largest):
    array = as_array(name, array)
    if array.ndim != 2 or max(array.shape) > largest:
        raise ValueError(f"{name} must be a grid of at most {largest}×{largest} numbers; got {describe(array)}")
    return array


def _tidy(kernel):
    """Whole weights as ints, so that whole answers are printed as such."""
    return kernel.astype(int) if np.array_equal(kernel, kernel.round()) else kernel
