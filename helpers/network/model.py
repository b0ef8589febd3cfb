"""A network: layers one after another, from a batch of images to ten probabilities."""

import json
import zipfile
from pathlib import Path

import numpy as np

from helpers.checks import as_array, as_whole, describe
from helpers.network.layers import LAYERS, Conv, Layer

FORMAT = "convolution-course network 1"
CHUNK = 500  # images answered at a time, so that memory stays small


def softmax(scores):
    """Turn scores (K, N) into probabilities: all above 0, each column sums to 1."""
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


class Network:
    """Layers one after another; the last one gives a score for each class.

    Parameters
    ----------
    layers : list of layers
    input_shape : (H, W, C) of one image
    seed : int, for the weights to start from

    Raises
    ------
    ValueError, TypeError : when layers do not fit together, naming the layer.
    """

    def __init__(self, layers, input_shape, seed=0):
        if not layers or not all(isinstance(layer, Layer) for layer in layers):
            raise TypeError(f"layers must be a list of layers; got {describe(layers)}")
        if len(input_shape) != 3:
            raise ValueError(f"input_shape must be (rows, columns, channels); got {input_shape}")
        self.layers = list(layers)
        self.input_shape = tuple(as_whole("input_shape", n, least=1) for n in input_shape)
        self.shapes = [self.input_shape]
        rng = np.random.default_rng(as_whole("seed", seed, least=0))
        for number, layer in enumerate(self.layers, start=1):
            try:
                self.shapes.append(tuple(layer.build(self.shapes[-1], rng)))
            except (ValueError, IndexError) as error:
                raise ValueError(
                    f"layer {number}, {layer.name}, does not fit an input of shape"
                    f" {self.shapes[-1]}: {error}"
                ) from None

    @property
    def parameter_count(self):
        """How many numbers the network can learn."""
        return sum(array.size for layer in self.layers for array in layer.parameters.values())

    def summary(self):
        """Return a table: each layer, the shape of its answer, and its parameters."""
        lines = [f"{'layer':10} {'answer':>14} {'parameters':>11}"]
        for layer, shape in zip(self.layers, self.shapes[1:]):
            count = sum(array.size for array in layer.parameters.values())
            lines.append(f"{layer.name:10} {'×'.join(map(str, shape)):>14} {count:>11,}")
        return "\n".join([*lines, f"{'in all':10} {'':14} {self.parameter_count:>11,}"])

    def batch(self, images):
        """Turn images (N, H, W) or (N, H, W, C) into a batch (H, W, C, N)."""
        images = as_array("images", images, least_axes=3)
        if images.ndim == 3:
            images = images[..., None]
        if images.shape[1:] != self.input_shape:
            raise ValueError(
                f"images must be (N, {', '.join(map(str, self.input_shape))}); got {images.shape}"
            )
        ordered = np.ascontiguousarray(images.transpose(3, 1, 2, 0), dtype=np.float32)
        return ordered.transpose(1, 2, 0, 3)

    def forward(self, x):
        """Answer a batch (H, W, C, N) with scores (K, N)."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, gradient):
        """Pass the loss's gradient by the scores back; each layer keeps that by its parameters."""
        for layer in reversed(self.layers[1:]):
            gradient = layer.backward(gradient)
        first = self.layers[0]
        first.backward(gradient, to_input=False) if isinstance(first, Conv) else first.backward(gradient)

    def answers(self, images):
        """Return what every layer says to some images: a list of arrays, images last."""
        found = [self.batch(images)]
        for layer in self.layers:
            found.append(layer.forward(found[-1]))
        return found[1:]

    def predict(self, images):
        """Return probabilities (N, K) for images (N, H, W) or (N, H, W, C)."""
        images = as_array("images", images, least_axes=3)
        parts = [images[start : start + CHUNK] for start in range(0, len(images), CHUNK)]
        return np.concatenate([softmax(self.forward(self.batch(part))).T for part in parts])

    def save(self, path):
        """Write layers and weights into one .npz file: arrays and a line of text, no objects."""
        plan = [[layer.name, layer.settings] for layer in self.layers]
        text = json.dumps({"format": FORMAT, "input_shape": self.input_shape, "layers": plan})
        arrays = {
            f"{number}-{name}": array
            for number, layer in enumerate(self.layers)
            for name, array in layer.parameters.items()
        }
        with open(path, "wb") as file:
            np.savez(file, plan=np.array(text), **arrays)

    @classmethod
    def load(cls, path):
        """Read a network that `save` wrote; any other file is refused with a ValueError."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
            plan = json.loads(str(arrays.pop("plan")))
            if plan["format"] != FORMAT:
                raise ValueError("another format")
            layers = [LAYERS[name](*settings) for name, settings in plan["layers"]]
            network = cls(layers, plan["input_shape"])
            network._take(arrays)
        except FileNotFoundError:
            raise ValueError(f"path must name a file; there is none at {Path(path).name!r}") from None
        except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile) as error:
            reason = " ".join(str(error).split())[:100]
            raise ValueError(f"{Path(path).name!r} is not a network saved here: {reason}") from None
        return network

    def _take(self, arrays):
        """Put stored weights in place, if every one is there and fits."""
        for number, layer in enumerate(self.layers):
            for name, array in layer.parameters.items():
                stored = arrays.pop(f"{number}-{name}")
                if stored.shape != array.shape or stored.dtype != array.dtype:
                    raise ValueError(f"{name} of layer {number + 1} must be {array.shape}; got {stored.shape}")
                layer.parameters[name] = stored
        if arrays:
            raise ValueError(f"there is more in it: {', '.join(arrays)}")
