"""The layers of a network. Each one learns its input's shape, answers, and passes blame back.

Inside a network a batch is (H, W, C, N): rows, columns, channels, images. It lies in memory as
(C, H, W, N): then a convolution is one matrix product, and nothing has to be moved afterwards.
"""

import numpy as np

from helpers.checks import as_pair, as_whole
from helpers.geometry import output_size, windows
from helpers.pooling import pool


class Layer:
    """A step of the network, without parameters unless it says so.

    `build(shape, rng)` is called once with the shape of one input; it returns the shape of one
    output. `forward(x)` answers; `backward(gradient)` takes the loss's gradient by the output and
    returns that by the input, keeping those by its parameters in `gradients`.
    """

    def __init__(self):
        self.parameters, self.gradients = {}, {}

    @property
    def name(self):
        return type(self).__name__

    @property
    def settings(self):
        """The arguments that make this layer again."""
        return []


def expect_maps(shape):
    """Refuse the shape of an input that has been flattened already."""
    if len(shape) != 3:
        raise ValueError("it takes maps (rows, columns, channels)")


def channels_first(x):
    """(H, W, C, N) as the (C, H, W, N) in which it lies in memory."""
    return x.transpose(2, 0, 1, 3)


class Conv(Layer):
    """A bank of filters: (H, W, C, N) to (H', W', F, N), without padding, stride 1.

    The same windows as in `convolve`, laid out as the columns of one matrix.
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

    def _matrix(self):
        return self.parameters["weights"].transpose(3, 2, 0, 1).reshape(self.filters, -1)

    def forward(self, x):
        view = windows(x, self.size)  # (H', W', kh, kw, C, N)
        rows, columns, batch = *view.shape[:2], x.shape[3]
        self.input_shape = x.shape
        self.columns = view.transpose(4, 2, 3, 0, 1, 5).reshape(-1, rows * columns * batch)
        answers = self._matrix() @ self.columns
        answers += self.parameters["bias"][:, None]
        return answers.reshape(self.filters, rows, columns, batch).transpose(1, 2, 0, 3)

    def backward(self, gradient, to_input=True):
        rows, columns, _, batch = gradient.shape
        blame = channels_first(gradient).reshape(self.filters, -1)
        kh, kw, channels, _ = self.parameters["weights"].shape
        by_weight = (blame @ self.columns.T).reshape(self.filters, channels, kh, kw)
        self.gradients = {"weights": by_weight.transpose(2, 3, 1, 0), "bias": blame.sum(axis=1)}
        if not to_input:
            return None
        by_column = (self._matrix().T @ blame).reshape(channels, kh, kw, rows, columns, batch)
        height, width = self.input_shape[:2]
        by_input = np.zeros((channels, height, width, batch), gradient.dtype)
        for i, j in np.ndindex(kh, kw):  # a pixel is blamed by every window that it was in
            by_input[:, i : i + rows, j : j + columns] += by_column[:, i, j]
        return by_input.transpose(1, 2, 0, 3)


class ReLU(Layer):
    """Negative answers become 0, and pass no blame."""

    def build(self, shape, rng):
        return shape

    def forward(self, x):
        self.alive = x > 0
        return x * self.alive

    def backward(self, gradient):
        return gradient * self.alive


class MaxPool(Layer):
    """The largest of each window, side by side; only the winner, the first of equals, is blamed."""

    def __init__(self, size):
        super().__init__()
        self.size = as_pair("size", size, least=1)

    @property
    def settings(self):
        return [list(self.size)]

    def build(self, shape, rng):
        expect_maps(shape)
        return (*output_size(shape[:2], self.size, stride=self.size), shape[2])

    def forward(self, x):
        self.x, self.answer = x, pool(x, self.size)
        return self.answer

    def backward(self, gradient):
        by_input = np.zeros_like(self.x)
        free = np.ones_like(self.answer, bool)
        rows, columns = (n * size for n, size in zip(self.answer.shape[:2], self.size, strict=True))
        for i, j in np.ndindex(self.size):
            cells = np.s_[i : rows : self.size[0], j : columns : self.size[1]]
            winner = free & (self.x[cells] == self.answer)
            by_input[cells] = gradient * winner
            free &= ~winner
        return by_input


class MeanPool(MaxPool):
    """The mean of each window, side by side; every pixel of it is blamed alike."""

    def forward(self, x):
        self.x = x
        return pool(x, self.size, mode="mean")

    def backward(self, gradient):
        by_input = np.zeros_like(self.x)
        rows, columns = (n * size for n, size in zip(gradient.shape[:2], self.size, strict=True))
        share = gradient / np.float32(self.size[0] * self.size[1])
        for i, j in np.ndindex(self.size):
            by_input[i : rows : self.size[0], j : columns : self.size[1]] = share
        return by_input


class Flatten(Layer):
    """(H, W, C, N) to (H·W·C, N): row by row, pixel by pixel, channel by channel."""

    def build(self, shape, rng):
        expect_maps(shape)
        return (int(np.prod(shape)),)

    def forward(self, x):
        self.input_shape = x.shape
        return x.reshape(-1, x.shape[-1])

    def backward(self, gradient):
        height, width, channels, batch = self.input_shape
        by_input = gradient.reshape(height, width, channels, batch)
        return np.ascontiguousarray(channels_first(by_input)).transpose(1, 2, 0, 3)


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
        self.x = x
        return self.parameters["weights"].T @ x + self.parameters["bias"][:, None]

    def backward(self, gradient):
        self.gradients = {"weights": self.x @ gradient.T, "bias": gradient.sum(axis=1)}
        return self.parameters["weights"] @ gradient


LAYERS = {layer.__name__: layer for layer in (Conv, ReLU, MaxPool, MeanPool, Flatten, Dense)}
