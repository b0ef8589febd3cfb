"""Three attribution maps: which pixels a prediction depends on."""

from typing import NamedTuple

import numpy as np

from helpers.network import (
    Dense,
    Flatten,
    Network,
    class_activation_map,
    occlusion_drop,
    saliency,
)
from helpers.rendering import View, render

FRACTION = 5 / 28  # of the longer side of the image, covered by the patch
POSITIONS = 14  # of the patch along the longer side, approximately


TITLES = {
    "occlusion": "drop of the score of {name} while a {side}×{side} patch is covered",
    "saliency": "gradient of the score of {name} with respect to each pixel",
    "class activation": "contribution of each position to the score of {name}",
}


class Attribution(NamedTuple):
    """An attribution map, ready for the screen, and its title."""

    view: View
    title: str


def attributions(network: Network) -> list[str]:
    """Return the names of the attribution maps that are available for a network."""
    ends = [type(layer) for layer in network.layers[-2:]]
    return ["occlusion", "saliency", *["class activation"] * (ends == [Flatten, Dense])]


def attribute(
    name: str, network: Network, image: np.ndarray, label: int, class_name: str
) -> Attribution:
    """Return one of the `attributions` of a class to the pixels of an image, (H, W) or (H, W, C)."""
    side, stride = occlusion_patch(network.input_shape)
    if name == "occlusion":
        values = occlusion_drop(network, image, label, size=side, stride=stride)
    elif name == "saliency":
        values = saliency(network, image, label)
    else:
        values = class_activation_map(network, image, label)
    title = TITLES[name].format(name=class_name, side=side)
    return Attribution(render(values, "signed"), title)


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
