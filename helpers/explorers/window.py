"""WindowExplorer: step, scrub or play the window over a small grid of numbers."""

import numpy as np

from helpers.convolution import convolve as library_convolve
from helpers.explanation import explain_pixel
from helpers.explorers.base import Explorer, button, choice, column, row, text, tick, write
from helpers.explorers.models.user_function import changed, convolve_with
from helpers.explorers.panels.dot_product import Products
from helpers.explorers.panels.formula import PLAIN_SIZES, size_formula
from helpers.explorers.widgets.brush import Brush
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.number_grid import Number, Weights
from helpers.padding import BORDERS, pad
from helpers.rendering import format_number, render
from helpers.sliding_windows import window_indices
from helpers.validation import as_array, as_function, describe

LARGEST = 12
PADDED, UNREAD, UNKNOWN = (214, 200, 240), (190, 190, 190), (235, 235, 235)
PLAIN = {**PLAIN_SIZES, "border": "zero", "flip": False}


class WindowExplorer(Explorer):
    """A grid of numbers, a kernel, and the answers as they come about, stop by stop.

    Parameters
    ----------
    image : (H, W) array of numbers, at most 12×12
    kernel : (kh, kw) array of weights from −10 to 10, at most 5×5
    convolve : function(image, kernel) that computes the answers; your own will do

    `stop.number` is the stop the window is at, from 1; `result` holds all answers.
    """

    user_function = ("convolve", library_convolve)

    def __init__(self, image, kernel, convolve=library_convolve):
        self.grid = grid_of("image", image, LARGEST)
        self.convolve = as_function("convolve", convolve)
        self.weights = Weights(_weights(kernel), step=1)
        self.input = ImageView(
            interactive=True, width=380, layout={"flex": "1 1 240px", "max_width": "380px"}
        )
        self.output = ImageView(
            interactive=True, width=320, layout={"flex": "1 1 200px", "max_width": "320px"}
        )
        self._build_controls()
        self.products, self.used = Products(), {}
        inputs = (self.weights, self.stride, self.padding, self.dilation, self.stop, self.brush)
        screens = [[self.input, self.output], self.products.screens]
        super().__init__(self._lay_out(), inputs, screens)
        self._connect()

    def _build_controls(self):
        self.stride = Number("stride", 1, min=1, max=4, help="Cells from stop to stop", step=1)
        self.dilation = Number(
            "dilation", 1, min=1, max=3, help="Cells from weight to weight", step=1
        )
        self.padding = Number("padding", 0, min=0, max=3, help="Cells added on every side", step=1)
        self.border = choice("border", list(BORDERS), "zero", "What the added cells hold", "auto")
        self.flip = tick("flip (mathematics)", False, "Turn the kernel by half a turn first")
        self.stop = Number(
            "stop", 1, min=1, max=1, step=1, interval=700, help="Which stop of the window is shown"
        )
        self.stop.layout.width = "380px"
        self.back, self.forth = (
            button(name, help, width="60px")
            for name, help in (("back", "One stop back"), ("step", "One stop on"))
        )
        self.brush = Brush(value=9, min=-99, max=99, step=1)
        self.brush.follow(self.input, self._paint)
        self.formula, self.fed = text(), text()

    def _lay_out(self):
        walk = row(self.back, self.forth, self.stop, align_items="center")
        panel = column(
            self.weights, self.stride, self.padding, self.dilation, self.border, self.flip, self.brush,
            flex="0 0 236px", width="236px",
        )  # fmt: skip
        grids = column(row(self.input, self.output), self.fed, self.products, flex="1 1 300px")
        return [walk, self.formula, row(panel, grids)]

    def _connect(self):
        for control in (
            self.weights, self.stride, self.padding, self.dilation, self.border, self.flip
        ):  # fmt: skip
            control.observe(self.refresh, "value")
        self.stop.observe(self._step, "value")
        self.back.on_click(lambda button: self._go(self.stop.number - 1))
        self.forth.on_click(lambda button: self._go(self.stop.number + 1))
        self.output.observe(self._point_at_output, "cursor")
        self.input.observe(self._mark, "cursor")

    def _go(self, stop):
        self.stop.number = max(1, min(int(self.stop.max), stop))

    def _point_at_output(self, change):
        row, column = self.output.cursor
        self._go(row * self.result.shape[1] + column + 1)

    def _paint(self, cells, value):
        p = self.used.get("padding", 0)
        grid = self.grid.copy()
        for i, j in cells:
            if 0 <= i - p < grid.shape[0] and 0 <= j - p < grid.shape[1]:
                grid[i - p, j - p] = value[0]
        self.grid = grid
        self.refresh()

    @property
    def options(self):
        """The options that differ from their defaults, by name."""
        now = {
            "stride": self.stride.number,
            "padding": self.padding.number,
            "dilation": self.dilation.number,
            "border": self.border.value if self.padding.number else "zero",
            "flip": self.flip.value,
        }
        return changed(now, PLAIN)

    def update(self):
        image, kernel, options = self.grid, _tidy(self.weights.kernel), self.options
        result = convolve_with(self.convolve, image, kernel, options)
        geometry = {name: value for name, value in options.items() if name != "flip"}
        cells = window_indices(image.shape, kernel.shape, **geometry)
        seen, padded = _padded_view(image, cells, options)
        answers = render(result, "signed")
        wider = options.get("padding", 0) - self.used.get("padding", 0)
        # from here on nothing can fail: all that is shown changes together
        self.image, self.kernel, self.used, self.result = image, kernel, options, result
        self.cells, self._answers = cells, answers
        self.border.disabled = "padding" not in options
        title = "image, {} rows, {} columns".format(*image.shape)
        row, column = self.input.cursor  # the same cell of the image, wherever it lies now
        cursor = row + wider, column + wider
        self.input.show(seen, padded, title=title, alt=title, cursor=cursor)
        self._walk_to(min(self.stop.number, result.size))

    def _step(self, change):
        if not self.busy:
            with self.keeping_step():
                self._walk_to(self.stop.number)

    def _walk_to(self, stop):
        """Show the window at a stop, and let the control reach the last one."""
        self.stop.number = stop
        self.stop.max = self.result.size
        self.position = divmod(stop - 1, self.result.shape[1])
        self._show_answers(stop)
        self.found = explain_pixel(self.image, self.kernel, *self.position, **self.used)
        self.products.show(self.found, float(self.result[self.position]), _white(self.image))
        write(self.formula, size_formula(self.image.shape, self.kernel.shape, self.used))
        self._mark()

    def _show_answers(self, stop):
        """Show the answers up to this stop; the later ones stay hidden."""
        known = np.arange(self.result.size).reshape(self.result.shape) < stop
        pixels = np.where(known[..., None], self._answers.pixels, np.uint8(UNKNOWN))
        title = "answers, {} rows, {} columns".format(*self.result.shape)
        self.output.show(
            self._answers.with_pixels(pixels), np.where(known, self.result, None),
            title=title, alt=title, cursor=self.position,
        )  # fmt: skip

    def _mark(self, change=None):
        """Mark the window's cells, and every answer that the pointed cell of the image feeds."""
        p, d = self.used.get("padding", 0), self.used.get("dilation", 1)
        top, left = self.found.top + p, self.found.left + p
        rows, columns = self.kernel.shape
        window = mark(top, left, d * (rows - 1) + 1, d * (columns - 1) + 1)
        cells = [mark(top + d * i, left + d * j) for i, j in np.ndindex(rows, columns) if d > 1]
        self.input.marks = [*cells, window]
        fed = self._fed_by(self.input.cursor[0] - p, self.input.cursor[1] - p)
        self.output.marks = [*(mark(*place, thin=True) for place in fed), mark(*self.position)]

    def _fed_by(self, row, column):
        """The answers that a cell of the image feeds, and a line that says so."""
        if not (0 <= row < self.image.shape[0] and 0 <= column < self.image.shape[1]):
            write(self.fed, "Point at a cell of the image to see which answers it feeds.")
            return []
        hits = (self.cells == row * self.image.shape[1] + column).any(axis=(2, 3))
        many = f"feeds {hits.sum()} of {hits.size} answers, marked thin"
        value = format_number(self.image[row, column])
        write(self.fed, f"The {value} in row {row}, column {column} of the image {many}.")
        return np.argwhere(hits).tolist()

    def describe(self):
        sizes = "{}×{} under {}×{}".format(*self.image.shape, *self.kernel.shape)
        return f"WindowExplorer: {sizes}, stop {self.stop.number} of {self.result.size}"


def _padded_view(image, cells, options):
    """The image with its padding, as a view and as numbers; cells that no window reads are gray."""
    p = options.get("padding", 0)
    padded = pad(image, p, options.get("border", "zero"))
    inside = pad(np.ones(image.shape, bool), p)
    read = pad(np.isin(np.arange(image.size), cells).reshape(image.shape), p)
    picture = render(padded, "as a photo", _white(image))
    pixels = np.repeat(picture.pixels[..., None], 3, axis=2)
    pixels[~inside] = PADDED
    pixels[inside & ~read] = UNREAD
    legend = [
        what
        for what, there in (("violet: padding", ~inside), ("gray: never read", inside & ~read))
        if there.any()
    ]
    return picture.with_pixels(pixels).without_scale()._replace(note="; ".join(legend)), padded


def _white(image):
    return np.abs(image).max() or 1


def grid_of(name, array, largest):
    """Return a copy of a small grid of numbers, or refuse it."""
    array = as_array(name, array)
    if array.ndim != 2 or max(array.shape) > largest or not np.isfinite(array).all():
        raise ValueError(
            f"{name} must be a grid of at most {largest}×{largest} finite numbers; got {describe(array)}"
        )
    exact = array.dtype.kind != "f" and np.abs(array.astype(float)).max() < 2**53
    return array.astype(np.int64 if exact else float)


def _weights(kernel):
    kernel = grid_of("kernel", kernel, 5)
    if np.abs(kernel).max() > 10:
        raise ValueError(
            f"kernel must hold weights from -10 to 10; got {describe(kernel.tolist())}"
        )
    return kernel


def _tidy(kernel):
    """Whole weights as ints, so that whole answers are printed as such."""
    return kernel.astype(int) if np.array_equal(kernel, kernel.round()) else kernel
