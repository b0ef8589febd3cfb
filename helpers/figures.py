"""Static figures: arrays in, a matplotlib Figure out. They work where no widget does."""

from base64 import b64encode

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from helpers.checks import as_array
from helpers.images import LUMA, encode_png
from helpers.views import format_number, render

MOST_NUMBERED = 12  # cells along an axis up to which the numbers are printed
WIDTH, TALLEST = 9.6, 3.6  # inches, of a row of images


class Still(Figure):
    """A figure that shows itself as a light PNG with a text alternative."""

    alt = ""

    def _repr_mimebundle_(self, **kwargs):
        canvas = FigureCanvasAgg(self)
        canvas.draw()
        png = encode_png(np.asarray(canvas.buffer_rgba())[..., :3], colours=256)
        return {"image/png": b64encode(png).decode(), "text/plain": self.alt}, {
            "image/png": {"alt": self.alt}
        }


def show_images(images, titles, views="as a photo", white=1.0):
    """Draw images side by side, each with the scale of its colours.

    Parameters
    ----------
    images : list of (H, W) or (H, W, 3) arrays; small grids have their numbers printed
    titles : list of str, one an image
    views : str, or a list of them; see `helpers.views.VIEWS`
    white : float, the value drawn white in the view "as a photo"

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
    width = min(WIDTH / len(images), TALLEST / tallest)
    size = len(images) * width, width * tallest + 0.9  # room for a title and a scale
    figure = Still(figsize=size, dpi=80, layout="constrained")
    figure.alt = "Figure: " + "; ".join(titles)
    for axes, *parts in zip(
        figure.subplots(1, len(images), squeeze=False)[0], images, titles, views
    ):
        _draw(axes, *parts, white)
    return figure


def _draw(axes, image, title, name, white):
    view = render(image, name, white)
    axes.imshow(view.pixels, cmap="gray", vmin=0, vmax=255, interpolation_stage="rgba")
    axes.set_title(title, fontsize=11)
    axes.set_xticks([])
    axes.set_yticks([])
    if image.ndim == 2 and max(image.shape) <= MOST_NUMBERED:
        _print_numbers(axes, image, view.pixels)
    _add_scale(axes, view.colours, view.labels)


def _print_numbers(axes, image, pixels):
    light = pixels @ np.array(LUMA) if pixels.ndim == 3 else pixels
    rows, columns = image.shape
    axes.vlines(np.arange(columns - 1) + 0.5, -0.5, rows - 0.5, colors="gray", linewidths=0.5)
    axes.hlines(np.arange(rows - 1) + 0.5, -0.5, columns - 0.5, colors="gray", linewidths=0.5)
    size = 11 if columns <= 7 else 8
    for (row, column), number in np.ndenumerate(image):
        colour = "black" if light[row, column] > 120 else "white"
        text = format_number(number)
        axes.text(column, row, text, ha="center", va="center", color=colour, size=size)


def _add_scale(axes, colours, labels):
    mapped = ScalarMappable(cmap=LinearSegmentedColormap.from_list("scale", colours))
    bar = axes.figure.colorbar(mapped, ax=axes, orientation="horizontal", fraction=0.06, pad=0.03)
    bar.set_ticks([0, 0.5, 1], labels=labels, fontsize=9)
