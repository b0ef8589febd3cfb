"""Loupe: the pixels under the window, enlarged under their weights, and lines to the pixel they make."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from traitlets import Bool, Dict

from helpers.colormaps import hex_colors
from helpers.encoding import to_bytes
from helpers.explanation import PixelExplanation
from helpers.explorers.widgets.element import Element
from helpers.rendering import View, format_number, render_weights


class Loupe(Element):
    """One window over an image, and the output pixel that it makes, drawn over both pictures.

    It lies in the row of the two pictures, after them, and takes no room. `window` holds all that is
    drawn and is empty while nothing is shown. If it `magnifies`, pixels that are too small to write
    on are enlarged beside the window. If it `glides`, the window moves smoothly.
    """

    kind = "loupe"
    window = Dict().tag(page=True)
    magnifies = Bool(True).tag(page=True)
    glides = Bool(False).tag(page=True)

    def show(
        self,
        found: PixelExplanation,
        patch: NDArray,
        place: tuple[int, int],
        dilation: int,
        white: float = 1.0,
        **output: Any,
    ) -> None:
        """Show the window of an output pixel.

        Parameters
        ----------
        found : the explanation of the pixel, in one channel
        patch : (kh, kw) or (kh, kw, 3), the pixels in all channels
        place : (row, column) of the window's upper left corner in the picture of the image
        dilation : rows and columns of the image from one weight to the next
        white : the value of the patch that is drawn white
        **output : what `pixel_of` returns
        """
        shape, weights = found.kernel.shape, found.kernel.ravel().tolist()
        texts, tints = _weights_as_seen(tuple(weights), shape)
        most = white * (max(map(abs, weights)) or 1)
        self.window = {
            "place": list(place),
            "shape": list(shape),
            "dilation": dilation,
            "colors": _hex(to_bytes(patch / white)),
            "weights": texts,
            "tints": tints,
            # from −1 to 1: of the largest weight times white
            "shares": [round(product / most, 3) for product in found.products.ravel().tolist()],
            **output,
        }

    def hide(self) -> None:
        """Show nothing."""
        self.window = {}


def pixel_of(output: View, cell: tuple[int, int], value: float) -> dict:
    """Return the place, the color and the value of a pixel in the picture of the output."""
    row, column = cell
    view = output._replace(data=output.data[row : row + 1, column : column + 1])
    return {"cell": [row, column], "color": _hex(view.pixels)[0], "value": format_number(value)}


@lru_cache(maxsize=16)
def _weights_as_seen(weights: tuple[float, ...], shape: tuple[int, int]) -> tuple[list, list]:
    """Return the texts and the colors of weights; they stay the same while the window moves."""
    view = render_weights(np.reshape(weights, shape))
    return [format_number(weight) for weight in weights], _hex(view.pixels)


def _hex(pixels: NDArray) -> list[str]:
    """Return the colors of gray or colored uint8 pixels as #rrggbb, row by row."""
    colors = pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)
    return list(hex_colors(colors.reshape(-1, 3)))
