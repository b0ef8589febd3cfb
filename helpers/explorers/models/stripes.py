"""What StripeExplorer computes: stripes and their output, its contrast as curves, and what is seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from helpers.convolution import convolve as library_convolve
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import as_photo
from helpers.explorers.models.user_function import changed, convolve_with
from helpers.kernels import name_of
from helpers.pooling import pool
from helpers.precision import rounding_error
from helpers.rendering import View, format_number, render
from helpers.stripes import Seen, frequency, seen_at_step, stripes

SIDE, OWN_SIDE = 80, 32  # pixels of the picture; a user's function is slow
PERIODS = np.linspace(2, 12, 51).round(1)  # of the points of the curves
ANGLES = np.arange(0.0, 181.0, 5.0)
FEWER = 5, 3  # of them, each fifth period and each third angle are measured for a user's function
POOLINGS = "none", "mean", "max"
OVERTONES = 1, 2, 3  # a sum of these makes what is no sine wave: all but a few percent of it
LEAST = 0.005  # contrast, as a fraction of that of the stripes, that can be seen


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


@dataclass(frozen=True, eq=False)
class StripeView:
    """What the explorer shows."""

    image: np.ndarray  # the stripes
    result: np.ndarray  # the output
    image_view: View
    output_view: View
    contrast: float  # of the output, as a fraction of that of the stripes
    seen: Seen  # the stripes that the output shows
    over_period: ContrastCurve
    over_angle: ContrastCurve
    line: str
    caption: str


def compute(controls: StripeControls, memo: Memo) -> StripeView:
    """Return what StripeExplorer shows."""
    period, angle, kernel = controls.period, controls.angle, controls.kernel
    every = FEWER if controls.is_own else (1, 1)
    image = memo("image", _picture, period, angle, *controls.look)
    before, result = memo("result", _outputs, image, *controls.how)
    here = _contrasts(image, before, result)
    pictures = memo("periods", _pictures, PERIODS[:: every[0]], [angle], *controls.look)
    along = memo("over period", _measured, pictures, *controls.how)
    pictures = memo("angles", _pictures, [period], ANGLES[:: every[1]], *controls.look)
    across = memo("over angle", _measured, pictures, *controls.how)
    seen = _seen(controls, result)
    return StripeView(
        image=image,
        result=result,
        image_view=memo("picture", as_photo, image),
        output_view=_drawn(result, kernel),
        contrast=here[1],
        seen=seen,
        over_period=_curve(controls, PERIODS[:: every[0]], along, period, here, fine_periods),
        over_angle=_curve(controls, ANGLES[:: every[1]], across, angle, here, fine_angles),
        line=_line(controls, here[1], seen),
        caption=_caption(controls),
    )


def _pictures(periods: list, angles: list, *look: Any) -> np.ndarray:
    """Return the stripes of every period and angle, (side, side, n)."""
    return np.stack([_picture(p, a, *look) for p in periods for a in angles], axis=-1)


def _picture(period: float, angle: float, side: int, wave: str, shift: float) -> np.ndarray:
    """Return stripes; unshifted, pixel (1, 1) is an eighth of a period off the middle of a bright one.

    It is the middle of the first window. Two pixels in a period may lie in the middle of bright and dark stripes, or on the slopes
    between, where nothing is seen. An eighth off, they have the contrast of three or more pixels.
    """
    offset = 1 / 8 - sum(frequency(period, angle)) - shift
    return stripes(side, period, angle, wave, offset)


def _outputs(
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


def _contrasts(image: np.ndarray, before: np.ndarray, result: np.ndarray) -> tuple[float, float]:
    whole = float(image.std())
    return float(before.std()) / whole, float(result.std()) / whole


def _measured(pictures: np.ndarray, *how: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the contrasts of many pictures, before and after pooling."""
    whole = pictures.std(axis=(0, 1))
    before, after = (each.std(axis=(0, 1)) / whole for each in _outputs(pictures, *how))
    return before, after


def _curve(
    controls: StripeControls,
    places: np.ndarray,
    measured: tuple[np.ndarray, np.ndarray],
    at: float,
    here: tuple[float, float],
    zones: Callable,
) -> ContrastCurve:
    """Return a curve through the measured points and the current one, which is most exact."""
    others = places != at
    index = int(np.searchsorted(places[others], at))
    before, after = (
        np.insert(values[others], index, value).tolist()
        for values, value in zip(measured, here, strict=True)
    )
    if controls.pooling == "none":
        before = []
    return ContrastCurve(
        np.insert(places[others], index, at).tolist(), after, before, zones(controls)
    )


def fine_periods(controls: StripeControls) -> list[tuple[float, float]]:
    """Return from which period to which stripes of this angle are too fine for the step."""
    most = 2 * controls.step * max(map(abs, frequency(1, controls.angle)))
    return [(2.0, min(most, 12.0))] if most > 2 and controls.step > 1 else []


def fine_angles(controls: StripeControls) -> list[tuple[float, float]]:
    """Return from which angle to which stripes of this period are too fine for the step."""
    share = controls.period / (2 * controls.step)  # of a frequency along an axis; more is too fine
    if share >= 1 or controls.step == 1:
        return []
    half = min(float(np.degrees(np.arccos(share))), 45.0)  # around each axis
    return [(0.0, half), (90 - half, 90 + half), (180 - half, 180.0)]


def _seen(controls: StripeControls, result: np.ndarray) -> Seen:
    """Return the stripes that are strongest in the output.

    They are an alias of the stripes themselves, or of an overtone: maxima and square waves have them.
    """
    period, angle, step = controls.period, controls.angle, controls.step
    found = [seen_at_step(period / k, angle, step) for k in OVERTONES]
    if controls.wave == "sine" and controls.pooling != "max" and not controls.is_own:
        return found[0]  # only sums of pixels: no overtones
    return max(found, key=lambda seen: _strength(result, seen, step))


def _strength(result: np.ndarray, seen: Seen, step: int) -> float:
    """Return how much of an output are stripes of this period and angle."""
    if not np.isfinite(seen.period):
        return 0.0
    down, right = (step * per_pixel for per_pixel in frequency(*seen))
    rows, columns = (np.arange(n) for n in result.shape)
    waves = np.exp(2j * np.pi * down * rows) @ (result - result.mean())
    return float(abs(waves @ np.exp(2j * np.pi * right * columns)))


def _drawn(result: np.ndarray, kernel: np.ndarray) -> View:
    """Draw an output on a scale that depends on the weights alone, so that weak stripes look weak."""
    total, error = float(kernel.sum()), rounding_error(np.ones((1, 1)), kernel)
    if total > error:
        view = render(result, "as a photo", white=max(1.0, total))
        return view._replace(note=view.cut)
    limit = max(float(np.maximum(sign * kernel, 0).sum()) for sign in (1, -1))
    return render(result, "signed", limit=limit or 1.0, error=error)


def _line(controls: StripeControls, contrast: float, seen: Seen) -> str:
    """Return the contrast, and what the output shows."""
    text = f"Contrast: {format_number(contrast)} times that of the stripes."
    if contrast < LEAST or not np.isfinite(seen.period):
        return f"{text} No stripes are seen."
    if seen == seen_at_step(controls.period, controls.angle):
        return f"{text} They keep their period and angle."
    period, angle = format_number(seen.period), format_number(round(seen.angle, 1))
    return f"{text} At a step of {controls.step}, they look like period {period}, angle {angle}°."


LONGEST_LINE = (
    "Contrast: 10.25 times that of the stripes. At a step of 16, they look like period 123.45, angle"
    " 123.5°."
)
LONGEST_NOTE = "cut off: 12.5% below 0, 12.5% above 10"


def _caption(controls: StripeControls) -> str:
    kernel = name_of(controls.kernel) or "your own weights"
    pooled = "" if controls.pooling == "none" else f", {controls.pooling} pooling {controls.size}"
    return (
        f"{controls.wave} stripes, period {format_number(controls.period)}, angle"
        f" {format_number(controls.angle)}°, under {kernel.replace('_', ' ')},"
        f" stride {controls.stride}{pooled}"
    )
