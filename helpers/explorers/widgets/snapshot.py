"""A still picture of an explorer's screens, for pages where no kernel runs."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from helpers.explorers.widgets.drawing import Drawing, plain
from helpers.images import encode_png

GAP, LINE = 14, 18
PICTURE, GRID, CELL = 250, 132, 26  # pixels: a picture, a grid at least, a cell at least
MARK = (212, 0, 143)
RIM = (176, 176, 176)  # around a picture, which may be as white as the page


def snapshot(rows):
    """Draw rows of screens into one PNG.

    Parameters
    ----------
    rows : list of lists of `ImageView`; a row of grids with numbers is drawn small

    Returns
    -------
    bytes of a PNG in at most 256 colors, to keep notebooks light
    """
    strips = [[_draw(screen) for screen in screens] for screens in rows if screens]
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


def _draw(screen):
    """One screen: title, picture with numbers and marks, scale, note; a drawing draws itself."""
    if isinstance(screen, Drawing):
        return screen.still()
    rows, columns, _ = screen.shape
    longest = max(GRID, CELL * max(rows, columns)) if screen.numbers else min(PICTURE, screen.width)
    scale = longest / max(rows, columns)
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    resample = Image.Resampling.NEAREST if scale >= 1 else Image.Resampling.BOX
    picture = Image.fromarray(screen.picture).convert("RGB").resize(size, resample)
    title = plain(screen.title)
    below = [plain(text) for text in (_scale_text(screen), screen.note) if text]
    font = ImageFont.load_default(12)
    width = max([size[0], *(round(font.getlength(text)) + 1 for text in (title, *below))])
    tile = Image.new("RGB", (width, size[1] + LINE * (1 + len(below))), "white")
    tile.paste(picture, (0, LINE))
    pen = ImageDraw.Draw(tile)
    pen.rectangle((0, LINE, size[0] - 1, LINE + size[1] - 1), outline=RIM)
    pen.text((0, 1), title, fill="black", font=font)
    _print_numbers(pen, screen, picture, scale)
    for mark in screen.marks:
        _draw_mark(pen, mark, scale)
    for number, text in enumerate(below):
        pen.text((0, LINE + size[1] + 2 + number * LINE), text, fill="black", font=font)
    return tile


def _scale_text(screen):
    labels = screen.scale.get("labels", ())
    return f"scale: {' … '.join(labels)}" if labels else ""


def _print_numbers(pen, screen, picture, scale):
    columns = screen.shape[1]
    font = ImageFont.load_default(max(7, min(14, scale / 3)))
    for index, text in enumerate(screen.numbers):
        row, column = divmod(index, columns)
        middle = (column + 0.5) * scale, (row + 0.5) * scale
        dark = Image.Image.getpixel(picture.convert("L"), tuple(map(int, middle))) <= 120
        pen.text(
            (middle[0], middle[1] + LINE),
            text,
            fill="white" if dark else "black",
            font=font,
            anchor="mm",
        )


def _draw_mark(pen, mark, scale):
    left, top = mark["column"] * scale, mark["row"] * scale + LINE
    right, bottom = left + mark["columns"] * scale, top + mark["rows"] * scale
    grow = max(0, 4 - (right - left) / 2, 4 - (bottom - top) / 2)
    box = left - grow, top - grow, right + grow, bottom + grow
    if mark["thin"]:
        pen.rectangle(box, outline=MARK)
    else:
        pen.rectangle(box, outline="white", width=3)
        pen.rectangle(box, outline=MARK, width=2)
