"""Inside a network: what a cell of a feature map looks at, and the numbers that made it.

A flat answer counts as a column of cells: `row` is the number's place, `column` and `map` are 0.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from helpers.geometry import check_position
from helpers.network.layers import Conv, Dense, Flatten
from helpers.network.model import as_network
from helpers.network.pools import Pool
from helpers.validation import as_array, describe


class Rect(NamedTuple):
    """A rectangle of pixels, or of cells of a map."""

    top: int
    left: int
    rows: int
    columns: int


@dataclass(frozen=True)
class CellExplanation:
    """How one cell of a map came about.

    kind : the layer's name, such as "Conv"
    window : Rect, where the layer looked in the maps before it (the image, for the first layer)
    patch : the numbers there. Conv: (kh, kw, C), all maps; pooling: (rows, columns) of the same
        map; ReLU and Flatten: (1, 1), the one number; Dense: (D,), everything.
    weights, products : of the patch's shape, patch × weights = products; None without weights
    bias : 0 without weights
    total : the cell. With weights the products' sum plus bias, else what the layer makes of patch.
    """

    kind: str
    window: Rect
    patch: np.ndarray
    weights: np.ndarray | None
    products: np.ndarray | None
    bias: float
    total: float


def receptive_field(network, layer, row, column):
    """Return the pixels of the image that one cell of a layer's maps depends on.

    Parameters
    ----------
    network : Network
    layer : int, the layer's number; 0 is the first
    row, column : int, the cell in each of that layer's maps

    Returns
    -------
    Rect : top, left, rows, columns, in pixels of the image. After Dense it is the whole image, but
    for the last rows and columns if pooling left them over: those reach no cell.

    Raises
    ------
    ValueError, TypeError : when there is no such layer or cell.

    >>> from helpers.network import Conv, MaxPool, Network
    >>> network = Network([Conv(8, 3), MaxPool(2), Conv(16, 3)], input_shape=(28, 28, 1))
    >>> receptive_field(network, 2, 0, 1)
    Rect(top=0, left=2, rows=8, columns=8)
    """
    layer, row, column, _ = _ready_cell(network, layer, row, column, 0)
    field = Rect(row, column, 1, 1)
    for number in range(layer, -1, -1):
        field = _look_back(network, number, field)
    return field


def explain_cell(network, image, layer, row, column, map):
    """Show the numbers that made one cell of one feature map.

    Parameters
    ----------
    network : Network
    image : (H, W) or (H, W, C) array, one image as the network takes them
    layer : int, the layer's number; 0 is the first
    row, column, map : int, the cell and the map it is in

    Returns
    -------
    CellExplanation

    Raises
    ------
    ValueError, TypeError : when there is no such layer, map or cell, or the image does not fit.
    """
    layer, row, column, map = _ready_cell(network, layer, row, column, map)
    x = network.batch(one_image(network, image))
    *steps, step = network.copied_layers()[: layer + 1]
    for earlier in steps:
        x = earlier.forward(x)
    before = _as_maps(x[..., 0])
    window = _look_back(network, layer, Rect(row, column, 1, 1))
    top, left, rows, columns = window
    patch = before[top : top + rows, left : left + columns]
    if step.parameters:
        unit = row if isinstance(step, Dense) else map
        weights = step.parameters["weights"][..., unit].copy()
        patch, bias = patch.reshape(weights.shape).copy(), float(step.parameters["bias"][unit])
        products = patch * weights
        total = float(products.sum()) + bias
        return CellExplanation(step.name, window, patch, weights, products, bias, total)
    patch = patch[..., row % before.shape[2] if isinstance(step, Flatten) else map].copy()
    total = float(_as_maps(step.forward(x)[..., 0])[row, column, map])
    return CellExplanation(step.name, window, patch, None, None, 0.0, total)


def one_image(network, image):
    """Return an image (H, W) or (H, W, C) as the only one of a set, (1, H, W, C), or refuse it."""
    image = as_array("image", image)
    with_channels = image[..., None] if image.ndim == 2 else image
    if with_channels.shape != network.input_shape:
        raise ValueError(f"image must be {network.input_shape}; got {describe(image)}")
    return with_channels[None]


def _ready_cell(network, layer, row, column, map):
    layer = check_position("layer", layer, len(as_network(network).layers))
    shape = network.shapes[layer + 1]
    stops = shape if len(shape) == 3 else (*shape, 1, 1)
    asked = (("row", row), ("column", column), ("map", map))
    return layer, *(check_position(*each, n) for each, n in zip(asked, stops, strict=True))


def _as_maps(answer):
    """A flat answer as one map of one column; maps as they are."""
    return answer.reshape(-1, 1, 1) if answer.ndim == 1 else answer


def _look_back(network, layer, field):
    """The field of a layer's answer, as a field of what the layer was given."""
    step, before = network.layers[layer], network.shapes[layer]
    top, left, rows, columns = field
    if isinstance(step, Dense):
        return Rect(0, 0, before[0], 1)
    if isinstance(step, Flatten):
        if rows > 1:  # only a dense layer asks for more than one number: it asks for all
            return Rect(0, 0, *before[:2])
        top, left, _ = map(int, np.unravel_index(top, before))
        return Rect(top, left, 1, 1)
    down, across = step.size if isinstance(step, Pool) else (1, 1)
    kh, kw = step.size if isinstance(step, (Conv, Pool)) else (1, 1)
    return Rect(top * down, left * across, (rows - 1) * down + kh, (columns - 1) * across + kw)
