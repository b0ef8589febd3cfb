"""Pad: black paper to draw on with the pointer, a finger or the keys."""

import threading

import ipywidgets
import numpy as np
from PIL import Image, ImageDraw
from traitlets import Any, Unicode

from helpers.explorers.base import button, row
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number
from helpers.rendering import View
from helpers.validation import as_array, describe

SIDE = 112  # cells of the paper, four for each pixel of a digit
SOFT = 4  # the pen's edge is smoothed over so many steps from black to white


class Pad(ipywidgets.VBox):
    """White strokes on black paper; `value` is the (112, 112) float32 picture in [0, 1].

    `draw(points)` adds a stroke through (row, column) points; `undo()` takes the last one off.
    `painting` is True while `value` changes by a stroke from the page, which may go on.
    """

    value = Any()
    error = Unicode()

    def __init__(self):
        self.screen = ImageView(
            interactive=True, paints=True, width=224, title="draw here",
            layout={"flex": "0 0 224px", "width": "224px"},
        )  # fmt: skip
        self.pen = Number("pen", 10, min=4, max=24, step=1, help="Width of the pen, in cells")
        self.pen.layout.width = "224px"
        self.undo_button = button("undo", "Take the last stroke off", self.undo)
        self.clear_button = button(
            "clear", "Take every stroke off; undo brings them back", self.clear
        )
        self._strokes, self._cleared, self.painting = [], [], False
        self._grows = False  # whether the last stroke does: of one that was undone, more may come
        self._lock = threading.RLock()  # strokes and buttons may be heard on different threads
        self.screen.on_paint(self._paint, self._begin)
        self.pen.observe(lambda change: self.set_trait("error", change["new"]), "error")
        super().__init__(
            [self.screen, self.pen, row(self.undo_button, self.clear_button)],
            layout={"grid_gap": "4px", "flex": "0 0 230px"},
        )
        self._redraw()
        self.screen.center()

    def draw(self, points):
        """Add one stroke.

        Raises
        ------
        ValueError, TypeError : when `points` are no (row, column) pairs.
        """
        points = as_array("points", points)
        if points.shape[1:] != (2,) or not np.isfinite(points).all():
            raise ValueError(f"points must be (row, column) pairs; got {describe(points)}")
        with self._lock:
            self._begin()
            self._go_on(points.tolist())

    def undo(self):
        """Take the last stroke off; after `clear`, bring all of them back."""
        with self._lock:
            if self._strokes:
                self._strokes.pop()
            else:
                self._strokes, self._cleared = self._cleared, []
            self._redraw()

    def clear(self):
        """Take every stroke off."""
        with self._lock:
            if self._strokes:
                self._strokes, self._cleared = [], self._strokes
            self._redraw()

    def _begin(self):
        """A new stroke, as wide as the pen is now."""
        with self._lock:
            self._strokes.append((self.pen.number, []))
            self._grows = True

    def _paint(self, cells):
        with self._lock:
            if not self._grows:
                return
            self.painting = True
            try:
                self._go_on(cells)
            finally:
                self.painting = False

    def _go_on(self, cells):
        width, points = self._strokes[-1]
        points.extend(cells)
        _ink(self._paper, points[-len(cells) - 1 :], width)
        self._show()

    def _redraw(self):
        self._grows = False
        self._paper = Image.new("L", (SIDE * SOFT, SIDE * SOFT))
        for width, points in self._strokes:
            _ink(self._paper, points, width)
        self._show()

    def _show(self):
        small = np.asarray(self._paper.reduce(SOFT))
        self.screen.show(View(small, (), ()), alt=f"your drawing, {len(self._strokes)} strokes")
        self.value = small.astype(np.float32) / 255


def _ink(paper, points, width):
    """Draw a line with round ends through cells; it cannot be too short to be seen."""
    pen = ImageDraw.Draw(paper)
    places = [((column + 0.5) * SOFT, (row + 0.5) * SOFT) for row, column in points]
    reach = width * SOFT / 2
    pen.line(places, fill=255, width=round(2 * reach))
    for x, y in places:
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
