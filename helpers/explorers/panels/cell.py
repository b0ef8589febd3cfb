"""One cell of a feature map in words and numbers: what it looked at, and how it came about."""

import ipywidgets
import numpy as np

from helpers.explanation import PixelExplanation
from helpers.explorers.base import text, write
from helpers.explorers.panels.dot_product import Products
from helpers.rendering import format_number

MADE = {"ReLU": "ReLU of", "MaxPool": "The largest of", "MeanPool": "The mean of"}


class Cell(ipywidgets.VBox):
    """A line about the cell; for a convolution the patch, the weights and their products too."""

    def __init__(self):
        self.line, self.products = text(), Products()
        self.screens = self.products.screens
        super().__init__([self.line, self.products])

    def show(self, layer, place, found, field):
        """Show a `CellExplanation` of the (row, column, map) in a layer, and its receptive field."""
        row, column, number = place
        last = field.top + field.rows - 1, field.left + field.columns - 1
        if found.kind == "Conv":
            self._show_products(found)
        self.products.layout.display = None if found.kind == "Conv" else "none"
        write(
            self.line,
            f"Layer {layer}, {found.kind}, map {number}, row {row}, column {column}"
            f" = {format_number(found.total)}. It looks at rows {field.top} to {last[0]},"
            f" columns {field.left} to {last[1]} of the image. {_sum(found)}",
        )

    def _show_products(self, found):
        """The slice that counts most: its patch, weights and products."""
        k = _loudest(found)
        patch, weights, products = (
            part[..., k] for part in (found.patch, found.weights, found.products)
        )
        total = products.sum()
        part = PixelExplanation(patch, weights, products, 0, total, *found.window[:2])
        self.products.show(part, total, white=max(1.0, float(patch.max())))


def _loudest(found):
    """Which map adds most to a convolution's cell, up or down."""
    return int(np.abs(found.products.sum(axis=(0, 1))).argmax())


def _sum(found):
    """How the number came about, in words."""
    if found.kind != "Conv":
        numbers = ", ".join(map(format_number, found.patch.ravel()))
        return f"{MADE[found.kind]} {numbers}."
    sums = [format_number(part) for part in found.products.sum(axis=(0, 1))]
    bias = format_number(found.bias)
    if len(sums) == 1:
        return f"The {found.products.size} products add up to {sums[0]}; the bias is {bias}."
    return (
        f"The maps before it add {', '.join(sums)}; the bias is {bias}. Below are the products of"
        f" map {_loudest(found)}, which counts most."
    )
