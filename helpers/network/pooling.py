"""The pooling layers: the same arithmetic as in `pool`, and its gradients."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from helpers._fast.window_reduce import reduce_windows
from helpers.geometry import plan
from helpers.network.layer import Layer, Shape, expect_maps
from helpers.network.layers import ReLU
from helpers.validation import IntOrPair, Pair, as_pair


class Pool(Layer):
    """What MaxPool and MeanPool share: (H, W, C, N) to (H', W', C, N), one number per window.

    Parameters
    ----------
    size : int or (rows, columns), of the window
    stride : int or (rows, columns); `size` if left out, so that windows do not overlap

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.
    """

    def __init__(self, size: IntOrPair, stride: IntOrPair | None = None) -> None:
        super().__init__()
        self.size = as_pair("size", size, least=1)
        self.stride = self.size if stride is None else as_pair("stride", stride, least=1)

    @property
    def settings(self) -> list:
        return [self.size, self.stride]

    def connect(self, shape: Shape) -> Shape:
        expect_maps(shape)
        output_shape, _ = plan(shape[:2], self.size, self.stride, 0, 1, name="size")
        return (*output_shape, shape[2])

    def _cells(self, x: NDArray, output_shape: Pair) -> Iterator[NDArray]:
        """Yield for each cell of the window, row by row, the pixels of `x` that lie there."""
        (rows, columns), (down, across) = output_shape, self.stride
        for i, j in product(*map(range, self.size)):
            below, right = i + (rows - 1) * down + 1, j + (columns - 1) * across + 1
            yield x[i:below:down, j:right:across]


class MaxPool(Pool):
    """The maximum of each window. Its gradient goes to the first pixel that equals the maximum.

    >>> MaxPool(3, stride=2).forward(np.arange(25).reshape(5, 5, 1, 1))[:, :, 0, 0]
    array([[12, 14],
           [22, 24]])
    """

    def forward(self, x: NDArray) -> NDArray:
        maxima = reduce_windows(x, np.maximum, self.size, self.stride, (1, 1))
        self.cache = x, maxima
        return maxima

    def backward(self, gradient: NDArray) -> NDArray:
        x, maxima = self.cache
        covered = tuple(n * k for n, k in zip(gradient.shape[:2], self.size, strict=True))
        tiled = self.stride == self.size and covered == x.shape[:2]  # then all is written below
        total = (np.empty_like if tiled else np.zeros_like)(x, gradient.dtype)
        cells = (self._cells(array, gradient.shape[:2]) for array in (x, total))
        *earlier, (_, last) = zip(*cells, strict=True)
        waiting = np.ones_like(maxima, bool)  # windows whose maximum has not come yet
        for pixels, sums in earlier:
            first = pixels == maxima
            first &= waiting
            waiting ^= first
            self._add(gradient, first, sums)
        self._add(gradient, waiting, last)
        return total

    def _add(self, gradient: NDArray, chosen: NDArray, sums: NDArray) -> None:
        if all(step >= k for step, k in zip(self.stride, self.size, strict=True)):
            np.multiply(gradient, chosen, out=sums)  # no window overlaps: nothing is there yet
        else:
            sums += gradient * chosen


class MeanPool(Pool):
    """The mean of each window. Each of its pixels gets an equal part of the gradient."""

    def forward(self, x: NDArray) -> NDArray:
        self.cache = x
        total = reduce_windows(x, np.add, self.size, self.stride, (1, 1))
        total /= self.size[0] * self.size[1]
        return total

    def backward(self, gradient: NDArray) -> NDArray:
        total = np.zeros_like(self.cache, gradient.dtype)
        part = gradient / np.float32(self.size[0] * self.size[1])
        for sums in self._cells(total, gradient.shape[:2]):
            sums += part
        return total


def pooled_first(layers: Sequence[Layer]) -> list[int]:
    """Return the order in which layers run: max pooling before a ReLU that stands before it.

    The result is the same to the last bit, because ReLU keeps numbers in order; but of 2×2 numbers
    only one goes through the ReLU.
    """
    order = list(range(len(layers)))
    for k, (this, following) in enumerate(pairwise(layers)):
        if isinstance(this, ReLU) and isinstance(following, MaxPool):
            order[k : k + 2] = k + 1, k
    return order
