"""Rendering: from an array to a picture, with the scale that explains its colors.

Signed values are drawn blue below zero, white at zero and orange above. The scale extends equally
far both ways.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.colormaps import (
    BLUE_TO_ORANGE,
    DIRECTION_COLORS,
    DIRECTION_PALETTE,
    SIGNED_PALETTE,
    apply_palette,
    hex_colors,
)
from helpers.encoding import to_bytes
from helpers.messages import describe
from helpers.precision import significant
from helpers.validation import as_array, as_choice, where_not_finite

VIEWS = {
    "as a photo": "0 is black, 1 is white; values outside are cut off, and counted below.",
    "signed": "Blue below zero, white at zero, orange above.",
    "absolute": "Absolute values: 0 is black, the largest is white.",
    "ReLU": "Negative values become 0, as in a network: 0 is black, the largest is white.",
}

HALF_STEP = 0.5 / 255  # values closer than this to black or white are rounded, not cut off
MOST_STEPS = 512  # half steps of the finest scale, rounded up


class View(NamedTuple):
    """A picture ready for the screen, with its scale."""

    data: NDArray  # uint8: colors (H, W, 3), grays (H, W), or palette indices (H, W)
    colors: tuple[str, ...]  # along the scale, from its lower to its upper end
    labels: tuple[str, ...]  # of the lower end, the middle and the upper end of the scale
    note: str = ""  # the range of the values, and what was cut off
    cut: str = ""  # what was cut off, or drawn as 0, if anything was
    palette: bytes = b""  # red, green, blue of 256 colors; empty unless data are indices

    @property
    def pixels(self) -> NDArray:
        """The uint8 pixels, (H, W) for grays or (H, W, 3)."""
        return apply_palette(self.data, self.palette)

    def with_pixels(self, pixels: NDArray) -> "View":
        """Return a view of other pixels with the same scale."""
        return self._replace(data=pixels, palette=b"")

    def without_scale(self) -> "View":
        """Return the picture without its scale."""
        return self._replace(colors=(), labels=(), note="", cut="")


def render(
    values: ArrayLike,
    view: str = "signed",
    white: float = 1.0,
    limit: float | None = None,
    error: float = 0.0,
) -> View:
    """Render an array as a picture.

    Parameters
    ----------
    values : (H, W) or (H, W, 3) array of finite numbers
    view : one of VIEWS; arrays (H, W, 3) are drawn channel by channel
    white : float, the value drawn white in the view "as a photo"
    limit : float, the value at the upper end of the scale in the view "signed"; the largest
        absolute value if left out. Values beyond it have the colors of the ends, and are counted
        in the note.
    error : float, see `rounding_error`; values up to it are drawn as 0

    Returns
    -------
    View

    Raises
    ------
    ValueError : for an unknown view, another shape, or values that are not finite.

    >>> render(np.array([[-2.0, 0.0, 2.0]])).labels
    ('-2', '0', '2')
    """
    as_choice("view", view, VIEWS)
    values = as_array("values", values, least_axes=0)
    if values.ndim != 2 and values.shape[2:] != (3,):
        raise ValueError(f"values must be (H, W) or (H, W, 3); got {describe(values)}")
    values = values.astype(np.result_type(values, np.float32), copy=False)
    low, high = float(values.min()), float(values.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        raise ValueError(f"values must be finite; got {where_not_finite(values)}")
    if view == "as a photo":
        return _photo(values, low, high, white)
    largest = max(-low, high)
    if error and largest <= MOST_STEPS * error:  # on a longer scale, it is less than half a step
        values = significant(values, error)
        low, high = float(values.min()), float(values.max())
        largest = max(-low, high)
    if view == "signed":
        return _signed(values, largest if limit is None else limit, largest)
    if view == "absolute":
        return _from_black(np.abs(values), largest)
    return _from_black(np.maximum(values, 0), max(0.0, high))


def render_weights(weights: ArrayLike) -> View:
    """Render the weights of a kernel: the same weight has the same color wherever it is shown.

    White is 0; the colors reach their full strength at 1, or at the largest absolute weight if that
    is more.

    Parameters
    ----------
    weights : (kh, kw) array of finite numbers

    Returns
    -------
    View

    >>> [render_weights([[weight, 0]]).labels[2] for weight in (0.1, -4)]
    ['1', '4']
    """
    weights = as_array("weights", weights, least_axes=0)
    return render(weights, "signed", limit=max(1.0, float(np.abs(weights).max())))


def _photo(values: NDArray, low: float, high: float, white: float) -> View:
    cut = ""
    floor, ceiling = -HALF_STEP * white, (1 + HALF_STEP) * white
    if low < floor or high > ceiling:
        below, above = _share(values < floor), _share(values > ceiling)
        cut = f"cut off: {below} below 0, {above} above {white:g}"
    note = "; ".join(filter(None, [f"from {low:z.2f} to {high:z.2f}", cut]))
    scaled = values if white == 1 else values / white
    labels = tuple(format_number(white * fraction) for fraction in (0, 0.5, 1))
    return View(to_bytes(scaled), ("black", "white"), labels, note, cut)


def _signed(values: NDArray, limit: float, largest: float) -> View:
    limit, cut = limit or 1.0, ""
    scaled = values / values.dtype.type(limit)
    scaled *= 127
    scaled += 127.5  # truncation now rounds to the nearest of 0 to 254
    if largest > limit:
        np.clip(scaled, 0, 254, out=scaled)
        cut = f"cut off: {_share(abs(values) > limit)} beyond"
    data = scaled.astype(np.uint8)
    labels = f"{-limit:.3g}", "0", f"{limit:.3g}"
    if values.ndim == 2:
        ends = hex_colors(BLUE_TO_ORANGE)
        return View(data, ends, labels, cut, cut, SIGNED_PALETTE.tobytes())
    note = "; ".join(filter(None, ["each channel: middle gray is 0", cut]))
    return View(data, hex_colors([(0, 0, 0), (254, 254, 254)]), labels, note, cut)


def _share(mask: NDArray) -> str:
    return percent(np.count_nonzero(mask) / mask.size, decimals=1)


def _from_black(values: NDArray, limit: float) -> View:
    limit = limit or 1.0
    scaled = values / values.dtype.type(limit)
    scaled *= 255
    scaled += 0.5  # truncation now rounds
    labels = "0", f"{limit / 2:.3g}", f"{limit:.3g}"
    return View(scaled.astype(np.uint8), ("black", "white"), labels)


def render_direction(direction: NDArray, magnitude: NDArray) -> View:
    """Render edge directions as colors, and magnitudes as their brightness.

    Parameters
    ----------
    direction : (H, W) array, radians from −π to π
    magnitude : (H, W) array, 0 or more

    Returns
    -------
    View

    >>> render_direction(np.array([[0.0]]), np.array([[5.0]])).pixels.tolist()
    [[[87, 179, 233]]]
    """
    hue = np.rint((direction / np.pi + 1) * 127.5).astype(np.uint8)
    strength = np.sqrt(magnitude / (magnitude.max() or 1))  # the root keeps weak edges visible
    index = np.rint(strength * 255).astype(np.uint16) * np.uint16(256) + hue
    return View(
        DIRECTION_PALETTE.reshape(-1, 3).take(index, axis=0),
        hex_colors(DIRECTION_COLORS),
        ("-180°", "0°", "180°"),
        "the brighter, the stronger",
    )


def format_number(number: float) -> str:
    """Format a number for a cell: at most two decimals, no trailing zeros, no negative zero.

    >>> [format_number(number) for number in (2.0, 0.5, -0.251, -0.001)]
    ['2', '0.5', '-0.25', '0']
    """
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    if len(text) > 12:
        return f"{number:.3g}"
    return "0" if text == "-0" else text


def percent(share: float, decimals: int = 0) -> str:
    """Format a fraction in percent; some is not 0%, and not quite all is not 100%.

    >>> [percent(share) for share in (0, 0.001, 0.126, 0.999, 1)]
    ['0%', 'less than 1%', '13%', 'over 99%', '100%']
    >>> percent(0.0001, decimals=1)
    'less than 0.1%'
    """
    text, step = f"{share:.{decimals}%}", 10.0**-decimals
    if share > 0 and float(text[:-1]) == 0:
        return f"less than {step:g}%"
    return f"over {100 - step:g}%" if share < 1 and float(text[:-1]) == 100 else text


def in_brackets(number: float) -> str:
    """Format a number as a term of a sum: a negative one stands in brackets.

    >>> in_brackets(0.5), in_brackets(-0.5)
    ('0.5', '(-0.5)')
    """
    text = format_number(number)
    return f"({text})" if text.startswith("-") else text
