"""What EdgeExplorer computes: the four edge maps of an image, their pictures, one pixel as text."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from helpers.edges import EdgeMaps, edge_maps_by
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.user_function import convolve_with
from helpers.rendering import View, format_number, render, render_direction

LONGEST_READING = (
    "Row 400, column 400: vertical -10.25, horizontal -10.25, magnitude 10.25, direction -135°"
    " (0 right, 90 down)."
)
FLAT = 1e-5  # smaller magnitudes are rounding errors, without a direction


@dataclass(frozen=True, eq=False)
class EdgeControls:
    """The values of the controls."""

    image: np.ndarray  # gray, (H, W)
    image_name: str
    family: str  # "sobel", "prewitt" or "scharr"
    convolve: Callable


@dataclass(frozen=True, eq=False)
class EdgeView:
    """What the explorer shows."""

    maps: EdgeMaps
    pictures: dict[str, View]  # of the image and of each map, by name


def compute(controls: EdgeControls, memo: Memo) -> EdgeView:
    """Return what EdgeExplorer shows."""
    convolve = partial(convolve_with, controls.convolve, options={})
    maps = edge_maps_by(convolve, controls.image, controls.family)
    pictures = {
        "image": memo("image", _as_photo, controls.image),
        "vertical": render(maps.vertical, "signed"),
        "horizontal": render(maps.horizontal, "signed"),
        "magnitude": render(maps.magnitude, "absolute"),
        "direction": render_direction(maps.direction, maps.magnitude),
    }
    return EdgeView(maps, pictures)


def _as_photo(image: np.ndarray) -> View:
    return render(image, "as a photo")._replace(note="")


def explain(maps: EdgeMaps, position: tuple[int, int]) -> str:
    """Return the position of a pixel and its values in the four maps, as a sentence."""
    row, column = position
    numbers = ", ".join(
        f"{name} {format_number(getattr(maps, name)[position])}"
        for name in ("vertical", "horizontal", "magnitude")
    )
    return f"Row {row}, column {column}: {numbers}, {_direction(maps, position)}."


def _direction(maps: EdgeMaps, position: tuple[int, int]) -> str:
    if maps.magnitude[position] < FLAT:
        return "no direction"
    degrees = format_number(np.degrees(maps.direction[position]).round())
    return f"direction {degrees}° (0 right, 90 down)"
