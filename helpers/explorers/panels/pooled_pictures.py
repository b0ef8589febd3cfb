"""PooledPictures: an image and its pooled image, that of another mode, and the window under the cursor."""

import numpy as np

from helpers.explorers.models.dropped import LONGEST_NOTE
from helpers.explorers.models.picture import ANY_NOTE, longest_title, size_title, spoken
from helpers.explorers.models.pooling import PoolingControls, PoolingView
from helpers.explorers.models.pooling_window import (
    LONGEST_LINE,
    LONGEST_SHORT_LINE,
    WindowView,
    explain,
)
from helpers.explorers.panels.flow import aligned, sign
from helpers.explorers.widgets.element import Group, Text, column
from helpers.explorers.widgets.image_view import ImageView, mark, veil, window_marks
from helpers.rendering import View, render

COLUMNS = "minmax(0, 312px) 12px minmax(0, 312px)"  # input → output
INSET = 0.12  # of a cell, between its border and the mark on a pixel that is kept
MOST_PRINTED = 16  # numbers of a window that are printed in its cells
MOST_MARKED = 64  # rows or columns of an image in which a mark on one pixel can be told apart


class PooledPictures:
    """Input → output, the output of another mode, and the window in large, with a line about it.

    Parameters
    ----------
    name : str, the longest name of an operation, for which the titles leave room
    grid : bool, whether a small grid of numbers is pooled: its window is large enough as it is
    own : bool, whether a user's function pools: there is no other mode then
    """

    def __init__(self, name: str, grid: bool, own: bool):
        title = longest_title(name)
        cut = ANY_NOTE if own else ""  # a function may return anything
        self.input, self.output, self.rival = (
            ImageView(interactive=interactive, width=320, room_for={"title": title, "note": note})
            for interactive, note in ((True, LONGEST_NOTE), (True, cut), (False, ""))
        )
        self.rival.hidden, self.rival.room_for = grid or own, {"title": f"for comparison: {name}"}
        self.window = ImageView(title="window", width=112, hidden=grid)
        longest = LONGEST_LINE if grid else LONGEST_SHORT_LINE
        self.reading = Text(room_for=longest.format(name))
        self.stills = [self.input, sign("→"), self.output, self.rival]

    def box_with(self, *words: Text) -> Group:
        """Return the pictures as one group, with these lines under the one about the window."""
        pair = aligned(self.input, sign("→"), self.output, columns=COLUMNS)
        views = [view for view in (self.rival, self.window) if not view.hidden]
        return Group("pooled", (pair, *views, column(self.reading, *words)), {})

    def show(self, controls: PoolingControls, view: PoolingView) -> None:
        """Show the pictures, and the window under the cursor."""
        numbered, name = view.numbered, controls.name
        _fill(self.input, view.before, view.image, numbered, "before", name)
        _fill(self.output, view.after, view.result, numbered, controls.operation, name, view.share)
        if view.rival is not None:
            title = f"for comparison: {view.rival_mode}"
            self.rival.show(view.rival, title=title, alt=f"{name}: {title}", share=view.share)

    def follow(self, source: ImageView, controls: PoolingControls) -> None:
        """Move both cursors: a pixel of the input belongs to the first window that holds it."""
        stride = controls.stride
        if source is self.input:
            self.output.cursor = tuple(at // stride for at in source.cursor)
        else:
            self.input.cursor = tuple(at * stride for at in source.cursor)
        self.input.pinned = self.output.pinned = source.pinned

    def explain(self, controls: PoolingControls, view: PoolingView) -> None:
        """Mark the window of the output pixel under the cursor, and show its numbers."""
        position = self.output.cursor
        found = explain(controls, view, position)
        size = controls.size, controls.size
        window = window_marks(found.top, found.left, size, controls.dilation)
        kept = _kept_in_image(found, controls.dilation, view.image)
        self.input.marks = [*_veils(view), *window, *kept]
        self.output.marks = [mark(*position)]
        self.reading.value = found.line
        self.input.reading = spoken(view.image[self.input.cursor])
        self.output.reading = spoken(view.result[position])
        if not self.window.hidden:
            gray = found.cells.ndim == 2 and found.cells.size <= MOST_PRINTED
            picture = render(found.cells, *view.look).without_scale()
            marks = [_kept_mark(*cell) for cell in found.kept]
            self.window.show(picture, found.cells if gray else None, alt="window", marks=marks)


def _fill(
    image_view: ImageView,
    picture: View,
    array: np.ndarray,
    numbered: bool,
    operation: str,
    name: str,
    share: float = 1.0,
) -> None:
    title = size_title(operation, array)
    numbers = array if numbered else None
    image_view.show(picture, numbers, title=title, alt=f"{name}: {title}", share=share)


def _kept_in_image(found: WindowView, step: int, image: np.ndarray) -> list[dict]:
    """Return marks on the pixels of the window that are kept, if one pixel is large enough."""
    places = found.kept if max(image.shape[:2]) <= MOST_MARKED else ()
    return [
        _kept_mark(found.top + step * row, found.left + step * column) for row, column in places
    ]


def _kept_mark(row: int, column: int) -> dict:
    """Return a mark inside a cell, so that it can be told from that of the window."""
    return mark(row + INSET, column + INSET, 1 - 2 * INSET, 1 - 2 * INSET)


def _veils(view: PoolingView) -> list[dict]:
    """Return gray veils over the rows and columns that no window reaches."""
    rows, columns = view.image.shape[:2]
    down, across = view.dropped
    below = veil(rows - down, 0, down, columns)
    beside = veil(0, columns - across, rows, across)
    return [below] * bool(down) + [beside] * bool(across)
