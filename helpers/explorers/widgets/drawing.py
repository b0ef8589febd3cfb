"""Lines, rectangles and words: as SVG on the page, and with Pillow for where no kernel runs."""

import html

import ipywidgets
from PIL import Image, ImageDraw, ImageFont

INK = "currentColor"  # black on a light page, white on a dark one


class Drawing(ipywidgets.HTML):
    """Lines, rectangles and words on a sheet that shrinks with the page."""

    def __init__(self, width, height, title):
        self.sheet, self.title, self.shapes = (width, height), title, []
        super().__init__(layout={"flex": f"1 1 {width * 4 // 5}px", "max_width": f"{width}px"})

    def draw(self, shapes, alt):
        """Show shapes, as `line`, `rectangle` and `words` make them, with a text alternative."""
        self.shapes = [words(0, 12, self.title, bold=True), *shapes]
        width, height = self.sheet
        self.value = (
            f'<svg role="img" aria-label="{html.escape(alt)}" viewBox="0 0 {width} {height}"'
            ' style="width: 100%; display: block; color: var(--jp-ui-font-color1, black)"'
            f' font-family="sans-serif">{"".join(map(_as_svg, self.shapes))}</svg>'
        )

    def still(self):
        """The same as a Pillow picture, black on white."""
        picture = Image.new("RGB", self.sheet, "white")
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


def _as_svg(shape):
    if shape["kind"] == "line":
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape["points"])
        return (
            f'<polyline points="{points}" fill="none" stroke="{shape["color"]}"'
            f' stroke-width="{shape["thick"]}" stroke-dasharray="{shape["dash"]}"/>'
        )
    if shape["kind"] == "rectangle":
        left, top, width, height = shape["place"]
        return (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
            f' fill="{shape["color"]}"/>'
        )
    left, base = shape["at"]
    weight = "bold" if shape["bold"] else "normal"
    return (
        f'<text x="{left:.1f}" y="{base:.1f}" font-size="12" font-weight="{weight}"'
        f' fill="{shape["color"]}" text-anchor="{shape["anchor"]}">{html.escape(shape["text"])}</text>'
    )


def _draw(pen, shape):
    color = "black" if shape["color"] == INK else shape["color"]
    if shape["kind"] == "line":
        pen.line(shape["points"], fill=color, width=round(shape["thick"]))
    elif shape["kind"] == "rectangle":
        left, top, width, height = shape["place"]
        pen.rectangle((left, top, left + max(width, 1), top + height), fill=color)
    else:
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape["anchor"]]
        font = ImageFont.load_default(12)
        pen.text(shape["at"], plain(shape["text"]), fill=color, font=font, anchor=anchor)


def plain(text):
    """Text without the signs that Pillow's own font has no picture for."""
    return text.replace("×", "x").replace("−", "-").replace("≤", "<=")
