"""Cell: how one cell of a feature map is computed."""

from helpers.explorers.models.cell import CellView
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.widgets.element import Text, column


class Cell:
    """A line about the cell; for a convolution also the patch, the weights and the products."""

    def __init__(self) -> None:
        self.line, self.products = Text(), DotProduct()
        self.box = column(self.line, self.products)

    def show(self, view: CellView) -> None:
        """Show one cell."""
        self.line.value = view.line
        found = view.products
        if found is not None:
            self.products.show(found, found.total, white=max(1.0, float(found.patch.max())))
        self.products.hide(found is None)
