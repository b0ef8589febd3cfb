"""What NetworkBuilder computes: what each layer of a list returns, costs and sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from helpers.images import load_image
from helpers.messages import describe
from helpers.network.code import write_code
from helpers.network.connection import connected
from helpers.network.datasets.sheets import SIDE
from helpers.network.files import LAYERS
from helpers.network.layer import Layer, Rect, Shape
from helpers.network.layers import Flatten
from helpers.network.receptive_field import trace
from helpers.network.summary import LayerCost, input_rect, layer_costs, times
from helpers.picture_files import FOLDER, read_picture

MOST = 12  # layers
SETTINGS = {  # the numbers that each kind of layer takes, in the order of its arguments
    "Conv": {"count": 8, "size": 3, "stride": 1, "padding": 0},
    "ReLU": {},
    "MaxPool": {"size": 2, "stride": 2},
    "MeanPool": {"size": 2, "stride": 2},
    "Flatten": {},
    "Dense": {"count": 10},
}
LIMITS = {"count": (1, 256), "size": (1, 11), "stride": (1, 8), "padding": (0, 5)}
INPUTS = {  # name: side in pixels
    "digit, 28×28×1": 28,
    "cat, 64×64×3": 64,
    "cat, 128×128×3": 128,
    "cat, 224×224×3": 224,
}


class LayerSpec(NamedTuple):
    """A layer as its row says it."""

    kind: str
    numbers: dict[str, int]  # its SETTINGS

    def layer(self) -> Layer:
        """Return a new layer."""
        return LAYERS[self.kind](*(self.numbers[name] for name in SETTINGS[self.kind]))


@dataclass(frozen=True, eq=False)
class BuilderControls:
    """The values of the controls."""

    specs: list[LayerSpec]
    image: np.ndarray  # (H, W) or (H, W, C)
    chosen: int  # the layer whose receptive field is drawn
    library: str  # that the code is for


@dataclass(frozen=True, eq=False)
class BuilderView:
    """What the explorer shows."""

    layers: list[Layer]  # those that fit, connected
    shapes: list[Shape]  # of the input and of their outputs
    costs: list[LayerCost]
    rows: list[list[str]]  # for each of them: output, parameters, multiplications, memory, field
    error: str  # why the layer after them does not fit
    totals: str
    code: str


def compute(controls: BuilderControls) -> BuilderView:
    """Return what NetworkBuilder shows."""
    shape = (*controls.image.shape, 1)[:3]
    layers, shapes, error = fit([spec.layer() for spec in controls.specs], shape)
    costs = layer_costs(layers, shapes)
    code = f"# Layer {len(layers)} does not fit: {error}"
    if not error:
        code = write_code(layers, shapes, controls.library)
    return BuilderView(
        layers=layers,
        shapes=shapes,
        costs=costs,
        rows=[_row(cost) for cost in costs],
        error=error,
        totals=_totals(costs, shapes, error, len(layers)),
        code=code,
    )


def fit(layers: list[Layer], shape: Shape) -> tuple[list[Layer], list[Shape], str]:
    """Connect layers up to the first that does not fit; return them, all shapes, and why it does not."""
    shapes = [shape]
    for count in range(1, len(layers) + 1):
        try:
            shapes = connected(layers[:count], shape)
        except ValueError as error:
            # the row says which layer it is, and the row before it what its input is
            return layers[: count - 1], shapes, str(error).partition(": ")[2] or str(error)
    return layers, shapes, ""


def _row(cost: LayerCost) -> list[str]:
    return [
        times(cost.output_shape),
        f"{cost.parameters:,}",
        f"{cost.multiplications:,}",
        in_bytes(cost.memory),
        times(cost.receptive_field),
    ]


def in_bytes(count: int) -> str:
    """Write a number of bytes.

    >>> in_bytes(40), in_bytes(21_632), in_bytes(999_900)
    ('40 B', '21.6 kB', '1 MB')
    """
    number, units = float(count), iter(("B", "kB", "MB", "GB", "TB"))
    unit = next(units)
    while number >= 999.5:
        number, unit = number / 1000, next(units)
    return f"{number:.3g} {unit}"


def _totals(costs: list[LayerCost], shapes: list[Shape], error: str, place: int) -> str:
    parameters, multiplications, memory = (
        sum(getattr(cost, name) for cost in costs)
        for name in ("parameters", "multiplications", "memory")
    )
    end = "End with Flatten and Dense to train it."
    if error:
        end = f"Layer {place} does not fit."
    elif len(shapes[-1]) == 1:
        end = f"{shapes[-1][0]} scores."
    return (
        f"Total: {parameters:,} parameters, {multiplications:,} multiplications,"
        f" {in_bytes(memory)} of outputs. {end}"
    )


def field_of(layers: Sequence[Layer], shapes: Sequence[Shape], pixel: tuple[int, int]) -> Rect:
    """Return the receptive field of a cell of the last layer, clipped to the image.

    The cell is the one whose field has its center nearest to a pixel of the image; where there are
    only single numbers left, any.
    """
    if isinstance(layers[-1], Flatten):
        layers = layers[:-1]  # a number is a cell of the maps
    cell = (0, 0)
    if len(shapes[len(layers)]) == 3:
        cell = nearest_cell(layers, shapes, pixel)
    rows, columns = shapes[0][:2]
    return trace(layers, shapes, *cell)[0].clipped(rows, columns) if layers else Rect(*pixel, 1, 1)


def nearest_cell(
    layers: Sequence[Layer], shapes: Sequence[Shape], pixel: tuple[int, int]
) -> tuple[int, int]:
    """Return the cell of the last maps whose receptive field has its center nearest to a pixel."""
    first, second = (input_rect(layers, shapes, Rect(k, k, 1, 1)) for k in (0, 1))
    centers = first.top + (first.rows - 1) / 2, first.left + (first.columns - 1) / 2
    steps = second.top - first.top, second.left - first.left
    row, column = (
        max(0, min(round((at - center) / step), count - 1))
        for at, center, step, count in zip(pixel, centers, steps, shapes[len(layers)])
    )
    return row, column


def nested_fields(
    layers: Sequence[Layer], shapes: Sequence[Shape], pixel: tuple[int, int]
) -> list[Rect]:
    """Return the receptive fields of each layer around a pixel, without repetitions; the last one's last."""
    fields = [field_of(layers[: k + 1], shapes, pixel) for k in range(len(layers))]
    return [*dict.fromkeys(field for field in fields if field.rows and field.columns)]


@cache
def picture_for(name: str) -> np.ndarray:
    """Return the image of one of the INPUTS, the same each time: a file of many digits is read once."""
    side = INPUTS[name]
    if side > SIDE:
        return load_image("cat", size=side)
    sheet = read_picture(FOLDER / "digits" / "test-7.png")  # to load all takes many megabytes
    return np.asarray(sheet.crop((0, 0, SIDE, SIDE)), np.float32) / np.float32(255)


def spec_of(layer: object, place: int) -> LayerSpec:
    """Return a layer as a row can show it, or refuse it."""
    name = f"layers[{place}]"
    kind = type(layer).__name__
    if not isinstance(layer, Layer) or kind not in SETTINGS:
        kinds = ", ".join(SETTINGS)
        raise ValueError(f"{name} must be a layer out of {kinds}; got {describe(layer)}")
    numbers = {}
    for setting, value in zip(SETTINGS[kind], layer.settings, strict=True):
        least, most = LIMITS[setting]
        parts = {*np.ravel(value).tolist()}  # of a pair, or of padding on four sides
        number = parts.pop()
        if parts or isinstance(number, str) or not least <= number <= most:
            word = {"count": "number of filters or units"}.get(setting, setting)
            raise ValueError(
                f"{name} must have one {word} from {least} to {most}; got {describe(value)}"
            )
        numbers[setting] = number
    return LayerSpec(kind, numbers)
