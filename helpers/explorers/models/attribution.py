"""Three attribution maps, laid over the image: which pixels a prediction depends on."""

from typing import NamedTuple

import numpy as np

from helpers.colormaps import BLUE_TO_ORANGE, GAP_GRAY, hex_colors
from helpers.network import (
    Dense,
    Flatten,
    Network,
    class_activation_map,
    occlusion_drop,
    saliency,
)
from helpers.network.receptive_field import receptive_fields
from helpers.rendering import View, render

FRACTION = 5 / 28  # of the longer side of the image, covered by the patch
POSITIONS = 14  # of the patch along the longer side, approximately
NONE = "none"
OPACITY = 0.75  # of the color over the strongest pixel

TITLES = {
    "occlusion": "drop of the score of {name} while a {side}×{side} patch is covered",
    "saliency": "gradient of the score of {name} with respect to each pixel",
    "class activation": "contribution of each position to the score of {name}",
}


class Attribution(NamedTuple):
    """What each pixel of the image (H, W) contributes to the score of a class, and its title."""

    values: np.ndarray
    title: str


def attributions(network: Network) -> list[str]:
    """Return the names of the attribution maps that are available for a network."""
    ends = [type(layer) for layer in network.layers[-2:]]
    return [NONE, "occlusion", "saliency", *["class activation"] * (ends == [Flatten, Dense])]


def attribute(
    name: str, network: Network, image: np.ndarray, label: int, class_name: str
) -> Attribution:
    """Return one of the `attributions` of a class to the pixels of an image, (H, W) or (H, W, C).

    A map with fewer positions than the image has pixels gives each pixel the value of the position
    whose center is nearest.
    """
    side, stride = occlusion_patch(network.input_shape)
    if name == "occlusion":
        values = occlusion_drop(network, image, label, size=side, stride=stride)
        centers = [np.arange(count) * stride + (side - 1) / 2 for count in values.shape]
    elif name == "saliency":
        values = saliency(network, image, label)
        centers = [np.arange(0.0, count) for count in values.shape]
    else:
        values = class_activation_map(network, image, label)
        centers = _centers(network, values.shape)
    title = TITLES[name].format(name=class_name, side=side)
    return Attribution(_spread(values, centers, image.shape), title)


def _centers(network: Network, shape: tuple[int, ...]) -> list[np.ndarray]:
    """Return the rows and the columns of the image in the middle of the last maps' receptive fields."""
    last = len(network.layers) - 3  # before Flatten and Dense
    rows = [receptive_fields(network, last, row, 0)[0] for row in range(shape[0])]
    columns = [receptive_fields(network, last, 0, column)[0] for column in range(shape[1])]
    return [
        np.array([field.top + (field.rows - 1) / 2 for field in rows]),
        np.array([field.left + (field.columns - 1) / 2 for field in columns]),
    ]


def _spread(values: np.ndarray, centers: list[np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
    """Return for each pixel the value of the position with the nearest center."""
    nearest = [
        np.abs(np.arange(count)[:, None] - middle).argmin(axis=1)
        for count, middle in zip(shape[:2], centers, strict=True)
    ]
    return values[np.ix_(*nearest)]


def laid_over(picture: View, values: np.ndarray) -> View:
    """Return a picture with a translucent color over each pixel: orange above zero, blue below.

    The larger the value (H, W), the less of the picture shows through; some of it always does.
    """
    limit = float(np.abs(values).max()) or 1.0
    pixels = picture.pixels if picture.pixels.ndim == 3 else picture.pixels[..., None]
    ramp = np.linspace(-1, 1, 5)
    view = render(values, "signed", limit=limit)
    ends = hex_colors(_tinted(np.full((1, 5, 3), GAP_GRAY), ramp[None])[0])
    return View(_tinted(pixels, values / limit), ends, view.labels)


def _tinted(pixels: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return pixels (H, W, 1 or 3) under colors as strong as the shares (H, W), from −1 to 1."""
    blue, orange = BLUE_TO_ORANGE[1], BLUE_TO_ORANGE[-2]
    color = np.where(shares[..., None] > 0, orange, blue)
    strength = OPACITY * np.abs(shares)[..., None]
    return np.rint(pixels + strength * (color - pixels)).astype(np.uint8)


def longest_title(class_names: list[str]) -> str:
    """Return the title of an attribution that takes most room."""
    name = max(class_names, key=len)
    return max((title.format(name=name, side=10) for title in TITLES.values()), key=len)


def occlusion_patch(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return the side and the stride of the patch for an occlusion map.

    >>> occlusion_patch((28, 28, 1))
    (5, 2)
    """
    longer, shorter = max(shape[:2]), min(shape[:2])
    return min(max(1, round(FRACTION * longer)), shorter), max(1, round(longer / POSITIONS))
