"""One cell of a feature map: its receptive field, and how it is computed."""

from dataclasses import dataclass

import numpy as np

from helpers.explanation import PixelExplanation
from helpers.network import Network, explain_cell, receptive_field
from helpers.network.receptive_field import CellExplanation, Rect
from helpers.rendering import format_number

FUNCTIONS = {"ReLU": "ReLU of", "MaxPool": "The maximum of", "MeanPool": "The mean of"}
LONGEST = 16  # numbers listed in a line
LONGEST_LINE = (
    "Layer 3, Conv, map 10, row 10, column 10 = -10.25. Its receptive field is rows 10 to 20,"
    f" columns 10 to 20 of the image. The input maps contribute {'-10.25, ' * LONGEST} and 10 more;"
    " the bias is -10.25. Below are the products of map 10, which contributes most."
)


@dataclass(frozen=True, eq=False)
class CellView:
    """One cell of a feature map."""

    line: str
    field: Rect  # the receptive field, clipped to the image
    window: Rect  # of its layer, clipped to the maps before it
    products: PixelExplanation | None  # for a convolution: of the slice that contributes most


def explain(
    network: Network, image: np.ndarray, layer: int, place: tuple[int, int, int]
) -> CellView:
    """Return how the cell at (row, column, map) of a layer is computed."""
    row, column, number = place
    found = explain_cell(network, image, layer, *place)
    field = clip(receptive_field(network, layer, row, column), *image.shape[:2])
    line = (
        f"Layer {layer}, {found.kind}, map {number}, row {row}, column {column}"
        f" = {format_number(found.total)}. {_field(field)} {_sum(found, layer)}"
    )
    window = clip(found.window, *network.shapes[layer][:2])
    return CellView(line, field, window, _products(found))


def clip(rect: Rect, rows: int, columns: int) -> Rect:
    """Return the part of a rectangle inside a picture; it may be empty."""
    top, left = (max(0, min(at, n)) for at, n in zip(rect[:2], (rows, columns), strict=True))
    bottom, right = min(rect.top + rect.rows, rows), min(rect.left + rect.columns, columns)
    return Rect(top, left, max(0, bottom - top), max(0, right - left))


def _field(field: Rect) -> str:
    if not (field.rows and field.columns):
        return "It depends on no pixel of the image, only on padding."
    last = field.top + field.rows - 1, field.left + field.columns - 1
    return (
        f"Its receptive field is rows {field.top} to {last[0]}, columns {field.left} to {last[1]}"
        " of the image."
    )


def _products(found: CellExplanation) -> PixelExplanation | None:
    """Return patch, weights and products of the slice that contributes most to a convolution."""
    if found.products is None or found.weights is None or not np.isfinite(found.products).all():
        return None
    k = _largest(found.products)
    products, (top, left) = found.products[..., k], found.window[:2]
    return PixelExplanation(
        patch=found.patch[..., k],
        kernel=found.weights[..., k],
        products=products,
        bias=np.array(0),
        total=products.sum(),
        top=top,
        left=left,
    )


def _largest(products: np.ndarray) -> int:
    """Return the index of the input map whose products (kh, kw, C) have the largest absolute sum."""
    return int(np.abs(products.sum(axis=(0, 1))).argmax())


def _sum(found: CellExplanation, layer: int) -> str:
    """Describe how the value is computed."""
    products = found.products
    if products is None:
        return f"{FUNCTIONS.get(found.kind, f'{found.kind} of')} {_listed(found.patch.ravel())}."
    sums, bias = products.sum(axis=(0, 1)), format_number(found.bias)
    if len(sums) == 1:
        total = format_number(sums[0])
        return f"The {products.size} products add up to {total}; the bias is {bias}."
    each, one = ("input maps", "map") if layer else ("channels of the image", "channel")
    return (
        f"The {each} contribute {_listed(sums)}; the bias is {bias}. Below are the products of"
        f" {one} {_largest(products)}, which contributes most."
    )


def _listed(numbers: np.ndarray) -> str:
    """Return numbers as a list; if there are many, the first ones."""
    texts = [format_number(number) for number in numbers[:LONGEST]]
    more = len(numbers) - len(texts)
    return ", ".join(texts) + (f" and {more} more" if more else "")
