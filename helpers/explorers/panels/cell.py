"""Cell: how one cell of a feature map is computed."""

import numpy as np

from helpers.explorers.models.cell import LONGEST_LINE, CellView
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.widgets.element import Text, column, elements_in, row
from helpers.explorers.widgets.image_view import mark
from helpers.rendering import render

HINT = "Point at a cell. A click pins it, arrow keys move it. Scales end at the 99th percentile."
WIDTH = 112  # CSS pixels of a grid


class Cell:
    """A line about the cell, and the numbers behind it: for a convolution with weights and products."""

    def __init__(self) -> None:
        self.line, self.products = Text(room_for=LONGEST_LINE), DotProduct(width=WIDTH)
        for element in elements_in(self.products.box):
            element.reserved = True
        grids, total = self.products.box.children
        text = column(Text(HINT, style={"font-size": "12px"}), self.line, total, flex="1 1 300px")
        self.box = row(column(grids, flex="0 1 400px"), text)

    def show(self, view: CellView) -> None:
        """Show one cell."""
        self.line.value = view.line
        found = view.products
        self.products.patch.marks = []
        if found is not None:
            self.products.show(found, found.total, white=max(1.0, float(found.patch.max())))
        self.products.hide(found is None)
        if view.window is not None:
            self._show_window(view.window, view.kind == "MaxPool")

    def _show_window(self, window: np.ndarray, largest: bool) -> None:
        """Show only the patch; mark the largest number if it is the result."""
        patch, white = self.products.patch, max(1.0, float(window.max()))
        signed = window.min() < 0
        picture = render(window, "signed") if signed else render(window, "as a photo", white)
        row, column = np.unravel_index(window.argmax(), window.shape)
        patch.show(picture.without_scale(), window, alt=patch.title)
        patch.marks = [mark(int(row), int(column))] if largest else []
        patch.hidden = False
