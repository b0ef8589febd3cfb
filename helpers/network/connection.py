"""How layers are joined: each takes what the one before it returns. No weights are drawn here."""

from collections.abc import Sequence
from math import prod
from typing import Any

from helpers.messages import describe
from helpers.network.layer import Layer, Shape
from helpers.validation import is_listed

MOST_LAYERS = 1_000
MOST_PARAMETERS = 50_000_000  # 200 MB of weights; training keeps several times as much


def ready_layers(layers: Any) -> list[Layer]:
    """Return a list of new layers, or refuse it."""
    if not is_listed(layers) or len(layers) == 0:
        raise TypeError(f"layers must be a list of layers; got {describe(layers)}")
    if len(layers) > MOST_LAYERS:
        raise ValueError(f"layers must hold at most {MOST_LAYERS:,} layers; got {len(layers):,}")
    for place, layer in enumerate(layers):
        if not isinstance(layer, Layer):
            raise TypeError(f"layers[{place}] must be a layer, as ReLU() is; got {describe(layer)}")
        if layer in layers[:place] or layer.parameters:  # to build it again would wipe its weights
            raise ValueError(f"layers[{place}] must be a new {layer.name}, not one used before")
    return list(layers)


def connected(layers: Sequence[Layer], input_shape: Shape) -> list[Shape]:
    """Return the shapes of the input and of each layer's output, before any weights are drawn."""
    shapes, total = [input_shape], 0
    for number, layer in enumerate(layers):
        try:
            shapes.append(layer.connect(shapes[-1]))
        except ValueError as error:
            raise ValueError(
                f"layers[{number}], {layer.name}, does not fit an input of shape {shapes[-1]}: {error}"
            ) from None
        total += sum(map(prod, layer.parameter_shapes.values()))
        if total > MOST_PARAMETERS:
            raise ValueError(
                f"layers must have at most {MOST_PARAMETERS:,} parameters together; up to"
                f" layers[{number}], {layer.name}, they have {total:,}"
            )
    return shapes
