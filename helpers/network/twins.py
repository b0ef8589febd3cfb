"""The weights of a network in the layouts of Keras and PyTorch: equal models, equal outputs.

Neither needs to be installed: the functions return plain arrays. Where the layouts differ:

| | here and in Keras | in PyTorch |
|---|---|---|
| images | (N, H, W, C) | (N, C, H, W) |
| weights of a convolution | (kh, kw, C, F) | (F, C, kh, kw) |
| weights of a dense layer | (inputs, outputs) | (outputs, inputs) |
| order in which maps are flattened | row, column, channel | channel, row, column |

Stride and padding belong to the model that takes the weights. "valid" and "same" pad alike here and
in Keras; other padding there is a ZeroPadding2D before the Conv2D. PyTorch's Conv2d pads opposite
sides alike, and takes "same" with stride 1 only: other padding is a ZeroPad2d before it.
"""

import numpy as np
from numpy.typing import NDArray

from helpers.network.convolution import Conv
from helpers.network.layer import Shape
from helpers.network.layers import Dense, Flatten
from helpers.network.model import Network, as_network


def to_keras(network: Network) -> list[NDArray]:
    """Return a network's weights as a list of arrays, for `set_weights` of the same in Keras.

    For each layer that has any: weights, then bias. Copies, in the layouts of this course.

    >>> from helpers.network import Network
    >>> layers = [Conv(8, 3), Flatten(), Dense(10)]
    >>> [array.shape for array in to_keras(Network(layers, (28, 28, 1)))]
    [(3, 3, 1, 8), (8,), (5408, 10), (10,)]
    """
    return [
        array.copy() for layer in as_network(network).layers for array in layer.parameters.values()
    ]


def to_torch(network: Network) -> dict[str, NDArray]:
    """Return a network's weights as a dict of arrays, named as in `state_dict` of a Sequential.

    The number in a name is the layer's place in the Sequential, from 0. A Conv whose padding
    PyTorch's Conv2d cannot express takes two places: nn.ZeroPad2d((left, right, top, bottom)), then
    nn.Conv2d. Convert each array to a tensor for `load_state_dict`. The rows of the first dense
    layer after Flatten are reordered, because PyTorch flattens channel by channel.

    >>> from helpers.network import Network
    >>> layers = [Conv(8, 3), Flatten(), Dense(10)]
    >>> twin = to_torch(Network(layers, (28, 28, 1)))
    >>> {name: array.shape for name, array in twin.items()}
    {'0.weight': (8, 1, 3, 3), '0.bias': (8,), '2.weight': (10, 5408), '2.bias': (10,)}
    """
    twin: dict[str, NDArray] = {}
    maps: Shape | None = None
    number = 0
    for layer, shape in zip(as_network(network).layers, network.shapes, strict=False):
        if isinstance(layer, Flatten):
            maps = shape  # the next dense layer's inputs are these maps
        if isinstance(layer, Conv):
            number += needs_zero_pad(layer)
            twin[f"{number}.weight"] = layer.parameters["weights"].transpose(3, 2, 0, 1)
        elif isinstance(layer, Dense):
            weights, maps = _channels_first(layer.parameters["weights"], maps), None
            twin[f"{number}.weight"] = weights.T
        if layer.parameters:
            twin[f"{number}.bias"] = layer.parameters["bias"]
        number += 1
    return {name: np.array(array, order="C") for name, array in twin.items()}


def needs_zero_pad(conv: Conv) -> bool:
    """Whether PyTorch needs a ZeroPad2d before this layer's Conv2d."""
    alike = all(before == after for before, after in conv.pad_width)
    return not alike and not (conv.padding == "same" and conv.stride == (1, 1))


def _channels_first(weights: NDArray, maps: Shape | None) -> NDArray:
    """Order a dense layer's rows as PyTorch flattens the maps (H, W, C) before it, if any are."""
    if maps is None:
        return weights
    return weights.reshape(*maps, -1).transpose(2, 0, 1, 3).reshape(weights.shape)
