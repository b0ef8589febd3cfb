"""The static picture of an explorer, for pages where no kernel runs."""

from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from helpers.colormaps import MARK
from helpers.encoding import encode_png

GAP, LINE = 14, 18
PICTURE, GRID, CELL = 250, 132, 26  # pixels: a picture, minimum of a grid, minimum of a cell
FRAME = (176, 176, 176)  # around a picture, which may be white
DARK = 120  # numbers are white on pixels up to this gray
VEIL = 160, 160, 160, 190  # over cells that do not count


def page_of(rows: list) -> bytes:
    """Draw rows of elements into one picture, and return it as a PNG of at most 256 colors."""
    tiles = [[element.still() for element in row if not element.hidden] for row in rows]
    strips = [found for row in tiles if (found := [tile for tile in row if tile is not None])]
    width = max(sum(tile.width + GAP for tile in strip) for strip in strips) + GAP
    height = sum(max(tile.height for tile in strip) + GAP for strip in strips) + GAP
    page = Image.new("RGB", (width, height), "white")
    top = GAP
    for strip in strips:
        left = GAP
        for tile in strip:
            page.paste(tile, (left, top))
            left += tile.width + GAP
        top += max(tile.height for tile in strip) + GAP
    return encode_png(np.asarray(page), colors=256)


def draw_view(view: Any, scale: float | None = None) -> Image.Image:
    """Draw an `ImageView`: title, picture with numbers and marks, scale, note.

    `scale` is the size of a cell in pixels; chosen for the picture if left out.
    """
    rows, columns = view.shape[:2]
    if scale is None:
        longest = max(GRID, CELL * max(rows, columns)) if view.numbers else min(PICTURE, view.width)
        scale = longest / max(rows, columns)
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    resample = Image.Resampling.NEAREST if scale >= 1 else Image.Resampling.BOX
    picture = Image.fromarray(view.picture).convert("RGB").resize(size, resample)
    title = plain(view.title)
    below = lines_below(view)
    font = ImageFont.load_default(12)
    width = max([size[0], *(round(font.getlength(text)) + 1 for text in (title, *below))])
    tile = Image.new("RGB", (width, size[1] + LINE * (1 + len(below))), "white")
    tile.paste(picture, (0, LINE))
    pen = ImageDraw.Draw(tile)
    pen.rectangle((0, LINE, size[0] - 1, LINE + size[1] - 1), outline=FRAME)
    pen.text((0, 1), title, fill="black", font=font)
    _print_numbers(pen, view, picture, scale)
    translucent = ImageDraw.Draw(tile, "RGBA")
    for mark in view.marks:
        _draw_mark(translucent if mark.get("veil") else pen, mark, scale)
    for number, text in enumerate(below):
        pen.text((0, LINE + size[1] + 2 + number * LINE), text, fill="black", font=font)
    return tile


def lines_below(view: Any) -> list[str]:
    """Return the lines of text below an `ImageView`: its scale and its note."""
    labels = view.scale.get("labels", ())
    scale = f"scale: {' … '.join(labels)}" if labels else ""
    return [plain(text) for text in (scale, view.note) if text]


class StillColumn:
    """Elements below each other in the static picture, as one element of a row."""

    hidden = False

    def __init__(self, *elements: Any):
        self.elements = elements

    def still(self) -> Image.Image:
        """Return the pictures of the elements that are shown, one below the other."""
        shown = [element.still() for element in self.elements if not element.hidden]
        height = sum(tile.height for tile in shown) + GAP * (len(shown) - 1)
        page = Image.new("RGB", (max(tile.width for tile in shown), height), "white")
        top = 0
        for tile in shown:
            page.paste(tile, (0, top))
            top += tile.height + GAP
        return page


def _print_numbers(pen: ImageDraw.ImageDraw, view: Any, picture: Image.Image, scale: float) -> None:
    columns = view.shape[1]
    longest = max(map(len, view.numbers), default=1)
    font = ImageFont.load_default(max(7, min(14, scale / 3, 1.6 * scale / longest)))
    gray = np.asarray(picture.convert("L"))
    for index, text in enumerate(view.numbers):
        row, column = divmod(index, columns)
        middle = (column + 0.5) * scale, (row + 0.5) * scale
        dark = gray[int(middle[1]), int(middle[0])] <= DARK
        place = middle[0], middle[1] + LINE
        pen.text(place, text, fill="white" if dark else "black", font=font, anchor="mm")


def _draw_mark(pen: ImageDraw.ImageDraw, mark: dict, scale: float) -> None:
    left, top = mark["column"] * scale, mark["row"] * scale + LINE
    right, bottom = left + mark["columns"] * scale, top + mark["rows"] * scale
    grow = max(0, 4 - (right - left) / 2, 4 - (bottom - top) / 2)
    box = left - grow, top - grow, right + grow, bottom + grow
    if mark.get("veil"):
        pen.rectangle(box, fill=VEIL)
    elif mark["thin"]:
        pen.rectangle(box, outline=MARK)
    else:
        pen.rectangle(box, outline="white", width=3)
        pen.rectangle(box, outline=MARK, width=2)


def plain(text: str) -> str:
    """Return text without the characters that Pillow's default font lacks."""
    return text.replace("×", "x").replace("−", "-").replace("≤", "<=").replace("→", "->")
