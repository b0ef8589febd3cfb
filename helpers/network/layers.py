"""The layers of a network. Each one learns its input's shape, answers, and passes blame back.

Inside a network a batch is (H, W, C, N): rows, columns, channels, images. It lies in memory as
(H, C, W, N): then a convolution is one matrix product for each row, and its answer lies like that
too.
"""

from itertools import pairwise

import numpy as np

from helpers._fast.im2row import rows_first, stacked, strips
from helpers.geometry import output_size
from helpers.network.layer import Layer, expect_maps
from helpers.network.pools import MaxPool, MeanPool
from helpers.validation import as_pair, as_whole


class Conv(Layer):
    """A bank of filters: (H, W, C, N) to (H', W', F, N), without padding, stride 1.

    The same products as in `convolve`, and the same windows, which are kept for `backward`.
    """

    def __init__(self, filters, size):
        super().__init__()
        self.filters = as_whole("filters", filters, least=1)
        self.size = as_pair("size", size, least=1)

    @property
    def settings(self):
        return [self.filters, list(self.size)]

    def build(self, shape, rng):
        expect_maps(shape)
        rows, columns = output_size(shape[:2], self.size)
        inputs = self.size[0] * self.size[1] * shape[2]
        weights = rng.normal(0, np.sqrt(2 / inputs), (*self.size, shape[2], self.filters))
        self.parameters = {
            "weights": weights.astype(np.float32),
            "bias": np.zeros(self.filters, np.float32),
        }
        return rows, columns, self.filters

    def forward(self, x):
        weights, bias = self.parameters["weights"], self.parameters["bias"]
        rows, columns = output_size(x.shape[:2], self.size)
        windows = stacked(strips(x, self.size[1], columns), self.size[0], rows)
        self.seen = x.shape, windows
        answer = weights.reshape(-1, self.filters).T @ windows
        answer += bias[:, None]
        return answer.reshape(*answer.shape[:2], -1, x.shape[3]).transpose(0, 2, 1, 3)

    def backward(self, gradient, to_input=True):
        weights, (shape, windows) = self.parameters["weights"], self.seen
        blame = rows_first(gradient).reshape(len(gradient), self.filters, -1)
        by_weight = (windows @ blame.transpose(0, 2, 1)).sum(axis=0)
        self.gradients = {
            "weights": by_weight.reshape(weights.shape),
            "bias": np.einsum("hfn->f", blame),
        }
        return self._by_input(blame, weights, shape) if to_input else None

    def _by_input(self, blame, weights, shape):
        """A pixel is blamed by every window that it was in: the kernel, turned, meets the blame."""
        height, width, channels, batch = shape
        (kh, kw), columns = self.size, width - self.size[1] + 1
        spaced = np.zeros((height + kh - 1, *blame.shape[1:]), blame.dtype)
        spaced[kh - 1 : height] = blame
        turned = weights[::-1].transpose(1, 2, 0, 3).reshape(kw * channels, -1)
        by_strip = (turned @ stacked(spaced, kh, height)).reshape(
            height, kw, channels, columns, batch
        )
        by_input = np.empty((height, channels, width, batch), blame.dtype)
        by_input[:, :, :columns], by_input[:, :, columns:] = by_strip[:, 0], 0
        for j in range(1, kw):
            by_input[:, :, j : j + columns] += by_strip[:, j]
        return by_input.transpose(0, 2, 1, 3)


class ReLU(Layer):
    """Negative answers become 0, and pass no blame."""

    def build(self, shape, rng):
        return shape

    def forward(self, x):
        self.seen = x > 0
        return np.maximum(x, 0)

    def backward(self, gradient):
        return gradient * self.seen


class Flatten(Layer):
    """(H, W, C, N) to (H·W·C, N): row by row, pixel by pixel, channel by channel."""

    def build(self, shape, rng):
        expect_maps(shape)
        return (int(np.prod(shape)),)

    def forward(self, x):
        self.seen = x.shape
        return x.reshape(-1, x.shape[-1])

    def backward(self, gradient):
        height, width, channels, batch = self.seen
        by_input = gradient.reshape(height, width, channels, batch)
        return np.ascontiguousarray(rows_first(by_input)).transpose(0, 2, 1, 3)


class Dense(Layer):
    """Every output looks at every input: (D, N) to (outputs, N)."""

    def __init__(self, outputs):
        super().__init__()
        self.outputs = as_whole("outputs", outputs, least=1)

    @property
    def settings(self):
        return [self.outputs]

    def build(self, shape, rng):
        if len(shape) != 1:
            raise ValueError("it takes flat inputs; put Flatten() before it")
        weights = rng.normal(0, np.sqrt(2 / shape[0]), (shape[0], self.outputs))
        self.parameters = {
            "weights": weights.astype(np.float32),
            "bias": np.zeros(self.outputs, np.float32),
        }
        return (self.outputs,)

    def forward(self, x):
        self.seen = x
        return self.parameters["weights"].T @ x + self.parameters["bias"][:, None]

    def backward(self, gradient):
        self.gradients = {"weights": self.seen @ gradient.T, "bias": gradient.sum(axis=1)}
        return self.parameters["weights"] @ gradient


LAYERS = {layer.__name__: layer for layer in (Conv, ReLU, MaxPool, MeanPool, Flatten, Dense)}


def pooled_first(layers):
    """Return layers with max pooling before a ReLU that stood before it.

    The result is the same to the last bit: the largest of some numbers, and not below 0, is the
    largest of them not below 0. But of 2×2 numbers only one goes through the ReLU.
    """
    order = list(layers)
    for k, (this, following) in enumerate(pairwise(layers)):
        if isinstance(this, ReLU) and isinstance(following, MaxPool):
            order[k : k + 2] = following, this
    return order
