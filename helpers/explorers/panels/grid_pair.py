"""GridPair: an image and its output as grids of numbers, with the weights in the window's cells."""

from typing import Any

import numpy as np

from helpers.explorers.models.picture import longest_title
from helpers.explorers.models.window import LEGEND, LONGEST_LINE, CellView, PositionView
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.widgets.element import Text, row
from helpers.explorers.widgets.image_view import ImageView, mark, window_marks
from helpers.explorers.widgets.loupe import Loupe, pixel_of

WIDTH = 380  # CSS pixels of the longer side of the image


class GridPair:
    """The grids `input` and `output`, a line about one cell, and the `products` of one position.

    `box` holds the grids; the line `contribution` and the `products` are laid out apart.

    Parameters
    ----------
    image, kernel : their (rows, columns)
    """

    def __init__(self, image: tuple[int, ...], kernel: tuple[int, ...]):
        output = np.subtract(image, kernel) + 1
        self.input = _grid(image, WIDTH, "; ".join(LEGEND))
        self.output = _grid(output, round(WIDTH * max(output) / max(image)), "")
        self.loupe = Loupe(magnifies=False, glides=True)
        self.products = DotProduct(columns=kernel[1])
        self.contribution = Text(room_for=LONGEST_LINE)
        self.stills = [[self.input, self.output], *self.products.stills]
        self.box = row(self.input, self.output, self.loupe, flex_flow="row nowrap")

    def show(self, found: PositionView, cell: CellView, title: str) -> None:
        """Show one position of the window, the output up to it, and the pixels that a cell contributes to."""
        at, explanation = found.position, found.explanation
        self.output.show(found.known, found.numbers, title=title, alt=title, cursor=at)
        self.products.show(explanation, found.given, found.white)
        self.loupe.show(
            explanation, explanation.patch, found.place, found.dilation, found.white,
            **pixel_of(found.known, at, found.given),
        )  # fmt: skip
        self.contribution.value = cell.line
        row, column = self.input.cursor
        pointed = [mark(row, column, thin=True)] if cell.marked else []
        window = window_marks(*found.place, explanation.kernel.shape, found.dilation)
        self.input.marks = [*pointed, *window]
        thin = [mark(row, column, thin=True) for row, column in cell.outputs]
        self.output.marks = [*thin, mark(*at)]


def _grid(size: Any, width: int, note: str) -> ImageView:
    """Return a picture with the more room the more columns: all cells are about equally large."""
    style = {"flex": f"{size[1]} 1 0", "min-width": "min(150px, 45%)", "max-width": f"{WIDTH}px"}
    room = {"title": longest_title("output"), "note": note}
    return ImageView(interactive=True, glides=True, width=width, style=style, room_for=room)
