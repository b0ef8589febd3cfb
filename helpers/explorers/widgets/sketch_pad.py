"""SketchPad: black paper to draw on with the pointer, a finger or the keyboard."""

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image, ImageDraw
from traitlets import Any, HasTraits, Unicode

from helpers.explorers.widgets.controls import Button
from helpers.explorers.widgets.element import column, row
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number
from helpers.messages import describe
from helpers.rendering import View
from helpers.validation import as_array

SIDE = 112  # cells of the paper, four for each pixel of a digit
SCALE = 4  # strokes are drawn at this scale and reduced, for smooth edges
WIDTH = 170  # CSS pixels
INVITATION = "draw here to try your own"


class SketchPad(HasTraits):
    """White strokes on black paper; `value` is the (112, 112) float32 picture in [0, 1].

    `box` is the paper, so many CSS pixels wide, with its buttons; `pen` is the width of the pen. `draw(points)` adds a stroke through (row, column) points; `undo()` removes the last one.
    """

    value = Any()
    error = Unicode()

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.paper = ImageView(
            interactive=True, paints=True, width=width, title="draw here",
            style={"max-width": f"{width}px"}, room_for={"title": INVITATION},
        )  # fmt: skip
        self.pen = Number("pen", 10, min=4, max=24, step=1, help="Width of the pen, in cells")
        self.undo_button = Button("undo", "Remove the last stroke", self.undo)
        self.clear_button = Button("clear", "Remove all strokes; undo restores them", self.clear)
        self._strokes: list[tuple[int, list]] = []  # (width of the pen, points)
        self._cleared: list[tuple[int, list]] = []
        self._growing = False  # whether the last stroke may be continued; not after undo
        self.paper.on_paint(self._extend, self._begin)
        self.pen.observe(lambda change: self.set_trait("error", change["new"]), "error")
        self.box = column(
            self.paper,
            row(self.undo_button, self.clear_button),
            flex=f"1 1 {width}px",
            max_width=f"{width}px",
        )
        self._redraw()
        self.paper.center()

    def draw(self, points: ArrayLike) -> None:
        """Add one stroke.

        Raises
        ------
        ValueError, TypeError : if `points` are not (row, column) pairs.
        """
        points = as_array("points", points)
        if points.shape[1:] != (2,) or not np.isfinite(points).all():
            raise ValueError(f"points must be (row, column) pairs; got {describe(points)}")
        self._begin()
        self._extend(points.tolist())

    def dim(self, dimmed: bool) -> None:
        """Lighten the paper while another picture is in use, and invite to draw; or show it as it is."""
        empty = dimmed and not self._strokes  # see pipeline.css
        signs = {"--dimmed": str(int(dimmed)), "--pencil": str(int(empty))}
        self.paper.style = {**self.paper.style, **signs}
        self.paper.title = INVITATION if dimmed else "draw here"

    def undo(self) -> None:
        """Remove the last stroke; after `clear`, restore all of them."""
        if self._strokes:
            self._strokes.pop()
        else:
            self._strokes, self._cleared = self._cleared, []
        self._redraw()

    def clear(self) -> None:
        """Remove all strokes."""
        if self._strokes:
            self._strokes, self._cleared = [], self._strokes
        self._redraw()

    def _begin(self) -> None:
        """Begin a stroke with the current width of the pen."""
        self._strokes.append((self.pen.number, []))
        self._growing = True

    def _extend(self, cells: list) -> None:
        """Extend the last stroke; ignore pieces of a stroke that was removed."""
        if not self._growing:
            return
        width, points = self._strokes[-1]
        points.extend(cells)
        _ink(self._picture, points[-len(cells) - 1 :], width)
        self._show()

    def _redraw(self) -> None:
        self._growing = False
        self._picture = Image.new("L", (SIDE * SCALE, SIDE * SCALE))
        for width, points in self._strokes:
            _ink(self._picture, points, width)
        self._show()

    def _show(self) -> None:
        small = np.asarray(self._picture.reduce(SCALE))
        strokes = "1 stroke" if len(self._strokes) == 1 else f"{len(self._strokes)} strokes"
        self.paper.show(View(small, (), ()), alt=f"your drawing, {strokes}")
        self.value = small.astype(np.float32) / 255


def _ink(picture: Image.Image, points: list, width: int) -> None:
    """Draw a line with round ends through cells; a single cell is a dot."""
    pen = ImageDraw.Draw(picture)
    places = [((column + 0.5) * SCALE, (row + 0.5) * SCALE) for row, column in points]
    radius = width * SCALE / 2
    pen.line(places, fill=255, width=round(2 * radius))
    for x, y in places:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
