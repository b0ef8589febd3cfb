"""Trial: the scores of many images by a network whose filters change, computed again where needed."""

from collections.abc import Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray

from helpers.network.convolution import Conv
from helpers.network.layer import Layer, as_batch
from helpers.network.layers import ReLU
from helpers.network.losses import softmax
from helpers.network.model import CHUNK, Network
from helpers.network.passing import pass_through
from helpers.network.pooling import Pool, pooled_first


class Trial:
    """Images that a network and its variants classify; variants differ in their convolutions only.

    The network is cut into stages. A convolution and the layers after it that work map by map, ReLU
    and pooling, are one stage: if some of its filters change, only their maps are computed again.
    The outputs of all stages are remembered, so a stage whose inputs are the same does nothing.
    """

    def __init__(self, network: Network, images: NDArray):
        images = network.as_images(images)
        parts = [images[start : start + CHUNK] for start in range(0, len(images), CHUNK)]
        self._batches = [as_batch(part) for part in parts]
        self._stages = [Stage(numbers) for numbers in stages_of(network.layers)]

    def probabilities(self, network: Network) -> NDArray:
        """Return the probabilities (N, K) that the network, or a variant of it, predicts."""
        layers = network.copied_layers()
        inputs, version = self._batches, 0
        for stage in self._stages:
            stage.run(layers, inputs, version)
            inputs, version = stage.outputs, stage.version
        return softmax(np.concatenate(inputs, axis=-1)).T


class Stage:
    """Layers, by their numbers, and their last output for each batch.

    `version` counts how often the output has changed.
    """

    def __init__(self, numbers: list[int]):
        self.numbers, self.version = numbers, 0
        self.outputs: list[NDArray] = []
        self._inputs = -1  # the version of the inputs from which the outputs were computed
        self._bank: NDArray | None = None  # and the parameters, one column per filter

    def run(self, network: Sequence[Layer], inputs: list[NDArray], version: int) -> None:
        """Bring the outputs up to date; if that fails, they stay as they are."""
        layers = [network[number] for number in self.numbers]
        first, *others = (layers[place] for place in pooled_first(layers))
        bank = _bank(first)
        if self._inputs != version:
            self.outputs = [pass_through([first, *others], x) for x in inputs]
        elif (
            bank is not None and (filters := np.flatnonzero((bank != self._bank).any(axis=0))).size
        ):
            part = _with_filters(first, filters)
            maps = [pass_through([part, *others], x) for x in inputs]
            for output, new in zip(self.outputs, maps, strict=True):
                output[:, :, filters] = new
        else:
            return
        self._inputs, self._bank = version, bank
        self.version += 1


def stages_of(layers: Sequence[Layer]) -> list[list[int]]:
    """Cut layers into stages; return the numbers of their layers.

    >>> from helpers.network import Dense, Flatten, MaxPool
    >>> stages_of([Conv(2, 3), ReLU(), MaxPool(2), Conv(4, 3), Flatten(), Dense(10)])
    [[0, 1, 2], [3], [4, 5]]
    """
    stages: list[list[int]] = []
    for number, layer in enumerate(layers):
        begins = not stages or isinstance(layer, Conv)
        after_maps = stages and isinstance(layers[stages[-1][0]], Conv)
        if begins or (after_maps and not isinstance(layer, (ReLU, Pool))):
            stages.append([])
        stages[-1].append(number)
    return stages


def _bank(layer: Layer) -> NDArray | None:
    """Return the parameters of a convolution, one column per filter; None for other layers."""
    if not isinstance(layer, Conv):
        return None
    weights, bias = layer.parameters["weights"], layer.parameters["bias"]
    return np.vstack([weights.reshape(-1, layer.filters), bias])


def _with_filters(layer: Layer, filters: NDArray) -> Layer:
    """Return a convolution that has only some of the filters of another one."""
    part = copy(layer)
    part.filters = len(filters)  # type: ignore[attr-defined]  # a Conv
    part.parameters = {name: array[..., filters] for name, array in layer.parameters.items()}
    return part
