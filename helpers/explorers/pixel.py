"""PixelExplorer: the value of a pixel and of the pixels around it; painting."""

from collections.abc import Collection
from typing import Any

import numpy as np

from helpers.explorers.base import Explorer
from helpers.explorers.models.pixel import (
    CHANNELS,
    LONGEST_READING,
    UNITS,
    Paint,
    PixelControls,
    PixelView,
    compute,
    explain,
    painted,
    start,
    with_paint,
)
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.widgets.brush import Brush
from helpers.explorers.widgets.controls import Choice
from helpers.explorers.widgets.element import Element, Message, Text, fold, panel, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark

SHOWN = "image", "show", "numbers", "paint"  # the other controls are folded away


class PixelExplorer(Explorer):
    """An image, the pixel under the cursor, and the pixels around it.

    Parameters
    ----------
    image : whatever `load_image` takes, or an (H, W) or (H, W, 3) array in [0, 1]
    controls : names of the controls that are shown at once; the others are behind "more controls"
        Out of "image", "show", "numbers", "paint", "size", "gray", "upload".

    `image` includes the painted pixels, in gray with the luma of their color; choosing another
    picture or size removes the paint.
    """

    def __init__(self, image: ImageInput = "cat", controls: Collection[str] | None = None):
        self.picker = ImagePicker(image)
        self.channel = Choice("show", CHANNELS, CHANNELS[0], "The channel that is shown")
        self.unit = Choice("numbers", UNITS, "0 to 1", "The unit of the numbers")
        self.image_view = ImageView(
            interactive=True, style={"flex": "3 1 180px", "max-width": "512px"},
            room_for={"title": "all channels: shape (444, 444, 3)"},
        )  # fmt: skip
        self.neighborhood = ImageView(
            width=340, style={"flex": "2 1 140px", "max-width": "340px"},
            room_for={"title": "rows 444 to 444, columns 444 to 444"},
        )  # fmt: skip
        self.reading = Text(room_for=LONGEST_READING)
        labels = tuple(f"brush {color}" for color in CHANNELS[1:4])
        self.brush = Brush(labels, 1.0, min=0, max=1, step=0.05)
        self.brush.follow(self.image_view, self._add_paint)
        self._paint: Paint | None = None  # None if nothing is painted
        self._paper = self.picker.chosen  # the picture that is painted on
        self.picker.observe(self._take_paper, "value")
        inputs = (self.picker, self.channel, self.unit, self.brush)
        stills = [[self.image_view, self.neighborhood], [self.reading]]
        super().__init__(self._lay_out(controls), inputs, stills)
        self.follow(self._explain, [self.image_view], "cursor")

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        parts = {**self.picker.parts}
        named = {
            "image": parts.pop("image"), "show": self.channel, "numbers": self.unit,
            "paint": self.brush, **parts,
        }  # fmt: skip
        shown, folded = choose_controls(named, chosen, SHOWN)
        self.message = Message()
        pictures = row(self.image_view, self.neighborhood, flex_flow="row nowrap")
        controls = panel(*shown, fold(*folded), **{"--panel": "170px"})
        return [self.reading, pictures, self.message, controls]

    def _add_paint(self, cells: list, color: list) -> None:
        self._paint = painted(self._paint, self.picker.value, cells, color)
        self.refresh()

    def _take_paper(self, change: Any) -> None:
        """Remove the paint if another picture was chosen; gray is the same picture."""
        if self.picker.chosen is not self._paper:
            self._paint, self._paper = None, self.picker.chosen

    def read(self) -> PixelControls:
        return PixelControls(
            picture=self.picker.chosen,
            image=with_paint(self.picker.value, self._paint),
            image_name=self.picker.name.value,
            channel=self.channel.value,
            unit=self.unit.value,
        )

    def compute(self, controls: PixelControls) -> PixelView:
        return compute(controls)

    def show(self, view: PixelView) -> None:
        self.channel.disabled = self.image.ndim == 2
        alt = f"{self.controls.image_name}, {view.title}"
        self.image_view.show(view.image_view, title=view.title, alt=alt)
        if self.is_new("picture"):
            self.image_view.cursor, self.image_view.pinned = start(self.image), False
        self._explain()

    def _explain(self, source: Element | None = None) -> None:
        """Show the value of the pixel under the cursor, and the pixels around it."""
        row, column = self.image_view.cursor
        near = explain(self.controls, self.computed, (row, column))
        self.reading.value, self.image_view.reading = near.reading, near.values
        alt = f"pixels around: {near.values}"
        self.neighborhood.show(near.part, near.numbers, title=near.title, alt=alt)
        self.neighborhood.marks = [mark(row - near.top, column - near.left)]
        rows, columns = near.part.data.shape[:2]
        around = mark(near.top, near.left, rows, columns, thin=True)
        self.image_view.marks = [mark(row, column), around]

    @property
    def image(self) -> np.ndarray:
        """The image with the painted pixels, (H, W) or (H, W, 3)."""
        return self.controls.image

    def summary(self) -> str:
        return f"{self.controls.image_name}, {self.computed.title}"

    def describe(self) -> str:
        row, column = self.image_view.cursor
        here = f"row {row}, column {column}: {self.image_view.reading}"
        return f"PixelExplorer: {self.computed.caption}; {here}"
