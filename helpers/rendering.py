"""How an array of answers becomes a picture, and the scale that says what its colors mean.

Signed answers are drawn blue below zero, white at zero, orange above: colors that color-blind
people tell apart. The scale always reaches equally far both ways.
"""

from typing import NamedTuple

import numpy as np

from helpers.images import to_bytes
from helpers.validation import as_choice, describe

VIEWS = {
    "as a photo": "0 is black, 1 is white; what lies outside is cut off, and counted below.",
    "signed": "Blue below zero, white at zero, orange above.",
    "absolute": "How far from zero, either way: 0 is black, the largest is white.",
    "ReLU": "Negative answers become 0, as in a network: 0 is black, the largest is white.",
}


HALF_LEVEL = 0.5 / 255  # what lies outside by less, rounds to black or white


class View(NamedTuple):
    """A picture ready for a screen, with its scale."""

    levels: np.ndarray  # uint8, (H, W, 3), or (H, W) of grays or places in the palette
    colors: tuple  # names of colors along the scale, from its lower end to its upper one
    labels: tuple  # what the lower end, the middle and the upper end stand for
    note: str = ""  # what was cut off, if anything was
    palette: bytes = b""  # red, green, blue of 256 colors; none for grays and for (H, W, 3)

    @property
    def pixels(self):
        """The uint8 pixels that are seen, (H, W) for grays or (H, W, 3)."""
        return in_colors(self.levels, self.palette)

    def painted(self, pixels):
        """The same scale, over other pixels."""
        return self._replace(levels=pixels, palette=b"")

    def without_scale(self):
        """The picture alone, for where a scale would only be in the way."""
        return self._replace(colors=(), labels=(), note="")


def in_colors(levels, palette):
    """Levels (H, W) as the pixels (H, W, 3) of a `View`'s palette; as they are if it has none."""
    return np.frombuffer(palette, np.uint8).reshape(256, 3)[levels] if palette else levels


def _blend(anchors, steps):
    """Colors (steps, 3) that run evenly from anchor to anchor."""
    places = np.linspace(0, len(anchors) - 1, steps)
    channels = np.transpose(anchors)
    return np.stack([np.interp(places, range(len(anchors)), c) for c in channels], axis=1)


BLUE_TO_ORANGE = np.array(
    [(8, 48, 107), (66, 146, 198), (247, 247, 247), (241, 138, 40), (127, 39, 4)]
)
BETWEEN = 128  # gray, which neither end of a scale has
_SIGNED = np.full((256, 3), BETWEEN, np.uint8)  # the last one is no answer: it lies between maps
_SIGNED[:255] = np.rint(_blend(BLUE_TO_ORANGE, 255))  # 127 is exactly zero
_COMPASS = np.array([(230, 159, 0), (240, 228, 66), (86, 180, 233), (213, 94, 190), (230, 159, 0)])
_WHEEL = np.rint(_blend(_COMPASS, 256) * np.linspace(0, 1, 256)[:, None, None]).astype(np.uint8)


def _named(colors):
    """Rows of three numbers 0…255 as #rrggbb, which pages and matplotlib both know."""
    return tuple("#{:02x}{:02x}{:02x}".format(*map(int, color)) for color in colors)


def render(values, view="signed", white=1.0, limit=None):
    """Turn answers into a picture.

    Parameters
    ----------
    values : (H, W) or (H, W, 3) array
    view : one of VIEWS; color answers are drawn channel by channel
    white : float, the value drawn white in the view "as a photo"
    limit : float, the value at the upper end of the signed scale; the largest there is if left out.
        What lies beyond has the colors of the ends, and is counted below.

    Returns
    -------
    View

    Raises
    ------
    ValueError : for a view that is not known, another shape, or values that are not finite.

    >>> render(np.array([[-2.0, 0.0, 2.0]])).labels
    ('-2', '0', '2')
    """
    as_choice("view", view, VIEWS)
    values = np.asarray(values)
    if values.ndim != 2 and values.shape[2:] != (3,):
        raise ValueError(f"the answers must be (H, W) or (H, W, 3); got {describe(values)}")
    values = values.astype(np.result_type(values, np.float32), copy=False)
    low, high = float(values.min()), float(values.max())
    if not np.isfinite(low + high):
        raise ValueError("the answers must be finite numbers; some are infinite or NaN")
    if view == "as a photo":
        return _photo(values, low, high, white)
    if view == "signed":
        reach = max(-low, high)
        return _signed(values, reach if limit is None else limit, reach)
    if view == "absolute":
        return _from_black(np.abs(values), max(-low, high))
    return _from_black(np.maximum(values, 0), max(0.0, high))


def _photo(values, low, high, white):
    note = f"from {low:.2f} to {high:.2f}"
    floor, ceiling = -HALF_LEVEL * white, (1 + HALF_LEVEL) * white
    if low < floor or high > ceiling:
        below, above = np.count_nonzero(values < floor), np.count_nonzero(values > ceiling)
        note += f"; cut off: {below / values.size:.1%} below 0, {above / values.size:.1%} above {white:g}"
    labels = tuple(format_number(white * share) for share in (0, 0.5, 1))
    return View(
        to_bytes(values if white == 1 else values / white), ("black", "white"), labels, note
    )


def _signed(values, limit, reach):
    limit, notes = limit or 1.0, []
    levels = values / values.dtype.type(limit)
    levels *= 127
    levels += 127.5  # and cutting the fraction off rounds to the nearest of 0…254
    if reach > limit:
        np.clip(levels, 0, 254, out=levels)
        notes = [f"cut off: {np.count_nonzero(abs(values) > limit) / values.size:.1%} beyond"]
    levels = levels.astype(np.uint8)
    labels = f"{-limit:.3g}", "0", f"{limit:.3g}"
    if values.ndim == 2:
        ends = _named(BLUE_TO_ORANGE)
        return View(levels, ends, labels, "".join(notes), _SIGNED.tobytes())
    note = "; ".join(["each channel: middle gray is 0", *notes])
    return View(levels, _named([(0, 0, 0), (254, 254, 254)]), labels, note)


def _from_black(values, limit):
    limit = limit or 1.0
    levels = values / values.dtype.type(limit)
    levels *= 255
    levels += 0.5
    labels = "0", f"{limit / 2:.3g}", f"{limit:.3g}"
    return View(levels.astype(np.uint8), ("black", "white"), labels)


def format_number(number):
    """A number as it stands in a cell: at most two decimals, no trailing zeros, no minus zero.

    >>> [format_number(number) for number in (2.0, 0.5, -0.251, -0.001)]
    ['2', '0.5', '-0.25', '0']
    """
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    if len(text) > 12:
        return f"{number:.3g}"
    return "0" if text == "-0" else text


def in_brackets(number):
    """A number as a term of a sum: a negative one stands in brackets.

    >>> in_brackets(0.5), in_brackets(-0.5)
    ('0.5', '(-0.5)')
    """
    text = format_number(number)
    return f"({text})" if text.startswith("-") else text


def render_direction(direction, magnitude):
    """Turn directions into a picture: the hue says which way, the brightness how strong (its square root).

    Parameters
    ----------
    direction : (H, W) array, radians from −π to π
    magnitude : (H, W) array, 0 or more

    Returns
    -------
    View
    """
    hue = np.rint((direction / np.pi + 1) * 127.5).astype(np.uint8)
    strength = np.sqrt(magnitude / (magnitude.max() or 1))  # weak edges would be too dark
    place = np.rint(strength * 255).astype(np.uint16) * np.uint16(256) + hue
    return View(
        _WHEEL.reshape(-1, 3).take(place, axis=0),
        _named(_COMPASS),
        ("-180°", "0°", "180°"),
        "the brighter, the stronger",
    )
