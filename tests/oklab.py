"""The color space OKLab, from bytes of sRGB: what the colors of directions mean, read backwards."""

import numpy as np

TO_CONES = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
TO_LAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]
CENTER, RIGHT, DOWN = [0.70, 0.05, -0.015], [0.080, 0, 0.150], [-0.083, 0.142, 0.044]


def light(colors):
    """Linear light, as added by the eye, from bytes (…, 3)."""
    colors = np.asarray(colors) / 255
    return np.where(colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)


def oklab(light):
    """Lightness, green to red and blue to yellow of linear light (…, 3)."""
    return np.cbrt(light @ np.transpose(TO_CONES)) @ np.transpose(TO_LAB)


def direction_of(colors, share):
    """The angles, in radians, that colors (…, 3) stand for; `share` is of the magnitude drawn brightest."""
    around = oklab(light(colors)) / np.sqrt(share)[..., None] - CENTER
    return np.arctan2(around @ DOWN, around @ RIGHT)
