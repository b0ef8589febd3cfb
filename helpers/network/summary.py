"""The table of a network: what each layer returns, costs and sees."""

from collections.abc import Iterable, Sequence
from math import prod
from typing import NamedTuple

from helpers.network.layer import Layer, Rect, Shape
from helpers.validation import Pair

BYTES = 4  # of a number in float32


class LayerCost(NamedTuple):
    """What one layer returns, costs and sees, for one image."""

    name: str
    output_shape: Shape
    parameters: int
    multiplications: int  # including those with padded zeros
    memory: int  # bytes of the output
    receptive_field: Pair  # rows and columns of the image that an output can depend on


def layer_costs(layers: Sequence[Layer], shapes: Sequence[Shape]) -> list[LayerCost]:
    """Return the costs of connected layers; `shapes` are those of the input and of each output."""
    return [
        LayerCost(
            name=layer.name,
            output_shape=shape,
            parameters=parameter_count(layer),
            multiplications=_multiplications(layer, shape),
            memory=BYTES * prod(shape),
            receptive_field=_receptive_field(layers[: number + 1], shapes),
        )
        for number, (layer, shape) in enumerate(zip(layers, shapes[1:], strict=True))
    ]


def summarize(costs: Sequence[LayerCost]) -> str:
    """Return a table of what the layers cost, and what they cost together."""
    rows: list[tuple[str, ...]] = [
        ("layer", "output shape", "parameters", "multiplications", "receptive field")
    ]
    for cost in costs:
        counts = map("{:,}".format, (cost.parameters, cost.multiplications))
        rows.append((cost.name, times(cost.output_shape), *counts, times(cost.receptive_field)))
    totals = sum(cost.parameters for cost in costs), sum(cost.multiplications for cost in costs)
    rows.append(("total", "", *map("{:,}".format, totals), ""))
    lines = [f"{a:10} {b:>14} {c:>11} {d:>16} {e:>16}" for a, b, c, d, e in rows]
    return "\n".join(line.rstrip() for line in lines)


def parameter_count(layer: Layer) -> int:
    """Return how many numbers a connected layer can learn."""
    return sum(map(prod, _parameter_shapes(layer).values()))


def _parameter_shapes(layer: Layer) -> dict[str, Shape]:
    """The weights may not have been drawn yet."""
    return {name: each.shape for name, each in layer.parameters.items()} or layer.parameter_shapes


def _multiplications(layer: Layer, output_shape: Shape) -> int:
    """For one image: each weight is used at each output position, and padded zeros count too."""
    weights = _parameter_shapes(layer).get("weights")
    return 0 if weights is None else prod(weights) * prod(output_shape[:-1])


def _receptive_field(layers: Sequence[Layer], shapes: Sequence[Shape]) -> Pair:
    """(rows, columns) of the image that a cell of the last layer can depend on."""
    rect = input_rect(layers, shapes, Rect(0, 0, 1, 1))
    return min(rect.rows, shapes[0][0]), min(rect.columns, shapes[0][1])


def input_rect(layers: Sequence[Layer], shapes: Sequence[Shape], rect: Rect) -> Rect:
    """Return the part of the image, and of the padding around it, behind a part of the last output."""
    for layer, shape in zip(reversed(layers), reversed(shapes[: len(layers)]), strict=True):
        rect = layer.input_rect(rect, shape)
    return rect


def times(sizes: Iterable[int]) -> str:
    """Write sizes such as 26×26×8."""
    return "×".join(map(str, sizes))
