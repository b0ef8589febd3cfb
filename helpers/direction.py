"""Edge directions as colors: hue for the direction, brightness for the magnitude, and a key to both.

The hues lie on a circle in the color space OKLab, in which equal distances look equally different.
The circle is tilted, so that color-blind readers can tell opposite directions apart: right and left
are yellowish and bluish, up is lighter than down.

Source of the color space: B. Ottosson, A perceptual color space for image processing, 2020.
"""

import numpy as np
from numpy.typing import NDArray

from helpers.rendering import View, scale_limit

# lightness, green to red, blue to yellow
CENTER = np.array([0.70, 0.05, -0.015])
RIGHT, DOWN = np.array([0.080, 0, 0.150]), np.array([-0.083, 0.142, 0.044])  # at right angles
NAMES = "right orange, down pink, left violet, up light blue"

OKLAB_TO_CONES = np.array(
    [
        [1, 0.3963377774, 0.2158037573],
        [1, -0.1055613458, -0.0638541728],
        [1, -0.0894841775, -1.2914855480],
    ]
)
CONES_TO_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)
KEY = 241  # pixels, a side of the key
MARGIN = 1.08  # of the key, from the center to a side; the disc has radius 1


def _palette() -> NDArray:
    """Return the colors, uint8: (strength, direction, 3), both in 256 steps, from −180° to 180°."""
    angles = np.linspace(-np.pi, np.pi, 256)[:, None]
    colors = CENTER + np.cos(angles) * RIGHT + np.sin(angles) * DOWN
    lightness = np.linspace(0, 1, 256)[:, None, None]
    light = lightness**3 * ((colors @ OKLAB_TO_CONES.T) ** 3 @ CONES_TO_RGB.T)  # the hue stays
    srgb = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(255 * srgb).astype(np.uint8)


PALETTE = _palette()


def render_direction(direction: NDArray, magnitude: NDArray, limit: float | None = None) -> View:
    """Render edge directions as hues, and magnitudes as their brightness.

    Parameters
    ----------
    direction : (H, W) array, radians from −π to π: 0 is right, π/2 is down
    magnitude : (H, W) array, 0 or more; 0 is drawn black, whatever the direction
    limit : float, the magnitude drawn brightest; the `scale_limit` of the magnitudes if left out

    Returns
    -------
    View : its scale is the `direction_key`

    >>> render_direction(np.array([[0.0]]), np.array([[5.0]])).pixels.tolist()
    [[[242, 164, 63]]]
    """
    limit = (scale_limit(magnitude) if limit is None else limit) or 1.0
    hue = np.rint((direction / np.pi + 1) * 127.5).astype(np.uint16)
    strength = np.sqrt(np.minimum(magnitude, limit) / limit)  # the root keeps weak edges visible
    index = np.rint(strength * 255).astype(np.uint16) * np.uint16(256) + hue
    pixels = PALETTE.reshape(-1, 3).take(index, axis=0)
    return View(pixels, (), (), f"brightest: {limit:.3g} or more")


def direction_key() -> View:
    """Return the color key: a disc on which every direction lies where it points.

    Magnitudes run from 0, in the center, to the limit.
    """
    places = np.linspace(-MARGIN, MARGIN, KEY, dtype=np.float32)
    right, down = np.meshgrid(places, places)
    distance = np.hypot(right, down)
    magnitude = np.where(distance <= 1, distance, 0)
    return render_direction(np.arctan2(down, right), magnitude, 1.0)._replace(note="")


def place_on_key(direction: float, share: float) -> tuple[int, int]:
    """Return the (row, column) of the key with the color of a direction; `share` is of the limit.

    >>> place_on_key(0.0, 0.0), place_on_key(0.0, 1.0), place_on_key(np.pi / 2, 5.0)
    ((120, 120), (120, 231), (231, 120))
    """
    distance = min(share, 1.0) / MARGIN
    steps = (KEY - 1) / 2
    down, right = np.sin(direction), np.cos(direction)
    return round(steps * (1 + distance * down)), round(steps * (1 + distance * right))
