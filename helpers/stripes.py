"""Stripes of any width and angle: how strongly a kernel responds to them, and what a step makes of them.

Stripes are described by their `period`, the pixels from one bright stripe to the next, and by their
`angle`, in degrees, of the direction across them: 0 is vertical stripes, 45 runs down to the right,
and 90 is horizontal stripes, as in `edge_maps`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.messages import describe
from helpers.validation import (
    IntOrPair,
    as_array,
    as_choice,
    as_number,
    as_pair,
    as_positive,
    as_whole,
    check_room,
)

WAVES = ("sine", "square")
DIGITS = (
    9  # to which positions within a period are rounded, so that a border is always decided alike
)


class Seen(NamedTuple):
    """Stripes as they appear in an output: `period` in pixels of the image, `angle` in degrees.

    An output without stripes has an infinite period.
    """

    period: float
    angle: float


def stripes(
    shape: IntOrPair, period: float, angle: float = 0.0, wave: str = "sine", offset: float = 0.0
) -> NDArray:
    """Return a picture of stripes, from 0 (dark) to 1 (bright).

    Parameters
    ----------
    shape : int or (rows, columns)
    period : float above 0, pixels from one bright stripe to the next, across the stripes
    angle : float, degrees; 0 is vertical stripes, 90 horizontal ones
    wave : "sine" for a gradual change, "square" for black and white alone
    offset : float, in periods; with 0, pixel (0, 0) is the middle of a bright stripe

    Returns
    -------
    (rows, columns) float32 array

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> stripes((2, 4), period=2)
    array([[1., 0., 1., 0.],
           [1., 0., 1., 0.]], dtype=float32)
    """
    as_choice("wave", wave, WAVES)
    rows, columns = size = as_pair("shape", shape, least=1)
    check_room("shape", size)
    down, right = frequency(period, angle)
    place = (
        down * np.arange(rows)[:, None] + right * np.arange(columns) + as_number("offset", offset)
    )
    if wave == "sine":
        return (0.5 + 0.5 * np.cos(2 * np.pi * place)).astype(np.float32)
    within = (np.round(place, DIGITS) + 0.25) % 1  # bright is the half period around the middle
    return (within < 0.5).astype(np.float32)


def frequency(period: float, angle: float = 0.0) -> tuple[float, float]:
    """Return the periods that stripes pass through per row, and per column.

    >>> frequency(4), frequency(5, 90)[0]
    ((0.0, 0.25), 0.2)
    """
    period, radians = as_positive("period", period), np.radians(as_number("angle", angle))
    return float(np.sin(radians)) / period, float(np.cos(radians)) / period


def gain(kernel: ArrayLike, period: float, angle: float = 0.0) -> float:
    """Return how many times as strong sine stripes are in the output of a kernel.

    A kernel turns stripes into stripes of the same period and angle, but for their strength: the sum
    of the weights, each turned in the complex plane by the part of a period at which it lies, has
    the gain as its absolute value. It is 1 for stripes left as strong, and 0 for stripes removed.

    Parameters
    ----------
    kernel : (kh, kw) array
    period, angle : as in `stripes`

    Returns
    -------
    float of at least 0

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> round(gain([[1, 1]], period=2), 9), round(gain([[1, -1]], period=2), 9)
    (0.0, 2.0)
    """
    kernel = as_array("kernel", kernel)
    if kernel.ndim != 2:
        raise ValueError(f"kernel must be (kh, kw); got {describe(kernel)}")
    down, right = frequency(period, angle)
    row, column = np.indices(kernel.shape)
    return float(abs((kernel * np.exp(2j * np.pi * (down * row + right * column))).sum()))


def seen_at_step(period: float, angle: float = 0.0, step: int = 1) -> Seen:
    """Return the stripes that are seen where only every `step`-th row and column is kept.

    Whole periods between two kept pixels leave no trace. So the frequency per kept pixel, `step`
    times that per pixel, looks like the nearest one without them, from −½ to ½: an alias, unless
    two kept pixels or more lie in every period, along rows and along columns.

    Parameters
    ----------
    period, angle : as in `stripes`
    step : int of at least 1, pixels from one kept row or column to the next

    Returns
    -------
    Seen, with the period in pixels of the image; the angle is at least 0 and less than 180.

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> seen_at_step(3, step=2), seen_at_step(4, step=2), seen_at_step(4, step=4)
    (Seen(period=6.0, angle=0.0), Seen(period=4.0, angle=0.0), Seen(period=inf, angle=0.0))
    """
    step = as_whole("step", step, least=1)
    turns = np.round(step * np.array(frequency(period, angle)), DIGITS)
    down, right = turns - np.ceil(turns - 0.5)
    across = float(np.hypot(down, right))
    if not across:
        return Seen(np.inf, 0.0)
    degrees = round(float(np.degrees(np.arctan2(down, right))), 6) % 180
    return Seen(round(step / across, 6), degrees)
