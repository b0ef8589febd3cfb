"""What training does with one mini-batch, and what it says when that fails."""

import numpy as np
from numpy.typing import NDArray

from helpers._fast.threads import one_thread
from helpers.network.layer import as_batch
from helpers.network.losses import cross_entropy
from helpers.network.model import Network
from helpers.network.optimizers import Optimizer, read_parameters, write_parameters
from helpers.validation import as_finite

LARGE = 1000.0  # images or weights larger than this may be why a loss is not finite


def learn(
    network: Network,
    images: NDArray,
    labels: NDArray,
    optimizer: Optimizer,
    factor: float,
    before: NDArray | None,
) -> tuple[float, int, NDArray]:
    """Take one step: forward, loss, backward, move.

    Return the loss, how many were right, and the weights before the move. If the loss is not finite,
    the weights become those before the last move.
    """
    try:
        with one_thread(), np.errstate(all="ignore"):
            scores = network.forward(as_batch(images))
            if not np.isfinite(scores).all():
                as_finite("images", images)  # they, or the weights, may have been set by hand
                network.check_weights()
                if before is not None:
                    write_parameters(network.layers, before)
                raise FloatingPointError("the loss is not a finite number")
            loss, gradient = cross_entropy(scores, labels)
            network.backward(gradient)
            before = optimizer.step(network.layers, factor)
    finally:
        network.clear_cache()
    return float(loss), int((scores.argmax(axis=0) == labels).sum()), before


def advice(network: Network, images: NDArray, optimizer: Optimizer, before: NDArray | None) -> str:
    """Return what became of the weights, and what to change."""
    arrays = images, read_parameters(network.layers)
    brightest, heaviest = (float(np.abs(array).max()) for array in arrays)
    if brightest > LARGE:
        cause = f"scale the images to 0 … 1, the largest is {brightest:.3g}"
    elif before is None and heaviest > LARGE:
        cause = f"start from smaller weights, the largest is {heaviest:.3g}"
    else:
        cause = f"lower the learning rate, {optimizer.learning_rate:g}"
    if before is None:
        return f"the network is unchanged: {cause}"
    return f"the network keeps the last weights whose loss was finite: {cause}"
