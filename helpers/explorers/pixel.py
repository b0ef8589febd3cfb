"""PixelExplorer: read a pixel, look at the numbers around it, and paint some."""

import numpy as np

from helpers.encoding import to_bytes
from helpers.explorers.base import Explorer, choice, row, text, write
from helpers.explorers.widgets.brush import Brush
from helpers.explorers.widgets.image_picker import ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.images import to_gray
from helpers.rendering import format_number, render

CHANNELS = ["all channels", "red", "green", "blue", "gray (luma)"]
# how numbers are made, and what white is; to_bytes rounds as the screen does
UNITS = {"0 to 1": (np.asarray, 1), "0 to 255": (to_bytes, 255)}
NEAR = 7  # rows and columns of the enlarged part


class PixelExplorer(Explorer):
    """A picture, the pixel that is pointed at, and the numbers around it.

    Parameters
    ----------
    image : sample name, path, a file's bytes, or an (H, W) or (H, W, 3) array in [0, 1]

    `image` holds the pixels with what was painted; choosing a picture anew takes the paint off.
    """

    def __init__(self, image="cat"):
        self.picker = ImagePicker(image)
        self.channel = choice("show", CHANNELS, CHANNELS[0], "Which channel to look at", "190px")
        self.unit = choice("numbers", list(UNITS), "0 to 1", "How numbers are written", "170px")
        self.screen = ImageView(
            interactive=True, layout={"flex": "1 1 300px", "max_width": "512px"}
        )
        self.near = ImageView(width=340, layout={"flex": "1 1 240px", "max_width": "340px"})
        self.reading = text()
        self.brush = Brush(("red", "green", "blue"), 1.0, min=0, max=1, step=0.05)
        self.brush.follow(self.screen, self._paint)
        self.image = self.picker.value.copy()
        controls = row(self.picker, self.channel, self.unit, align_items="center")
        parts = [controls, self.brush, self.reading, row(self.screen, self.near)]
        super().__init__(parts, (self.picker, self.brush), [[self.screen, self.near]])
        self.picker.observe(self._take_picture, "value")
        self.channel.observe(self.refresh, "value")
        self.unit.observe(self.refresh, "value")
        self.screen.observe(self._read, "cursor")
        self.screen.center()

    def _take_picture(self, change):
        self.image = self.picker.value.copy()
        self.refresh()
        self.screen.center()

    def _paint(self, cells, value):
        gray = self.image.ndim == 2
        for cell in cells:
            self.image[cell] = to_gray(np.array([[value]]))[0, 0] if gray else value
        self.refresh()

    def update(self):
        gray = self.image.ndim == 2
        chosen = "gray" if gray else self.channel.value
        self.channel.disabled = gray
        if gray or chosen == CHANNELS[0]:
            shown = self.image
        elif chosen == CHANNELS[4]:
            shown = to_gray(self.image)
        else:
            shown = self.image[..., CHANNELS.index(chosen) - 1]
        self.shown, self.caption = shown, f"{self.picker.name.value}, {chosen}"
        _, white = UNITS[self.unit.value]
        labels = tuple(format_number(white * share) for share in (0, 0.5, 1))
        view = render(shown, "as a photo")._replace(note="", labels=labels)
        title = f"{chosen}: shape {shown.shape}"
        self.screen.show(view, title=title, alt=f"{self.picker.name.value}, {title}")
        self._read()

    def _read(self, change=None):
        """Say the pointed pixel's numbers, and show those around it."""
        place = row, column = self.screen.cursor
        in_unit, _ = UNITS[self.unit.value]
        top, left = (
            max(0, min(at - NEAR // 2, n - NEAR)) for at, n in zip(place, self.shown.shape)
        )
        part = self.shown[top : top + NEAR, left : left + NEAR]
        rows, columns = part.shape[:2]
        numbers = np.atleast_1d(in_unit(part)[row - top, column - left])
        names = CHANNELS[1:4] if len(numbers) == 3 else ["value"]
        said = ", ".join(f"{name} {format_number(n)}" for name, n in zip(names, numbers))
        where = f"Row {row}, column {column}: {said}."
        write(self.reading, f"{where} Rows are counted down, columns to the right.")
        view = render(part, "as a photo").without_scale()
        title = f"rows {top} to {top + rows - 1}, columns {left} to {left + columns - 1}"
        flat = None if part.ndim == 3 else in_unit(part)
        self.near.show(view, flat, title=title, alt=f"the pixels around: {said}")
        self.near.marks = [mark(row - top, column - left)]
        self.screen.marks = [mark(row, column), mark(top, left, rows, columns, thin=True)]

    def describe(self):
        return f"PixelExplorer: {self.caption}"
