"""The static picture of an explorer, for pages where no kernel runs."""

from typing import Any

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFont

from helpers.colormaps import MARK, blend, ink_on
from helpers.encoding import encode_png
from helpers.explorers.widgets.still_text import FONT, LINE, plain, width_of, wrapped, write

GAP = 14
PICTURE, GRID, CELL = 240, 132, 26  # pixels: a picture, minimum of a grid, minimum of a cell
WIDEST = 840  # pixels of a row of elements
BAR, LEAST = 8, 120  # height of a color scale; width of notes below narrow pictures
FRAME = (176, 176, 176)  # around a picture, which may be white
VEIL = 160, 160, 160, 190  # over cells that do not count


def page_of(rows: list) -> bytes:
    """Draw rows of elements into one picture, and return it as a PNG of at most 256 colors.

    A row that is wider than a page of GitHub is broken. Texts, such as the signs between pictures,
    are centered in their row.
    """
    strips = [strip for row in rows for strip in _broken(_tiles(row))]
    width = max(sum(tile.width + GAP for tile, _ in strip) for strip in strips) + GAP
    height = sum(max(tile.height for tile, _ in strip) + GAP for strip in strips) + GAP
    page = Image.new("RGB", (width, height), "white")
    top = GAP
    for strip in strips:
        left, tallest = GAP, max(tile.height for tile, _ in strip)
        for tile, centered in strip:
            page.paste(tile, (left, top + centered * (tallest - tile.height) // 2))
            left += tile.width + GAP
        top += tallest + GAP
    return encode_png(np.asarray(page), colors=256)


def _tiles(row: list) -> list[tuple[Image.Image, bool]]:
    """Return the picture of each visible element, and whether it is centered in its row."""
    drawn = [(element.still(), element.kind == "text") for element in row if not element.hidden]
    return [(tile, centered) for tile, centered in drawn if tile is not None]


def _broken(tiles: list) -> list[list]:
    """Break a row of tiles where it would be too wide."""
    strips: list[list] = []
    left = WIDEST
    for tile in tiles:
        left += GAP + tile[0].width
        if left > WIDEST:
            strips.append([])
            left = tile[0].width
        strips[-1].append(tile)
    return strips


def draw_view(view: Any, cell: float | None = None) -> Image.Image:
    """Draw an `ImageView`: title, picture with numbers and marks, scale, note.

    `cell` is the size of a cell in pixels; chosen for the picture if left out.
    """
    picture, cell = _resized(view, cell)
    font = ImageFont.load_default(FONT)
    title, below = plain(view.title.replace("\n", ", ")), draw_below(view, picture.width)
    width = max(picture.width, width_of(title, font), below.width)
    tile = Image.new("RGB", (width, LINE + picture.height + below.height), "white")
    tile.paste(picture, (0, LINE))
    pen = ImageDraw.Draw(tile)
    pen.rectangle((0, LINE, picture.width - 1, LINE + picture.height - 1), outline=FRAME)
    pen.text((0, 1), title, fill="black", font=font)
    _print_numbers(pen, view, picture, cell)
    translucent = ImageDraw.Draw(tile, "RGBA")
    for mark in view.marks:
        _draw_mark(translucent if mark.get("veil") else pen, mark, cell)
    tile.paste(below, (0, LINE + picture.height))
    return tile


def draw_below(view: Any, width: int) -> Image.Image:
    """Draw what is below a picture of this width: its scale, its axes and its note."""
    font = ImageFont.load_default(FONT)
    axes = zip(("across", "up"), view.axes)
    told = "\n".join(f"{way}: {name}, {low} to {high}" for way, (low, name, high) in axes)
    bar = _draw_scale(view.scale, width, font)
    note = wrapped(f"{told}\n{view.note}".strip(), max(width, LEAST), font)
    widths = [*(width_of(text, font) for text in note), bar.width if bar else 0]
    high = bar.height if bar else 0
    below = Image.new("RGB", (max(widths), high + LINE * len(note)), "white")
    if bar:
        below.paste(bar, (0, 0))
    write(ImageDraw.Draw(below), high, note, font)
    return below


def _resized(view: Any, cell: float | None) -> tuple[Image.Image, float]:
    """Return the picture of an `ImageView` at the size at which it is drawn, and that of a cell."""
    rows, columns = view.shape[:2]
    longest = max(GRID, CELL * max(rows, columns)) if view.numbers else min(PICTURE, view.width)
    cell = cell or longest / max(rows, columns)
    size = max(1, round(columns * cell)), max(1, round(rows * cell))
    resample = Image.Resampling.NEAREST if cell >= 1 else Image.Resampling.BOX
    return Image.fromarray(view.picture).convert("RGB").resize(size, resample), cell


def _draw_scale(scale: dict, width: int, font: Any) -> Image.Image | None:
    """Draw a bar of a scale's colors, and its labels below; None for no scale."""
    if not scale:
        return None
    labels = [plain(label) for label in scale["labels"]]
    width = max(width, sum(width_of(label, font) for label in labels) + 2 * GAP)
    line = blend([ImageColor.getrgb(color) for color in scale["colors"]], width)
    bar = Image.new("RGB", (width, 4 + BAR + LINE), "white")
    bar.paste(Image.fromarray(np.tile(np.uint8(np.rint(line)), (BAR, 1, 1))), (0, 4))
    pen = ImageDraw.Draw(bar)
    pen.rectangle((0, 4, width - 1, 3 + BAR), outline=FRAME)
    for label, left, anchor in zip(labels, (0, width // 2, width - 1), ("la", "ma", "ra")):
        pen.text((left, 6 + BAR), label, fill="black", font=font, anchor=anchor)
    return bar


def _print_numbers(pen: ImageDraw.ImageDraw, view: Any, picture: Image.Image, scale: float) -> None:
    columns, font = view.shape[1], _font_for(view.numbers, scale)
    pixels = np.asarray(picture)
    for index, text in enumerate(view.numbers):
        row, column = divmod(index, columns)
        middle = (column + 0.5) * scale, (row + 0.5) * scale
        ink = ink_on(pixels[int(middle[1]), int(middle[0])])
        place = middle[0], middle[1] + LINE
        pen.text(place, text, fill=ink, font=font, anchor="mm", align="center", spacing=0)


def _font_for(numbers: list[str], cell: float) -> Any:
    """Return a font in which the longest of these numbers fits into a cell, if it can be read then."""
    if not numbers:
        return ImageFont.load_default(FONT)
    lines = [line for text in numbers for line in text.split("\n")]
    size = min(14, cell / 3, cell * 0.75 * len(numbers) / len(lines))
    widest = max(width_of(line, ImageFont.load_default(size)) for line in lines)
    return ImageFont.load_default(max(7, size * min(1, (cell - 3) / widest)))


def _draw_mark(pen: ImageDraw.ImageDraw, mark: dict, scale: float) -> None:
    if "path" in mark:
        _draw_path(pen, mark["path"], scale)
        return
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


def _draw_path(pen: ImageDraw.ImageDraw, path: list, scale: float) -> None:
    points = [((column + 0.5) * scale, (row + 0.5) * scale + LINE) for row, column in path]
    for color, width, radius in (("white", 3, 2.5), (MARK, 1, 1.5)):
        pen.line(points, fill=color, width=width)
        for point in points:
            _draw_dot(pen, point, radius, color)
        _draw_dot(pen, points[-1], radius + 4, color)


def _draw_dot(pen: ImageDraw.ImageDraw, middle: tuple, radius: float, color: str | tuple) -> None:
    x, y = middle
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)


class StillColumn:
    """Elements below each other in the static picture, as one element of a row.

    They begin at the left, or are `centered`.
    """

    hidden, kind = False, "column"

    def __init__(self, *elements: Any, centered: bool = False):
        self.elements, self.centered = elements, centered

    def still(self) -> Image.Image | None:
        """Return the pictures of the elements that are shown, one below the other."""
        drawn = [element.still() for element in self.elements if not element.hidden]
        shown = [tile for tile in drawn if tile is not None]
        if not shown:
            return None
        width, gap = max(tile.width for tile in shown), 0 if self.centered else GAP
        height = sum(tile.height + gap for tile in shown) - gap
        page, top = Image.new("RGB", (width, height), "white"), 0
        for tile in shown:
            page.paste(tile, (self.centered * (width - tile.width) // 2, top))
            top += tile.height + gap
        return page
