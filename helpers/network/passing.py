"""The way of a batch through layers that do not learn from it."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from helpers._fast.threads import one_thread
from helpers.network.layer import Layer


def pass_through(layers: Iterable[Layer], x: NDArray, keep: bool = False) -> NDArray:
    """Return the output of the last of the layers for a batch (H, W, C, N).

    An output that is infinite or NaN, as finite numbers too large for float32 make it, is a
    FloatingPointError. `keep` says whether the layers keep what `backward` needs, megabytes.
    """
    with one_thread(), np.errstate(over="ignore", invalid="ignore"):
        for layer in layers:
            x = layer.forward(x)
            if not keep:
                layer.cache = None
    if not np.isfinite(x).all():
        raise FloatingPointError(
            "outputs must be finite numbers; got NaN or infinity: the weights or the images are too"
            " large"
        )
    return x
