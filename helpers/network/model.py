"""A network: layers one after another, from a batch of images to probabilities."""

from copy import copy
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers._fast.threads import one_thread
from helpers.network.convolution import Conv
from helpers.network.files import make_layers, put_parameters, reading, write_network
from helpers.network.layer import Layer, Shape, as_batch
from helpers.network.losses import softmax
from helpers.network.pooling import pooled_first
from helpers.network.summary import parameter_count, summarize
from helpers.network.user_function import Convolve, forward_with
from helpers.validation import as_array, as_function, as_whole, describe, is_listed

CHUNK = 100  # images predicted at a time, so that a map stays in the cache


def as_network(value: Any) -> "Network":
    """Return `value` if it is a Network, or refuse it."""
    if not isinstance(value, Network):
        raise TypeError(f"network must be a Network; got {describe(value)}")
    return value


def _ready_layers(layers: Any) -> list[Layer]:
    if not is_listed(layers) or len(layers) == 0:
        raise TypeError(f"layers must be a list of layers; got {describe(layers)}")
    for place, layer in enumerate(layers):
        if not isinstance(layer, Layer):
            raise TypeError(f"layers[{place}] must be a layer, as ReLU() is; got {describe(layer)}")
        if layer in layers[:place] or layer.parameters:  # to build it again would wipe its weights
            raise ValueError(f"layers[{place}] must be a new {layer.name}, not one used before")
    return list(layers)


class Network:
    """Layers one after another; the last one gives a score for each class.

    Parameters
    ----------
    layers : list of new layers; those of another network are refused, as they would lose its weights
    input_shape : (H, W, C) of one image
    seed : int, from which the starting weights are drawn

    Raises
    ------
    ValueError, TypeError : when layers do not fit together, naming the layer.

    >>> from helpers.network import Dense, Flatten, MaxPool, ReLU
    >>> Network([Conv(8, 3), ReLU(), MaxPool(2), Flatten(), Dense(10)], (28, 28, 1)).shapes[1:]
    [(26, 26, 8), (26, 26, 8), (13, 13, 8), (1352,), (10,)]
    """

    def __init__(self, layers: list[Layer], input_shape: tuple[int, int, int], seed: int = 0):
        if not is_listed(input_shape) or len(input_shape) != 3:
            raise ValueError(
                f"input_shape must be (rows, columns, channels); got {describe(input_shape)}"
            )
        self.layers = _ready_layers(layers)
        self.input_shape = tuple(
            as_whole(f"input_shape[{axis}]", n, least=1) for axis, n in enumerate(input_shape)
        )
        self.shapes: list[Shape] = [self.input_shape]
        rng = np.random.default_rng(as_whole("seed", seed, least=0))
        for number, layer in enumerate(self.layers, start=1):
            try:
                self.shapes.append(layer.build(self.shapes[-1], rng))
            except ValueError as error:
                for built in self.layers:
                    built.parameters = {}  # they are the caller's, who will try again
                raise ValueError(
                    f"layer {number}, {layer.name}, does not fit an input of shape"
                    f" {self.shapes[-1]}: {error}"
                ) from None
        self._order = pooled_first(self.layers)

    @property
    def classes(self) -> int:
        """How many scores the last layer returns for an image."""
        if len(self.shapes[-1]) != 1:
            raise ValueError(
                "layers must end with scores, as Dense returns them; the last,"
                f" {self.layers[-1].name}, returns {self.shapes[-1]}"
            )
        return self.shapes[-1][0]

    @property
    def parameter_count(self) -> int:
        """How many numbers the network can learn."""
        return sum(map(parameter_count, self.layers))

    def summary(self) -> str:
        """Return a table: output shape, parameters, multiplications, receptive field of each layer.

        Multiplications are those for one image. The receptive field is how many rows and columns
        of the image an output can depend on.
        """
        return summarize(self.layers, self.shapes)

    def as_images(self, images: ArrayLike) -> NDArray:
        """Return images (N, H, W) or (N, H, W, C) with all four axes, or refuse them."""
        images = as_array("images", images, least_axes=0)
        with_channels = images[..., None] if images.ndim == 3 else images
        if with_channels.shape[1:] != self.input_shape:
            shape = ", ".join(map(str, self.input_shape))
            raise ValueError(f"images must be (N, {shape}); got {describe(images)}")
        return with_channels

    def batch(self, images: ArrayLike) -> NDArray:
        """Turn images (N, H, W) or (N, H, W, C) into a batch (H, W, C, N)."""
        return as_batch(self.as_images(images))

    def forward(self, x: NDArray) -> NDArray:
        """Return the scores (K, N) of a batch (H, W, C, N)."""
        for place in self._order:
            x = self.layers[place].forward(x)
        return x

    def backward(self, gradient: NDArray) -> None:
        """Pass the gradient with respect to the scores back; layers keep those of their parameters."""
        first, *others = (self.layers[place] for place in self._order)
        for layer in reversed(others):
            gradient = layer.backward(gradient)
        if isinstance(first, Conv):
            first.keep_gradients(gradient)  # the images do not learn
        else:
            first.backward(gradient)

    def clear_cache(self) -> None:
        """Drop what the layers keep of a batch for `backward`: it takes megabytes."""
        for layer in self.layers:
            layer.cache = None

    def copied_layers(self) -> list[Layer]:
        """Return layers with the same weights and a cache of their own.

        A training may be under way: what its layers keep for `backward` must not be overwritten.
        """
        return [copy(layer) for layer in self.layers]

    def layer_outputs(self, images: ArrayLike) -> list[NDArray]:
        """Return the output of every layer for images (N, H, W) or (N, H, W, C).

        One array a layer: feature maps (H', W', F, N), or after Flatten (D, N).
        """
        outputs = [self.batch(images)]
        for layer in self.copied_layers():
            outputs.append(layer.forward(outputs[-1]))
        return outputs[1:]

    def predict(self, images: ArrayLike, convolve: Convolve | None = None) -> NDArray:
        """Return probabilities (N, K) for images (N, H, W) or (N, H, W, C).

        `convolve` may be a function of your own, from an image (H, W) and a kernel (kh, kw) to the
        (H − kh + 1, W − kw + 1) output: then every convolution layer is computed by calls of it.
        """
        images = self.as_images(images)
        if convolve is not None:
            as_function("convolve", convolve)
        copies = self.copied_layers()
        layers = [copies[place] for place in self._order]
        probabilities = np.empty((len(images), self.classes), np.float32)
        for start in range(0, len(images), CHUNK):
            part = slice(start, start + CHUNK)
            x = as_batch(images[part])
            if convolve is None:
                with one_thread():
                    for layer in layers:
                        x, layer.cache = layer.forward(x), None
            else:
                x = forward_with(convolve, layers, x)
            probabilities[part] = softmax(x).T
        return probabilities

    def save(self, path: str | PathLike[str]) -> None:
        """Write layers and weights into one .npz file: arrays and a line of text, no objects.

        A file that was there stays as it is until the new one is whole.
        """
        write_network(path, self.input_shape, self.layers)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "Network":
        """Read a network that `save` wrote; any other file is refused with a ValueError."""
        with reading(path) as (plan, arrays):
            network = cls(make_layers(plan["layers"]), plan["input_shape"])
            put_parameters(network.layers, arrays)
        return network
