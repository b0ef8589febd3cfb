"""Links: lines between marked cells of the pictures in a group, such as a window and its result."""

from collections.abc import Sequence

from PIL import Image, ImageDraw
from traitlets import Dict, List

from helpers.colormaps import MARK
from helpers.explorers.widgets.element import Element
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.still import draw_view
from helpers.explorers.widgets.still_text import LINE

BETWEEN = 26  # pixels between two pictures of the static picture
SMALLEST = 9  # pixels, of a mark; see geometry.js
FAN, CONE = (*MARK, 110), (*MARK, 28)  # colors with opacity

Box = tuple[float, float, float, float]  # left, top, width, height


class Links(Element):
    """Lines that widen from the cells of one picture to the cells of another.

    The pictures are the image views of the same group on the page. `lines` are made by `link`.

    Parameters
    ----------
    views : the same image views, from left to right
    """

    kind = "links"
    lines: List = List(Dict()).tag(page=True)
    cell = 4.0  # pixels of a cell in the static picture

    def __init__(self, views: Sequence[ImageView]):
        super().__init__()
        self.views = list(views)

    def still(self) -> Image.Image:
        """Draw the pictures at one scale, centered, and the lines between them."""
        tiles = {
            number: draw_view(view, self.cell)
            for number, view in enumerate(self.views)
            if not view.hidden
        }
        width = sum(tile.width + BETWEEN for tile in tiles.values()) - BETWEEN
        page = Image.new("RGB", (width, max(tile.height for tile in tiles.values())), "white")
        corners, left = {}, 0
        for number, tile in tiles.items():
            corners[number] = left, (page.height - tile.height) // 2
            page.paste(tile, corners[number])
            left += tile.width + BETWEEN
        pen = ImageDraw.Draw(page, "RGBA")
        for line in self.lines:
            ends = [self._box(line[end], corners) for end in ("from", "to")]
            _draw_link(pen, link_corners(*ends), line["faint"])
        return page

    def _box(self, end: dict, corners: dict) -> Box:
        left, top = corners[end["picture"]]
        return box_of(end, self.cell, left, top + LINE)


def link(start: tuple[int, dict], end: tuple[int, dict], faint: bool = False) -> dict:
    """Return a line from a mark on one picture to a mark on another: (number of the picture, mark)."""
    ends = [{"picture": picture, **mark} for picture, mark in (start, end)]
    return {"from": ends[0], "to": ends[1], "faint": faint}


def box_of(mark: dict, cell: float, left: float, top: float) -> Box:
    """Return the (left, top, width, height) of a mark; `left` and `top` are those of the picture.

    >>> box_of({"row": 1, "column": 2, "rows": 3, "columns": 3}, 10, 100, 0)
    (120.0, 10.0, 30, 30)
    """
    width, height = (max(cell * mark[name], SMALLEST) for name in ("columns", "rows"))
    middle = mark["column"] + mark["columns"] / 2, mark["row"] + mark["rows"] / 2
    return left + middle[0] * cell - width / 2, top + middle[1] * cell - height / 2, width, height


def link_corners(start: Box, end: Box) -> list[tuple[float, float]]:
    """Return the corners of the link between two boxes: its upper line, then its lower one backwards.

    >>> link_corners((0, 0, 10, 10), (50, 4, 2, 2))
    [(10, 0), (50, 4), (50, 6), (10, 10)]
    """
    left, top, width, height = start
    right = left + width
    return [(right, top), (end[0], end[1]), (end[0], end[1] + end[3]), (right, top + height)]


def _draw_link(pen: ImageDraw.ImageDraw, corners: list[tuple[float, float]], faint: bool) -> None:
    upper, lower = corners[:2], corners[2:]
    if faint:
        pen.line([_middle(corners[0], corners[3]), _middle(*corners[1:3])], fill=FAN, width=1)
        return
    pen.polygon(corners, fill=CONE)
    for color, width in (("white", 3), (MARK, 1)):
        for each in (upper, lower):
            pen.line(each, fill=color, width=width)


def _middle(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
