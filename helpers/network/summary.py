"""The table of a network: what each layer returns, costs and sees."""

from collections.abc import Iterable, Sequence
from math import prod

from helpers.network.layer import Layer, Rect, Shape
from helpers.validation import Pair


def summarize(layers: Sequence[Layer], shapes: Sequence[Shape]) -> str:
    """Return a table of layers; `shapes` are those of the input and of each layer's output."""
    rows: list[tuple[str, ...]] = [
        ("layer", "output shape", "parameters", "multiplications", "receptive field")
    ]
    totals = [0, 0]
    for number, (layer, shape) in enumerate(zip(layers, shapes[1:], strict=True)):
        counts = parameter_count(layer), _multiplications(layer, shape)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        field = _receptive_field(layers[: number + 1], shapes)
        rows.append((layer.name, _times(shape), *map("{:,}".format, counts), _times(field)))
    rows.append(("total", "", *map("{:,}".format, totals), ""))
    lines = [f"{a:10} {b:>14} {c:>11} {d:>16} {e:>16}" for a, b, c, d, e in rows]
    return "\n".join(line.rstrip() for line in lines)


def parameter_count(layer: Layer) -> int:
    """Return how many numbers a layer can learn."""
    return sum(array.size for array in layer.parameters.values())


def _multiplications(layer: Layer, output_shape: Shape) -> int:
    """For one image: each weight is used at each output position, and padded zeros count too."""
    weights = layer.parameters.get("weights")
    return 0 if weights is None else weights.size * prod(output_shape[:-1])


def _receptive_field(layers: Sequence[Layer], shapes: Sequence[Shape]) -> Pair:
    """(rows, columns) of the image that a cell of the last layer can depend on."""
    rect = Rect(0, 0, 1, 1)
    for layer, shape in zip(reversed(layers), reversed(shapes[: len(layers)]), strict=True):
        rect = layer.input_rect(rect, shape)
    return min(rect.rows, shapes[0][0]), min(rect.columns, shapes[0][1])


def _times(sizes: Iterable[int]) -> str:
    return "×".join(map(str, sizes))
