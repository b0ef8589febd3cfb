"""One window of PoolingExplorer: its pixels, which of them are kept, and its numbers in a line."""

from dataclasses import dataclass

import numpy as np

from helpers.explorers.models.lively import liveliest
from helpers.explorers.models.picture import spoken
from helpers.explorers.models.pooling import PoolingControls, PoolingView
from helpers.images import to_gray
from helpers.pooling import pool as library_pool
from helpers.rendering import format_number
from helpers.sliding_windows import windows

KEEPS_A_PIXEL = ("max", "min", "brightest")
MOST_LISTED = 9  # numbers of a window that are listed
LONGEST_LINE = "{} of {{" + ", ".join(["-10.25"] * MOST_LISTED) + "}} = -10.25"
LONGEST_SHORT_LINE = "{} of 64 pixels = red 0.25, green 0.25, blue 0.25"


@dataclass(frozen=True, eq=False)
class WindowView:
    """The window of one output pixel: its corner, its pixels, and its numbers in a line."""

    top: int
    left: int
    cells: np.ndarray  # (size, size) or (size, size, 3)
    kept: tuple[tuple[int, int], ...]  # (row, column) in the window of each pixel that is kept
    line: str


def explain(controls: PoolingControls, view: PoolingView, position: tuple[int, int]) -> WindowView:
    """Return the window of the output pixel at a (row, column)."""
    cells, output = windows(view.image, *controls.geometry)[position], view.result[position]
    inside = f"{controls.size**2} pixels"
    if view.numbered and cells.size <= MOST_LISTED:
        inside = "{" + ", ".join(map(format_number, cells.ravel())) + "}"
    return WindowView(
        top=position[0] * controls.stride,
        left=position[1] * controls.stride,
        cells=cells,
        kept=kept_cells(cells, controls.mode) if controls.pool is library_pool else (),
        line=f"{controls.operation} of {inside} = {spoken(output)}",
    )


def start(controls: PoolingControls, image: np.ndarray) -> tuple[int, int]:
    """Return the (row, column) of the output pixel where the maximum is furthest above the mean."""
    return liveliest(
        image, controls.geometry, lambda cells: cells.max(axis=(2, 3)) - cells.mean(axis=(2, 3))
    )


def kept_cells(cells: np.ndarray, mode: str) -> tuple[tuple[int, int], ...]:
    """Return the (row, column) in a window of the pixels that a mode keeps.

    The maximum and the minimum of a color are taken channel by channel, so up to three pixels may
    be kept in part. A mean keeps none.

    >>> kept_cells(np.array([[5, 7], [9, -3]]), "max"), kept_cells(np.ones((2, 2)), "mean")
    (((1, 0),), ())
    """
    if mode not in KEEPS_A_PIXEL:
        return ()
    values = to_gray(cells) if mode == "brightest" else cells
    flat = values.reshape(cells.shape[0] * cells.shape[1], -1)
    places = flat.argmin(axis=0) if mode == "min" else flat.argmax(axis=0)
    return tuple(divmod(int(place), cells.shape[1]) for place in dict.fromkeys(places.tolist()))
