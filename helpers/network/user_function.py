"""Convolution layers computed by a function that the learner wrote."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.network.convolution import Conv
from helpers.network.layer import Layer
from helpers.network.passing import pass_through
from helpers.user_function import call

Convolve: TypeAlias = Callable[[NDArray, NDArray], ArrayLike]  # of an image and a kernel


def forward_with(convolve: Convolve, layers: Iterable[Layer], x: NDArray) -> NDArray:
    """Pass a batch (H, W, C, N) through layers, each `Conv` computed by the learner's function."""
    for layer in layers:
        if isinstance(layer, Conv):
            x = conv_with(convolve, layer, x)  # not in one_thread: slow loops would block others
        else:
            x = pass_through([layer], x)
    return x


def conv_with(convolve: Convolve, layer: Conv, x: NDArray) -> NDArray:
    """Compute a `Conv` layer's output for a batch (H, W, C, N) by a function for one map and kernel.

    Parameters
    ----------
    convolve : function(image, kernel) from (H, W) and (kh, kw) to (H − kh + 1, W − kw + 1); the
        layer's zeros are added before, and of its output every `stride`-th pixel is kept
    layer : Conv
    x : (H, W, C, N) array

    Returns
    -------
    (H', W', F, N) float32 array: feature map f is the bias plus the sum, over the input channels,
    of what the function returns for that channel and its slice of filter f

    Raises
    ------
    ValueError : one line, when the function fails or returns anything but an array of that shape.
    """
    weights, bias = layer.parameters["weights"], layer.parameters["bias"]
    (kh, kw, channels, filters), (down, across) = weights.shape, layer.stride
    x = layer.padded(x)
    shape = x.shape[0] - kh + 1, x.shape[1] - kw + 1
    output = np.zeros((*layer.output_shape, filters, x.shape[3]), np.float32) + bias[:, None]
    for n, f, k in np.ndindex(x.shape[3], filters, channels):
        arguments = {"image": x[:, :, k, n], "kernel": weights[:, :, k, f]}
        output[:, :, f, n] += call(convolve, arguments, {}, shape)[::down, ::across]
    return output
