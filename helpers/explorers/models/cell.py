"""One cell of a feature map: what it depends on in every layer before, and how it is computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from helpers.explanation import PixelExplanation
from helpers.network import Conv, Network, explain_cell
from helpers.network.receptive_field import CellExplanation, Rect, receptive_fields
from helpers.rendering import equals, format_number, printed

FUNCTIONS = {"ReLU": "ReLU of", "MaxPool": "The maximum of", "MeanPool": "The mean of"}
LONGEST = 16  # numbers listed in a line
MOST_NUMBERS = 64  # of a window that is shown as a grid
LONGEST_LINE = (
    "Layer 3, Conv, map 10, row 10, column 10 = -10.25. Its receptive field is rows 10 to 20,"
    f" columns 10 to 20 of the image. The input maps contribute about {'-10.25, ' * LONGEST} and 10 more;"
    " the bias is -10.25. The products of map 10, which contributes most, are shown."
)


class Seen(NamedTuple):
    """What a cell depends on in the maps of one layer, or in the image."""

    field: Rect  # clipped to the maps; it may be empty
    maps: tuple[int, ...]  # the maps that it depends on
    main: int  # the map that contributes most


@dataclass(frozen=True, eq=False)
class CellView:
    """One cell of a feature map."""

    kind: str  # of the layer
    line: str
    seen: list[Seen]  # first in the image, then in layers 0, 1, …; the last one is the cell itself
    products: PixelExplanation | None  # for a convolution: of the slice that contributes most
    window: np.ndarray | None  # for other layers: the numbers in the window, unless they are many


def explain(
    network: Network,
    image: np.ndarray,
    outputs: Sequence[np.ndarray],
    layer: int,
    place: tuple[int, int, int],
) -> CellView:
    """Return how the cell at (row, column, map) of a layer is computed.

    `outputs` are those of the layers for the image.
    """
    row, column, number = place
    found = explain_cell(network, image, layer, *place)
    seen = _trace(network, image, outputs, layer, place, found)
    line = (
        f"Layer {layer}, {found.kind}, map {number}, row {row}, column {column}"
        f" = {format_number(found.total)}. {_field(seen[0].field)} {_sum(found, layer)}"
    )
    few = found.products is None and found.patch.size <= MOST_NUMBERS
    drawn = few and np.isfinite(found.patch).all()
    return CellView(found.kind, line, seen, _products(found), found.patch if drawn else None)


def _trace(
    network: Network,
    image: np.ndarray,
    outputs: Sequence[np.ndarray],
    layer: int,
    place: tuple[int, int, int],
    found: CellExplanation,
) -> list[Seen]:
    """Return what a cell depends on, from the image up to the cell itself.

    A convolution depends on all maps before it, other layers on one. Where a window of several
    cells depends on all maps, the map that contributes most to its strongest cell counts.
    """
    fields = receptive_fields(network, layer, *place[:2])
    fields = [clip(field, *shape[:2]) for field, shape in zip(fields, network.shapes)]
    seen = [Seen(fields[-1], (place[2],), place[2])]
    for step in range(layer, 0, -1):
        _, maps, main = seen[0]
        if isinstance(network.layers[step], Conv):
            maps = tuple(range(network.shapes[step][2]))
            if step < layer and len(maps) > 1 and all(fields[step + 1][2:]):
                strongest = _strongest(outputs[step][..., main], fields[step + 1])
                found = explain_cell(network, image, step, *strongest, main)
            main = 0 if found.products is None or len(maps) == 1 else _largest(found.products)
        seen.insert(0, Seen(fields[step], maps, main))
    return [Seen(fields[0], (0,), 0), *seen]


def _strongest(values: np.ndarray, field: Rect) -> tuple[int, int]:
    """Return the (row, column) of the largest absolute value in a part of a map."""
    top, left, rows, columns = field
    part = np.abs(values[top : top + rows, left : left + columns])
    row, column = np.unravel_index(part.argmax(), part.shape)
    return top + int(row), left + int(column)


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
    sign = equals(map(printed, [*sums, found.bias]), found.total)
    about = "about " if sign == "≈" else ""
    if len(sums) == 1:
        total = about + format_number(sums[0])
        return f"The {products.size} products add up to {total}; the bias is {bias}."
    each, one = ("input maps", "map") if layer else ("channels of the image", "channel")
    return (
        f"The {each} contribute {about}{_listed(sums)}; the bias is {bias}. The products of"
        f" {one} {_largest(products)}, which contributes most, are shown."
    )


def _listed(numbers: np.ndarray) -> str:
    """Return numbers as a list; if there are many, the first ones."""
    texts = [format_number(number) for number in numbers[:LONGEST]]
    more = len(numbers) - len(texts)
    return ", ".join(texts) + (f" and {more} more" if more else "")
