"""A network: layers one after another, from a batch of images to ten probabilities."""

from copy import copy

import numpy as np

from helpers._fast.threads import one_thread
from helpers.network.files import reading, write_file
from helpers.network.layer import Layer
from helpers.network.layers import LAYERS, Conv, pooled_first
from helpers.network.user_function import forward_with
from helpers.validation import as_array, as_choice, as_function, as_whole, describe, is_listed

CHUNK = 100  # images answered at a time, so that a map stays in the cache


def as_network(value):
    """Return `value` if it is a Network, or refuse it."""
    if not isinstance(value, Network):
        raise TypeError(f"network must be a Network; got {describe(value)}")
    return value


def softmax(scores):
    """Turn scores (K, N) into probabilities: all above 0, each column sums to 1."""
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


def _ready_layers(layers):
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
    seed : int, for the weights to start from

    Raises
    ------
    ValueError, TypeError : when layers do not fit together, naming the layer.
    """

    def __init__(self, layers, input_shape, seed=0):
        if not is_listed(input_shape) or len(input_shape) != 3:
            raise ValueError(
                f"input_shape must be (rows, columns, channels); got {describe(input_shape)}"
            )
        self.layers = _ready_layers(layers)
        self.input_shape = tuple(
            as_whole(f"input_shape[{axis}]", n, least=1) for axis, n in enumerate(input_shape)
        )
        self.shapes = [self.input_shape]
        rng = np.random.default_rng(as_whole("seed", seed, least=0))
        for number, layer in enumerate(self.layers, start=1):
            try:
                self.shapes.append(tuple(layer.build(self.shapes[-1], rng)))
            except ValueError as error:
                for built in self.layers:
                    built.parameters = {}  # they are the caller's, who will try again
                raise ValueError(
                    f"layer {number}, {layer.name}, does not fit an input of shape"
                    f" {self.shapes[-1]}: {error}"
                ) from None

    @property
    def classes(self):
        """How many scores the last layer gives to an image."""
        if len(self.shapes[-1]) != 1:
            raise ValueError(
                "layers must end with scores, as Dense gives them; the last,"
                f" {self.layers[-1].name}, gives {self.shapes[-1]}"
            )
        return self.shapes[-1][0]

    @property
    def parameter_count(self):
        """How many numbers the network can learn."""
        return sum(array.size for layer in self.layers for array in layer.parameters.values())

    def summary(self):
        """Return a table: each layer, the shape of its answer, and its parameters."""
        lines = [f"{'layer':10} {'answer':>14} {'parameters':>11}"]
        for layer, shape in zip(self.layers, self.shapes[1:], strict=True):
            count = sum(array.size for array in layer.parameters.values())
            lines.append(f"{layer.name:10} {'×'.join(map(str, shape)):>14} {count:>11,}")
        return "\n".join([*lines, f"{'in all':10} {'':14} {self.parameter_count:>11,}"])

    def as_images(self, images):
        """Return images (N, H, W) or (N, H, W, C) with all four axes, or refuse them."""
        images = as_array("images", images, least_axes=0)
        with_channels = images[..., None] if images.ndim == 3 else images
        if with_channels.shape[1:] != self.input_shape:
            shape = ", ".join(map(str, self.input_shape))
            raise ValueError(f"images must be (N, {shape}); got {describe(images)}")
        return with_channels

    def batch(self, images):
        """Turn images (N, H, W) or (N, H, W, C) into a batch (H, W, C, N)."""
        images = self.as_images(images)
        ordered = np.ascontiguousarray(images.transpose(1, 3, 2, 0), dtype=np.float32)
        return ordered.transpose(0, 2, 1, 3)

    def forward(self, x):
        """Answer a batch (H, W, C, N) with scores (K, N)."""
        for layer in pooled_first(self.layers):
            x = layer.forward(x)
        return x

    def backward(self, gradient):
        """Pass the loss's gradient by the scores back; each layer keeps that by its parameters."""
        first, *others = pooled_first(self.layers)
        for layer in reversed(others):
            gradient = layer.backward(gradient)
        if isinstance(first, Conv):
            first.backward(gradient, to_input=False)  # nobody asks what the image is to blame for
        else:
            first.backward(gradient)

    def forget(self):
        """Let go of what the layers keep of a batch for `backward`."""
        for layer in self.layers:
            layer.seen = None

    def copied_layers(self):
        """Return layers with the same weights and a memory of their own.

        A training may be under way: what its layers keep for `backward` must not be overwritten.
        """
        return [copy(layer) for layer in self.layers]

    def answers(self, images):
        """Return what every layer says to some images: a list of arrays, images last."""
        found = [self.batch(images)]
        for layer in self.copied_layers():
            found.append(layer.forward(found[-1]))
        return found[1:]

    def predict(self, images, convolve=None):
        """Return probabilities (N, K) for images (N, H, W) or (N, H, W, C).

        `convolve` may be a function of your own, from an image (H, W) and a kernel (kh, kw) to the
        answers: then every convolution layer is made of calls of it.
        """
        images = self.as_images(images)
        if convolve is not None:
            as_function("convolve", convolve)
        layers = pooled_first(self.copied_layers())
        chances = np.empty((len(images), self.classes), np.float32)
        for start in range(0, len(images), CHUNK):
            part = slice(start, start + CHUNK)
            x = self.batch(images[part])
            if convolve is None:
                with one_thread():
                    for layer in layers:
                        x, layer.seen = layer.forward(x), None
            else:
                x = forward_with(convolve, layers, x)
            chances[part] = softmax(x).T
        return chances

    def save(self, path):
        """Write layers and weights into one .npz file: arrays and a line of text, no objects.

        A file that was there stays as it is until the new one is whole.
        """
        plan = {
            "input_shape": self.input_shape,
            "layers": [[layer.name, layer.settings] for layer in self.layers],
        }
        arrays = {
            f"{number}-{name}": array
            for number, layer in enumerate(self.layers)
            for name, array in layer.parameters.items()
        }
        write_file(path, plan, arrays)

    @classmethod
    def load(cls, path):
        """Read a network that `save` wrote; any other file is refused with a ValueError."""
        with reading(path) as (plan, arrays):
            layers = [
                LAYERS[as_choice("layer", name, LAYERS)](*settings)
                for name, settings in plan["layers"]
            ]
            network = cls(layers, plan["input_shape"])
            network._take(arrays)
        return network

    def _take(self, arrays):
        """Put stored weights in place, if every one is there and fits."""
        for number, layer in enumerate(self.layers):
            for name, array in layer.parameters.items():
                stored = arrays.pop(f"{number}-{name}", None)
                if stored is None or (stored.shape, stored.dtype) != (array.shape, array.dtype):
                    raise ValueError(
                        f"{number}-{name} must be {describe(array)}; got {describe(stored)}"
                    )
                layer.parameters[name] = stored
        if arrays:
            raise ValueError(f"there is more in it: {', '.join(arrays)}")
