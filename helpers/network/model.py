"""A network: layers one after another, from a batch of images to probabilities."""

from collections.abc import Callable
from copy import copy
from functools import partial
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.messages import describe
from helpers.network.connection import connected, ready_layers
from helpers.network.convolution import Conv
from helpers.network.files import make_layers, reading, write_network
from helpers.network.inputs import as_images
from helpers.network.layer import Layer, Shape, as_batch
from helpers.network.losses import softmax
from helpers.network.passing import pass_through
from helpers.network.pooling import pooled_first
from helpers.network.summary import LayerCost, layer_costs, parameter_count, summarize
from helpers.network.user_function import Convolve, forward_with
from helpers.validation import as_array, as_finite, as_function, as_whole, is_listed

CHUNK = 100  # images predicted at a time, so that a map stays in the cache


def as_network(value: Any) -> "Network":
    """Return `value` if it is a Network, or refuse it."""
    if not isinstance(value, Network):
        raise TypeError(f"network must be a Network; got {describe(value)}")
    return value


class Network:
    """Layers one after another; the last one gives a score for each class.

    Parameters
    ----------
    layers : list of new layers; those of another network are refused, as they would lose its weights
    input_shape : (H, W, C) of one image
    seed : int, from which the starting weights are drawn

    Raises
    ------
    ValueError, TypeError : when layers do not fit together, naming the layer; also for more than
        1,000 layers or 50,000,000 parameters, whose training would take gigabytes.

    >>> from helpers.network import Dense, Flatten, MaxPool, ReLU
    >>> Network([Conv(8, 3), ReLU(), MaxPool(2), Flatten(), Dense(10)], (28, 28, 1)).shapes[1:]
    [(26, 26, 8), (26, 26, 8), (13, 13, 8), (1352,), (10,)]
    """

    def __init__(self, layers: list[Layer], input_shape: tuple[int, int, int], seed: int = 0):
        self._connect(layers, input_shape)
        rng = np.random.default_rng(as_whole("seed", seed, least=0))
        for layer in self.layers:
            layer.build(rng)

    def _connect(self, layers: list[Layer], input_shape: tuple[int, int, int]) -> None:
        """Do all that needs no weights."""
        if not is_listed(input_shape) or len(input_shape) != 3:
            raise ValueError(
                f"input_shape must be (rows, columns, channels); got {describe(input_shape)}"
            )
        self.layers = ready_layers(layers)
        self.input_shape = tuple(
            as_whole(f"input_shape[{axis}]", n, least=1) for axis, n in enumerate(input_shape)
        )
        self.shapes: list[Shape] = connected(self.layers, self.input_shape)
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
        return summarize(self.costs())

    def costs(self) -> list[LayerCost]:
        """Return what each layer returns, costs and sees, for one image.

        Each has a name, output_shape, parameters, multiplications, memory (the bytes of its output)
        and receptive_field.
        """
        return layer_costs(self.layers, self.shapes)

    def as_images(self, images: ArrayLike) -> NDArray:
        """Return images (N, H, W) or (N, H, W, C) of finite numbers with all four axes, or refuse them."""
        return as_images(images, self.input_shape)

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

    def check_weights(self) -> None:
        """Refuse weights, set by hand, of another shape, or infinite or NaN; name the first such array."""
        for number, layer in enumerate(self.layers):
            for name, array in layer.parameters.items():
                place = f'network.layers[{number}].parameters["{name}"]'
                array = as_finite(place, as_array(place, array, least_axes=1))
                shape = layer.parameter_shapes.get(name, array.shape)
                if array.shape != shape:
                    raise ValueError(f"{place} must be {shape}; got {describe(array)}")

    def copied_layers(self) -> list[Layer]:
        """Return layers with the same weights and a cache of their own.

        A training may be under way: what its layers keep for `backward` must not be overwritten.
        Weights that are not finite are a ValueError, as in `check_weights`.
        """
        self.check_weights()
        return [copy(layer) for layer in self.layers]

    def layer_outputs(self, images: ArrayLike) -> list[NDArray]:
        """Return the output of every layer for images (N, H, W) or (N, H, W, C).

        One array a layer: feature maps (H', W', F, N), or after Flatten (D, N).
        """
        outputs = [self.batch(images)]
        for layer in self.copied_layers():
            outputs.append(pass_through([layer], outputs[-1]))
        return outputs[1:]

    def scores(self, images: ArrayLike, convolve: Convolve | None = None) -> NDArray:
        """Return the scores (N, K) that `predict` turns into probabilities, for the same arguments."""
        images = self.as_images(images)
        run: Callable[..., NDArray] = pass_through
        if convolve is not None:
            run = partial(forward_with, as_function("convolve", convolve))
        copies = self.copied_layers()
        layers = [copies[place] for place in self._order]
        scores = np.empty((self.classes, len(images)), np.float32)
        for start in range(0, len(images), CHUNK):
            part = slice(start, start + CHUNK)
            scores[:, part] = run(layers, as_batch(images[part]))
        return scores.T

    def predict(self, images: ArrayLike, convolve: Convolve | None = None) -> NDArray:
        """Return probabilities (N, K) for images (N, H, W) or (N, H, W, C).

        `convolve` may be a function of your own, from an image (H, W) and a kernel (kh, kw) to the
        (H − kh + 1, W − kw + 1) output: then every convolution layer is computed by calls of it.
        What overflows is a FloatingPointError, so that no prediction is made of NaN.
        """
        return softmax(self.scores(images, convolve).T).T

    def save(self, path: str | PathLike[str]) -> None:
        """Write layers and weights into one .npz file: arrays and a line of text, no objects.

        A file that was there stays as it is until the new one is whole.
        """
        self.check_weights()
        write_network(path, self.input_shape, self.layers)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "Network":
        """Read a network that `save` wrote; any other file is refused with a ValueError.

        What the file holds is compared with what its layers need before any weights are read.
        """
        with reading(path) as stored:
            network = cls.__new__(cls)
            network._connect(make_layers(stored.plan.get("layers")), stored.plan.get("input_shape"))
            stored.put_parameters(network.layers)
            network.check_weights()
        return network
