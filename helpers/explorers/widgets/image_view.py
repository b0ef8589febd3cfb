"""ImageView: shows pixels, prints numbers in cells, draws marks, reports where the learner points."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image
from traitlets import Bool, Bunch, Bytes, Dict, Float, Int, List, Tuple, Unicode, observe, validate

from helpers.colormaps import apply_palette
from helpers.explorers.widgets.element import Blob, Element
from helpers.explorers.widgets.still import draw_view
from helpers.geometry import extent
from helpers.rendering import View, format_number

PAGE = 4096  # pixels of the longer side that a page says at most; it is not to be trusted with more


class ImageView(Element):
    """A picture on the page, enlarged without smoothing. It computes nothing.

    `show` fills it; `picture` reads it back. `cursor` is the (row, column) that the learner points
    at; `pinned` says whether it stays when the pointer moves on. A picture that the page shows
    smaller than it is travels at the size at which it is `seen`, in pixels of the screen.
    """

    kind = "image"

    pixels = Bytes(b"\0").tag(page=True)
    shape = Tuple(Int(), Int(), Int(), default_value=(1, 1, 1)).tag(page=True)
    seen = Tuple(Int(), Int(), default_value=(PAGE, PAGE)).tag(said=True)
    palette = Bytes().tag(page=True)  # a byte a pixel goes to the page, three for photographs alone
    smooth = Bool(True)  # whether a smaller picture shows means of pixels; else some of them
    numbers = List(Unicode()).tag(page=True)
    marks = List(Dict()).tag(page=True)
    scale = Dict().tag(page=True)
    title = Unicode().tag(page=True)
    note = Unicode().tag(page=True)
    alt = Unicode().tag(page=True)
    width = Int(512).tag(page=True)  # CSS pixels, of the longer side
    share = Float(1.0).tag(page=True)  # of its width that the picture takes, from 0 to 1
    interactive = Bool(False).tag(page=True)
    cursor = Tuple(Int(), Int(), default_value=(0, 0)).tag(page=True, said=True)
    pinned = Bool(False).tag(page=True, said=True)
    paints = Bool(False).tag(page=True)

    _view: View | None = None  # what was shown last
    _sent: tuple | None = None  # rows and columns that the page has
    _paint: Callable | None = None
    _begin: Callable = staticmethod(lambda: None)

    def show(
        self,
        view: View,
        numbers: Any = None,
        alt: str = "",
        write: Callable[[float], str] = format_number,
        **traits: Any,
    ) -> None:
        """Show a `View`, with `numbers` (an array; None leaves a cell blank) printed in its cells.

        `write(number)` makes the text. The text alternative is `alt`, then the numbers row by row.
        """
        numbers = [] if numbers is None else np.ravel(numbers)
        texts = ["" if number is None else write(number) for number in numbers]
        said = ", ".join(filter(None, texts))
        cursor = self._moved_to(view.data.shape[:2])
        if view is not self._view:
            self._view = view
            self.pixels = view.data.tobytes()
            self.shape = (*view.data.shape[:2], 3 if view.data.ndim == 3 else 1)
            self.palette = view.palette
        self.numbers = texts
        self.scale = {"colors": [*view.colors], "labels": [*view.labels]} if view.colors else {}
        self.note = view.note
        self.alt = f"{alt}: {said}" if said else alt
        for name, value in {"cursor": cursor, **traits}.items():
            setattr(self, name, value)

    def _moved_to(self, shape: tuple[int, int]) -> tuple[int, ...]:
        """Where the same part of the picture is once it has another size; corners stay corners."""
        counts = zip(self.cursor, self.shape, shape, strict=False)
        return tuple(round(at * (now - 1) / max(last - 1, 1)) for at, last, now in counts)

    def center(self) -> None:
        """Point at the middle."""
        self.cursor = self.shape[0] // 2, self.shape[1] // 2

    @validate("cursor")
    def _inside(self, proposal: Any) -> tuple[int, ...]:
        """A message from the page may be late, and mean a picture that was larger."""
        cell = proposal["value"]
        return tuple(max(0, min(value, count - 1)) for value, count in zip(cell, self.shape))

    @validate("seen")
    def _seen_size(self, proposal: Any) -> tuple[int, ...]:
        return tuple(max(1, min(value, PAGE)) for value in proposal["value"])

    @property
    def picture(self) -> np.ndarray:
        """The uint8 pixels that are shown, (H, W) or (H, W, 3)."""
        levels = self._levels()
        return levels if levels.ndim == 3 else apply_palette(levels, self.palette)

    def _levels(self) -> np.ndarray:
        rows, columns, channels = self.shape
        levels = np.frombuffer(self.pixels, np.uint8)
        return levels.reshape(self.shape if channels == 3 else (rows, columns))

    def to_page(self, name: str) -> Any:
        if name == "palette":
            return Blob(self.palette, {})
        return self._as_seen() if name == "pixels" else super().to_page(name)

    def _as_seen(self) -> Blob:
        """The pixels, no more of them than the page shows."""
        rows, columns = self._sent = size = self._size(self.seen)
        data = self.pixels
        if size != self.shape[:2]:
            resample = Image.Resampling.BOX if self.smooth else Image.Resampling.NEAREST
            data = Image.fromarray(self._levels()).resize((columns, rows), resample).tobytes()
        return Blob(data, {"rows": rows, "columns": columns})

    def _size(self, seen: tuple[int, int]) -> tuple[int, int]:
        scale = min(1.0, max(most / n for n, most in zip(self.shape, seen)))
        return tuple(math.ceil(n * scale) for n in self.shape[:2])

    @observe("seen")
    def _send_again(self, change: Any) -> None:
        if self._size(change["new"]) != self._sent:
            self.notify_change(Bunch(change, name="pixels", old=b"", new=self.pixels))

    def on_paint(
        self, paint: Callable[[list], None], begin: Callable[[], None] = lambda: None
    ) -> None:
        """Call `begin()` when a stroke begins, `paint(cells)` with its (row, column) pairs as it grows."""
        self._paint, self._begin = paint, begin

    def receive(self, content: dict, buffers: list) -> None:
        super().receive(content, buffers)
        if "paint" in content and self._paint:
            if content.get("begins"):
                self._begin()
            self._paint(self._cells(content["paint"]))

    def _cells(self, said: Any) -> list[tuple[int, int]]:
        """The cells of the picture among those that the page says."""
        rows, columns, _ = self.shape
        try:
            cells = [(int(row), int(column)) for row, column in said]
        except (TypeError, ValueError, OverflowError):
            return []
        return [(i, j) for i, j in cells if 0 <= i < rows and 0 <= j < columns]

    def still(self) -> Image.Image:
        return draw_view(self)


def mark(row: int, column: int, rows: int = 1, columns: int = 1, thin: bool = False) -> dict:
    """Return a rectangle to draw on a picture, in cells; it may extend beyond the picture."""
    return {"row": row, "column": column, "rows": rows, "columns": columns, "thin": thin}


def window_marks(top: int, left: int, size: tuple[int, int], dilation: int = 1) -> list[dict]:
    """Return marks around a window of `size` cells, and around each cell where they lie apart."""
    apart = np.ndindex(*size) if dilation > 1 else ()
    cells = [mark(top + dilation * i, left + dilation * j) for i, j in apart]
    rows, columns = (extent(n, dilation) for n in size)
    return [*cells, mark(top, left, rows, columns)]
