"""PoolingExplorer: shrink a picture, or a small grid, and see what stays."""

import numpy as np

from helpers.convolution import convolve
from helpers.edges import edge_maps
from helpers.explorers.base import Explorer, choice, column, row, text, tick, write
from helpers.explorers.models.user_function import call, changed
from helpers.explorers.widgets.brush import Brush
from helpers.explorers.widgets.image_picker import ImagePicker, is_file
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.number_grid import Number
from helpers.explorers.widgets.snapshot import MARK
from helpers.explorers.window import grid_of
from helpers.geometry import plan
from helpers.images import to_gray
from helpers.kernels import KERNELS
from helpers.pooling import MODES
from helpers.pooling import pool as library_pool
from helpers.pooling_effects import fraction_unchanged, new_colors
from helpers.rendering import format_number, render
from helpers.sliding_windows import windows
from helpers.validation import as_array, as_choice, as_function

SOURCES = {
    "the picture": lambda image: image,
    "its vertical edges": lambda image: convolve(
        to_gray(image), KERNELS["sobel_vertical"], padding="same", border="edge"
    ),
    "its edge strength": lambda image: edge_maps(image).magnitude,
}
RIVALS = {"max": "brightest", "brightest": "max"}
NOT_NUDGED = "Nudge the image and see how much of each picture stays."
KEPT = (
    "After the nudge {:.0%} of the image's pixels are as before, and {:.0%} of the pooled ones"
    " (within 0.05)."
)
MOST_NUMBERED = 12


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

    user_function = ("pool", library_pool)

    def __init__(self, image="cat", mode="max", pool=library_pool):
        as_choice("mode", mode, MODES)
        self.pool = as_function("pool", pool)
        own = pool is not library_pool
        self.grid = grid_of("image", image, MOST_NUMBERED) if _is_grid(image) else None
        picture = "cat" if self.grid is not None else image
        self.picker = ImagePicker(picture, 64 if own else 512, gray=own)  # loops take their time
        self.input, self.output, self.rival = (
            ImageView(interactive=n < 2, layout={"flex": "0 1 286px"}) for n in range(3)
        )
        self._build_controls(mode)
        self.image = self._before = None
        self._chosen = self._asked = ()  # what was computed last, after what it was computed from
        geometry = (self.size, self.stride, self.dilation, self.down, self.right)
        inputs = (self.picker, self.brush, *geometry)
        super().__init__(self._lay_out(), inputs, [[self.input, self.output]])
        chosen = (self.picker, self.source, self.mode, self.follow, self.true_size, self.mark)
        for control in (*chosen, *geometry):
            control.observe(self.refresh, "value")
        self.output.observe(self._explain, "cursor")
        if self.grid is None:
            self.output.center()

    def _build_controls(self, mode):
        self.source = choice("pool", list(SOURCES), "the picture", "What is pooled", "200px")
        self.mode = choice("mode", list(MODES), mode, "What is kept of each window", "170px")
        self.size = Number("size", 2, min=1, max=8, step=1, help="Rows and columns of the window")
        self.stride = Number("stride", 2, min=1, max=8, step=1, help="Pixels from stop to stop")
        self.follow = tick("stride = size", True, "Windows side by side, without overlap")
        self.dilation = Number("dilation", 1, min=1, max=4, step=1, help="Pixels from cell to cell")
        self.down, self.right = (
            Number(f"nudge {way}", 0, min=-8, max=8, step=1, help="Move the image, in pixels")
            for way in ("down", "right")
        )
        self.true_size = tick("true size", False, "Draw the answer at the image's scale")
        self.mark = tick("mark invented colors", False, "Colors that no pixel of the window has")
        self.brush = Brush(value=9, min=-99, max=99, step=1)
        self.brush.follow(self.input, self._paint)
        self.reading, self.nudged = text(), text()

    def _lay_out(self):
        panel = column(
            self.size, self.stride, self.follow, self.dilation, self.down, self.right,
            self.true_size, self.mark, flex="0 0 236px", width="236px",
        )  # fmt: skip
        pictures = row(self.input, self.output, self.rival)
        screens = column(pictures, self.reading, self.nudged, flex="1 1 300px")
        picked = (self.picker, self.mode, self.source)
        chosen = picked if self.grid is None else (self.brush, self.mode)
        return [row(*chosen, align_items="center"), row(panel, screens)]

    def _paint(self, cells, value):
        grid = self.grid.copy()
        for cell in cells:
            grid[tuple(np.subtract(cell, self.nudge) % grid.shape)] = value[0]
        self.grid = grid
        self.refresh()

    def update(self):
        if self.follow.value:
            self.stride.number = self.size.number
        self.stride.disabled = self.follow.value
        nudge = self.down.number, self.right.number
        still, geometry = self._still(), self._geometry()
        image = np.roll(still, nudge, axis=(0, 1)) if any(nudge) else still
        result = self._compute(image, self.mode.value, geometry)
        kept = None
        if any(nudge):
            kept = (
                fraction_unchanged(still, image),
                fraction_unchanged(self._unmoved(still, geometry), result),
            )
        look = "signed" if image.min() < 0 else "as a photo", max(1.0, float(image.max()))
        before = self._before if image is self.image else render(image, *look)._replace(note="")
        after = render(result, *look)
        # from here on nothing can fail: all that is shown changes together
        self.image, self._before, self.result, self.kept = image, before, result, kept
        self.geometry, self.nudge = geometry, nudge
        self.subject = self.picker.name.value if self.grid is None else "a grid"
        own = self.pool is not library_pool
        self.done = getattr(self.pool, "__name__", "your function") if own else self.mode.value
        self.caption = f"{self.done} of {self.subject}, size {geometry[0]}"
        self._show(before, after)
        self._explain()

    def _still(self):
        """What is pooled, before a nudge; made anew when another is chosen."""
        if self.grid is not None:
            return self.grid
        picture, source = self.picker.value, self.source.value
        if (id(picture), source) != self._chosen[:2]:
            self._chosen = id(picture), source, picture, SOURCES[source](picture)
        return self._chosen[-1]

    def _unmoved(self, still, geometry):
        """The answer without a nudge; as long as the image is only nudged on, it stays."""
        asked = id(still), self.pool, self.mode.value, geometry
        if asked != self._asked[:4]:
            self._asked = *asked, still, self._compute(still, self.mode.value, geometry)
        return self._asked[-1]

    def _geometry(self):
        return self.size.number, self.stride.number, self.dilation.number

    def _compute(self, image, mode, geometry):
        size, stride, dilation = geometry
        if self.pool is library_pool:
            return library_pool(image, size, stride, mode, dilation=dilation)
        now = {"stride": stride, "mode": mode, "dilation": dilation}
        options = changed(now, {"stride": size, "mode": "max", "dilation": 1})
        stops, _ = plan(image.shape[:2], (size, size), stride, 0, dilation, name="size")
        return call(self.pool, [image, size], options, stops + image.shape[2:])

    def _show(self, before, after):
        share = 1.0
        if self.true_size.value:
            share = min(1.0, max(self.result.shape[:2]) / max(self.image.shape[:2]))
        after = self._show_rival(after, share)
        self._fill(self.input, before, self.image, "before", 1.0)
        self._fill(self.output, after, self.result, self.done, share)
        write(self.nudged, (KEPT if self.kept else NOT_NUDGED).format(*self.kept or ()))

    def _fill(self, screen, view, array, what, share):
        in_cells = self.image.ndim == 2 and max(self.image.shape) <= MOST_NUMBERED
        title = f"{what}, {array.shape[0]} rows, {array.shape[1]} columns"
        alt = f"{self.subject}: {title}"
        screen.show(view, array if in_cells else None, title=title, alt=alt, share=share)

    def _show_rival(self, view, share):
        """For colors, show the other of "max" and "brightest" too; return the answer's view."""
        other = RIVALS.get(self.mode.value)
        shown = other and self.image.ndim == 3 and self.pool is library_pool
        self.rival.layout.display = self.mark.layout.display = None if shown else "none"
        self._screens = [[self.input, self.output, *([self.rival] if shown else [])]]
        if not shown:
            return view
        pooled = self._compute(self.image, other, self.geometry)
        views = {self.mode.value: view, other: render(pooled, "as a photo")}
        invented = new_colors(self.image, *self.geometry)
        if self.mark.value:
            views["max"].data[invented] = MARK
        note = "of its pixels have a color that no pixel of their window has"
        views["max"] = views["max"]._replace(note=f"{invented.mean():.0%} {note}")
        views["brightest"] = views["brightest"]._replace(note="whole pixels, as they were")
        self._fill(self.rival, views[other], pooled, other, share)
        return views[self.mode.value]

    def _explain(self, change=None):
        """Mark the window behind the pointed pixel, and say its numbers."""
        place = self.output.cursor
        size, stride, dilation = self.geometry
        cells, answer = windows(self.image, *self.geometry)[place], self.result[place]
        top, left = place[0] * stride, place[1] * stride
        reach = dilation * (size - 1) + 1
        apart = np.ndindex(size, size) if dilation > 1 else ()
        spread = [mark(top + dilation * i, left + dilation * j) for i, j in apart]
        self.input.marks = [*spread, mark(top, left, reach, reach)]
        self.output.marks = [mark(*place)]
        inside = f"{size * size} pixels"
        if cells.ndim == 2 and cells.size <= 16:
            inside = "{" + ", ".join(map(format_number, cells.ravel())) + "}"
        answers = ", ".join(map(format_number, np.ravel(answer)))
        write(self.reading, f"{self.done} of {inside} = {answers}")

    def describe(self):
        return f"PoolingExplorer: {self.caption}"


def _is_grid(image):
    if is_file(image):
        return False
    image = as_array("image", image)
    return image.ndim == 2 and max(image.shape) <= MOST_NUMBERED
