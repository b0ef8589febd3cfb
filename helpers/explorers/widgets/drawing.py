"""Drawing: lines, rectangles and text, as SVG on the page and with Pillow in the static picture."""

import math
from collections.abc import Iterable
from itertools import cycle, pairwise, repeat

from PIL import Image, ImageDraw, ImageFont
from traitlets import List, Unicode

from helpers.explorers.widgets.element import Element
from helpers.explorers.widgets.still_text import plain

INK = "currentColor"  # black on a light page, white on a dark one
FINE = 3  # lines are drawn at this scale and reduced, so that dashes are even and curves smooth


class Drawing(Element):
    """Lines, rectangles and text on a sheet that shrinks with the page."""

    kind = "drawing"
    sheet: List = List().tag(page=True)  # width and height in CSS pixels
    shapes: List = List().tag(page=True)
    alt = Unicode().tag(page=True)

    def __init__(self, width: int, height: int, title: str):
        style = {"flex": f"1 1 {width * 4 // 5}px", "max-width": f"{width}px"}
        super().__init__(sheet=[width, height], style=style)
        self.title = title

    def draw(self, shapes: list, alt: str) -> None:
        """Show shapes made by `line`, `rectangle` and `words`, with a text alternative."""
        self.shapes = [words(0, 12, self.title, bold=True), *shapes]
        self.alt = alt

    def still(self) -> Image.Image:
        large = Image.new("RGB", tuple(FINE * side for side in self.sheet), "white")
        pen = ImageDraw.Draw(large)
        for shape in self.shapes:
            _draw(pen, shape)
        picture = large.reduce(FINE)
        _write(ImageDraw.Draw(picture), self.shapes)
        return picture


def line(points: list, color: str = INK, dash: str = "", thick: float = 1.0) -> dict:
    """Return a line through (x, y) points; `dash` lists the lengths of dashes and gaps, as in SVG."""
    return {"kind": "line", "points": points, "color": color, "dash": dash, "thick": thick}


def rectangle(left: float, top: float, width: float, height: float, color: str) -> dict:
    """Return a filled rectangle."""
    return {"kind": "rectangle", "place": (left, top, width, height), "color": color}


def words(left: float, base: float, text: str, anchor: str = "start", bold: bool = False) -> dict:
    """Return a line of text; `anchor`, as in SVG, is the point of it at `left`: start, middle or end."""
    return {"kind": "words", "at": (left, base), "text": text, "anchor": anchor, "bold": bold,
            "color": INK}  # fmt: skip


def _draw(pen: ImageDraw.ImageDraw, shape: dict) -> None:
    """Draw a line or a rectangle, enlarged."""
    color = "black" if shape["color"] == INK else shape["color"]
    if shape["kind"] == "line":
        for points in dashed(shape["points"], shape["dash"]):
            enlarged = [(FINE * x, FINE * y) for x, y in points]
            pen.line(enlarged, fill=color, width=round(FINE * shape["thick"]), joint="curve")
    elif shape["kind"] == "rectangle":
        left, top, width, height = (FINE * number for number in shape["place"])
        pen.rectangle((left, top, left + max(width, FINE) - 1, top + height - 1), fill=color)


def _write(pen: ImageDraw.ImageDraw, shapes: list[dict]) -> None:
    font = ImageFont.load_default(12)
    for shape in shapes:
        if shape["kind"] == "words":
            anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape["anchor"]]
            pen.text(shape["at"], plain(shape["text"]), fill="black", font=font, anchor=anchor)


def dashed(points: Iterable, dash: str) -> list[list[tuple]]:
    """Cut a line through (x, y) points into dashes, as SVG does.

    >>> dashed([(0, 0), (10, 0)], "4 3")
    [[(0, 0), (4.0, 0.0)], [(7.0, 0.0), (10, 0)]]
    """
    points = [tuple(point) for point in points]
    lengths = cycle(map(float, dash.split())) if dash else repeat(math.inf)
    pieces, left, drawn = [points[:1]], next(lengths), True
    for start, end in pairwise(points):
        length, at = math.dist(start, end), 0.0
        while length - at > left:
            at += left
            left, drawn = next(lengths), not drawn
            here = tuple(a + (b - a) * at / length for a, b in zip(start, end))
            if drawn:
                pieces.append([here])
            else:
                pieces[-1].append(here)
        left -= length - at
        if drawn:
            pieces[-1].append(end)
    return pieces
