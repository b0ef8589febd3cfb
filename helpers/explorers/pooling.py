"""PoolingExplorer: pool an image or a small grid of numbers."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from helpers.explorers.base import Explorer
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.pooling import (
    MOST_NUMBERED,
    SOURCES,
    PoolingControls,
    PoolingView,
    compute,
    painted,
)
from helpers.explorers.models.pooling_notes import LONGEST_NOTE, LONGEST_REMARK
from helpers.explorers.models.pooling_window import start
from helpers.explorers.models.small_grid import grid_of, is_grid
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.flow import flow
from helpers.explorers.panels.pooled_pictures import PooledPictures
from helpers.explorers.widgets.brush import Brush
from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.element import Message, Text, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import POINTING, ImageView
from helpers.explorers.widgets.number_grid import Number
from helpers.messages import name_of_function
from helpers.pooling import MODES
from helpers.pooling import pool as library_pool
from helpers.validation import as_choice, as_function

SHOWN = "image", "paint", "mode", "size", "stride"  # the other controls are folded away


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
    controls : names of the controls that are shown at once; the others are behind "more controls"
        Out of "image", "longer_side", "gray", "upload", "pool", "mode", "paint", "size", "stride",
        "dilation", "shift_down", "shift_right", "true_size", "mark_new_colors"; those about images
        are not there for a grid, nor is "paint" for an image.

    `result` is the pooled array; `unchanged` holds the fractions of pixels, of the image and of the
    result, that a shift leaves unchanged, or None without a shift.
    """

    user_function = ("pool", library_pool)

    def __init__(
        self,
        image: ImageInput = "cat",
        mode: str = "max",
        pool: Callable = library_pool,
        controls: Collection[str] | None = None,
    ):
        as_choice("mode", mode, MODES)
        self.pool = as_function("pool", pool)
        own = pool is not library_pool
        self.grid = (
            grid_of("image", image, MOST_NUMBERED) if is_grid(image, MOST_NUMBERED) else None
        )
        self.memo = Memo()
        picture = "cat" if self.grid is not None else image
        self.picker = ImagePicker(picture, 64 if own else 512, gray=own)  # loops are slow
        longest = max([*MODES, name_of_function(pool)], key=len)
        self.pictures = pictures = PooledPictures(longest, self.grid is not None, own)
        self.input, self.output, self.rival = pictures.input, pictures.output, pictures.rival
        self.window, self.reading = pictures.window, pictures.reading
        self._build_controls(mode)
        self.remark = Text(room_for="" if self.rival.hidden else LONGEST_REMARK)
        self.shift_note = Text(room_for=LONGEST_NOTE, style={"grid-column": "1 / -1"})
        inputs = (
            self.picker, self.source, self.mode, self.size, self.stride, self.stride_is_size,
            self.dilation, self.down, self.right, self.true_size, self.mark_new, self.brush,
        )  # fmt: skip
        super().__init__(self._lay_out(controls), inputs, [pictures.stills])
        self.follow(self._point, [self.input, self.output], "cursor", "pinned")

    def _build_controls(self, mode: str) -> None:
        def whole(label: str, number: int, least: int, most: int, help: str) -> Number:
            style = {"flex": "0 1 130px"}
            return Number(label, number, min=least, max=most, step=1, help=help, style=style)

        self.source = Choice("pool", SOURCES, "the picture", "What is pooled")
        self.mode = Choice("mode", MODES, mode, "The value kept from each window")
        self.size = whole("size", 2, 1, 8, "Rows and columns of the window")
        self.stride = whole("stride", 2, 1, 8, "Pixels from one position to the next")
        self.stride_is_size = Tick("stride = size", True, "Windows side by side, without overlap")
        self.dilation = whole("dilation", 1, 1, 4, "Pixels from one cell of the window to the next")
        shift = "Shift the image by this many pixels"
        self.down, self.right = (
            whole(f"shift {way}", 0, -8, 8, shift) for way in ("down", "right")
        )
        self.true_size = Tick("true size", False, "Draw the output at the image's scale")
        self.mark_new = Tick(
            "mark new colors", False, "Mark output pixels whose color no pixel of the window has",
            reserved=not self.rival.hidden,
        )  # fmt: skip
        self.brush = Brush(value=9, min=-99, max=99, step=1)
        if self.grid is not None:
            self.brush.follow(self.input, self._paint)

    def _named_controls(self) -> dict[str, Any]:
        parts = self.picker.parts
        photo = {
            "image": parts["image"], "longer_side": parts["size"], "gray": parts["gray"],
            "upload": parts["upload"], "pool": self.source,
        }  # fmt: skip
        return {
            **(photo if self.grid is None else {"paint": self.brush}),
            "mode": self.mode, "size": self.size,
            "stride": row(self.stride, self.stride_is_size, align_items="center"),
            "dilation": self.dilation, "shift_down": self.down, "shift_right": self.right,
            "true_size": self.true_size, "mark_new_colors": self.mark_new,
        }  # fmt: skip

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = self._named_controls()
        if self.rival.hidden:
            named.pop("mark_new_colors")
        default = [name for name in SHOWN if name in named]
        shown, folded = choose_controls(named, chosen, default)
        words = [] if self.rival.hidden else [self.remark]
        (words if self.right in shown or self.down in shown else folded).append(self.shift_note)
        self.message = Message()
        hint = Text(POINTING)
        return [flow(shown, folded, self.message, hint, self.pictures.box_with(*words))]

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
        self.pictures.show(controls, view)
        self.mark_new.hidden = not view.has_new_colors
        self.remark.value, self.shift_note.value = view.remark, view.note
        if self.grid is None and self.is_new("picture"):
            self.output.cursor, self.output.pinned = start(controls, view.image), False
        self.pictures.explain(controls, view)

    def _point(self, source: ImageView) -> None:
        self.pictures.follow(source, self.controls)
        self.pictures.explain(self.controls, self.computed)

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

    def summary(self) -> str:
        rows, columns = self.result.shape[:2]
        return f"{self.controls.summary}: {rows}×{columns} output"

    def describe(self) -> str:
        before, after = (
            f"{each.shape[0]}×{each.shape[1]} pixels with a mean of {each.mean():.2f}"
            for each in (self.image, self.result)
        )
        return f"PoolingExplorer: {self.computed.caption}: {before} become {after}"
