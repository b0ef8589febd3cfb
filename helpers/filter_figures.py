"""Static figures of a network: its first filters, and what its filters make of several images."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.layout_engine import ConstrainedLayoutEngine
from numpy.typing import ArrayLike, NDArray

from helpers.figures import MAX_ROW_WIDTH, add_scale
from helpers.geometry import check_position
from helpers.messages import describe
from helpers.network import Network
from helpers.network.filters import as_convolution
from helpers.network.model import as_network
from helpers.rendering import View, format_number, render, scale_limit
from helpers.static_figure import StaticFigure
from helpers.validation import is_listed

WIDEST = 1.1  # inches of a tile
TILE = 0.94  # of its place; the rest is a gap
ACROSS = 16  # filters in a row


def show_feature_maps(
    network: Network,
    images: ArrayLike,
    layers: Sequence[int],
    filters: Sequence[int] = (0, 1, 2, 3),
    names: Sequence[str] | None = None,
    alt: str | None = None,
) -> StaticFigure:
    """Draw several images and some feature maps of some layers for each: a row for each image.

    The maps below each other come from the same filter. All maps of a layer have one scale.

    Parameters
    ----------
    network : Network
    images : (N, H, W) or (N, H, W, C) array, a few images; C is 1 or 3
    layers : list of int, the numbers of layers whose outputs are feature maps; 0 is the first layer
    filters : list of int, the numbers of the maps to draw of each layer
    names : list of N str, the names of the rows; none if left out
    alt : str, what there is to see, for those who cannot see it; what is drawn if left out

    Returns
    -------
    StaticFigure

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.
    """
    images = as_network(network).as_images(images)
    rows = [""] * len(images) if names is None else list(names)
    if not len(images) or len(rows) != len(images):
        raise ValueError(f"names must be one for each of {len(images)} images; got {len(rows)}")
    numbers = _positions("layers", layers, len(network.layers))
    outputs = network.layer_outputs(images)
    panels = [("image", [[_photo(image)] for image in images], [""])]
    for number in numbers:
        title = f"layer {number}: {network.layers[number].name}"
        panels.append((title, *_maps(outputs[number], number, filters)))
    figure = _draw(panels, rows)
    figure.name = f"Figure: feature maps of layers {', '.join(map(str, numbers))}"
    shown = ", ".join(name for name in rows if name) or f"{len(images)} images"
    told = f"{figure.name} for {shown}; filters {', '.join(map(str, filters))}"
    figure.alt = told if alt is None else f"Figure: {alt}"
    return figure


def show_filters(network: Network, layer: int = 0, alt: str | None = None) -> StaticFigure:
    """Draw the filters of a convolution that is applied to an image, in color if the image is.

    In color, each weight is the brightness of a pixel's red, green or blue: 0 is the gray in the
    middle, and all filters have one scale. In gray, weights are blue below 0 and orange above.

    Parameters
    ----------
    network : Network
    layer : int, the number of a convolution whose filters have 1 or 3 slices
    alt : str, what there is to see, for those who cannot see it; what is drawn if left out

    Returns
    -------
    StaticFigure

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.
    """
    weights = as_convolution(as_network(network), layer).parameters["weights"]
    if weights.shape[2] not in (1, 3):
        raise ValueError(
            f"layer must have filters of 1 or 3 slices; got {layer}, with {weights.shape[2]}"
        )
    limit = float(np.abs(weights).max()) or 1.0
    views = [_filter(weights[..., number], limit) for number in range(weights.shape[3])]
    rows = [views[start : start + ACROSS] for start in range(0, len(views), ACROSS)]
    figure = _draw(
        [(f"layer {layer}: {len(views)} filters", rows, [""] * len(rows[0]))], [""] * len(rows)
    )
    figure.name = f"Figure: the {len(views)} filters of layer {layer}"
    figure.alt = figure.name if alt is None else f"Figure: {alt}"
    return figure


def _positions(name: str, numbers: Sequence[int], count: int) -> list[int]:
    if not is_listed(numbers) and not isinstance(numbers, range) or not len(numbers):
        raise ValueError(f"{name} must be a list of numbers, at least one; got {describe(numbers)}")
    return [check_position(name, number, count) for number in numbers]


def _photo(image: NDArray) -> View:
    return render(image[..., 0] if image.shape[2] == 1 else image, "as a photo")


def _maps(maps: NDArray, layer: int, filters: Sequence[int]) -> tuple[list[list[View]], list[str]]:
    """Return the chosen maps out of (H, W, F, N), a row for each image, and the titles of the columns."""
    if maps.ndim != 4:
        raise ValueError(
            f"layers must have feature maps; the output of {layer} is a list of numbers"
        )
    numbers = _positions("filters", filters, maps.shape[2])
    shown = maps[:, :, numbers]
    view, limit = "ReLU" if shown.min() >= 0 else "signed", scale_limit(shown) or 1.0
    rows = [
        [render(shown[:, :, place, row], view, limit=limit) for place in range(len(numbers))]
        for row in range(maps.shape[3])
    ]
    return rows, [str(number) for number in numbers]


def _filter(weights: NDArray, limit: float) -> View:
    """Return the picture of one filter, (kh, kw, 1) or (kh, kw, 3)."""
    if weights.shape[2] == 1:
        return render(weights[..., 0], "signed", limit=limit)
    ends = format_number(-limit), "0", format_number(limit)
    return render(0.5 + 0.5 * weights / limit, "as a photo")._replace(labels=ends)


def _draw(panels: list[tuple[str, list[list[View]], list[str]]], names: list[str]) -> StaticFigure:
    """Draw panels side by side: title, rows of pictures, and the titles of their columns."""
    counts = [len(columns) for _, _, columns in panels]
    tile = min(WIDEST, MAX_ROW_WIDTH / sum(counts))
    size = tile * sum(counts) + 0.6, tile * len(names) + 1.0
    layout = ConstrainedLayoutEngine(wspace=0.05)  # so that the ends of two scales do not touch
    figure = StaticFigure(figsize=size, dpi=80, layout=layout)
    all_axes = figure.subplots(1, len(panels), squeeze=False, width_ratios=counts)[0]
    for axes, (title, rows, columns) in zip(all_axes, panels, strict=True):
        _draw_tiles(axes, rows)
        axes.set_title(title, fontsize=11)
        axes.set_xticks(np.arange(len(columns)) + TILE / 2, columns, fontsize=9)
        add_scale(axes, rows[0][0].colors, rows[0][0].labels, "")
    all_axes[0].set_yticks(np.arange(len(names)) + TILE / 2, names, fontsize=10)
    return figure


def _draw_tiles(axes: Axes, rows: list[list[View]]) -> None:
    for row, views in enumerate(rows):
        for column, view in enumerate(views):
            axes.imshow(
                view.pixels,
                cmap="gray",
                vmin=0,
                vmax=255,
                extent=(column, column + TILE, row + TILE, row),
            )
    axes.set(xlim=(0, len(rows[0])), ylim=(len(rows), 0), yticks=[])
    axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)
