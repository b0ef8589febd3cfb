"""Lines, rectangles and words: as SVG on the page, and with Pillow for where no kernel runs."""

from PIL import Image, ImageDraw, ImageFont
from traitlets import List, Unicode

from helpers.explorers.widgets.element import Element
from helpers.explorers.widgets.still import plain

INK = "currentColor"  # black on a light page, white on a dark one


class Drawing(Element):
    """Lines, rectangles and words on a sheet that shrinks with the page."""

    kind = "drawing"
    sheet = List().tag(page=True)  # width and height in CSS pixels
    shapes = List().tag(page=True)
    alt = Unicode().tag(page=True)

    def __init__(self, width: int, height: int, title: str):
        style = {"flex": f"1 1 {width * 4 // 5}px", "max-width": f"{width}px"}
        super().__init__(sheet=[width, height], style=style)
        self.title = title

    def draw(self, shapes, alt: str) -> None:
        """Show shapes, as `line`, `rectangle` and `words` make them, with a text alternative."""
        self.shapes = [words(0, 12, self.title, bold=True), *shapes]
        self.alt = alt

    def still(self):
        picture = Image.new("RGB", tuple(self.sheet), "white")
        pen = ImageDraw.Draw(picture)
        for shape in self.shapes:
            _draw(pen, shape)
        return picture


def line(points, color=INK, dash="", thick=1.0):
    """A line through (x, y) points; `dash` is the lengths of dashes and gaps, as SVG has them."""
    return {"kind": "line", "points": points, "color": color, "dash": dash, "thick": thick}


def rectangle(left, top, width, height, color):
    """A filled rectangle."""
    return {"kind": "rectangle", "place": (left, top, width, height), "color": color}


def words(left, base, text, anchor="start", bold=False, color=INK):
    """A line of text; `anchor` says which of its ends, or its middle, is at `left`."""
    return {"kind": "words", "at": (left, base), "text": text, "anchor": anchor, "bold": bold,
            "color": color}  # fmt: skip


def _draw(pen, shape):
    color = "black" if shape["color"] == INK else shape["color"]
    if shape["kind"] == "line":
        pen.line(
            [tuple(point) for point in shape["points"]], fill=color, width=round(shape["thick"])
        )
    elif shape["kind"] == "rectangle":
        left, top, width, height = shape["place"]
        pen.rectangle((left, top, left + max(width, 1), top + height), fill=color)
    else:
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape["anchor"]]
        font = ImageFont.load_default(12)
        pen.text(shape["at"], plain(shape["text"]), fill=color, font=font, anchor=anchor)
