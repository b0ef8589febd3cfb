"""Sheet: a stack of maps side by side in one picture."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.colormaps import GAP_GRAY
from helpers.explorers.models.pipeline import GAP
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.tiles import one_below_another
from helpers.rendering import View


class Sheet(ImageView):
    """The maps of a stack, (H, W, C), or (H, W, C, 3) in color, arranged in rows in one picture.

    All maps share one scale. `cell` is the (row, column, map) under the cursor;
    `frame(row, column, map, …)` is a mark around cells of one map.
    """

    smooth = False  # means would mix maps with the gaps between them

    def show_maps(
        self, maps: np.ndarray, draw: Callable[[np.ndarray], View], across: int, **traits: Any
    ) -> None:
        """Show maps, `across` of them in a row; `draw(values)` makes a `View` of (C·H, W) values."""
        rows, columns, count = maps.shape[:3]
        self.maps, self.across = maps, min(across, count)
        view = draw(one_below_another(maps))
        tiles = view.data.reshape(count, rows, columns, *maps.shape[3:])
        down = -(-count // self.across)
        size = down * (rows + GAP) - GAP, self.across * (columns + GAP) - GAP
        between = 255 if view.palette or maps.ndim == 4 else GAP_GRAY  # gray could be a value
        page = np.full((*size, *maps.shape[3:]), between, np.uint8)
        for number, tile in enumerate(tiles):
            top, left = self._corner(number)
            page[top : top + rows, left : left + columns] = tile
        self.show(view._replace(data=page), **traits)

    def _corner(self, number: int) -> tuple[int, int]:
        rows, columns = self.maps.shape[:2]
        return (number // self.across) * (rows + GAP), (number % self.across) * (columns + GAP)

    @property
    def cell(self) -> tuple[int, int, int]:
        """The (row, column, map) under the cursor; a gap belongs to the map before it."""
        rows, columns, count = self.maps.shape[:3]
        (down, row), (right, column) = (
            divmod(at, n + GAP) for at, n in zip(self.cursor, (rows, columns), strict=True)
        )
        number = min(down * self.across + right, count - 1)
        return min(row, rows - 1), min(column, columns - 1), number

    def point_at_strongest(self) -> None:
        """Move the cursor to the largest value of all maps (H, W, C)."""
        row, column, number = np.unravel_index(self.maps.argmax(), self.maps.shape)
        top, left = self._corner(int(number))
        self.cursor = top + int(row), left + int(column)

    def frame(self, row: int, column: int, number: int, rows: int = 1, columns: int = 1) -> dict:
        """Return the mark around cells of one map."""
        top, left = self._corner(number)
        return mark(top + row, left + column, rows, columns)
