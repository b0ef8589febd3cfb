"""Static figures: arrays in, a Matplotlib Figure out. They work without widgets."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from helpers.encoding import encode_png
from helpers.images import LUMA
from helpers.rendering import format_number, render
from helpers.validation import as_array

MIN_NUMBERED_CELL = 0.24  # inches: numbers are printed in cells at least this wide
MIN_LETTER_WIDTH = 6  # points: numbers with less room per letter would overlap
MAX_ROW_WIDTH, MAX_HEIGHT = 9.6, 3.6  # inches, of a row of images
MIN_IMAGE_WIDTH = 0.6  # inches: room for a title and a scale
DARK = 120  # brightness, of 255, up to which numbers are printed in white


class StaticFigure(Figure):
    """A figure that displays as a small PNG with alternative text.

    `name` is shown where no picture can be; it contains no number that depends on the machine.
    """

    name = alt = ""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        canvas = FigureCanvasAgg(self)
        canvas.draw()
        png = encode_png(np.asarray(canvas.buffer_rgba())[..., :3], colors=256)
        return {"image/png": b64encode(png).decode(), "text/plain": self.name}, {
            "image/png": {"alt": self.alt}
        }


def show_images(
    images: Sequence[ArrayLike],
    titles: Sequence[str],
    views: str | Sequence[str] = "as a photo",
    white: float = 1.0,
    name: str | None = None,
    limit: float | None = None,
) -> StaticFigure:
    """Draw images side by side, each with its color scale.

    Parameters
    ----------
    images : list of (H, W) or (H, W, 3) arrays; numbers are printed in cells that are large enough
    titles : list of str, one per image
    views : str, or a list of them; see `helpers.rendering.VIEWS`
    white : float, the value drawn white in the view "as a photo"
    name : str, shown where no picture can be; the titles if left out
    limit : float, the upper end of all scales in the view "signed", so that colors can be compared;
        each image's largest absolute value if left out

    Returns
    -------
    StaticFigure

    Raises
    ------
    ValueError : if there is not one title and one view per image.
    """
    views = [views] * len(images) if isinstance(views, str) else views
    if not len(images) == len(titles) == len(views) or not len(images):
        raise ValueError(
            f"images, titles and views must have the same length, at least 1; got {len(images)},"
            f" {len(titles)} and {len(views)}"
        )
    arrays = [as_array("image", image) for image in images]
    aspect = max(array.shape[0] / array.shape[1] for array in arrays)  # of the tallest
    width = max(min(MAX_ROW_WIDTH / len(arrays), MAX_HEIGHT / aspect), MIN_IMAGE_WIDTH)
    height = min(width * aspect, MAX_HEIGHT)
    size = len(arrays) * width, height + 0.9  # room for a title and a scale
    figure = StaticFigure(figsize=size, dpi=80, layout="constrained")
    figure.alt = "Figure: " + "; ".join(titles)
    figure.name = figure.alt if name is None else f"Figure: {name}"
    all_axes = figure.subplots(1, len(arrays), squeeze=False)[0]
    for axes, array, title, view in zip(all_axes, arrays, titles, views):
        _draw(axes, array, title, view, white, limit, width)
    return figure


def show_bars(names: Sequence[str], fractions: Sequence[float]) -> StaticFigure:
    """Draw fractions as bars, each with its name and its percentage.

    Parameters
    ----------
    names : list of str
    fractions : list of floats from 0 to 1, one per name

    Returns
    -------
    StaticFigure

    Raises
    ------
    ValueError : if there is not one fraction per name.
    """
    if len(names) != len(fractions) or not len(names):
        raise ValueError(
            "names and fractions must have the same length, at least 1;"
            f" got {len(names)} and {len(fractions)}"
        )
    figure = StaticFigure(figsize=(6.4, 0.4 * len(names) + 0.3), dpi=80, layout="constrained")
    axes = figure.subplots()
    bars = axes.barh(names, fractions, color="#0072b2")
    axes.bar_label(bars, [f"{fraction:.1%}" for fraction in fractions], padding=4)
    axes.invert_yaxis()
    axes.set(xlim=(0, 1.12), xticks=[])
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    figure.name = f"Figure: {', '.join(names)}"
    labels = [f"{name} {fraction:.1%}" for name, fraction in zip(names, fractions)]
    figure.alt = f"Figure: {', '.join(labels)}"
    return figure


def _draw(
    axes: Axes,
    image: NDArray,
    title: str,
    view_name: str,
    white: float,
    limit: float | None,
    width: float,
) -> None:
    view = render(image, view_name, white, limit)
    axes.imshow(view.pixels, cmap="gray", vmin=0, vmax=255, interpolation_stage="rgba")
    axes.set_title(title, fontsize=11)
    axes.set_xticks([])
    axes.set_yticks([])
    if image.ndim == 2 and width / image.shape[1] >= MIN_NUMBERED_CELL:
        _print_numbers(axes, image, view.pixels, width)
    _add_scale(axes, view.colors, view.labels)


def _print_numbers(axes: Axes, image: NDArray, pixels: NDArray, width: float) -> None:
    """Print each cell's number in it, unless the longest would not fit."""
    brightness = pixels @ np.array(LUMA) if pixels.ndim == 3 else pixels
    rows, columns = image.shape
    texts = [format_number(number) for number in image.flat]
    if 72 * width / columns / max(map(len, texts)) < MIN_LETTER_WIDTH:  # 72 points per inch
        return
    axes.vlines(np.arange(columns - 1) + 0.5, -0.5, rows - 0.5, colors="gray", linewidths=0.5)
    axes.hlines(np.arange(rows - 1) + 0.5, -0.5, columns - 0.5, colors="gray", linewidths=0.5)
    size = 11 if columns <= 7 else 8
    for (row, column), text in zip(np.ndindex(image.shape), texts, strict=True):
        color = "black" if brightness[row, column] > DARK else "white"
        axes.text(column, row, text, ha="center", va="center", color=color, size=size)


def _add_scale(axes: Axes, colors: Sequence[str], labels: Sequence[str]) -> None:
    mapped = ScalarMappable(cmap=LinearSegmentedColormap.from_list("scale", colors))
    bar = axes.figure.colorbar(mapped, ax=axes, orientation="horizontal", fraction=0.06, pad=0.03)
    bar.set_ticks([0, 0.5, 1], labels=labels, fontsize=9)
