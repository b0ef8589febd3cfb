"""MapGrid: the feature maps of every layer of a network, and the cell under the cursor."""

from collections.abc import Sequence
from functools import partial
from math import ceil, sqrt

import numpy as np

from helpers.explorers.models.picture import SCALE_NOTE
from helpers.explorers.panels.feature_maps import GAP, Sheet
from helpers.explorers.widgets.element import row
from helpers.network.receptive_field import Rect
from helpers.rendering import render

CELL, SHEET = (2.4, 5), (120, 420)  # CSS pixels, minimum and maximum, of a cell and of a sheet


class MapGrid:
    """A sheet for each layer of feature maps, from left to right at their relative sizes.

    `layer` is the index of the layer under the cursor.

    Parameters
    ----------
    names : list of str, of the layers
    shapes : list of (H, W, C), of their maps
    """

    def __init__(self, names: list[str], shapes: Sequence[tuple[int, ...]]):
        self.names = names
        self.sheets = {number: _sheet(shape) for number, shape in enumerate(shapes)}
        convolutions = [number for number in self.sheets if names[number] == "Conv"]
        self.layer = max(convolutions or self.sheets)
        self.box = row(*self.sheets.values(), align_items="flex-end")

    def point_at(self, sheet: Sheet) -> None:
        """Select the cell under the cursor of this sheet."""
        self.layer = next(number for number, each in self.sheets.items() if each is sheet)

    @property
    def place(self) -> tuple[int, int, int]:
        """The (row, column, map) of the selected cell, in its layer."""
        return self.sheets[self.layer].cell

    def show(self, feature_maps: list[np.ndarray], errors: list[float], caption: str) -> None:
        """Show the feature maps of every layer for one image, (H, W, C) each.

        `errors` says for each layer how far rounding may have taken its maps.
        """
        for number, sheet in self.sheets.items():
            maps, name = feature_maps[number], self.names[number]
            title = f"{number}: {name}, {'×'.join(map(str, maps.shape))}"
            signed = name == "Conv" or maps.min() < 0
            draw = partial(render, view="signed" if signed else "ReLU", error=errors[number])
            sheet.show_maps(
                maps, draw, across(maps.shape[2]),
                title=title, alt=f"{title}, for {caption}",
            )  # fmt: skip

    def mark(self, window: Rect) -> None:
        """Mark the selected cell, and the window of its layer in the maps of the layer before."""
        marks = {self.layer: [self.sheets[self.layer].frame(*self.place)]}
        before = self.sheets.get(self.layer - 1)
        if before and window.rows and window.columns:
            every = range(before.maps.shape[2])
            maps = every if self.names[self.layer] == "Conv" else self.place[2:]
            marks[self.layer - 1] = [
                before.frame(*window[:2], each, window.rows, window.columns) for each in maps
            ]
        for number, sheet in self.sheets.items():
            sheet.marks = marks.get(number, [])


def across(count: int) -> int:
    """Return the number of maps in a row, for `count` maps."""
    return ceil(sqrt(count))


def _sheet(shape: tuple[int, ...]) -> Sheet:
    rows, columns, count = shape
    high = ceil(count / across(count)) * (rows + GAP) - GAP
    wide = across(count) * (columns + GAP) - GAP
    least, most = (min(max(SHEET[0], round(cell * wide)), SHEET[1]) for cell in CELL)
    style = {"flex": f"{wide} 1 {least}px", "max-width": f"{most}px"}
    width, room = round(most * max(1, high / wide)), {"note": SCALE_NOTE}
    return Sheet(interactive=True, width=width, style=style, room_for=room)
