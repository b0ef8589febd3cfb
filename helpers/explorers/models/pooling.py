"""What PoolingExplorer computes: the pooled image, another mode for comparison, and the effect of a shift."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers.colormaps import MARK
from helpers.edges import edge_maps
from helpers.explorers.models.dropped import dropped_by, dropped_note
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import shares
from helpers.explorers.models.user_function import changed
from helpers.geometry import plan
from helpers.messages import name_of_function
from helpers.pooling import pool as library_pool
from helpers.pooling_effects import fraction_unchanged, new_colors
from helpers.rendering import View, format_number, percent, render, scale_limit
from helpers.sliding_windows import windows
from helpers.user_function import call

SOURCES = {
    "the picture": lambda image: image,
    "its vertical edges": lambda image: edge_maps(image).vertical,
    "its edge strength": lambda image: edge_maps(image).magnitude,
}
RIVALS = {"max": "brightest", "brightest": "max"}
MOST_NUMBERED = 12  # rows or columns of an image whose cells show their numbers
NEW_COLORS = "of its pixels have a color that no pixel of their window has"
MOST_LISTED = 16  # numbers of a window that are listed


@dataclass(frozen=True, eq=False)
class PoolingControls:
    """The values of the controls; `picture` may be a grid of numbers of any size."""

    picture: np.ndarray  # (H, W) or (H, W, 3)
    name: str
    source: str  # what is pooled, one of SOURCES
    mode: str
    size: int
    stride: int
    dilation: int
    shift: tuple[int, int]  # rows down, columns to the right
    true_size: bool
    mark_new: bool  # whether colors that no pixel of the window has are marked
    pool: Callable

    @property
    def geometry(self) -> tuple[int, int, int]:
        """Size, stride and dilation of the window."""
        return self.size, self.stride, self.dilation

    @property
    def operation(self) -> str:
        """The mode, or the name of the user's function."""
        if self.pool is library_pool:
            return self.mode
        return name_of_function(self.pool)


@dataclass(frozen=True, eq=False)
class PoolingView:
    """What the explorer shows."""

    image: np.ndarray  # the input of pooling, after the shift
    result: np.ndarray  # (H', W') or (H', W', 3)
    before: View
    after: View
    rival_mode: str  # for colors, the other of "max" and "brightest"; else empty
    rival: View | None
    unchanged: tuple[float, float] | None  # by the shift: fractions of the image and of the result
    note: str  # the same in a sentence
    share: float  # width of the result on the page, as a fraction of the image's
    numbered: bool  # whether cells show their numbers
    dropped: tuple[int, int]  # rows and columns at the end of the image that no window reaches
    caption: str


@dataclass(frozen=True, eq=False)
class WindowView:
    """The window of one output pixel: its corner, and its numbers in a line."""

    top: int
    left: int
    line: str


LONGEST_LINE = "{} of {{" + ", ".join(["-10.25"] * MOST_LISTED) + "}} = 0.25, 0.25, 0.25"


def compute(controls: PoolingControls, memo: Memo) -> PoolingView:
    """Return what PoolingExplorer shows; pooling is repeated only if its input has changed."""
    unmoved = memo("source", _source, controls.picture, controls.source)
    how = controls.pool, controls.mode, controls.geometry
    image, result = unmoved, memo("unshifted result", pool_with, unmoved, *how)
    unchanged = None
    if any(controls.shift):
        image, unshifted = memo("image", np.roll, unmoved, controls.shift, (0, 1)), result
        result = memo("result", pool_with, image, *how)
        unchanged = memo("unchanged", _unchanged, unmoved, image, unshifted, result)
    look = memo("look", _look, image)
    after = memo("after", render, result, *look)
    rival_mode, rival = "", None
    if image.ndim == 3 and controls.pool is library_pool and controls.mode in RIVALS:
        rival_mode = RIVALS[controls.mode]
        after, rival = _rivals(controls, memo, image, after)
    dropped = dropped_by(image.shape, result.shape, controls.geometry)
    return PoolingView(
        image=image,
        result=result,
        before=memo("before", _before, image, look, dropped),
        after=after,
        rival_mode=rival_mode,
        rival=rival,
        unchanged=unchanged,
        note=_note(unchanged),
        share=shares(image, result)[1] if controls.true_size else 1.0,
        numbered=image.ndim == 2 and max(image.shape) <= MOST_NUMBERED,
        dropped=dropped,
        caption=f"{controls.operation} of {controls.name}, size {controls.size}",
    )


def _source(picture: np.ndarray, source: str) -> np.ndarray:
    return SOURCES[source](picture)


def pool_with(
    image: np.ndarray, function: Callable, mode: str, geometry: tuple[int, int, int]
) -> np.ndarray:
    """Pool with the user's function or the library's; `geometry` is size, stride, dilation."""
    size, stride, dilation = geometry
    if function is library_pool:
        return library_pool(image, size, stride, mode, dilation=dilation)
    now = {"stride": stride, "mode": mode, "dilation": dilation}
    options = changed(now, {"stride": size, "mode": "max", "dilation": 1})
    shape, _ = plan(image.shape[:2], (size, size), stride, 0, dilation, name="size")
    arguments = {"image": image, "size": size}
    return call(function, arguments, options, shape + image.shape[2:])


def _unchanged(
    unmoved: np.ndarray, image: np.ndarray, unshifted: np.ndarray, result: np.ndarray
) -> tuple[float, float]:
    return fraction_unchanged(unmoved, image), fraction_unchanged(unshifted, result)


def _look(image: np.ndarray) -> tuple[str, float, float]:
    """Return how an image and its pooled image are drawn: the view, the value of white, the limit."""
    view = "signed" if image.min() < 0 else "as a photo"
    return view, max(1.0, float(image.max())), scale_limit(image)


def _before(image: np.ndarray, look: tuple[str, float, float], dropped: tuple[int, int]) -> View:
    view, white, _ = look
    picture = render(image, view, white)  # its own limit, the third part of the look
    return picture._replace(note="; ".join(filter(None, [picture.cut, dropped_note(*dropped)])))


def _note(unchanged: tuple[float, float] | None) -> str:
    if unchanged is None:
        return "Shift the image to see how many pixels of both pictures stay unchanged."
    return (
        "After the shift, {} of the image's pixels and {} of the output's are unchanged (within 0.05)."
    ).format(*map(percent, unchanged))


LONGEST_NOTE = _note((0.001, 0.001))


def _rivals(
    controls: PoolingControls, memo: Memo, image: np.ndarray, after: View
) -> tuple[View, View]:
    """Return the views of "max" and "brightest" for a color image, the chosen mode first."""
    mode, other, geometry = controls.mode, RIVALS[controls.mode], controls.geometry
    pooled = memo("rival", pool_with, image, library_pool, other, geometry)
    views = {mode: after, other: memo("rival view", render, pooled, "as a photo")}
    new = memo("new colors", new_colors, image, *geometry)
    if controls.mark_new:
        pixels = np.where(new[..., None], np.array(MARK, np.uint8), views["max"].data)
        views["max"] = views["max"].with_pixels(pixels)
    note = f"{percent(new.mean())} {NEW_COLORS}"
    views["max"] = views["max"]._replace(note=note)
    views["brightest"] = views["brightest"]._replace(note="whole pixels: no new colors")
    return views[mode], views[other]


def explain(controls: PoolingControls, view: PoolingView, position: tuple[int, int]) -> WindowView:
    """Return the window of the output pixel at a (row, column)."""
    cells, output = windows(view.image, *controls.geometry)[position], view.result[position]
    inside = f"{controls.size**2} pixels"
    if cells.ndim == 2 and cells.size <= MOST_LISTED:
        inside = "{" + ", ".join(map(format_number, cells.ravel())) + "}"
    values = ", ".join(map(format_number, np.ravel(output)))
    return WindowView(
        top=position[0] * controls.stride,
        left=position[1] * controls.stride,
        line=f"{controls.operation} of {inside} = {values}",
    )


def painted(grid: np.ndarray, cells: list, value: float, shift: tuple[int, int]) -> np.ndarray:
    """Return a copy of a grid with some cells set; their (row, column) is that of the shifted grid."""
    grid = grid.copy()
    for cell in cells:
        grid[tuple(np.subtract(cell, shift) % grid.shape)] = value
    return grid
