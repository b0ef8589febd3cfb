"""What in an image raises the score of a class: by gradients, by occlusion, by the last maps."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.geometry import check_position, plan
from helpers.network.inputs import as_image
from helpers.network.layer import as_batch
from helpers.network.layers import Dense, Flatten
from helpers.network.model import CHUNK, Network, as_network
from helpers.network.passing import pass_through
from helpers.validation import IntOrPair, as_finite, as_number, as_pair


def saliency(network: Network, image: ArrayLike, label: int) -> NDArray:
    """Return the gradient of a class's score with respect to each pixel of the image.

    It is above 0 where a brighter pixel raises the score. The layers' own `gradients` do not change.

    Parameters
    ----------
    network : Network
    image : (H, W) or (H, W, C) array
    label : int, the class

    Returns
    -------
    (H, W) float32 array, summed over channels

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    Source: K. Simonyan, A. Vedaldi and A. Zisserman, Deep inside convolutional networks, 2013.
    """
    label = check_position("label", label, as_network(network).classes)
    layers = network.copied_layers()
    x = as_batch(as_image(image, network.input_shape))
    gradient = np.zeros_like(pass_through(layers, x, keep=True))
    gradient[label] = 1
    for layer in reversed(layers):
        gradient = layer.backward(gradient)
    return gradient[..., 0].sum(axis=2)


def occlusion_map(
    network: Network,
    image: ArrayLike,
    label: int,
    size: IntOrPair = 5,
    value: float = 0.0,
    stride: IntOrPair = 1,
) -> NDArray:
    """Return the probability of a class while a patch of the image is covered, for each position.

    It is low where the covered pixels mattered.

    Parameters
    ----------
    network : Network
    image : (H, W) or (H, W, C) array
    label : int, the class
    size, stride : int or (rows, columns), of the patch in pixels, and from position to position
    value : number that the patch is filled with

    Returns
    -------
    (H', W') float32 array, sizes as `output_size` says: [row, column] is for the patch whose upper
    left corner is at pixel (row · stride, column · stride).

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    Source: M. Zeiler and R. Fergus, Visualizing and understanding convolutional networks, 2014.
    """
    return _occluded(network, image, label, size, value, stride, Network.predict)


def occlusion_drop(
    network: Network,
    image: ArrayLike,
    label: int,
    size: IntOrPair = 5,
    value: float = 0.0,
    stride: IntOrPair = 1,
) -> NDArray:
    """Return by how much the score of a class drops while a patch of the image is covered.

    It is above 0 where the covered pixels speak for the class, below 0 where they speak against it.
    Where the network is sure, the probability hardly changes, but the score does.

    Parameters, result and errors are those of `occlusion_map`.
    """
    covered = _occluded(network, image, label, size, value, stride, Network.scores)
    return network.scores(as_image(image, network.input_shape))[0, label] - covered


def _occluded(
    network: Network,
    image: ArrayLike,
    label: int,
    size: IntOrPair,
    value: float,
    stride: IntOrPair,
    evaluate: Callable[[Network, NDArray], NDArray],
) -> NDArray:
    """Return what `evaluate` (N, K) gives for a class and each position of the patch."""
    label = check_position("label", label, as_network(network).classes)
    (picture,) = as_image(image, network.input_shape)
    as_finite("value", np.asarray(as_number("value", value)))
    (rows, columns), (down, across) = as_pair("size", size, 1), as_pair("stride", stride, 1)
    output_shape, _ = plan(picture.shape[:2], (rows, columns), stride, 0, 1, name="size")
    corners = [(row * down, column * across) for row, column in np.ndindex(output_shape)]
    results = []
    for start in range(0, len(corners), CHUNK):
        part = corners[start : start + CHUNK]
        covered = np.repeat(picture[None].astype(np.float32), len(part), axis=0)
        for copy, (top, left) in zip(covered, part, strict=True):
            copy[top : top + rows, left : left + columns] = value
        results.append(evaluate(network, covered)[:, label])
    return np.concatenate(results).reshape(output_shape)


def class_activation_map(network: Network, image: ArrayLike, label: int) -> NDArray:
    """Return what each position of the last feature maps adds to the score of a class.

    The sum of all plus the class's bias is the score.

    Parameters
    ----------
    network : Network that ends with feature maps, Flatten and one Dense
    image : (H, W) or (H, W, C) array
    label : int, the class

    Returns
    -------
    (rows, columns) array, one number per position of the last feature maps

    Raises
    ------
    ValueError, TypeError : when the network ends otherwise; else naming the parameter.

    Source: B. Zhou and others, Learning deep features for discriminative localization, 2016; here
    each position has weights of its own.
    """
    label = check_position("label", label, as_network(network).classes)
    if len(network.layers) < 2 or not (
        isinstance(network.layers[-2], Flatten) and isinstance(network.layers[-1], Dense)
    ):
        names = ", ".join(layer.name for layer in network.layers[-2:])
        raise ValueError(
            f"network must end with Flatten, Dense after its maps; it ends with {names}"
        )
    x = as_batch(as_image(image, network.input_shape))
    maps = pass_through(network.copied_layers()[:-2], x)
    weights = network.layers[-1].parameters["weights"][:, label]
    return (maps[..., 0] * weights.reshape(maps.shape[:3])).sum(axis=2)
