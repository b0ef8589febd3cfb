"""What a unit of a network responds to: the patches that excite it most, and an image made for it.

A unit is a map of a layer, or one number of a flat output, such as a score. A map has many cells with
the same weights: in a set of images the strongest cell counts, in an image that is made the center.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.blur_kernels import gaussian
from helpers.convolution import convolve
from helpers.geometry import check_position
from helpers.messages import describe
from helpers.network.inputs import as_image
from helpers.network.layer import Rect, as_batch
from helpers.network.model import CHUNK, Network, as_network
from helpers.network.passing import pass_through
from helpers.network.receptive_field import receptive_field
from helpers.validation import as_brightness, as_number, as_positive, as_whole

MOST_SMOOTHING = 5.0  # pixels, the standard deviation of the blur


@dataclass(frozen=True)
class TopPatch:
    """A patch that excites a unit.

    image : int, the number of its image in the set
    rect : Rect, its pixels; it may reach outside the image, into padding
    activation : the output of the unit there
    """

    image: int
    rect: Rect
    activation: float


def top_patches(
    network: Network, images: ArrayLike, layer: int, unit: int, count: int = 9
) -> list[TopPatch]:
    """Return the patches of images that excite a unit most, one per image, the strongest first.

    Parameters
    ----------
    network : Network
    images : (N, H, W) or (N, H, W, C) array
    layer : int, the layer's number; 0 is the first
    unit : int, the map, or the number in a flat output
    count : int, how many patches; all N if there are fewer images

    Returns
    -------
    list of TopPatch : the receptive field of the unit's strongest cell in each image; for a score,
        what the network sees of the image

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.
    """
    layer, unit = _as_unit(network, layer, unit)
    count = as_whole("count", count, least=1)
    images = network.as_images(images)
    layers = network.copied_layers()[: layer + 1]
    strongest, places = [], []
    for start in range(0, len(images), CHUNK):
        outputs = pass_through(layers, as_batch(images[start : start + CHUNK]))
        cells = outputs[..., unit, :].reshape(-1, outputs.shape[-1])
        strongest.append(cells.max(axis=0))
        places.append(cells.argmax(axis=0))
    activations, cells = np.concatenate(strongest), np.concatenate(places)
    first = np.argsort(-activations, kind="stable")[:count]
    return [
        TopPatch(int(n), _field(network, layer, unit, int(cells[n])), float(activations[n]))
        for n in first
    ]


def unit_field(network: Network, layer: int, unit: int) -> Rect:
    """Return the pixels that `ascend` changes: the receptive field of the center of the unit's map.

    >>> from helpers.network import Conv
    >>> unit_field(Network([Conv(4, 3)], input_shape=(9, 9, 1)), layer=0, unit=2)
    Rect(top=3, left=3, rows=3, columns=3)
    """
    layer, unit = _as_unit(network, layer, unit)
    return _field(network, layer, unit, _center(network, layer))


def unit_gradient(
    network: Network, image: ArrayLike, layer: int, unit: int
) -> tuple[float, NDArray]:
    """Return the activation of a unit, and its gradient with respect to the pixels of the image.

    Parameters and errors are those of `ascend`; the gradient is float32 of the image's shape.
    """
    layer, unit = _as_unit(network, layer, unit)
    array = as_image(image, network.input_shape)
    layers = network.copied_layers()[: layer + 1]
    output = pass_through(layers, as_batch(array), keep=True)
    gradient = np.zeros_like(output)
    row, column = divmod(_center(network, layer), output.shape[1])
    place = (row, column, unit, 0) if output.ndim == 4 else (unit, 0)
    gradient[place] = 1
    for each in reversed(layers):
        gradient = each.backward(gradient)
    return float(output[place]), gradient[..., 0].reshape(np.shape(image))


def ascend(
    network: Network,
    image: ArrayLike,
    layer: int,
    unit: int,
    rate: float = 0.1,
    smoothing: float = 0.0,
) -> NDArray:
    """Return the image after one step of gradient ascent: it excites the unit more.

    The gradient is blurred, and scaled so that the pixel that it changes most changes by `rate`.
    Pixels stay between 0 and 1. Where no pixel matters, the image stays as it is.

    Parameters
    ----------
    network : Network that takes images in [0, 1]
    image : (H, W) or (H, W, C) array in [0, 1]; it is not changed
    layer : int, the layer's number; 0 is the first
    unit : int, the map, whose center counts, or the number in a flat output
    rate : float, above 0
    smoothing : float from 0 to 5, in pixels, the standard deviation of the blur

    Returns
    -------
    float32 array of the image's shape

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    Source: D. Erhan and others, Visualizing higher-layer features of a deep network, 2009.
    """
    rate = as_positive("rate", rate)
    smoothing = float(as_number("smoothing", smoothing))
    if not 0 <= smoothing <= MOST_SMOOTHING:
        raise ValueError(f"smoothing must be from 0 to 5; got {describe(smoothing)}")
    pixels = as_image(image, as_network(network).input_shape).astype(np.float32)
    pixels = as_brightness("image", pixels).reshape(np.shape(image))
    _, gradient = unit_gradient(network, pixels, layer, unit)
    direction = _blurred(gradient, smoothing)
    largest = np.abs(direction).max()
    return np.clip(pixels + rate * direction / largest, 0, 1) if largest else pixels


def _blurred(gradient: NDArray, deviation: float) -> NDArray:
    """Blur (H, W) or (H, W, C); the blur is symmetric, so the result still points uphill."""
    if deviation == 0:
        return gradient
    radius = int(np.ceil(3 * deviation))
    size = 2 * radius + 1
    down = convolve(gradient, gaussian((size, 1), deviation), padding=(radius, 0))
    return convolve(down, gaussian((1, size), deviation), padding=(0, radius))


def _as_unit(network: Network, layer: int, unit: int) -> tuple[int, int]:
    layer = check_position("layer", layer, len(as_network(network).layers))
    return layer, check_position("unit", unit, network.shapes[layer + 1][-1])


def _center(network: Network, layer: int) -> int:
    """Return the number of the center cell, counted along the rows."""
    shape = network.shapes[layer + 1]
    return shape[0] // 2 * shape[1] + shape[1] // 2 if len(shape) == 3 else 0


def _field(network: Network, layer: int, unit: int, cell: int) -> Rect:
    shape = network.shapes[layer + 1]
    row, column = divmod(cell, shape[1]) if len(shape) == 3 else (unit, 0)
    return receptive_field(network, layer, row, column)
