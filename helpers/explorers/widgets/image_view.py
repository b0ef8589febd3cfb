"""ImageView: shows pixels, prints numbers in cells, draws marks, reports where the learner points."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PIL import Image
from traitlets import Bool, Bunch, Bytes, Dict, Float, Int, List, Tuple, Unicode, observe, validate

from helpers.colormaps import apply_palette
from helpers.explorers.widgets.element import Blob, Element
from helpers.explorers.widgets.still import draw_view
from helpers.geometry import extent
from helpers.rendering import View, format_number

POINTING = "Point at a pixel of any picture. A click pins it; the arrow keys move it."
LARGEST = 4096  # pixels of the longer side that are sent at most
FIRST = 512  # the same, until the page has said how large it shows the picture


class ImageView(Element):
    """A picture on the page, enlarged without smoothing.

    `show` sets the pixels, and `picture` returns them. `cursor` is the (row, column) that the user
    points at; if `pinned`, it stays when the pointer moves on. `pointed` is whether the pointer is on
    the picture, or a pixel is pinned. `reading` is the value under the cursor as screen readers speak
    it; if it is empty, they speak the number printed in the cell, if there is one. `seen` is the size
    on the page, in pixels of the screen; a larger picture is sent at this size. `room_for` holds the
    longest title and note, by name: they have room, so that nothing moves when they change. `axes` are
    printed below the picture and to its left: a list for each, of the texts at its start, in its middle
    and at its end. If it `glides`, marks that go to another cell move there smoothly.
    """

    kind = "image"

    pixels = Bytes(b"\0").tag(page=True)
    shape = Tuple(Int(), Int(), Int(), default_value=(1, 1, 1)).tag(page=True)
    seen = Tuple(Int(), Int(), default_value=(FIRST, FIRST)).tag(from_page=True)
    palette = Bytes().tag(page=True)  # of 256 colors; empty for grays and for three bytes per pixel
    smooth = Bool(True)  # whether a picture is reduced by means, or by leaving out pixels
    numbers = List(Unicode()).tag(page=True)
    marks = List(Dict()).tag(page=True)
    scale = Dict().tag(page=True)
    title = Unicode().tag(page=True)
    axes = List(List(Unicode())).tag(page=True)
    note = Unicode().tag(page=True)
    room_for = Dict().tag(page=True)
    alt = Unicode().tag(page=True)
    reading = Unicode().tag(page=True)
    width = Int(512).tag(page=True)  # CSS pixels, of the longer side
    share = Float(1.0).tag(page=True)  # of the width that the picture takes, from 0 to 1
    interactive = Bool(False).tag(page=True)
    tab_stop = Bool(True).tag(page=True)  # whether the Tab key reaches it, if it is interactive
    cursor = Tuple(Int(), Int(), default_value=(0, 0)).tag(page=True, from_page=True)
    pinned = Bool(False).tag(page=True, from_page=True)
    pointed = Bool(False).tag(from_page=True)
    paints = Bool(False).tag(page=True)
    glides = Bool(False).tag(page=True)

    _view: View | None = None  # as last shown
    _sent: tuple | None = None  # rows and columns as last sent
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
        """Show a `View`, with `numbers` printed in its cells: one, or three below each other.

        `numbers` is an array, (H, W) or (H, W, 3), with None for a blank cell; `write(number)`
        returns the text. The text alternative is `alt`, then the numbers row by row.
        """
        texts = [] if numbers is None else _texts(np.asarray(numbers), write)
        listed = ", ".join(filter(None, texts)).replace("\n", " ")
        shown = {
            "numbers": texts,
            "scale": {"colors": [*view.colors], "labels": [*view.labels]} if view.colors else {},
            "note": view.note,
            "alt": f"{alt}: {listed}" if listed else alt,
            "cursor": self._moved_to(view.data.shape[:2]),
            **traits,
        }
        if view is not self._view:
            self._view = view
            self.pixels = view.data.tobytes()
            self.shape = (*view.data.shape[:2], 3 if view.data.ndim == 3 else 1)
            self.palette = view.palette
        for name, value in shown.items():
            if getattr(self, name) != value:  # to check a trait again costs more than to compare
                setattr(self, name, value)

    def _moved_to(self, shape: tuple[int, int]) -> tuple[int, ...]:
        """Return the cursor for a picture of another size; corners stay corners."""
        counts = zip(self.cursor, self.shape, shape, strict=False)
        return tuple(round(at * (now - 1) / max(last - 1, 1)) for at, last, now in counts)

    def center(self) -> None:
        """Move the cursor to the center, and release it."""
        self.cursor, self.pinned = (self.shape[0] // 2, self.shape[1] // 2), False

    @validate("cursor")
    def _inside(self, proposal: Any) -> tuple[int, ...]:
        """Clip the cursor: a late message from the page may refer to a larger picture."""
        cell = proposal["value"]
        return tuple(max(0, min(value, count - 1)) for value, count in zip(cell, self.shape))

    @validate("seen")
    def _seen_size(self, proposal: Any) -> tuple[int, ...]:
        return tuple(max(1, min(value, LARGEST)) for value in proposal["value"])

    @property
    def picture(self) -> np.ndarray:
        """The uint8 pixels that are shown, (H, W) or (H, W, 3)."""
        pixels = self._data()
        return pixels if pixels.ndim == 3 else apply_palette(pixels, self.palette)

    def _data(self) -> np.ndarray:
        rows, columns, channels = self.shape
        data = np.frombuffer(self.pixels, np.uint8)
        return data.reshape(self.shape if channels == 3 else (rows, columns))

    def to_page(self, name: str) -> Any:
        if name == "palette":
            return Blob(self.palette, {})
        return self._as_seen() if name == "pixels" else super().to_page(name)

    def _as_seen(self) -> Blob:
        """Return the pixels, reduced to the size on the page."""
        rows, columns = self._sent = size = self._size(self.seen)
        data = self.pixels
        if size != self.shape[:2]:
            resample = Image.Resampling.BOX if self.smooth else Image.Resampling.NEAREST
            data = Image.fromarray(self._data()).resize((columns, rows), resample).tobytes()
        return Blob(data, {"rows": rows, "columns": columns})

    def _size(self, seen: tuple[int, int]) -> tuple[int, int]:
        scale = min(1.0, max(most / n for n, most in zip(self.shape, seen)))
        return tuple(math.ceil(n * scale) for n in self.shape[:2])

    @observe("seen", "shape")
    def _send_again(self, change: Any) -> None:
        """Send the pixels at another size: the same bytes may be a picture of another shape."""
        if self._size(self.seen) != self._sent:
            self.notify_change(Bunch(change, name="pixels", old=b"", new=self.pixels))

    def on_paint(
        self, paint: Callable[[list], None], begin: Callable[[], None] = lambda: None
    ) -> None:
        """Call `begin()` at the start of a stroke, `paint(cells)` with each (row, column) list of it."""
        self._paint, self._begin = paint, begin

    def receive(self, content: dict, buffers: list) -> None:
        super().receive({"pointed": True, **content} if "cursor" in content else content, buffers)
        if "paint" in content and self._paint:
            if content.get("begins"):
                self._begin()
            self._paint(self._cells(content["paint"]))

    def _cells(self, sent: Any) -> list[tuple[int, int]]:
        """Return the valid cells of the picture among those sent by the page."""
        rows, columns, _ = self.shape
        try:
            cells = [(int(row), int(column)) for row, column in sent]
        except (TypeError, ValueError, OverflowError):
            return []
        return [(i, j) for i, j in cells if 0 <= i < rows and 0 <= j < columns]

    def still(self) -> Image.Image:
        return draw_view(self)


def _texts(numbers: np.ndarray, write: Callable[[float], str]) -> list[str]:
    """Return what is printed in each cell, row by row; the three numbers of a color have a line each."""
    cells = numbers.reshape(-1, *numbers.shape[2:3], 1)
    return ["\n".join("" if n is None else write(n) for n in cell.ravel()) for cell in cells]


def mark(
    row: float, column: float, rows: float = 1, columns: float = 1, thin: bool = False
) -> dict:
    """Return a rectangle to draw on a picture, in cells; it may extend beyond the picture."""
    return {"row": row, "column": column, "rows": rows, "columns": columns, "thin": thin}


def veil(row: int, column: int, rows: int, columns: int) -> dict:
    """Return a translucent gray rectangle to draw on a picture, over cells that do not count."""
    return {**mark(row, column, rows, columns, thin=True), "veil": True}


def cover(row: int, column: int, rows: int, columns: int) -> dict:
    """Return an opaque rectangle to draw on a picture, over cells that are not computed yet."""
    return {**veil(row, column, rows, columns), "cover": True}


def path_mark(points: Sequence[tuple[float, float]]) -> dict:
    """Return a line through (row, column) places, in cells, with a ball at the last one."""
    return {**mark(*points[-1]), "path": [[*point] for point in points]}


def window_marks(top: int, left: int, size: tuple[int, int], dilation: int = 1) -> list[dict]:
    """Return marks around a window of `size` cells, and around each cell where they lie apart."""
    apart = np.ndindex(*size) if dilation > 1 else ()
    cells = [mark(top + dilation * i, left + dilation * j) for i, j in apart]
    rows, columns = (extent(n, dilation) for n in size)
    return [*cells, mark(top, left, rows, columns)]
