"""Inside a network: what a cell of a feature map depends on, and the numbers that made it.

A flat output counts as a column of cells: `row` is the number's place, `column` and `map` are 0.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from numpy.typing import ArrayLike, NDArray

from helpers.geometry import check_position
from helpers.network.convolution import Conv
from helpers.network.inputs import as_image
from helpers.network.layer import Layer, Rect, Shape, as_batch
from helpers.network.layers import Dense, Flatten
from helpers.network.model import Network, as_network
from helpers.validation import Pair


@dataclass(frozen=True)
class CellExplanation:
    """How one cell of a map came about.

    kind : the layer's name, such as "Conv"
    window : Rect, the layer's window in the maps before it (the image, for the first layer); it may
        reach outside, into padding
    patch : the numbers there. Conv: (kh, kw, C), all maps, 0 in the padding; pooling: (rows,
        columns) of the same map; ReLU and Flatten: (1, 1), the one number; Dense: (D,), everything.
    weights, products : of the patch's shape, patch × weights = products; None without weights
    bias : 0 without weights
    total : the cell. With weights the products' sum plus bias, else the layer's output for patch.
    """

    kind: str
    window: Rect
    patch: NDArray
    weights: NDArray | None
    products: NDArray | None
    bias: float
    total: float


def receptive_field(network: Network, layer: int, row: int, column: int) -> Rect:
    """Return the pixels of the image that one cell of a layer's maps depends on.

    Parameters
    ----------
    network : Network
    layer : int, the layer's number; 0 is the first
    row, column : int, the cell in each of that layer's maps

    Returns
    -------
    Rect : top, left, rows, columns, in pixels of the image. It may reach outside the image, into
    the padding of the first layer; `.clipped(*image.shape[:2])` is the part inside. Padding between
    layers depends on no pixel. A stride larger than its window skips pixels: they lie inside the
    rectangle, though the cell does not depend on them. After Dense the field is the whole image,
    except the last rows and columns if a stride leaves them over.

    Raises
    ------
    ValueError, TypeError : when there is no such layer or cell.

    >>> from helpers.network import Conv, MaxPool, Network
    >>> network = Network([Conv(8, 3), MaxPool(2), Conv(16, 3)], input_shape=(28, 28, 1))
    >>> receptive_field(network, 2, 0, 1)
    Rect(top=0, left=2, rows=8, columns=8)
    >>> receptive_field(Network([Conv(8, 3, padding=1)], (28, 28, 1)), 0, 0, 9)
    Rect(top=-1, left=8, rows=3, columns=3)
    """
    return receptive_fields(network, layer, row, column)[0]


def receptive_fields(network: Network, layer: int, row: int, column: int) -> list[Rect]:
    """Return what one cell of a layer's maps depends on, in the image and in every layer up to its own.

    Parameters and errors are those of `receptive_field`.

    Returns
    -------
    list of layer + 2 Rect : first the pixels of the image, then cells of the maps of layers 0, 1, …;
        the last one is the cell itself

    >>> from helpers.network import Conv, MaxPool, Network
    >>> network = Network([Conv(8, 3), MaxPool(2)], input_shape=(28, 28, 1))
    >>> receptive_fields(network, 1, 2, 3)[1:]
    [Rect(top=4, left=6, rows=2, columns=2), Rect(top=2, left=3, rows=1, columns=1)]
    """
    layer, row, column, _ = _ready_cell(network, layer, row, column, 0)
    return trace(network.layers[: layer + 1], network.shapes, row, column)


def trace(layers: Sequence[Layer], shapes: Sequence[Shape], row: int, column: int) -> list[Rect]:
    """Return `receptive_fields` of a cell of the last of these connected layers."""
    fields = [Rect(row, column, 1, 1)]
    for step, shape in zip(reversed(layers), reversed(shapes[: len(layers)]), strict=True):
        field = fields[-1]
        if not (field.rows and field.columns):
            field = Rect(0, 0, 0, 0)  # the cell saw nothing but padding
        else:
            field = step.input_rect(field, shape)
            if step is not layers[0]:
                field = field.clipped(*_map_size(shape))
        fields.append(field)
    return fields[::-1]


def explain_cell(
    network: Network, image: ArrayLike, layer: int, row: int, column: int, map: int
) -> CellExplanation:
    """Return the numbers that made one cell of one feature map.

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
    x = as_batch(as_image(image, network.input_shape))
    # Not `copied_layers`, which refuses weights of NaN: here they are shown as they are.
    *steps, step = [copy(each) for each in network.layers[: layer + 1]]
    for earlier in steps:
        x = earlier.forward(x)
    before = _as_maps((step.padded(x) if isinstance(step, Conv) else x)[..., 0])
    window = step.input_rect(Rect(row, column, 1, 1), network.shapes[layer])
    (above, _), (left_of, _) = step.pad_width
    top, left = window.top + above, window.left + left_of
    patch = before[top : top + window.rows, left : left + window.columns]
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


def _ready_cell(
    network: Network, layer: int, row: int, column: int, map: int
) -> tuple[int, int, int, int]:
    layer = check_position("layer", layer, len(as_network(network).layers))
    shape = network.shapes[layer + 1]
    sizes = shape if len(shape) == 3 else (*shape, 1, 1)
    asked = (("row", row), ("column", column), ("map", map))
    row, column, map = (check_position(*each, n) for each, n in zip(asked, sizes, strict=True))
    return layer, row, column, map


def _as_maps(output: NDArray) -> NDArray:
    """A flat output as one map of one column; maps as they are."""
    return output.reshape(-1, 1, 1) if output.ndim == 1 else output


def _map_size(shape: Shape) -> Pair:
    """(rows, columns) of an output; a flat one is a column."""
    return (shape[0], shape[1]) if len(shape) == 3 else (shape[0], 1)
