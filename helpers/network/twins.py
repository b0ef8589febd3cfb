"""The weights of a network as Keras and PyTorch lay them out: three layouts, the same answers.

Neither needs to be installed: what comes out are plain arrays. Where the layouts differ:

| | here and in Keras | in PyTorch |
|---|---|---|
| images | (N, H, W, C) | (N, C, H, W) |
| weights of a convolution | (kh, kw, C, F) | (F, C, kh, kw) |
| weights of a dense layer | (inputs, outputs) | (outputs, inputs) |
| order in which maps are flattened | row, column, channel | channel, row, column |
"""

import numpy as np

from helpers.network.convolution import Conv
from helpers.network.layers import Dense, Flatten
from helpers.network.model import as_network


def to_keras(network):
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


def to_torch(network):
    """Return a network's weights as a dict of arrays, named as in `state_dict` of a Sequential.

    The number in a name is the layer's place, from 0. Once each array is a tensor,
    `load_state_dict` takes them. The rows of the first dense layer after Flatten change places
    as well, because PyTorch flattens channel by channel.

    >>> from helpers.network import Network
    >>> layers = [Conv(8, 3), Flatten(), Dense(10)]
    >>> twin = to_torch(Network(layers, (28, 28, 1)))
    >>> {name: array.shape for name, array in twin.items()}
    {'0.weight': (8, 1, 3, 3), '0.bias': (8,), '2.weight': (10, 5408), '2.bias': (10,)}
    """
    twin, maps = {}, None
    steps = zip(as_network(network).layers, network.shapes, strict=False)
    for number, (layer, shape) in enumerate(steps):
        if isinstance(layer, Flatten):
            maps = shape  # the next dense layer's inputs are these maps
        if isinstance(layer, Conv):
            twin[f"{number}.weight"] = layer.parameters["weights"].transpose(3, 2, 0, 1)
        elif isinstance(layer, Dense):
            weights, maps = _channels_first(layer.parameters["weights"], maps), None
            twin[f"{number}.weight"] = weights.T
        if layer.parameters:
            twin[f"{number}.bias"] = layer.parameters["bias"]
    return {name: np.array(array, order="C") for name, array in twin.items()}


def _channels_first(weights, maps):
    """Order a dense layer's rows as PyTorch flattens the maps (H, W, C) before it, if any are."""
    if maps is None:
        return weights
    return weights.reshape(*maps, -1).transpose(2, 0, 1, 3).reshape(weights.shape)
