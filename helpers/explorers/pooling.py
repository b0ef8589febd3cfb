"""PoolingExplorer: pool an image or a small grid of numbers."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.explorers.base import Explorer
from helpers.explorers.models.dropped import LONGEST_NOTE as DROPPED_NOTE
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import SCALE_NOTE, longest_title, size_title
from helpers.explorers.models.pooling import (
    LONGEST_LINE,
    LONGEST_NOTE,
    MOST_NUMBERED,
    NEW_COLORS,
    SOURCES,
    PoolingControls,
    PoolingView,
    compute,
    explain,
    painted,
)
from helpers.explorers.models.small_grid import grid_of
from helpers.explorers.widgets.brush import Brush
from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.element import Element, Text, beside, column, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark, veil, window_marks
from helpers.explorers.widgets.number_grid import Number
from helpers.messages import name_of_function
from helpers.picture_files import is_picture_source
from helpers.pooling import MODES
from helpers.pooling import pool as library_pool
from helpers.rendering import View
from helpers.validation import as_array, as_choice, as_function


class PoolingExplorer(Explorer):
    """An image or a grid of numbers, a window, and the pooled image.

    Parameters
    ----------
    image : whatever `load_image` takes, or an (H, W) or (H, W, 3) array in [0, 1];
        a grid of at most 12×12 numbers of any value is shown with its numbers, and can be painted
    mode : one of "max", "mean", "min", "mixed", "brightest"
    pool : function(image, size) that computes the pooled image
        It may be your own. The options stride, mode and dilation are passed by name, and only if
        they differ from their defaults.

    `result` is the pooled array; `unchanged` holds the fractions of pixels, of the image and of the
    result, that a shift leaves unchanged, or None without a shift.
    """

    user_function = ("pool", library_pool)

    def __init__(self, image: ImageInput = "cat", mode: str = "max", pool: Callable = library_pool):
        as_choice("mode", mode, MODES)
        self.pool = as_function("pool", pool)
        own = pool is not library_pool
        self.grid = grid_of("image", image, MOST_NUMBERED) if _is_grid(image) else None
        self.memo = Memo()
        picture = "cat" if self.grid is not None else image
        self.picker = ImagePicker(picture, 64 if own else 512, gray=own)  # loops are slow
        self._build_views()
        self._build_controls(mode)
        controls = (
            self.picker, self.source, self.mode, self.size, self.stride, self.stride_is_size,
            self.dilation, self.down, self.right, self.true_size, self.mark_new, self.brush,
        )  # fmt: skip
        super().__init__(self._lay_out(), controls, [[self.input, self.output, self.rival]])
        self.follow(self._explain, [self.output], "cursor")

    def _build_views(self) -> None:
        in_color = self.grid is None and self.pool is library_pool
        note = max(
            f"{SCALE_NOTE}; {DROPPED_NOTE}",
            f"less than 1% {NEW_COLORS}" if in_color else "",
            key=len,
        )
        self.input, self.output, self.rival = (
            ImageView(
                interactive=n < 2, style={"max-width": "320px"}, reserved=in_color,
                room_for={"title": longest_title(self._longest_name()), "note": note},
            )
            for n in range(3)
        )  # fmt: skip

    def _build_controls(self, mode: str) -> None:
        self.source = Choice("pool", SOURCES, "the picture", "What is pooled")
        self.mode = Choice("mode", MODES, mode, "The value kept from each window")
        self.size = Number("size", 2, min=1, max=8, step=1, help="Rows and columns of the window")
        self.stride = Number(
            "stride", 2, min=1, max=8, step=1, help="Pixels from one position to the next"
        )
        self.stride_is_size = Tick("stride = size", True, "Windows side by side, without overlap")
        self.dilation = Number(
            "dilation",
            1,
            min=1,
            max=4,
            step=1,
            help="Pixels from one cell of the window to the next",
        )
        self.down, self.right = (
            Number(
                f"shift {way}", 0, min=-8, max=8, step=1, help="Shift the image by this many pixels"
            )
            for way in ("down", "right")
        )
        self.true_size = Tick("true size", False, "Draw the output at the image's scale")
        self.mark_new = Tick(
            "mark new colors", False, "Mark output pixels whose color no pixel of the window has",
            reserved=self.rival.reserved,
        )  # fmt: skip
        self.brush = Brush(value=9, min=-99, max=99, step=1)
        if self.grid is not None:
            self.brush.follow(self.input, self._paint)
        self.reading = Text(room_for=LONGEST_LINE.format(self._longest_name()))
        self.shift_note = Text(room_for=LONGEST_NOTE)

    def _longest_name(self) -> str:
        return max([*MODES, name_of_function(self.pool)], key=len)

    def _lay_out(self) -> list:
        panel = column(
            self.size, self.stride, self.stride_is_size, self.dilation, self.down, self.right,
            self.true_size, self.mark_new, flex="0 0 236px",
        )  # fmt: skip
        columns = f"repeat({2 + self.rival.reserved}, minmax(0, 1fr))"
        pictures = row(
            self.input, self.output, self.rival, display="grid", grid_template_columns=columns
        )
        shown = column(pictures, self.reading, self.shift_note, flex="1 1 320px")
        if self.grid is not None:
            return [row(self.mode, self.brush, align_items="center"), beside(panel, shown)]
        chosen = row(self.mode, self.source, align_items="center")
        return [self.picker, chosen, beside(panel, shown)]

    def _paint(self, cells: list, value: list) -> None:
        assert self.grid is not None  # only a grid is painted
        self.grid = painted(self.grid, cells, value[0], self.controls.shift)
        self.refresh()

    def read(self) -> PoolingControls:
        grid, size = self.grid, self.size.number
        return PoolingControls(
            picture=self.picker.value if grid is None else grid,
            name=self.picker.name.value if grid is None else "a grid",
            source=self.source.value,
            mode=self.mode.value,
            size=size,
            stride=size if self.stride_is_size.value else self.stride.number,
            dilation=self.dilation.number,
            shift=(self.down.number, self.right.number),
            true_size=self.true_size.value,
            mark_new=self.mark_new.value,
            pool=self.pool,
        )

    def compute(self, controls: PoolingControls) -> PoolingView:
        return compute(controls, self.memo)

    def show(self, view: PoolingView) -> None:
        controls = self.controls
        self.stride.disabled = self.stride_is_size.value
        self.stride.number = controls.stride  # changes it only if stride = size
        self._fill(self.input, view.before, self.image, "before", 1.0)
        self._fill(self.output, view.after, self.result, controls.operation, view.share)
        self.rival.hidden = self.mark_new.hidden = view.rival is None
        if view.rival is not None:
            self._fill(self.rival, view.rival, self.result, view.rival_mode, view.share)
        self.shift_note.value = view.note
        if self.grid is None and self.is_new("picture"):
            self.output.center()
        self._explain()

    def _fill(
        self, image_view: ImageView, view: View, array: np.ndarray, name: str, share: float
    ) -> None:
        title = size_title(name, array)
        numbers = array if self.computed.numbered else None
        image_view.show(
            view, numbers, title=title, alt=f"{self.controls.name}: {title}", share=share
        )

    def _explain(self, source: Element | None = None) -> None:
        """Mark the window of the output pixel under the cursor, and show its numbers."""
        position, controls = self.output.cursor, self.controls
        found = explain(controls, self.computed, position)
        size = controls.size, controls.size
        window = window_marks(found.top, found.left, size, controls.dilation)
        self.input.marks = [*self._dropped_marks(), *window]
        self.output.marks = [mark(*position)]
        self.reading.value = found.line

    def _dropped_marks(self) -> list[dict]:
        """Return gray veils over the rows and columns that no window reaches."""
        rows, columns = self.image.shape[:2]
        down, across = self.computed.dropped
        below = veil(rows - down, 0, down, columns)
        beside = veil(0, columns - across, rows, across)
        return [below] * bool(down) + [beside] * bool(across)

    @property
    def image(self) -> np.ndarray:
        """The image that is pooled, after the shift."""
        return self.computed.image

    @property
    def result(self) -> np.ndarray:
        """The pooled image."""
        return self.computed.result

    @property
    def unchanged(self) -> tuple[float, float] | None:
        """Fractions of pixels that a shift leaves unchanged, in the image and in the result."""
        return self.computed.unchanged

    def describe(self) -> str:
        return f"PoolingExplorer: {self.computed.caption}"


def _is_grid(image: Any) -> bool:
    if is_picture_source(image):
        return False
    image = as_array("image", image)
    return image.ndim == 2 and max(image.shape) <= MOST_NUMBERED
