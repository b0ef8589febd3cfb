"""What PoolingExplorer computes: the pooled image, another mode for comparison, and the effect of a shift."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers.colormaps import MARK
from helpers.edges import edge_maps
from helpers.explorers.models.dropped import dropped_by, dropped_note
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import shares
from helpers.explorers.models.pooling_notes import about_new_colors, about_scale, about_shift
from helpers.explorers.models.user_function import changed
from helpers.geometry import plan
from helpers.messages import name_of_function
from helpers.pooling import pool as library_pool
from helpers.pooling_effects import fraction_unchanged, new_colors
from helpers.rendering import View, render, scale_limit
from helpers.user_function import call

SOURCES = {
    "the picture": lambda image: image,
    "its vertical edges": lambda image: edge_maps(image).vertical,
    "its edge strength": lambda image: edge_maps(image).magnitude,
}
MOST_NUMBERED = 12  # rows or columns of an image whose cells show their numbers


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

    @property
    def summary(self) -> str:
        """What is done, in a few words."""
        dilation = f", dilation {self.dilation}" if self.dilation > 1 else ""
        size = f"{self.size}×{self.size}"
        return f"{self.operation} pooling {size}, stride {self.stride}{dilation}"


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
        remark = about_new_colors(new)
        if controls.mark_new:
            views["max"] = _marked(views["max"], new)
    elif look[0] == "signed":
        remark = memo("beyond", about_scale, image, result, look[2])
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
        note=about_shift(unchanged),
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


def _drawn(image: np.ndarray, look: tuple[str, float, float]) -> View:
    view = render(image, *look)
    return view._replace(note="" if look[0] == "signed" else view.cut)  # see `about_scale`


def _rival(mode: str, image: np.ndarray) -> str:
    """Return the mode that another is compared with: max, and max with one that treats colors well."""
    if mode != "max":
        return "max"
    return "brightest" if image.ndim == 3 else "mean"


def _marked(view: View, new: np.ndarray) -> View:
    return view.with_pixels(np.where(new[..., None], np.array(MARK, np.uint8), view.data))


def painted(grid: np.ndarray, cells: list, value: float, shift: tuple[int, int]) -> np.ndarray:
    """Return a copy of a grid with some cells set; their (row, column) is that of the shifted grid."""
    grid = grid.copy()
    for cell in cells:
        grid[tuple(np.subtract(cell, shift) % grid.shape)] = value
    return grid
