"""What EdgeExplorer computes: the four edge maps of an image, their pictures, one pixel as text."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from helpers.direction import NAMES, direction_key, place_on_key, render_direction
from helpers.edges import EdgeMaps, edge_maps_by
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.user_function import convolve_with
from helpers.rendering import View, format_number, percent, render, scale_limit

COMPASS = ("right", "down right", "down", "down left", "left", "up left", "up", "up right")
LONGEST_READING = (
    "Row 400, column 400: vertical -10.25, horizontal -10.25, magnitude 10.25, direction -135°"
    " (down right)."
)
DIRECTION_NOTE = "from dark to bright; "
LONGEST_DIRECTION_NOTE = f"{DIRECTION_NOTE}brightest: 0.123 or more"
KEY_ALT = f"color key of the directions, from dark to bright: {NAMES}; no edge black"
KEY_NOTE = "center: no edge; circle: {} or more"


@dataclass(frozen=True, eq=False)
class EdgeControls:
    """The values of the controls."""

    image: np.ndarray  # gray, (H, W)
    image_name: str
    family: str  # "sobel", "prewitt" or "scharr"
    convolve: Callable
    threshold: float = 0.0  # the least magnitude that counts as an edge


@dataclass(frozen=True, eq=False)
class EdgeView:
    """What the explorer shows."""

    maps: EdgeMaps
    limit: float  # the magnitude at the end of all scales; 0 for a flat image
    pictures: dict[str, View]  # of the image, of each map and of the color key, by name

    @property
    def strongest(self) -> tuple[int, int]:
        """The (row, column) of the strongest edge; in a flat image, the center."""
        strength = self.maps.magnitude
        if not self.limit:
            return strength.shape[0] // 2, strength.shape[1] // 2
        row, column = np.unravel_index(strength.argmax(), strength.shape)
        return int(row), int(column)


def compute(controls: EdgeControls, memo: Memo) -> EdgeView:
    """Return what EdgeExplorer shows; all maps have one scale. What is no edge is drawn as 0."""
    convolve = partial(convolve_with, controls.convolve, options={})
    maps = edge_maps_by(convolve, controls.image, controls.family)
    limit = scale_limit(maps.magnitude)
    note = KEY_NOTE.format(f"{limit or 1:.3g}")
    edges = np.where(maps.magnitude < controls.threshold, 0, maps.magnitude)
    direction = render_direction(maps.direction, edges, limit)
    magnitude = render(edges, "absolute")
    if controls.threshold:
        magnitude = render(edges, "absolute", limit=limit)._replace(note=edge_note(edges))
    pictures = {
        "image": memo("image", _as_photo, controls.image),
        "vertical": render(maps.vertical, "signed", limit=limit),
        "horizontal": render(maps.horizontal, "signed", limit=limit),
        "magnitude": magnitude,
        "direction": direction._replace(note=f"{DIRECTION_NOTE}{direction.note}"),
        "key": memo("key", direction_key)._replace(note=note),
    }
    return EdgeView(maps, limit, pictures)


def edge_note(edges: np.ndarray) -> str:
    """Return how many pixels are edges: those that are not 0.

    >>> edge_note(np.array([0, 2, 0, 0]))
    'edges: 25.0% of the pixels'
    """
    return f"edges: {percent(np.count_nonzero(edges) / edges.size, decimals=1)} of the pixels"


def _as_photo(image: np.ndarray) -> View:
    return render(image, "as a photo")._replace(note="")


def key_place(view: EdgeView, position: tuple[int, int]) -> tuple[int, int]:
    """Return the (row, column) of the color key where a pixel's direction and magnitude lie."""
    share = view.maps.magnitude[position] / (view.limit or 1)
    return place_on_key(float(view.maps.direction[position]), float(share))


def explain(maps: EdgeMaps, position: tuple[int, int]) -> str:
    """Return the position of a pixel and its values in the four maps, as a sentence."""
    row, column = position
    return f"Row {row}, column {column}: {values_at(maps, position)}."


def values_at(maps: EdgeMaps, position: tuple[int, int]) -> str:
    """Return the values of a pixel in the four maps."""
    numbers = [
        f"{name} {format_number(getattr(maps, name)[position])}"
        for name in ("vertical", "horizontal", "magnitude")
    ]
    return ", ".join([*numbers, _direction(maps, position)])


def _direction(maps: EdgeMaps, position: tuple[int, int]) -> str:
    if maps.magnitude[position] == 0:
        return "no direction"
    degrees = np.degrees(maps.direction[position]).round()
    way = COMPASS[round(float(degrees) / 45) % 8]
    return f"direction {format_number(degrees)}° ({way})"
