"""Table: a table of text and numbers."""

from PIL import Image, ImageDraw, ImageFont
from traitlets import List, Unicode

from helpers.explorers.widgets.element import Element
from helpers.explorers.widgets.still_text import plain

LINE, GAP = 20, 24  # pixels


class Table(Element):
    """A caption, the names of the columns, and rows that begin with their name."""

    kind = "table"
    caption = Unicode().tag(page=True)
    head = List(Unicode()).tag(page=True)
    rows = List(List(Unicode())).tag(page=True)

    def still(self) -> Image.Image:
        lines = [[plain(text) for text in line] for line in (["", *self.head], *self.rows)]
        font = ImageFont.load_default(13)
        widths = [
            max(round(font.getlength(text)) for text in column) + GAP
            for column in zip(*lines, strict=True)
        ]
        caption = plain(self.caption)
        width = max(sum(widths), round(font.getlength(caption)) + 1)
        page = Image.new("RGB", (width, LINE * (len(lines) + 1)), "white")
        pen = ImageDraw.Draw(page)
        pen.text((0, 0), caption, fill="black", font=font)
        for number, (name, *cells) in enumerate(lines, start=1):
            pen.text((0, number * LINE), name, fill="black", font=font)
            right = widths[0]
            for cell, wide in zip(cells, widths[1:], strict=True):
                right += wide
                pen.text((right, number * LINE), cell, fill="black", font=font, anchor="ra")
        return page
