"""What PixelExplorer computes: one channel or all, one pixel, and the pixels around it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from helpers.encoding import to_bytes
from helpers.explorers.models.lively import liveliest
from helpers.explorers.models.picture import as_photo
from helpers.images import to_gray
from helpers.rendering import View, format_number, render

CHANNELS = ["all channels", "red", "green", "blue", "gray (luma)"]
# conversion to the unit, and the value of white; to_bytes rounds as for the screen
UNITS: dict[str, tuple[Callable, int]] = {"0 to 1": (np.asarray, 1), "0 to 255": (to_bytes, 255)}
COUNTED = "Rows are counted from the top, columns from the left."
LONGEST_READING = f"Row 400, column 400: red 0.25, green 0.25, blue 0.25. {COUNTED}"
NEAR = 7  # rows and columns of the enlarged part


@dataclass(frozen=True, eq=False)
class PixelControls:
    """The values of the controls; `image` is the picture with the painted pixels."""

    picture: Any  # what was chosen; another object for another picture
    image: np.ndarray  # (H, W) or (H, W, 3)
    image_name: str
    channel: str  # one of CHANNELS
    unit: str  # one of UNITS


@dataclass(frozen=True, eq=False)
class PixelView:
    """What the explorer shows."""

    shown: np.ndarray  # (H, W), or (H, W, 3) for all channels
    image_view: View
    title: str
    caption: str


@dataclass(frozen=True, eq=False)
class NeighborhoodView:
    """One pixel, and the pixels around it, from row `top` and column `left` on."""

    top: int
    left: int
    part: View
    numbers: np.ndarray  # printed in its cells, (7, 7), or (7, 7, 3) for colors
    title: str
    values: str
    reading: str  # the value of the pixel, in a sentence


def compute(controls: PixelControls) -> PixelView:
    """Return the picture of one channel or of all, with its scale in the chosen unit."""
    gray = controls.image.ndim == 2
    channel = "gray" if gray else controls.channel
    shown = controls.image if gray else _channel_of(controls.image, channel)
    _, white = UNITS[controls.unit]
    labels = tuple(format_number(white * share) for share in (0, 0.5, 1))
    return PixelView(
        shown=shown,
        image_view=render(shown, "as a photo")._replace(note="", labels=labels),
        title=f"{channel}: shape {shown.shape}",
        caption=f"{controls.image_name}, {channel}",
    )


def _channel_of(image: np.ndarray, channel: str) -> np.ndarray:
    if channel == CHANNELS[0]:
        return image
    return to_gray(image) if channel == CHANNELS[4] else image[..., CHANNELS.index(channel) - 1]


def start(image: np.ndarray) -> tuple[int, int]:
    """Return the (row, column) of the center of a part of the image where the values vary."""
    size = min(NEAR, *image.shape[:2])
    geometry = size, 2, 1  # every other window, which takes a quarter of the time
    row, column = liveliest(image, geometry, lambda cells: cells.std(axis=(2, 3)))
    return 2 * row + size // 2, 2 * column + size // 2


def explain(controls: PixelControls, view: PixelView, place: tuple[int, int]) -> NeighborhoodView:
    """Return the value of the pixel at a (row, column), and the pixels around it."""
    row, column = place
    in_unit, _ = UNITS[controls.unit]
    top, left = (max(0, min(at - NEAR // 2, n - NEAR)) for at, n in zip(place, view.shown.shape))
    part = view.shown[top : top + NEAR, left : left + NEAR]
    rows, columns = part.shape[:2]
    numbers = np.atleast_1d(in_unit(part)[row - top, column - left])
    names = CHANNELS[1:4] if len(numbers) == 3 else ["value"]
    values = ", ".join(f"{name} {format_number(n)}" for name, n in zip(names, numbers))
    return NeighborhoodView(
        top=top,
        left=left,
        part=as_photo(part),
        numbers=in_unit(part),
        title=f"rows {top} to {top + rows - 1}, columns {left} to {left + columns - 1}",
        values=values,
        reading=f"Row {row}, column {column}: {values}. {COUNTED}",
    )


class Paint(NamedTuple):
    """Painted pixels, kept apart from the picture, which may be in color or in gray."""

    where: np.ndarray  # (H, W), bool
    colors: np.ndarray  # (H, W, 3)


def painted(paint: Paint | None, image: np.ndarray, cells: list, color: list) -> Paint:
    """Return a copy of the paint on an image with some more (row, column) pixels painted."""
    if paint is None:
        paint = Paint(np.zeros(image.shape[:2], bool), np.zeros((*image.shape[:2], 3), image.dtype))
    where, colors = paint.where.copy(), paint.colors.copy()
    for cell in cells:
        where[cell], colors[cell] = True, color
    return Paint(where, colors)


def with_paint(image: np.ndarray, paint: Paint | None) -> np.ndarray:
    """Return an image with its painted pixels; in a gray image they have the luma of their color."""
    if paint is None:
        return image
    if image.ndim == 2:
        return np.where(paint.where, to_gray(paint.colors), image)
    return np.where(paint.where[..., None], paint.colors, image)
