"""Cell: how one cell of a feature map is computed."""

from helpers.explorers.models.cell import LONGEST_LINE, CellView
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.widgets.element import Text, column, elements_in


class Cell:
    """A line about the cell; for a convolution also the patch, the weights and the products."""

    def __init__(self) -> None:
        self.line, self.products = Text(room_for=LONGEST_LINE), DotProduct()
        for element in elements_in(self.products.box):
            element.reserved = True
        self.box = column(self.line, self.products)

    def show(self, view: CellView) -> None:
        """Show one cell."""
        self.line.value = view.line
        found = view.products
        if found is not None:
            self.products.show(found, found.total, white=max(1.0, float(found.patch.max())))
        self.products.hide(found is None)
