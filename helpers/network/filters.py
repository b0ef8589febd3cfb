"""Networks with some filters switched off, or with other weights, for the same images."""

from collections.abc import Collection, Mapping
from copy import copy, deepcopy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.geometry import check_position
from helpers.messages import describe
from helpers.network.convolution import Conv
from helpers.network.model import Network, as_network

Parameters = Mapping[str, NDArray]  # "weights" (kh, kw, C, F) and "bias" (F,) of a convolution


def without_filters(network: Network, layer: int, filters: int | Collection[int]) -> Network:
    """Return a copy of a network in which filters of a convolution are switched off.

    Their weights and biases are 0, so their feature maps are 0 for every image. The layers after
    the convolution are the same; the network given is not changed.

    Parameters
    ----------
    network : Network
    layer : int, the number of a convolution; 0 is the first layer
    filters : int, or several as a list, a range or a set: the numbers of the filters

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> network = Network([Conv(3, 1)], input_shape=(1, 1, 1))
    >>> network.layers[0].parameters["weights"][:] = 7
    >>> without_filters(network, 0, [0, 2]).layers[0].parameters["weights"].tolist()
    [[[[0.0, 7.0, 0.0]]]]
    """
    convolution = as_convolution(network, layer)
    many = isinstance(filters, Collection) and not isinstance(filters, str)
    given: Any = filters if many else [filters]
    off = [check_position("filters", each, convolution.filters) for each in given]
    on = ~np.isin(np.arange(convolution.filters), off)
    return with_parameters(network, {layer: switched(convolution.parameters, on)})


def convolutions(network: Network) -> dict[int, Conv]:
    """Return the convolutions by the numbers of their layers; a network without is a ValueError.

    >>> list(convolutions(Network([Conv(2, 3), Conv(2, 3)], input_shape=(9, 9, 1))))
    [0, 1]
    """
    layers = as_network(network).layers
    found = {number: layer for number, layer in enumerate(layers) if isinstance(layer, Conv)}
    if not found:
        names = ", ".join(layer.name for layer in layers)
        raise ValueError(f"network must have a Conv, whose filters can be changed; got {names}")
    return found


def switched(parameters: Parameters, on: NDArray) -> dict[str, NDArray]:
    """Return the parameters of a convolution, 0 for each filter that is not `on`, (F,) bools."""
    return {name: np.where(on, array, array.dtype.type(0)) for name, array in parameters.items()}


def with_parameters(network: Network, parameters: Mapping[int, Parameters]) -> Network:
    """Return a copy of a network with other parameters in some layers, by their numbers."""
    changed = copy(network)
    changed.layers = network.copied_layers()
    for number, layer in enumerate(changed.layers):
        layer.parameters = dict(parameters.get(number, layer.parameters))
    changed.clear_cache()  # a copy of what a training has left would take megabytes
    return deepcopy(changed)


def as_convolution(network: Network, layer: int) -> Conv:
    """Return a convolution of a network by its number, or refuse it."""
    found, layers = convolutions(network), network.layers
    if (number := check_position("layer", layer, len(layers))) not in found:
        raise ValueError(
            f"layer must be one of the convolutions, {list(found)};"
            f" got {describe(layer)}, a {layers[number].name}"
        )
    return found[number]
