"""Color maps: the palette for signed values, and colors by name.

Signed values run from blue through white to orange, which color-blind people can tell apart.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

BLUE_TO_ORANGE = np.array(
    [(8, 48, 107), (66, 146, 198), (247, 247, 247), (241, 138, 40), (127, 39, 4)]
)
MARK = (212, 0, 143)  # of frames around pixels: a color on no scale, and in few photographs
GAP_GRAY = 128  # between the pictures of a grid: a gray at neither end of a scale


def blend(colors: ArrayLike, steps: int) -> NDArray:
    """Return colors (steps, 3), as floats, that run evenly through the given ones."""
    channels = np.transpose(colors)
    places = np.linspace(0, channels.shape[1] - 1, steps)
    return np.stack([np.interp(places, range(channels.shape[1]), c) for c in channels], axis=1)


SIGNED_PALETTE = np.full((256, 3), GAP_GRAY, np.uint8)  # index 255, no value, is for gaps
SIGNED_PALETTE[:255] = np.rint(blend(BLUE_TO_ORANGE, 255))  # index 127 is exactly zero


def apply_palette(data: NDArray, palette: bytes) -> NDArray:
    """Return the colors (H, W, 3) of palette indices (H, W); without a palette, the data itself.

    `palette` holds red, green and blue of 256 colors, or nothing.

    >>> apply_palette(np.array([[1]]), bytes(range(255)) + bytes(513)).tolist()
    [[[3, 4, 5]]]
    """
    return np.frombuffer(palette, np.uint8).reshape(256, 3)[data] if palette else data


def hex_colors(colors: Iterable) -> tuple[str, ...]:
    """Return rows of red, green and blue, 0 to 255, as #rrggbb for web pages and Matplotlib.

    >>> hex_colors([(0, 128, 255)])
    ('#0080ff',)
    """
    return tuple("#{:02x}{:02x}{:02x}".format(*map(int, color)) for color in colors)


def ink_on(color: ArrayLike) -> str:
    """Return "white" or "black", whichever can be read better on a color, 0 to 255.

    The color is red, green and blue, or a single gray. bitmap.js has the same rule.

    The contrast is that of the accessibility guidelines (WCAG): (L + 0.05) / (l + 0.05), where L and
    l are the relative luminances of the lighter and of the darker color.

    >>> ink_on((8, 48, 107)), ink_on((241, 138, 40)), ink_on(117), ink_on(118)
    ('white', 'black', 'white', 'black')
    """
    parts = np.broadcast_to(color, 3) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = linear @ (0.2126, 0.7152, 0.0722)
    return "white" if (luminance + 0.05) ** 2 < 1.05 * 0.05 else "black"
