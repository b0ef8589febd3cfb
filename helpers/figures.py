"""Static figures: arrays in, a matplotlib Figure out. They work where no widget does."""

from base64 import b64encode

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from helpers.images import LUMA, encode_png
from helpers.rendering import format_number, render
from helpers.validation import as_array

SMALLEST_NUMBERED = 0.24  # inches: in smaller cells no number is printed
SMALLEST_FITTING = 6  # points for each letter: longer numbers would run into each other
WIDTH, TALLEST = 9.6, 3.6  # inches, of a row of images
NARROWEST = 0.6  # inches, of an image: its title and its scale need room


class StaticFigure(Figure):
    """A figure that shows itself as a light PNG with a text alternative.

    `name` stands where no picture can; it holds no number that differs from machine to machine.
    """

    name = alt = ""

    def _repr_mimebundle_(self, **kwargs):
        canvas = FigureCanvasAgg(self)
        canvas.draw()
        png = encode_png(np.asarray(canvas.buffer_rgba())[..., :3], colors=256)
        return {"image/png": b64encode(png).decode(), "text/plain": self.name}, {
            "image/png": {"alt": self.alt}
        }


def show_images(images, titles, views="as a photo", white=1.0, name=None, limit=None):
    """Draw images side by side, each with the scale of its colors.

    Parameters
    ----------
    images : list of (H, W) or (H, W, 3) arrays; grids of large cells have their numbers printed
    titles : list of str, one an image
    views : str, or a list of them; see `helpers.rendering.VIEWS`
    white : float, the value drawn white in the view "as a photo"
    name : str, what stands where no picture can; the titles if left out
    limit : float, the upper end of all scales in the view "signed", so that their colors can be
        compared; each image's own largest if left out

    Returns
    -------
    Figure

    Raises
    ------
    ValueError : when there is not one title, and one view, an image.
    """
    views = [views] * len(images) if isinstance(views, str) else views
    if not len(images) == len(titles) == len(views) or not len(images):
        raise ValueError(
            f"images, titles and views must be equally many; got {len(images)}, {len(titles)}"
            f" and {len(views)}"
        )
    images = [as_array("image", image) for image in images]
    tallest = max(image.shape[0] / image.shape[1] for image in images)
    width = max(min(WIDTH / len(images), TALLEST / tallest), NARROWEST)
    height = min(width * tallest, TALLEST)
    size = len(images) * width, height + 0.9  # room for a title and a scale
    figure = StaticFigure(figsize=size, dpi=80, layout="constrained")
    figure.alt = "Figure: " + "; ".join(titles)
    figure.name = figure.alt if name is None else f"Figure: {name}"
    for axes, *parts in zip(
        figure.subplots(1, len(images), squeeze=False)[0], images, titles, views
    ):
        _draw(axes, *parts, white, limit, width)
    return figure


def show_bars(names, shares):
    """Draw shares of 1 as bars, each with its name and its percentage.

    Parameters
    ----------
    names : list of str
    shares : list of floats from 0 to 1, one a name

    Returns
    -------
    Figure

    Raises
    ------
    ValueError : when there is not one share a name.
    """
    if len(names) != len(shares) or not len(names):
        raise ValueError(
            f"names and shares must be equally many; got {len(names)} and {len(shares)}"
        )
    figure = StaticFigure(figsize=(6.4, 0.4 * len(names) + 0.3), dpi=80, layout="constrained")
    axes = figure.subplots()
    bars = axes.barh(names, shares, color="#0072b2")
    axes.bar_label(bars, [f"{share:.1%}" for share in shares], padding=4)
    axes.invert_yaxis()
    axes.set(xlim=(0, 1.12), xticks=[])
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    figure.name = f"Figure: {', '.join(names)}"
    told = (f"{name} {share:.1%}" for name, share in zip(names, shares, strict=True))
    figure.alt = f"Figure: {', '.join(told)}"
    return figure


def _draw(axes, image, title, name, white, limit, width):
    view = render(image, name, white, limit)
    axes.imshow(view.pixels, cmap="gray", vmin=0, vmax=255, interpolation_stage="rgba")
    axes.set_title(title, fontsize=11)
    axes.set_xticks([])
    axes.set_yticks([])
    if image.ndim == 2 and width / image.shape[1] >= SMALLEST_NUMBERED:
        _print_numbers(axes, image, view.pixels, width)
    _add_scale(axes, view.colors, view.labels)


def _print_numbers(axes, image, pixels, width):
    """Print the numbers in the cells, unless the longest would not fit into its own."""
    light = pixels @ np.array(LUMA) if pixels.ndim == 3 else pixels
    rows, columns = image.shape
    texts = [format_number(number) for number in image.flat]
    fitting = 72 * width / columns / max(map(len, texts))  # points; a digit is narrower than high
    if fitting < SMALLEST_FITTING:
        return
    axes.vlines(np.arange(columns - 1) + 0.5, -0.5, rows - 0.5, colors="gray", linewidths=0.5)
    axes.hlines(np.arange(rows - 1) + 0.5, -0.5, columns - 0.5, colors="gray", linewidths=0.5)
    size = 11 if columns <= 7 else 8
    for (row, column), text in zip(np.ndindex(image.shape), texts, strict=True):
        color = "black" if light[row, column] > 120 else "white"
        axes.text(column, row, text, ha="center", va="center", color=color, size=size)


def _add_scale(axes, colors, labels):
    mapped = ScalarMappable(cmap=LinearSegmentedColormap.from_list("scale", colors))
    bar = axes.figure.colorbar(mapped, ax=axes, orientation="horizontal", fraction=0.06, pad=0.03)
    bar.set_ticks([0, 0.5, 1], labels=labels, fontsize=9)
