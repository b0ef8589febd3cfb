"""What a layer is: parameters, a way forward and back, and the window it looks through.

Inside a network a batch is (H, W, C, N): rows, columns, channels, images. It lies in memory as
(H, C, W, N): a convolution is then one matrix product for each row, and its output lies that way
too.
"""

from abc import ABC, abstractmethod
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from helpers._fast.im2row import rows_first
from helpers.padding import PadWidth
from helpers.validation import Pair

Shape: TypeAlias = tuple[int, ...]  # of one image: (rows, columns, channels), or flat (numbers,)


class Rect(NamedTuple):
    """A rectangle of pixels, or of cells of a feature map; it may reach outside, into padding."""

    top: int
    left: int
    rows: int
    columns: int

    def clipped(self, rows: int, columns: int) -> "Rect":
        """Return the part inside an image of `rows` × `columns` pixels, perhaps 0 rows or columns.

        >>> Rect(-1, 2, 3, 3).clipped(4, 4)
        Rect(top=0, left=2, rows=2, columns=2)
        """
        top, bottom = np.clip([self.top, self.top + self.rows], 0, rows).tolist()
        left, right = np.clip([self.left, self.left + self.columns], 0, columns).tolist()
        return Rect(top, left, bottom - top, right - left)


class Layer(ABC):
    """A step of the network. This base class has no parameters and windows of one pixel.

    `connect(shape)` is called with the shape of one input, before the layer is used: it returns that
    of one output, and keeps in `parameter_shapes` what `build` will draw. `forward(x)` returns the
    output and keeps in `cache` what `backward` needs. `backward(gradient)` takes the loss's gradient
    with respect to the output, returns that with respect to the input, and keeps those with respect
    to its parameters in `gradients`.
    """

    size: Pair = (1, 1)
    stride: Pair = (1, 1)
    pad_width: PadWidth = (0, 0), (0, 0)

    def __init__(self) -> None:
        self.parameters: dict[str, NDArray] = {}
        self.parameter_shapes: dict[str, Shape] = {}
        self.gradients: dict[str, NDArray] = {}
        self.cache: Any = None

    @property
    def name(self) -> str:
        return type(self).__name__

    @property
    def settings(self) -> list:
        """The arguments that make this layer again."""
        return []

    def connect(self, shape: Shape) -> Shape:
        return shape

    def build(self, rng: np.random.Generator) -> None:
        """Draw the starting parameters of the layer, which is connected."""
        if self.parameter_shapes:
            self.parameters = starting_parameters(self.parameter_shapes["weights"], rng)

    @abstractmethod
    def forward(self, x: NDArray) -> NDArray: ...

    @abstractmethod
    def backward(self, gradient: NDArray) -> NDArray: ...

    def input_rect(self, rect: Rect, input_shape: Shape) -> Rect:
        """Return the part of the input from which a part of the output is computed.

        Above or left of 0, below or right of `input_shape`, it lies in the layer's padding.
        """
        (down, across), (kh, kw) = self.stride, self.size
        (above, _), (before, _) = self.pad_width
        return Rect(
            rect.top * down - above,
            rect.left * across - before,
            (rect.rows - 1) * down + kh,
            (rect.columns - 1) * across + kw,
        )


def as_batch(images: NDArray) -> NDArray:
    """Turn images (N, H, W, C) into a batch (H, W, C, N) that lies in memory as (H, C, W, N)."""
    return rows_first(np.ascontiguousarray(images.transpose(1, 3, 2, 0), dtype=np.float32))


def expect_maps(shape: Shape) -> None:
    """Refuse the shape of an input that has been flattened already."""
    if len(shape) != 3:
        raise ValueError("it takes maps (rows, columns, channels)")


def weights_and_bias(weights: Shape) -> dict[str, Shape]:
    """Return the shapes of weights (..., outputs) and of their biases."""
    return {"weights": weights, "bias": weights[-1:]}


def starting_parameters(shape: Shape, rng: np.random.Generator) -> dict[str, NDArray]:
    """Draw normal weights (..., outputs) with variance 2 / inputs of an output; biases are 0.

    Source: K. He and others, Delving deep into rectifiers, 2015.
    """
    weights = rng.normal(0, np.sqrt(2 / np.prod(shape[:-1])), shape)
    return {"weights": weights.astype(np.float32), "bias": np.zeros(shape[-1], np.float32)}
