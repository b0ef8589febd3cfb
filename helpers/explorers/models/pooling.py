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
from helpers.images import to_gray
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
KEEPS_A_PIXEL = ("max", "min", "brightest")
MOST_NUMBERED = 12  # rows or columns of an image whose cells show their numbers
NEW_COLORS = "of the pixels of max have a color that no pixel of their window has"
MOST_LISTED = 9  # numbers of a window that are listed
MOST_MARKED = 64  # rows or columns of an image in which a mark on one pixel can be told apart


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
    look: tuple[str, float, float]  # how both are drawn, see `render`
    rival_mode: str  # the mode for comparison; empty for a user's function
    rival: View | None
    has_new_colors: bool  # whether max is shown, of a color image
    remark: str  # how many of its colors are new, or how much lies beyond the scale
    unchanged: tuple[float, float] | None  # by the shift: fractions of the image and of the result
    note: str  # the same in a sentence
    share: float  # width of the result on the page, as a fraction of the image's
    numbered: bool  # whether cells show their numbers
    dropped: tuple[int, int]  # rows and columns at the end of the image that no window reaches
    caption: str


@dataclass(frozen=True, eq=False)
class WindowView:
    """The window of one output pixel: its corner, its pixels, and its numbers in a line."""

    top: int
    left: int
    cells: np.ndarray  # (size, size) or (size, size, 3)
    kept: tuple[tuple[int, int], ...]  # (row, column) in the window of each pixel that is kept
    line: str


LONGEST_LINE = "{} of {{" + ", ".join(["-10.25"] * MOST_LISTED) + "}} = -10.25"

LONGEST_SHORT_LINE = "{} of 64 pixels = 0.25, 0.25, 0.25"


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
    numbered = image.ndim == 2 and max(image.shape) <= MOST_NUMBERED
    views, remark = {controls.mode: memo("after", _drawn, result, look)}, ""
    rival_mode = "" if controls.pool is not library_pool else _rival(controls.mode, image)
    if rival_mode:
        rival = memo("rival", pool_with, image, library_pool, rival_mode, controls.geometry)
        views[rival_mode] = memo("rival view", _drawn, rival, look)
    has_new_colors = image.ndim == 3 and set(views) == {"max", "brightest"}
    if has_new_colors:
        new = memo("new colors", new_colors, image, *controls.geometry)
        remark = f"{percent(new.mean())} {NEW_COLORS}."
        if controls.mark_new:
            views["max"] = _marked(views["max"], new)
    elif look[0] == "signed":
        remark = memo("beyond", _beyond, image, result, look[2])
    dropped = dropped_by(image.shape, result.shape, controls.geometry)
    return PoolingView(
        image=image,
        result=result,
        before=memo("before", _before, image, look, dropped),
        after=views[controls.mode],
        look=look,
        rival_mode=rival_mode,
        rival=views.get(rival_mode),
        has_new_colors=has_new_colors,
        remark=remark,
        unchanged=unchanged,
        note=_note(unchanged),
        share=shares(image, result)[1] if controls.true_size else 1.0,
        numbered=numbered,
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
    return _drawn(image, look)._replace(note=dropped_note(*dropped))


def _beyond(image: np.ndarray, result: np.ndarray, limit: float) -> str:
    shares = [np.mean(np.abs(values) > limit) for values in (image, result)]
    if not any(shares):
        return ""
    return (
        "The scale ends at the 99th percentile of the input:"
        " {} of its values lie beyond, and {} of the output's."
    ).format(*(percent(share, decimals=1) for share in shares))


def _drawn(image: np.ndarray, look: tuple[str, float, float]) -> View:
    view = render(image, *look)
    return view._replace(note="" if look[0] == "signed" else view.cut)  # see `_beyond`


def _rival(mode: str, image: np.ndarray) -> str:
    """Return the mode that another is compared with: max, and max with one that treats colors well."""
    if mode != "max":
        return "max"
    return "brightest" if image.ndim == 3 else "mean"


def _marked(view: View, new: np.ndarray) -> View:
    return view.with_pixels(np.where(new[..., None], np.array(MARK, np.uint8), view.data))


def _note(unchanged: tuple[float, float] | None) -> str:
    if unchanged is None:
        return ""
    return (
        "After the shift, {} of the image's pixels and {} of the output's are unchanged (within 0.05)."
    ).format(*map(percent, unchanged))


LONGEST_NOTE = _note((0.001, 0.001))
LONGEST_REMARK = _beyond(np.ones(2000), np.ones(2000), 0)


def explain(controls: PoolingControls, view: PoolingView, position: tuple[int, int]) -> WindowView:
    """Return the window of the output pixel at a (row, column)."""
    cells, output = windows(view.image, *controls.geometry)[position], view.result[position]
    inside = f"{controls.size**2} pixels"
    if view.numbered and cells.size <= MOST_LISTED:
        inside = "{" + ", ".join(map(format_number, cells.ravel())) + "}"
    values = ", ".join(map(format_number, np.ravel(output)))
    return WindowView(
        top=position[0] * controls.stride,
        left=position[1] * controls.stride,
        cells=cells,
        kept=kept_cells(cells, controls.mode) if controls.pool is library_pool else (),
        line=f"{controls.operation} of {inside} = {values}",
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


def painted(grid: np.ndarray, cells: list, value: float, shift: tuple[int, int]) -> np.ndarray:
    """Return a copy of a grid with some cells set; their (row, column) is that of the shifted grid."""
    grid = grid.copy()
    for cell in cells:
        grid[tuple(np.subtract(cell, shift) % grid.shape)] = value
    return grid
