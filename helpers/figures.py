"""Static figures: arrays in, a Matplotlib Figure out. They work without widgets."""

from collections.abc import Sequence
from math import ceil
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import ArrayLike, NDArray

from helpers.chart_figures import show_bars, show_curves
from helpers.colormaps import ink_on
from helpers.messages import describe
from helpers.picture_arrays import as_image, holds_bytes
from helpers.rendering import View, format_number, render
from helpers.static_figure import StaticFigure
from helpers.validation import as_positive, where_not_finite

__all__ = [
    "add_scale",
    "show_bars",
    "show_curves",
    "show_images",
    "show_with_imshow",
]

MIN_NUMBERED_CELL = 0.24  # inches: numbers are printed in cells at least this wide
MIN_LETTER_WIDTH = 6  # points: numbers with less room per letter would overlap
MAX_ROW_WIDTH, MAX_HEIGHT = 9.6, 3.6  # inches, of a row of images
MIN_IMAGE_WIDTH = 0.6  # inches: room for a title and a scale
NOTE_LETTERS = 14  # per inch, of a note below a scale
ROUNDING = 1e-6  # rounding leaves no more of a sum of float32 pixels that is 0


def show_images(
    images: Sequence[ArrayLike],
    titles: Sequence[str],
    views: str | Sequence[str] = "as a photo",
    white: float | None = None,
    name: str | None = None,
    limit: float | None = None,
    alt: str | None = None,
) -> StaticFigure:
    """Draw images side by side, each with its color scale and, where values lie beyond it, their share.

    Parameters
    ----------
    images : list of (H, W) or (H, W, 3) arrays; numbers are printed in cells that are large enough
    titles : list of str, one per image
    views : str, or a list of them; see `helpers.rendering.VIEWS`
    white : float, the value drawn white in the view "as a photo"; if left out 255 for bytes (uint8
        arrays with a value above 1) and 1 for all others
    name : str, shown where no picture can be; the titles if left out
    limit : float, the upper end of all scales but those of the view "as a photo", so that colors can
        be compared; each image's `helpers.rendering.scale_limit` if left out. Without it, an image
        of floats up to 1e-6 is drawn as 0 in all views but "as a photo", and a note says so: they
        may be rounding errors
    alt : str, what there is to see, for those who cannot see it; the titles if left out. What lies
        beyond a scale is added to it

    Returns
    -------
    StaticFigure

    Raises
    ------
    ValueError, TypeError : if there is not one title and one view per image, for another array or
        one that is not finite, or if `white` or `limit` is not a finite number above 0.
    """
    if isinstance(titles, str):
        raise TypeError(f"titles must be a list of str, one per image; got {describe(titles)}")
    views = [views] * len(images) if isinstance(views, str) else views
    if not len(images) == len(titles) == len(views) or not len(images):
        raise ValueError(
            f"images, titles and views must have the same length, at least 1; got {len(images)},"
            f" {len(titles)} and {len(views)}"
            + (": put a single image into a list" if isinstance(images, np.ndarray) else "")
        )
    white = None if white is None else as_positive("white", white)
    if limit is not None and not (np.isscalar(limit) and limit == 0):  # that of images of zeros
        limit = as_positive("limit", limit)
    arrays = [_as_drawable(f"images[{n}]", image) for n, image in enumerate(images)]
    aspect = max(array.shape[0] / array.shape[1] for array in arrays)  # of the tallest
    width = max(min(MAX_ROW_WIDTH / len(arrays), MAX_HEIGHT / aspect), MIN_IMAGE_WIDTH)
    height = min(width * aspect, MAX_HEIGHT)
    drawn = [_render(array, view, white, limit) for array, view in zip(arrays, views)]
    notes = [fill(view.cut, int(NOTE_LETTERS * width)) for view in drawn]
    lines = max(note.count("\n") + bool(note) for note in notes)
    size = len(arrays) * width, height + 0.9 + 0.17 * lines  # room for title, scale and notes
    figure = StaticFigure(figsize=size, dpi=80, layout="constrained")
    all_axes = figure.subplots(1, len(arrays), squeeze=False)[0]
    for axes, array, title, view, note in zip(all_axes, arrays, titles, drawn, notes):
        _draw(axes, array, title, view, note, width)
    figure.name = "Figure: " + ("; ".join(titles) if name is None else name)
    cuts = [f"{title} ({view.cut})" for title, view in zip(titles, drawn) if view.cut]
    told = [f"{title} ({view.cut})" if view.cut else title for title, view in zip(titles, drawn)]
    figure.alt = "Figure: " + "; ".join(told if alt is None else [alt, *cuts])
    return figure


def show_with_imshow(
    images: Sequence[ArrayLike],
    titles: Sequence[str],
    options: Sequence[dict],
    alt: str,
    columns: int | None = None,
) -> StaticFigure:
    """Draw arrays as Matplotlib's `imshow` draws them, each with its options.

    `figure.axes[n].images[0]` is what `imshow` returned for image n.

    Parameters
    ----------
    images : list of (H, W) or (H, W, 3) arrays
    titles : list of str, one per image
    options : list of dicts, the options of `imshow`, one per image
    alt : str, what there is to see, for those who cannot see it
    columns : int, images in a row; all of them if left out

    Returns
    -------
    StaticFigure
    """
    columns = columns or len(images)
    rows = ceil(len(images) / columns)
    aspect = max(np.shape(image)[0] / np.shape(image)[1] for image in images)
    size = MAX_ROW_WIDTH, rows * (MAX_ROW_WIDTH / columns * aspect + 0.4)
    figure = StaticFigure(figsize=size, dpi=80, layout="constrained")
    all_axes = figure.subplots(rows, columns, squeeze=False).flat
    for axes in all_axes[len(images) :]:
        axes.remove()
    for axes, image, title, chosen in zip(figure.axes, images, titles, options, strict=True):
        axes.imshow(image, **chosen)
        axes.set_title(title, fontsize=11)
        axes.set_xticks([])
        axes.set_yticks([])
    figure.name, figure.alt = "Figure: " + "; ".join(titles), f"Figure: {alt}"
    return figure


def _as_drawable(name: str, image: ArrayLike) -> NDArray:
    array = as_image(name, image)
    if not (np.isfinite(array.min()) and np.isfinite(array.max())):
        raise ValueError(f"{name} must be finite; got {where_not_finite(array)}")
    return array


def _render(array: NDArray, view: str, white: float | None, limit: float | None) -> View:
    if limit is None and view != "as a photo" and array.dtype.kind == "f":
        largest = abs(array).max()
        if 0 < largest <= ROUNDING:
            note = f"drawn as 0: at most {largest:.2g}, which may be rounding"
            return render(np.zeros_like(array), view)._replace(cut=note)
    if white is None:
        white = 255.0 if holds_bytes(array) else 1.0
    return render(array, view, white, limit)


def _draw(axes: Axes, image: NDArray, title: str, view: View, note: str, width: float) -> None:
    axes.imshow(view.pixels, cmap="gray", vmin=0, vmax=255, interpolation_stage="rgba")
    axes.set_title(title, fontsize=11)
    axes.set_xticks([])
    axes.set_yticks([])
    if image.ndim == 2 and width / image.shape[1] >= MIN_NUMBERED_CELL:
        _print_numbers(axes, image, view.pixels, width)
    add_scale(axes, view.colors, view.labels, note)


def _print_numbers(axes: Axes, image: NDArray, pixels: NDArray, width: float) -> None:
    """Print each cell's number in it, unless the longest would not fit."""
    rows, columns = image.shape
    texts = [format_number(number) for number in image.flat]
    if 72 * width / columns / max(map(len, texts)) < MIN_LETTER_WIDTH:  # 72 points per inch
        return
    axes.vlines(np.arange(columns - 1) + 0.5, -0.5, rows - 0.5, colors="gray", linewidths=0.5)
    axes.hlines(np.arange(rows - 1) + 0.5, -0.5, columns - 0.5, colors="gray", linewidths=0.5)
    size = 11 if columns <= 7 else 8
    for (row, column), text in zip(np.ndindex(image.shape), texts, strict=True):
        color = ink_on(pixels[row, column])
        axes.text(column, row, text, ha="center", va="center", color=color, size=size)


def add_scale(axes: Axes, colors: Sequence[str], labels: Sequence[str], note: str) -> None:
    mapped = ScalarMappable(cmap=LinearSegmentedColormap.from_list("scale", colors))
    bar = axes.figure.colorbar(mapped, ax=axes, orientation="horizontal", fraction=0.06, pad=0.03)
    bar.set_ticks([0, 0.5, 1], labels=labels, fontsize=9)
    if note:
        bar.set_label(note, fontsize=9)
