"""The layers that look at one number or at all of them: ReLU, Flatten, Dense."""

from math import prod

import numpy as np
from numpy.typing import NDArray

from helpers._fast.im2row import rows_first
from helpers.network.layer import Layer, Rect, Shape, expect_maps, weights_and_bias
from helpers.validation import as_whole


class ReLU(Layer):
    """Replace negative numbers by 0; where the input is not above 0, the gradient is 0."""

    def forward(self, x: NDArray) -> NDArray:
        self.cache = x > 0
        return np.maximum(x, 0)

    def backward(self, gradient: NDArray) -> NDArray:
        return gradient * self.cache


class Flatten(Layer):
    """(H, W, C, N) to (H·W·C, N): row by row, pixel by pixel, channel by channel."""

    def connect(self, shape: Shape) -> Shape:
        expect_maps(shape)
        return (prod(shape),)

    def forward(self, x: NDArray) -> NDArray:
        self.cache = x.shape
        return x.reshape(-1, x.shape[-1])

    def backward(self, gradient: NDArray) -> NDArray:
        maps = gradient.reshape(self.cache)
        return rows_first(np.ascontiguousarray(rows_first(maps)))

    def input_rect(self, rect: Rect, input_shape: Shape) -> Rect:
        if rect.rows > 1:  # only a dense layer asks for more than one number: it asks for all
            return Rect(0, 0, *input_shape[:2])
        row, column, _ = map(int, np.unravel_index(rect.top, input_shape))
        return Rect(row, column, 1, 1)


class Dense(Layer):
    """A weighted sum of all inputs, plus a bias, for each output: (D, N) to (outputs, N)."""

    def __init__(self, outputs: int):
        super().__init__()
        self.outputs = as_whole("outputs", outputs, least=1)

    @property
    def settings(self) -> list:
        return [self.outputs]

    def connect(self, shape: Shape) -> Shape:
        if len(shape) != 1:
            raise ValueError("it takes flat inputs; put Flatten() before it")
        self.parameter_shapes = weights_and_bias((shape[0], self.outputs))
        return (self.outputs,)

    def forward(self, x: NDArray) -> NDArray:
        self.cache = x
        return self.parameters["weights"].T @ x + self.parameters["bias"][:, None]

    def backward(self, gradient: NDArray) -> NDArray:
        self.gradients = {"weights": self.cache @ gradient.T, "bias": gradient.sum(axis=1)}
        return self.parameters["weights"] @ gradient

    def input_rect(self, rect: Rect, input_shape: Shape) -> Rect:
        return Rect(0, 0, input_shape[0], 1)
