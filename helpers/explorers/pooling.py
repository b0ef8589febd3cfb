"""PoolingExplorer: shrink a picture, or a small grid, and see what stays."""

import numpy as np

from helpers.convolution import convolve
from helpers.edges import edge_maps
from helpers.explorers.brush import Brush
from helpers.explorers.explorer import Explorer, choice, column, row, text, tick, write
from helpers.explorers.inputs import Number
from helpers.explorers.own_function import as_function, call, changed
from helpers.explorers.picker import ImagePicker
from helpers.explorers.screen import Screen, mark
from helpers.explorers.window import grid_of
from helpers.geometry import output_size, windows
from helpers.images import to_gray
from helpers.kernels import KERNELS
from helpers.pooling import MODES, invented_colours, share_kept
from helpers.pooling import pool as library_pool
from helpers.views import format_number, render

SOURCES = ["the picture", "its vertical edges", "its edge strength"]
MOST_NUMBERED = 12
MARKED = (212, 0, 143)


class PoolingExplorer(Explorer):
    """A picture or a grid of numbers, a window, and what pooling leaves of it.

    Parameters
    ----------
    image : sample name, path, a file's bytes, or an (H, W) or (H, W, 3) array in [0, 1];
        a grid of at most 12×12 numbers of any size is shown with its numbers, and can be painted
    mode : one of "max", "mean", "min", "mixed", "brightest"
    pool : function(image, size) that computes the picture
        Your own will do. It is given stride, mode and dilation by name only when they are changed.

    `result` is the pooled array, `kept` the shares of the pixels that a nudge leaves alone.
    """

    def __init__(self, image="cat", mode="max", pool=library_pool):
        self.pool = as_function("pool", pool)
        own = pool is not library_pool
        self.grid = grid_of("image", image, MOST_NUMBERED) if _is_grid(image) else None
        self.picker = ImagePicker("cat" if self.grid is not None else image, 64 if own else 512, own)
        self.input, self.output, self.rival = (
            Screen(interactive=n < 2, layout={"flex": "0 1 286px"}) for n in range(3)
        )
        self.image = None
        self._build_controls(mode)
        inputs = (self.picker, self.size, self.stride, self.dilation, self.down, self.right, self.brush)
        super().__init__(self._lay_out(), inputs, [[self.input, self.output]])
        self._connect()

    def _build_controls(self, mode):
        self.source = choice("pool", SOURCES, SOURCES[0], "What is pooled", "200px")
        self.mode = choice("mode", list(MODES), mode, "What is kept of each window", "170px")
        self.size = Number("size", 2, min=1, max=8, step=1, help="Rows and columns of the window")
        self.stride = Number("stride", 2, min=1, max=8, step=1, help="Pixels from stop to stop")
        self.follow = tick("stride = size", True, "Windows side by side, without overlap")
        self.dilation = Number("dilation", 1, min=1, max=4, step=1, help="Pixels from cell to cell")
        self.down = Number("nudge down", 0, min=-8, max=8, step=1, help="Move the image, in pixels")
        self.right = Number("nudge right", 0, min=-8, max=8, step=1, help="Move the image, in pixels")
        self.true_size = tick("true size", False, "Draw the answer at the image's scale, not enlarged")
        self.mark = tick("mark invented colours", False, "Colours that no pixel of the window has")
        self.brush = Brush(value=9, min=-99, max=99, step=1)
        self.brush.follow(self.input, self._paint)
        self.reading, self.nudged = text(), text()

    def _lay_out(self):
        panel = column(
            self.size, self.stride, self.follow, self.dilation, self.down, self.right,
            self.true_size, self.mark, flex="0 0 236px", width="236px",
        )  # fmt: skip
        screens = column(row(self.input, self.output, self.rival), self.reading, self.nudged, flex="1 1 300px")
        grid = self.grid is not None
        top = row(self.brush if grid else self.picker, self.mode, *([] if grid else [self.source]),
                  align_items="center")  # fmt: skip
        return [top, row(panel, screens)]

    def _connect(self):
        for control in (
            self.picker, self.source, self.mode, self.size, self.stride, self.follow, self.dilation,
            self.down, self.right, self.true_size, self.mark,
        ):  # fmt: skip
            control.observe(self.refresh, "value")
        self.output.observe(self._explain, "pointed")
        if self.grid is None:
            self.output.centre()

    def _paint(self, cells, value):
        grid = self.grid.copy()
        down, right = self.down.number, self.right.number
        for row, column in cells:
            grid[(row - down) % grid.shape[0], (column - right) % grid.shape[1]] = value[0]
        self.grid = grid
        self.refresh()

    @property
    def options(self):
        """The options that differ from their defaults, by name."""
        now = {
            "mode": self.mode.value,
            "stride": self.stride.number,
            "dilation": self.dilation.number,
        }
        return changed(now, {"mode": "max", "stride": self.size.number, "dilation": 1})

    def update(self):
        if self.follow.value:
            self.stride.number = self.size.number
        self.stride.disabled = self.follow.value
        still = self._source_image()
        image = np.roll(still, (self.down.number, self.right.number), axis=(0, 1))
        size, options = self.size.number, self.options
        result = self._compute(image, size, options)
        kept = None
        if image is not still and (self.down.number or self.right.number):
            kept = share_kept(still, image), share_kept(self._compute(still, size, options), result)
        look = self._look(image)
        view = render(result, *look)
        # from here on nothing can fail: all that is shown changes together
        self.image, self.result, self.size_used, self.used, self.kept = image, result, size, options, kept
        self._show(render(image, *look), view)
        self._explain()

    def _source_image(self):
        if self.grid is not None:
            return self.grid
        image = self.picker.value
        if self.source.value == SOURCES[1]:
            return convolve(to_gray(image), KERNELS["sobel_vertical"], padding="same", border="edge")
        return edge_maps(image).magnitude if self.source.value == SOURCES[2] else image

    def _compute(self, image, size, options):
        if self.pool is library_pool:
            return library_pool(image, size, **options)
        geometry = {name: options[name] for name in ("stride", "dilation") if name in options}
        expected = output_size(image.shape[:2], size, **{"stride": size, **geometry}) + image.shape[2:]
        return call(self.pool, [image], {"size": size, **options}, expected)

    def _look(self, image):
        """The view that fits, and the value drawn white: 1 in a photograph, else the largest."""
        if image.min() < 0:
            return "signed", 1.0
        photo = self.grid is None and self.source.value == SOURCES[0]
        return "as a photo", 1.0 if photo else float(image.max()) or 1.0

    def _show(self, before, after):
        small = max(self.image.shape[:2]) <= MOST_NUMBERED
        share = min(1.0, max(self.result.shape[:2]) / max(self.image.shape[:2]))
        share = share if self.true_size.value else 1.0
        after = after._replace(**{"note": "", **self._show_rival(share)})
        self.input.show(
            before._replace(note=""), self.image if small else None,
            title=_title("before", self.image), alt=self.describe(),
        )  # fmt: skip
        self.output.show(
            after, self.result if small else None,
            title=_title(self.mode.value, self.result), alt=self.describe(), share=share,
        )  # fmt: skip
        self._say_nudge()

    def _show_rival(self, share):
        """For colours: show the other of "max" and "brightest"; return what to change in the answer."""
        shown = self.image.ndim == 3 and self.mode.value in ("max", "brightest")
        self.rival.layout.display = None if shown else "none"
        self.mark.layout.display = None if shown else "none"
        if not shown:
            return {}
        options = {name: value for name, value in self.used.items() if name != "mode"}
        other = "brightest" if self.mode.value == "max" else "max"
        pooled = library_pool(self.image, self.size_used, mode=other, **options)
        invented = invented_colours(self.image, self.size_used, **options)
        note = f"{invented.mean():.0%} of its pixels have a colour that no pixel of their window has"
        marked = {"max": None, "brightest": None}
        for name, array in ((self.mode.value, self.result), (other, pooled)):
            pixels = render(array, "as a photo").pixels
            if name == "max" and self.mark.value:
                pixels[invented] = MARKED
            marked[name] = {"pixels": pixels, "note": note if name == "max" else "whole pixels, as they were"}
        view = render(pooled, "as a photo")._replace(**marked[other])
        self.rival.show(view, title=_title(other, pooled), alt=f"{other} of the same windows", share=share)
        return marked[self.mode.value]

    def _say_nudge(self):
        if self.kept is None:
            write(self.nudged, "Nudge the image and see how much of each picture stays.")
        else:
            before, after = self.kept
            write(self.nudged, f"After the nudge {before:.0%} of the image's pixels are as before,"
                  f" and {after:.0%} of the pooled ones (within 0.05).")  # fmt: skip

    def _explain(self, change=None):
        """Mark the window behind the pointed pixel, and say its numbers."""
        place = self.output.pointed
        stride, dilation = self.used.get("stride", self.size_used), self.used.get("dilation", 1)
        cells = windows(self.image, self.size_used, stride, dilation)[place]
        top, left = place[0] * stride, place[1] * stride
        reach = dilation * (self.size_used - 1) + 1
        spread = [mark(top + dilation * i, left + dilation * j) for i, j in np.ndindex(cells.shape[:2])]
        self.input.marks = [*(spread if dilation > 1 else []), mark(top, left, reach, reach)]
        self.output.marks = [mark(*place)]
        write(self.reading, self._numbers(cells, self.result[place]))

    def _numbers(self, cells, answer):
        name = self.mode.value
        if cells.ndim == 2 and cells.size <= 16:
            inside = ", ".join(map(format_number, cells.ravel()))
            return f"{name} of {{{inside}}} = {format_number(answer)}"
        answers = ", ".join(map(format_number, np.ravel(answer)))
        return f"{name} of {cells.shape[0] * cells.shape[1]} pixels = {answers}"

    def describe(self):
        what = "a grid" if self.grid is not None else self.picker.name.value
        return f"PoolingExplorer: {self.mode.value} of {what}, size {self.size_used}"


def _is_grid(image):
    return not isinstance(image, (str, bytes)) and np.ndim(image) == 2 and max(np.shape(image)) <= MOST_NUMBERED


def _title(what, array):
    return f"{what}, {array.shape[0]} rows, {array.shape[1]} columns"
