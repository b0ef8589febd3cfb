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
    if name == "occlusion":
        side, stride = occlusion_patch(network.input_shape)
        values = occlusion_drop(network, image, label, size=side, stride=stride)
        title = f"drop of the score of {class_name} while a {side}×{side} patch is covered"
    elif name == "saliency":
        values = saliency(network, image, label)
        title = f"gradient of the score of {class_name} with respect to each pixel"
    else:
        values = class_activation_map(network, image, label)
        title = f"contribution of each position to the score of {class_name}"
    return Attribution(render(values, "signed"), title)


def occlusion_patch(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return the side and the stride of the patch for an occlusion map.

    >>> occlusion_patch((28, 28, 1))
    (5, 2)
    """
    longer, shorter = max(shape[:2]), min(shape[:2])
    return min(max(1, round(FRACTION * longer)), shorter), max(1, round(longer / POSITIONS))
