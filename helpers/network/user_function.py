"""Convolution layers answered by a function that the learner wrote."""

import numpy as np

from helpers._fast.threads import one_thread
from helpers.network.layers import Conv
from helpers.validation import as_array, describe


def forward_with(convolve, layers, x):
    """Answer a batch (H, W, C, N) by layers, every `Conv` among them by the learner's function."""
    for layer in layers:
        if isinstance(layer, Conv):
            x = conv_with(convolve, layer, x)  # its loops may be slow: nobody has to wait for them
        else:
            with one_thread():
                x = layer.forward(x)
    return x


def conv_with(convolve, layer, x):
    """Answer a batch (H, W, C, N) as a `Conv` layer does, by a function for one map and one kernel.

    Parameters
    ----------
    convolve : function(image, kernel) from (H, W) and (kh, kw) to (H − kh + 1, W − kw + 1)
    layer : Conv
    x : (H, W, C, N) array

    Returns
    -------
    (H', W', F, N) float32 array: map f is the bias plus the sum of what the function makes of every
    map below and its slice of filter f

    Raises
    ------
    TypeError, ValueError : when the function gives anything but an array of that shape.
    """
    weights, bias = layer.parameters["weights"], layer.parameters["bias"]
    kh, kw, channels, filters = weights.shape
    shape = x.shape[0] - kh + 1, x.shape[1] - kw + 1
    answer = np.zeros((*shape, filters, x.shape[3]), np.float32) + bias[:, None]
    for n, f, k in np.ndindex(x.shape[3], filters, channels):
        part = convolve(x[:, :, k, n].copy(), weights[:, :, k, f].copy())
        if part is None or as_array("what convolve returns", part).shape != shape:
            raise ValueError(
                f"convolve must return {shape} for an image {x.shape[:2]} under a kernel"
                f" {(kh, kw)}; got {describe(part)}"
            )
        answer[:, :, f, n] += part
    return answer
