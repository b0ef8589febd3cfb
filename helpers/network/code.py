"""A network as code: the layers of this course, or the same ones in Keras and in PyTorch."""

from collections.abc import Sequence

from helpers.network.convolution import Conv
from helpers.network.layer import Layer, Shape
from helpers.network.layers import Dense
from helpers.network.model import Network, as_network
from helpers.network.pooling import Pool
from helpers.network.summary import times
from helpers.network.twins import needs_zero_pad
from helpers.padding import PadWidth
from helpers.validation import IntOrPair, Pair, as_choice

LIBRARIES = ("this course", "Keras", "PyTorch")
INDENT = 4 * " "


def to_code(network: Network, library: str = "this course") -> str:
    """Write code that makes the layers of a network.

    Run, the code leaves `network`, a Network with new random weights, or `model`, a Sequential.
    `model.set_weights(to_keras(network))` in Keras, or in PyTorch `load_state_dict` with what
    `to_torch(network)` returns, gives the model the weights of the network.

    Parameters
    ----------
    network : Network
    library : "this course", "Keras" or "PyTorch"

    Raises
    ------
    ValueError, TypeError : naming the parameter.

    >>> from helpers.network import Flatten
    >>> network = Network([Conv(8, 3, padding=1), Flatten(), Dense(10)], (28, 28, 1))
    >>> print(to_code(network, "PyTorch"))
    from torch import nn
    <BLANKLINE>
    model = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1),  # 8×28×28
        nn.Flatten(),  # 6272
        nn.Linear(6272, 10),  # 10
    )
    """
    as_choice("library", library, LIBRARIES)
    return write_code(as_network(network).layers, network.shapes, library)


def write_code(layers: Sequence[Layer], shapes: Sequence[Shape], library: str) -> str:
    """Write code that makes connected layers; `shapes` are those of the input and of each output."""
    if library == "Keras":
        return _keras(layers, shapes)
    return _torch(layers, shapes) if library == "PyTorch" else _course(layers, shapes)


def _course(layers: Sequence[Layer], shapes: Sequence[Shape]) -> str:
    names = sorted({"Network", *(layer.name for layer in layers)})
    lines = [
        f"{_course_layer(layer)},  # {times(shape)}" for layer, shape in zip(layers, shapes[1:])
    ]
    return "\n".join([
        f"from helpers.network import {', '.join(names)}", "",
        "layers = [", *(INDENT + line for line in lines), "]",
        f"network = Network(layers, input_shape={shapes[0]}, seed=0)",
    ])  # fmt: skip


def _course_layer(layer: Layer) -> str:
    if isinstance(layer, Conv):
        given = layer.padding
        padding = f'"{given}"' if isinstance(given, str) else _padding(given)
        more = "" if padding == "0" else f", padding={padding}"
        return f"Conv({layer.filters}, {_window(layer.size, layer.stride, (1, 1))}{more})"
    if isinstance(layer, Pool):
        return f"{layer.name}({_window(layer.size, layer.stride, layer.size)})"
    return f"{layer.name}({layer.outputs if isinstance(layer, Dense) else ''})"


def _keras(layers: Sequence[Layer], shapes: Sequence[Shape]) -> str:
    lines = [f"keras.Input({shapes[0]}),  # rows, columns, channels"]
    for layer, shape in zip(layers, shapes[1:]):
        lines.append(f"{_keras_layer(layer)},  # {times(shape)}")
    return "\n".join([
        "import keras", "from keras import layers", "",
        "model = keras.Sequential([", *(INDENT + line for line in lines), "])",
    ])  # fmt: skip


def _keras_layer(layer: Layer) -> str:
    if isinstance(layer, Conv):
        window = _window(layer.size, layer.stride, (1, 1), "strides")
        conv = f"layers.Conv2D({layer.filters}, {window}"
        if layer.padding == "same":
            return f'{conv}, padding="same")'
        padding = _padding(layer.pad_width)
        return f"{conv})" if padding == "0" else f"layers.ZeroPadding2D({padding}), {conv})"
    if isinstance(layer, Pool):
        kind = {"MaxPool": "MaxPooling2D", "MeanPool": "AveragePooling2D"}[layer.name]
        return f"layers.{kind}({_window(layer.size, layer.stride, layer.size, 'strides')})"
    if isinstance(layer, Dense):
        return f"layers.Dense({layer.outputs})"
    return f"layers.{layer.name}()"


def _torch(layers: Sequence[Layer], shapes: Sequence[Shape]) -> str:
    lines = []
    for layer, (before, shape) in zip(layers, zip(shapes, shapes[1:])):
        channels_first = (*shape[2:], *shape[:2]) if len(shape) == 3 else shape
        lines.append(f"{_torch_layer(layer, before[-1])},  # {times(channels_first)}")
    return "\n".join([
        "from torch import nn", "",
        "model = nn.Sequential(", *(INDENT + line for line in lines), ")",
    ])  # fmt: skip


def _torch_layer(layer: Layer, inputs: int) -> str:
    if isinstance(layer, Conv):
        window = _window(layer.size, layer.stride, (1, 1))
        conv = f"nn.Conv2d({inputs}, {layer.filters}, {window}"
        (top, bottom), (left, right) = layer.pad_width
        if needs_zero_pad(layer):
            return f"nn.ZeroPad2d({(left, right, top, bottom)}), {conv})"
        if (top, left) == (bottom, right):
            return f"{conv}, padding={_plain((top, left))})" if top or left else f"{conv})"
        return f'{conv}, padding="same")'
    if isinstance(layer, Pool):
        kind = {"MaxPool": "MaxPool2d", "MeanPool": "AvgPool2d"}[layer.name]
        return f"nn.{kind}({_window(layer.size, layer.stride, layer.size)})"
    if isinstance(layer, Dense):
        return f"nn.Linear({inputs}, {layer.outputs})"
    return f"nn.{layer.name}()"


def _window(size: Pair, stride: Pair, usual: Pair, name: str = "stride") -> str:
    """Write the arguments of a window; a usual stride is left out."""
    return str(_plain(size)) + ("" if stride == usual else f", {name}={_plain(stride)}")


def _padding(pad_width: PadWidth) -> str:
    """Write ((top, bottom), (left, right)) as shortly as it can be given."""
    (top, bottom), (left, right) = pad_width
    return str(_plain((top, left)) if (top, left) == (bottom, right) else pad_width)


def _plain(pair: Pair) -> IntOrPair:
    """Return two equal numbers as one."""
    return pair[0] if pair[0] == pair[1] else pair
