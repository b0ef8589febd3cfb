"""Sheet: a stack of maps side by side on one screen."""

import numpy as np

from helpers.colormaps import GAP_GRAY
from helpers.explorers.widgets.image_view import ImageView, mark

GAP = 1  # cells between two maps


class Sheet(ImageView):
    """A view of the maps of a stack (H, W, C) in rows; all on one scale.

    `cell` is the (row, column, map) that is pointed at; `frame(row, column, map, …)` is the mark
    around some cells of one map.
    """

    smooth = False  # a mean would mix maps with the gaps between them

    def show_maps(self, maps, draw, across, **traits):
        """Show maps (H, W, C), `across` of them in a row; `draw(values)` makes a `View`."""
        rows, columns, count = maps.shape
        self.maps, self.across = maps, min(across, count)
        view = draw(maps.transpose(2, 0, 1).reshape(count * rows, columns))
        tiles = view.data.reshape(count, rows, columns)
        down = -(-count // self.across)
        size = down * (rows + GAP) - GAP, self.across * (columns + GAP) - GAP
        page = np.full(size, 255 if view.palette else GAP_GRAY, np.uint8)
        for number, tile in enumerate(tiles):
            top, left = self._corner(number)
            page[top : top + rows, left : left + columns] = tile
        self.show(view._replace(data=page), **traits)

    def _corner(self, number):
        rows, columns, _ = self.maps.shape
        return (number // self.across) * (rows + GAP), (number % self.across) * (columns + GAP)

    @property
    def cell(self):
        """The (row, column, map) that is pointed at; a gap belongs to the map before it."""
        rows, columns, count = self.maps.shape
        (down, row), (right, column) = (
            divmod(at, n + GAP) for at, n in zip(self.cursor, (rows, columns), strict=True)
        )
        number = min(down * self.across + right, count - 1)
        return min(row, rows - 1), min(column, columns - 1), number

    def point_at_strongest(self):
        """Point at the cell with the largest number of all maps."""
        row, column, number = np.unravel_index(self.maps.argmax(), self.maps.shape)
        top, left = self._corner(int(number))
        self.cursor = top + int(row), left + int(column)

    def frame(self, row, column, number, rows=1, columns=1):
        """The mark around cells of one map."""
        top, left = self._corner(number)
        return mark(top + row, left + column, rows, columns)
