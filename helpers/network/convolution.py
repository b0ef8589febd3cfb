"""The convolution layer: the same products as in `convolve`, and their gradients."""

import numpy as np
from numpy.typing import NDArray

from helpers._fast.im2row import filter_windows, rows_first, stacked
from helpers.geometry import plan
from helpers.network.layer import Layer, Shape, expect_maps, weights_and_bias
from helpers.padding import Padding, PadWidth, as_pad_width
from helpers.validation import IntOrPair, Pair, as_pair, as_whole


class Conv(Layer):
    """A bank of filters: (H, W, C, N) to (H', W', F, N), sizes as `output_size` says.

    Parameters
    ----------
    filters : int, how many feature maps F the layer has
    size, stride : int or (rows, columns), of the window, and from window to window
    padding : int, (rows, columns), ((top, bottom), (left, right)), "valid" or "same": zeros added
        around each map

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> from helpers.network import Network
    >>> Network([Conv(8, 3, stride=2, padding=1)], input_shape=(28, 28, 1)).shapes
    [(28, 28, 1), (14, 14, 8)]
    """

    output_shape: Pair  # known once the layer is connected

    def __init__(
        self, filters: int, size: IntOrPair, stride: IntOrPair = 1, padding: Padding = 0
    ) -> None:
        super().__init__()
        self.filters = as_whole("filters", filters, least=1)
        self.size = as_pair("size", size, least=1)
        self.stride = as_pair("stride", stride, least=1)
        same = isinstance(padding, str) and padding == "same"
        self.padding: str | PadWidth = "same" if same else as_pad_width(padding)

    @property
    def settings(self) -> list:
        return [self.filters, self.size, self.stride, self.padding]

    def connect(self, shape: Shape) -> Shape:
        expect_maps(shape)
        self.output_shape, self.pad_width = plan(
            shape[:2], self.size, self.stride, self.padding, 1, name="size"
        )
        self.parameter_shapes = weights_and_bias((*self.size, shape[2], self.filters))
        return (*self.output_shape, self.filters)

    def forward(self, x: NDArray) -> NDArray:
        weights, bias = self.parameters["weights"], self.parameters["bias"]
        (rows, columns), x = self.output_shape, self.padded(x)
        out = np.empty((rows, self.filters, columns * x.shape[3]), np.result_type(x, weights))
        filters = weights.reshape(-1, self.filters).T
        windows = filter_windows(x, filters, self.size, self.output_shape, self.stride, (1, 1), out)
        self.cache = x.shape, windows
        out += bias[:, None]
        return rows_first(out.reshape(rows, self.filters, columns, x.shape[3]))

    def padded(self, x: NDArray) -> NDArray:
        """Return maps (H, W, C, N) with the layer's zeros around them."""
        if not any(map(any, self.pad_width)):
            return x
        down, across = self.pad_width
        return rows_first(np.pad(rows_first(x), (down, (0, 0), across, (0, 0))))

    def backward(self, gradient: NDArray) -> NDArray:
        self.keep_gradients(gradient)
        return self._input_gradient(self._upstream(gradient))

    def keep_gradients(self, gradient: NDArray) -> None:
        """Do the part of `backward` that concerns the parameters, in `gradients`."""
        weights, (_, windows) = self.parameters["weights"], self.cache
        upstream = self._upstream(gradient)
        by_weight = (windows @ upstream.transpose(0, 2, 1)).sum(axis=0)
        self.gradients = {
            "weights": by_weight.reshape(weights.shape),
            "bias": np.einsum("hfn->f", upstream),
        }

    def _upstream(self, gradient: NDArray) -> NDArray:
        """View a gradient (H', W', F, N) as (H', F, W'·N)."""
        return rows_first(gradient).reshape(len(gradient), self.filters, -1)

    def _input_gradient(self, upstream: NDArray) -> NDArray:
        """Sum over all windows that a pixel was in: upstream, `stride` apart, under a flipped kernel."""
        weights, ((height, width, channels, batch), _) = self.parameters["weights"], self.cache
        (kh, kw), (rows, columns), (down, across) = self.size, self.output_shape, self.stride
        spread = np.zeros((height + kh - 1, *upstream.shape[1:]), upstream.dtype)
        spread[kh - 1 : kh + (rows - 1) * down : down] = upstream
        flipped = weights[::-1].transpose(1, 2, 0, 3).reshape(kw * channels, -1)
        by_column = (flipped @ stacked(spread, kh, height)).reshape(
            height, kw, channels, columns, batch
        )
        total = np.zeros((height, channels, width, batch), upstream.dtype)
        extent = (columns - 1) * across + 1
        total[:, :, :extent:across] = by_column[:, 0]
        for j in range(1, kw):
            total[:, :, j : j + extent : across] += by_column[:, j]
        (top, bottom), (left, right) = self.pad_width
        return rows_first(total[top : height - bottom, :, left : width - right])
