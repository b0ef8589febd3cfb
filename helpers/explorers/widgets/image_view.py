"""The screen: shows pixels, prints numbers in cells, draws marks, reports where the learner points."""

import numpy as np
from traitlets import Bool, Bytes, Dict, Float, Int, List, Tuple, Unicode, validate

from helpers.colormaps import apply_palette
from helpers.explorers.widgets.part import Part, texts
from helpers.rendering import format_number


class ImageView(Part):
    """A picture on the page, enlarged without smoothing. It computes nothing.

    `show` fills it; `picture` reads it back. `cursor` is the (row, column) that the learner points
    at, `pinned` says whether it stays when the pointer moves on.
    """

    _esm = texts("part.js", "image_view.js")
    _css = texts("image_view.css", "explorer.css")

    pixels = Bytes(b"\0").tag(sync=True)
    shape = Tuple(Int(), Int(), Int(), default_value=(1, 1, 1)).tag(sync=True)
    palette = Bytes().tag(sync=True)  # a byte a pixel goes to the page, three for photographs alone
    numbers = List(Unicode()).tag(sync=True)
    marks = List(Dict()).tag(sync=True)
    scale = Dict().tag(sync=True)
    title = Unicode().tag(sync=True)
    note = Unicode().tag(sync=True)
    alt = Unicode().tag(sync=True)
    width = Int(512).tag(sync=True)  # CSS pixels, of the longer side
    share = Float(1.0).tag(sync=True)  # of its width that the picture takes, from 0 to 1
    interactive = Bool(False).tag(sync=True)
    cursor = Tuple(Int(), Int(), default_value=(0, 0)).tag(sync=True)
    pinned = Bool(False).tag(sync=True)
    paints = Bool(False).tag(sync=True)

    def show(self, view, numbers=None, alt="", write=format_number, **traits):
        """Show a `View`, with `numbers` (an array; None leaves a cell blank) printed in its cells.

        `write(number)` makes the text. The text alternative is `alt`, and then the numbers row by row.

        Everything goes to the page in one message, so no half-changed picture is ever seen.
        """
        numbers = [] if numbers is None else np.ravel(numbers)
        texts = ["" if number is None else write(number) for number in numbers]
        said = ", ".join(filter(None, texts))
        traits = {"cursor": self._moved_to(view.data.shape[:2]), **traits}
        scale = {"colors": list(view.colors), "labels": list(view.labels)} if view.colors else {}
        with self.hold_sync():
            self.pixels = view.data.tobytes()
            self.shape = (*view.data.shape[:2], 3 if view.data.ndim == 3 else 1)
            self.palette = view.palette
            self.numbers = texts
            self.scale = scale
            self.note = view.note
            self.alt = f"{alt}: {said}" if said else alt
            for name, value in traits.items():
                setattr(self, name, value)

    def _moved_to(self, shape):
        """Where the same part of the picture is once it has another size; corners stay corners."""
        counts = zip(self.cursor, self.shape, shape, strict=False)
        return tuple(round(at * (now - 1) / max(last - 1, 1)) for at, last, now in counts)

    def center(self):
        """Point at the middle."""
        self.cursor = self.shape[0] // 2, self.shape[1] // 2

    @validate("cursor")
    def _inside(self, proposal):
        """A message from the page may be late, and mean a picture that was larger."""
        cell = proposal["value"]
        return tuple(max(0, min(value, count - 1)) for value, count in zip(cell, self.shape))

    def on_paint(self, paint, begin=lambda: None):
        """Call `begin()` when a stroke begins, `paint(cells)` with its (row, column) pairs as it grows.

        The page sends the next piece of a stroke when it hears that the last one is painted.
        """

        def read(_, content, buffers):
            rows, columns, _ = self.shape
            cells = [(int(row), int(column)) for row, column in content["paint"]]
            try:
                if content.get("begins"):
                    begin()
                paint([cell for cell in cells if 0 <= cell[0] < rows and 0 <= cell[1] < columns])
            finally:
                self.send({"painted": True})

        self.on_msg(read)

    @property
    def picture(self):
        """The uint8 pixels that the page shows, (H, W) or (H, W, 3)."""
        rows, columns, channels = self.shape
        array = np.frombuffer(self.pixels, np.uint8).reshape(rows, columns, channels)
        return array if channels == 3 else apply_palette(array[..., 0], self.palette)


def mark(row, column, rows=1, columns=1, thin=False):
    """A rectangle to draw on a screen, in cells; it may reach beyond the picture."""
    return {"row": row, "column": column, "rows": rows, "columns": columns, "thin": thin}
