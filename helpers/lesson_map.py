"""The map of the lessons: one card each, with a picture, the title, the question and a link."""

from base64 import b64encode
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from helpers.colormaps import ink_on
from helpers.encoding import encode_png
from helpers.overview import LESSONS, Lesson
from helpers.rendering import format_number, render

SIDE, GAP = 150, 8  # pixels: a picture of a card, and the gap between its two pictures
IN_ROW = 3
MOST_NUMBERED = 9  # cells in a row: numbers would not fit into smaller ones
# The cells of all rows flow like words, as many to a line as there is room for, at most three. Where
# a page drops styles, as GitHub does, this is a table with three equal columns.
BLOCK = "display:block;width:100%;margin:0;border:none"
ROW = "display:inline;padding:0;background:none"
CARD = (
    "display:inline-block;width:31%;min-width:120px;margin:0 2% 12px 0;padding:0;border:none;"
    "background:none;text-align:left;vertical-align:top;white-space:normal"
)


class LessonMap:
    """A page of cards, three in a row, or fewer where the page is narrow."""

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        names = "; ".join(lesson.name for lesson in LESSONS)
        return {"text/html": self.html(), "text/plain": f"The lessons: {names}"}

    def html(self) -> str:
        """Return the cards as an HTML table, with the pictures in it."""
        cards = [_card(lesson) for lesson in LESSONS]
        rows = [cards[start : start + IN_ROW] for start in range(0, len(cards), IN_ROW)]
        body = "".join(f'<tr style="{ROW}">{"".join(row)}</tr>' for row in rows)
        return f'<table style="{BLOCK}"><tbody style="{BLOCK}">{body}</tbody></table>'


def lesson_map() -> LessonMap:
    """Return the map of the lessons, to be displayed."""
    return LessonMap()


def _card(lesson: Lesson) -> str:
    panels = lesson.panels()
    picture = b64encode(card_picture(list(panels.values()))).decode()
    alt = escape(", ".join(panels))
    return (
        f'<td width="33%" style="{CARD}"><a href="{lesson.file}">'
        f'<img src="data:image/png;base64,{picture}" alt="{alt}" width="{2 * SIDE + GAP}"'
        ' style="width:100%;height:auto;display:block"></a>'
        f'<a href="{lesson.file}"><b>{lesson.name}</b></a><br>{lesson.question}</td>'
    )


def card_picture(panels: list[tuple[NDArray, str]]) -> bytes:
    """Draw the first two panels, (image, view) pairs, as squares of one size; return a PNG."""
    card = Image.new("RGB", (2 * SIDE + GAP, SIDE), "white")
    for place, (image, view) in enumerate(panels[:2]):
        card.paste(_square(image, view), (place * (SIDE + GAP), 0))
    return encode_png(np.asarray(card), colors=128)


def _square(image: NDArray, view: str) -> Image.Image:
    """Draw the middle of an image, with its numbers if there are few."""
    cells = min(image.shape[:2])
    top, left = ((side - cells) // 2 for side in image.shape[:2])
    middle = image[top : top + cells, left : left + cells]
    pixels = render(middle, view).pixels
    resample = Image.Resampling.BOX if cells > SIDE else Image.Resampling.NEAREST
    square = Image.fromarray(pixels).convert("RGB").resize((SIDE, SIDE), resample)
    if cells <= MOST_NUMBERED:
        _print_numbers(ImageDraw.Draw(square), middle, pixels)
    return square


def _print_numbers(pen: ImageDraw.ImageDraw, values: NDArray, pixels: NDArray) -> None:
    cell = SIDE / len(values)
    font = ImageFont.load_default(max(8, min(16, cell / 2.6)))
    for (row, column), value in np.ndenumerate(values):
        place = (column + 0.5) * cell, (row + 0.5) * cell
        ink = ink_on(pixels[row, column])
        pen.text(place, format_number(value), fill=ink, font=font, anchor="mm")
