"""SketchPad: black paper to draw on with the pointer, a finger or the keys."""

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image, ImageDraw
from traitlets import Any, HasTraits, Unicode

from helpers.explorers.widgets.controls import Button
from helpers.explorers.widgets.element import column, row
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number
from helpers.rendering import View
from helpers.validation import as_array, describe

SIDE = 112  # cells of the paper, four for each pixel of a digit
SOFT = 4  # the pen's edge is smoothed over so many steps from black to white
WIDTH = 224  # CSS pixels


class SketchPad(HasTraits):
    """White strokes on black paper; `value` is the (112, 112) float32 picture in [0, 1].

    `draw(points)` adds a stroke through (row, column) points; `undo()` takes the last one off.
    """

    value = Any()
    error = Unicode()

    def __init__(self) -> None:
        super().__init__()
        self.paper = ImageView(
            interactive=True, paints=True, width=WIDTH, title="draw here",
            style={"width": f"{WIDTH}px"},
        )  # fmt: skip
        self.pen = Number(
            "pen", 10, min=4, max=24, step=1, help="Width of the pen, in cells",
            style={"width": f"{WIDTH}px"},
        )  # fmt: skip
        self.undo_button = Button("undo", "Take the last stroke off", self.undo)
        self.clear_button = Button(
            "clear", "Take every stroke off; undo brings them back", self.clear
        )
        self._strokes: list[tuple[int, list]] = []  # (width of the pen, points)
        self._cleared: list[tuple[int, list]] = []
        self._grows = False  # whether the last stroke does: of one that was undone, more may come
        self.paper.on_paint(self._go_on, self._begin)
        self.pen.observe(lambda change: self.set_trait("error", change["new"]), "error")
        self.box = column(
            self.paper, self.pen, row(self.undo_button, self.clear_button), flex="0 0 230px"
        )
        self._redraw()
        self.paper.center()

    def draw(self, points: ArrayLike) -> None:
        """Add one stroke.

        Raises
        ------
        ValueError, TypeError : when `points` are no (row, column) pairs.
        """
        points = as_array("points", points)
        if points.shape[1:] != (2,) or not np.isfinite(points).all():
            raise ValueError(f"points must be (row, column) pairs; got {describe(points)}")
        self._begin()
        self._go_on(points.tolist())

    def undo(self) -> None:
        """Take the last stroke off; after `clear`, bring all of them back."""
        if self._strokes:
            self._strokes.pop()
        else:
            self._strokes, self._cleared = self._cleared, []
        self._redraw()

    def clear(self) -> None:
        """Take every stroke off."""
        if self._strokes:
            self._strokes, self._cleared = [], self._strokes
        self._redraw()

    def _begin(self) -> None:
        """A new stroke, as wide as the pen is now."""
        self._strokes.append((self.pen.number, []))
        self._grows = True

    def _go_on(self, cells: list) -> None:
        """A piece of the last stroke; what comes of one that was taken off is left out."""
        if not self._grows:
            return
        width, points = self._strokes[-1]
        points.extend(cells)
        _ink(self._picture, points[-len(cells) - 1 :], width)
        self._show()

    def _redraw(self) -> None:
        self._grows = False
        self._picture = Image.new("L", (SIDE * SOFT, SIDE * SOFT))
        for width, points in self._strokes:
            _ink(self._picture, points, width)
        self._show()

    def _show(self) -> None:
        small = np.asarray(self._picture.reduce(SOFT))
        strokes = "1 stroke" if len(self._strokes) == 1 else f"{len(self._strokes)} strokes"
        self.paper.show(View(small, (), ()), alt=f"your drawing, {strokes}")
        self.value = small.astype(np.float32) / 255


def _ink(picture: Image.Image, points: list, width: int) -> None:
    """Draw a line with round ends through cells; it cannot be too short to be seen."""
    pen = ImageDraw.Draw(picture)
    places = [((column + 0.5) * SOFT, (row + 0.5) * SOFT) for row, column in points]
    radius = width * SOFT / 2
    pen.line(places, fill=255, width=round(2 * radius))
    for x, y in places:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
