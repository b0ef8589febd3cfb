"""The worst nudge: the small change of every pixel that raises the loss most, and a random one."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.labels import as_labels
from helpers.network.layer import as_batch
from helpers.network.losses import softmax
from helpers.network.model import CHUNK, Network, as_network
from helpers.network.passing import pass_through
from helpers.validation import as_array, as_brightness, as_number, as_whole


def loss_gradient(network: Network, images: ArrayLike, labels: ArrayLike) -> NDArray:
    """Return the gradient of each image's loss with respect to its pixels.

    The loss is the cross-entropy, −log of the probability of the label. It rises where the gradient
    is above 0 and the pixel gets brighter. The layers' own `gradients` do not change.

    Parameters
    ----------
    network : Network
    images : (N, H, W) or (N, H, W, C) array
    labels : (N,) array of int, the classes

    Returns
    -------
    float32 array of the shape of `images`

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.
    """
    classes = as_network(network).classes
    given = network.as_images(images)
    labels = as_labels("labels", labels, classes, len(given))
    layers = network.copied_layers()
    found = np.empty(given.shape, np.float32)
    for start in range(0, len(given), CHUNK):
        part = slice(start, start + CHUNK)
        gradient = softmax(pass_through(layers, as_batch(given[part]), keep=True))
        gradient[labels[part], np.arange(gradient.shape[1])] -= 1
        for layer in reversed(layers):
            gradient = layer.backward(gradient)
        found[part] = np.moveaxis(gradient, -1, 0)
    return found.reshape(np.shape(images))


def worst_nudge(network: Network, images: ArrayLike, labels: ArrayLike, size: float) -> NDArray:
    """Return images whose pixels are moved by `size`, each to the side that raises the loss.

    Of all changes of at most `size` per pixel, it raises the loss most, as far as the loss is linear.
    A pixel that the loss does not depend on stays; results below 0 or above 1 are clipped.

    Parameters
    ----------
    network : Network
    images : (N, H, W) or (N, H, W, C) array in [0, 1]
    labels : (N,) array of int, the classes
    size : float from 0 to 1

    Returns
    -------
    float32 array of the shape of `images`, in [0, 1]

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    Source: I. Goodfellow, J. Shlens and C. Szegedy, Explaining and harnessing adversarial examples,
    2014, where it is called the fast gradient sign method.

    >>> from helpers.network import Dense, Flatten
    >>> network = Network([Flatten(), Dense(2)], (1, 3, 1))
    >>> network.layers[1].parameters["weights"] = np.float32([[1, 0], [0, 1], [0, 0]])
    >>> worst_nudge(network, [[[0.5, 0.5, 0.5]]], [0], 0.25).tolist()
    [[[0.25, 0.75, 0.5]]]
    """
    signs, size = np.sign(loss_gradient(network, images, labels)), _as_size(size)
    return nudged(_in_range(images), signs, size)


def random_nudge(images: ArrayLike, size: float, seed: int = 0) -> NDArray:
    """Return images whose pixels are moved by `size`, each up or down at random.

    Parameters
    ----------
    images : array in [0, 1], of any shape
    size : float from 0 to 1
    seed : int, from which the signs are drawn

    Returns
    -------
    float32 array of the same shape, clipped to [0, 1]

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.
    """
    size, seed, images = _as_size(size), as_whole("seed", seed, least=0), _in_range(images)
    return nudged(images, random_signs(images.shape, seed), size)


def random_signs(shape: tuple[int, ...], seed: int) -> NDArray:
    """Return an array of −1 and 1, as likely as each other."""
    return np.random.default_rng(seed).choice(np.array([-1, 1], np.float32), shape)


def nudged(images: NDArray, signs: NDArray, size: float) -> NDArray:
    """Return images plus `size` times the signs, clipped to [0, 1]."""
    return np.clip(np.float32(images) + np.float32(size) * signs, 0, 1)


def _in_range(images: ArrayLike) -> NDArray:
    return as_brightness("images", as_array("images", images))


def _as_size(size: float) -> float:
    number = as_number("size", size)
    if not 0 <= number <= 1:
        raise ValueError(f"size must be from 0 to 1; got {number:g}")
    return number
