"""The contrast that a kernel, a stride and pooling leave of stripes, measured over period and angle."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from helpers.convolution import convolve as library_convolve
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.user_function import changed, convolve_with
from helpers.pooling import pool
from helpers.stripes import frequency, stripes

SIDE, OWN_SIDE = 80, 32  # pixels of the picture; a user's function is slow
MIDDLES = slice(1, -1), slice(1, -1)  # the pixels in the middles of windows of 3×3
PERIODS = np.linspace(2, 12, 51).round(1)  # of the points of the curves
ANGLES = np.arange(0.0, 181.0, 5.0)
FEWER = 5, 3  # of them, each fifth period and each third angle are measured for a user's function


@dataclass(frozen=True, eq=False)
class StripeControls:
    """The values of the controls."""

    kernel: np.ndarray
    period: float
    angle: float
    wave: str
    shift: float  # of the stripes, in periods
    stride: int
    pooling: str
    size: int  # of the windows of pooling
    convolve: Callable

    @property
    def is_own(self) -> bool:
        """Whether the function is the user's."""
        return self.convolve is not library_convolve

    @property
    def step(self) -> int:
        """Pixels of the image from one output pixel to the next."""
        return self.stride * (1 if self.pooling == "none" else self.size)

    @property
    def look(self) -> tuple:
        """All that makes stripes of a period and an angle."""
        return OWN_SIDE if self.is_own else SIDE, self.wave, self.shift

    @property
    def how(self) -> tuple:
        """All that makes an output of a picture."""
        return self.convolve, self.kernel, self.stride, self.pooling, self.size


class ContrastCurve(NamedTuple):
    """Contrast of the output, as a fraction of that of the stripes, over period or angle."""

    places: list[float]
    after: list[float]
    before: list[float]  # without pooling; empty if there is none
    zones: list[tuple[float, float]]  # where the stripes are too fine for the step


def picture(period: float, angle: float, side: int, wave: str, shift: float) -> np.ndarray:
    """Return stripes; unshifted, pixel (1, 1) is an eighth of a period off the middle of a bright one.

    It is the middle of the first window. Two pixels in a period may lie in the middle of bright and
    dark stripes, or on the slopes between, where nothing is seen. An eighth off, they have the
    contrast of three or more pixels.
    """
    offset = 1 / 8 - sum(frequency(period, angle)) - shift
    return stripes(side, period, angle, wave, offset)


def outputs(
    image: np.ndarray, convolve: Callable, kernel: np.ndarray, stride: int, pooling: str, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the output of the kernel, and what pooling makes of it; `image` is (H, W) or (H, W, n)."""
    options = changed({"stride": stride}, {"stride": 1})
    if image.ndim == 2 or convolve is library_convolve:
        output = convolve_with(convolve, image, kernel, options)
    else:
        singles = np.moveaxis(image, 2, 0)
        output = np.stack([convolve_with(convolve, each, kernel, options) for each in singles], -1)
    return output, output if pooling == "none" else pool(output, size, mode=pooling)


def contrasts(image: np.ndarray, before: np.ndarray, after: np.ndarray) -> tuple[Any, Any]:
    """Return the contrasts of outputs, as fractions of that of the stripes at the middles of windows.

    >>> [float(each) for each in contrasts(np.eye(4), np.zeros((2, 2)), np.eye(2))]
    [0.0, 1.0]
    """
    whole = image[MIDDLES].std(axis=(0, 1))
    return before.std(axis=(0, 1)) / whole, after.std(axis=(0, 1)) / whole


def curves(
    controls: StripeControls, here: tuple[float, float], memo: Memo
) -> tuple[ContrastCurve, ContrastCurve]:
    """Return the curves over period and angle; `here` holds the contrasts of the current stripes."""
    own, period, angle = controls.is_own, controls.period, controls.angle
    periods = PERIODS[:: FEWER[0]] if own else PERIODS
    angles = ANGLES[:: FEWER[1]] if own else ANGLES
    images = memo("periods", _pictures, periods, [angle], *controls.look)
    over_period = memo("over period", _measured, images, *controls.how)
    images = memo("angles", _pictures, [period], angles, *controls.look)
    over_angle = memo("over angle", _measured, images, *controls.how)
    return (
        _curve(controls, periods, over_period, period, here, fine_periods(controls)),
        _curve(controls, angles, over_angle, angle, here, fine_angles(controls)),
    )


def _pictures(periods: list, angles: list, *look: Any) -> np.ndarray:
    """Return the stripes of every period and angle, (side, side, n)."""
    return np.stack([picture(p, a, *look) for p in periods for a in angles], axis=-1)


def _measured(images: np.ndarray, *how: Any) -> tuple[np.ndarray, np.ndarray]:
    return contrasts(images, *outputs(images, *how))


def _curve(
    controls: StripeControls,
    places: np.ndarray,
    measured: tuple[np.ndarray, np.ndarray],
    at: float,
    here: tuple[float, float],
    zones: list[tuple[float, float]],
) -> ContrastCurve:
    """Return a curve through the measured points and the current one."""
    others = places != at
    index = int(np.searchsorted(places[others], at))
    before, after = (
        np.insert(values[others], index, value).tolist()
        for values, value in zip(measured, here, strict=True)
    )
    if controls.pooling == "none":
        before = []
    return ContrastCurve(np.insert(places[others], index, at).tolist(), after, before, zones)


def fine_periods(controls: StripeControls) -> list[tuple[float, float]]:
    """Return from which period to which stripes of this angle are too fine for the step."""
    most = 2 * controls.step * max(map(abs, frequency(1, controls.angle)))
    low, high = PERIODS[0], PERIODS[-1]
    return [(low, min(most, high))] if most > low and controls.step > 1 else []


def fine_angles(controls: StripeControls) -> list[tuple[float, float]]:
    """Return from which angle to which stripes of this period are too fine for the step."""
    share = controls.period / (2 * controls.step)  # of a frequency along an axis; more is too fine
    if share >= 1 or controls.step == 1:
        return []
    half = min(float(np.degrees(np.arccos(share))), 45.0)  # around each axis
    return [(0.0, half), (90 - half, 90 + half), (180 - half, 180.0)]
