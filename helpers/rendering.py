"""Rendering: from an array to a picture, with the scale that explains its colors.

Signed values are drawn blue below zero, white at zero and orange above. The scale extends equally
far in both directions. One exceptional value must not make all others pale: scales end where `scale_limit`
says, and what lies beyond is counted in the note.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.colormaps import BLUE_TO_ORANGE, SIGNED_PALETTE, apply_palette, hex_colors
from helpers.encoding import to_bytes
from helpers.messages import describe
from helpers.precision import significant
from helpers.validation import as_array, as_choice, where_not_finite

VIEWS = {
    "as a photo": "0 is black, 1 is white; values outside are clipped, and counted below.",
    "signed": "Blue below zero, white at zero, orange above.",
    "absolute": "Absolute values: 0 is black, the end of the scale is white.",
    "ReLU": "Negative values become 0, as in a network; 0 is black, the end of the scale is white.",
}

HALF_STEP = 0.5 / 255  # values closer than this to black or white are rounded, not cut off
MOST_STEPS = 512  # half steps of the finest scale, rounded up
SMALL = 600  # values of a grid whose numbers may be printed: its scale includes all of them


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
    limit : float, the value at the upper end of the scale, in all views but "as a photo"; the
        `scale_limit` of the values shown if left out. Values beyond it have the colors of the ends,
        and are counted in the note.
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
    array = as_array("values", values, least_axes=0)
    if array.ndim != 2 and array.shape[2:] != (3,):
        raise ValueError(f"values must be (H, W) or (H, W, 3); got {describe(array)}")
    array = array.astype(np.result_type(array, np.float32), copy=False)
    low, high = float(array.min()), float(array.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        raise ValueError(f"values must be finite; got {where_not_finite(array)}")
    if view == "as a photo":
        return _photo(array, low, high, white)
    return _on_scale(array, view, limit, error)


def scale_limit(values: ArrayLike, error: float = 0.0) -> float:
    """Return the value at the end of a scale: the 99th percentile of the absolute values.

    One percent, at most, lies beyond. Zeros are not counted, since many pictures are empty but for
    a few lines, and neither are values up to `error`, see `rounding_error`. Of up to SMALL values,
    it is the largest.

    Pictures that share a scale are drawn by `render` with the limit of all their values.

    >>> scale_limit(np.arange(-1000, 1)), scale_limit([[-3, 0, 2]])
    (990.0, 3.0)
    """
    sizes = np.abs(as_array("values", values, least_axes=0)).ravel()
    counted = np.count_nonzero(sizes > error)
    place = sizes.size - 1 - (counted // 100 if sizes.size > SMALL else 0)
    return float(np.partition(sizes, place)[place]) if counted else 0.0


def render_weights(weights: ArrayLike, among: ArrayLike | None = None) -> View:
    """Render the weights of a kernel: the same weight has the same color wherever it is shown.

    White is 0; the colors reach their full strength at 1, or at the largest absolute weight if that
    is more.

    Parameters
    ----------
    weights : (kh, kw) array of finite numbers
    among : array of all weights on the scale, such as every slice of the kernel; `weights` alone if
        left out

    Returns
    -------
    View

    >>> [render_weights([[weight, 0]]).labels[2] for weight in (0.1, -4)]
    ['1', '4']
    """
    weights = as_array("weights", weights, least_axes=0)
    largest = float(np.abs(weights if among is None else among).max())
    return render(weights, "signed", limit=max(1.0, largest))


def _photo(values: NDArray, low: float, high: float, white: float) -> View:
    cut = ""
    floor, ceiling = -HALF_STEP * white, (1 + HALF_STEP) * white
    if low < floor or high > ceiling:
        below, above = _share(values < floor), _share(values > ceiling)
        cut = f"clipped: {below} below 0, {above} above {white:g}"
    note = "; ".join(filter(None, [f"from {low:z.2f} to {high:z.2f}", cut]))
    scaled = values if white == 1 else values / white
    labels = tuple(format_number(white * fraction) for fraction in (0, 0.5, 1))
    return View(to_bytes(scaled), ("black", "white"), labels, note, cut)


def _on_scale(values: NDArray, view: str, limit: float | None, error: float) -> View:
    if view == "absolute":
        values = np.abs(values)
    elif view == "ReLU":
        values = np.maximum(values, 0)
    end = (scale_limit(values, error) if limit is None else limit) or 1.0
    if error and end <= MOST_STEPS * error:  # on a longer scale, it is less than half a step
        values = significant(values, error)
    cut = _beyond(values, end, chosen=limit is None)
    return (_signed if view == "signed" else _from_black)(values, end, cut)


def _beyond(values: NDArray, limit: float, chosen: bool) -> str:
    """Say what is cut off, if anything; a limit that was `chosen` here needs an explanation."""
    beyond = np.abs(values) > limit
    if not beyond.any():
        return ""
    share = f"{_share(beyond)} beyond"
    return f"scale ends at the 99th percentile, {share}" if chosen else f"{share} the scale"


def _signed(values: NDArray, limit: float, cut: str) -> View:
    data = _scaled(values, limit, -1, 127, 127.5)  # 0 to 254
    labels = f"{-limit:.3g}", "0", f"{limit:.3g}"
    if values.ndim == 2:
        ends = hex_colors(BLUE_TO_ORANGE)
        return View(data, ends, labels, cut, cut, SIGNED_PALETTE.tobytes())
    note = "; ".join(filter(None, ["each channel: middle gray is 0", cut]))
    return View(data, hex_colors([(0, 0, 0), (254, 254, 254)]), labels, note, cut)


def _from_black(values: NDArray, limit: float, cut: str) -> View:
    labels = "0", f"{limit / 2:.3g}", f"{limit:.3g}"
    return View(_scaled(values, limit, 0, 255, 0.5), ("black", "white"), labels, cut, cut)


def _scaled(values: NDArray, limit: float, least: int, steps: int, zero: float) -> NDArray:
    """Return values as bytes: `steps` of them from 0 to the limit; `least` · limit is the least."""
    end = values.dtype.type(limit)
    scaled = np.clip(values, least * end, end)  # first, so that no quotient overflows
    scaled /= end
    scaled *= steps
    scaled += zero  # truncation now rounds
    return scaled.astype(np.uint8)


def _share(mask: NDArray) -> str:
    return percent(np.count_nonzero(mask) / mask.size, decimals=1)


def format_number(number: float) -> str:
    """Format a number for a cell: at most two decimals, no trailing zeros, no negative zero.

    >>> [format_number(number) for number in (2.0, 0.5, -0.251, -0.001)]
    ['2', '0.5', '-0.25', '0']
    """
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    if len(text) > 12:
        return f"{number:.3g}"
    return "0" if text == "-0" else text


def equals(terms: Iterable[float], total: float) -> str:
    """Return the sign between the terms of a sum, as `printed`, and its total: "=" or "≈".

    It is "≈" if what is printed does not add up to the total that is printed.

    >>> equals([0.5, 0.25], 0.75), equals([printed(0.004), printed(0.004)], 0.008)
    ('=', '≈')
    """
    return "=" if format_number(sum(terms)) == format_number(total) else "≈"


def printed(number: float) -> float:
    """Return a number as `format_number` rounds it."""
    return float(format_number(number))


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
