"""What StripeExplorer computes: stripes and their output, what is seen in it, and contrast curves."""

from dataclasses import dataclass

import numpy as np

from helpers.explorers.models.contrast_curves import (
    ContrastCurve,
    StripeControls,
    contrasts,
    curves,
    outputs,
    picture,
)
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import as_photo
from helpers.kernels import name_of
from helpers.precision import rounding_error
from helpers.rendering import View, format_number, render
from helpers.stripes import Seen, frequency, seen_at_step

POOLINGS = "none", "mean", "max"
OVERTONES = 1, 2, 3  # a sum of these makes what is no sine wave: all but a few percent of it
LEAST = 0.005  # contrast, as a fraction of that of the stripes, that can be seen


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
    image = memo("image", picture, controls.period, controls.angle, *controls.look)
    before, result = memo("result", outputs, image, *controls.how)
    here = contrasts(image, before, result)
    over_period, over_angle = curves(controls, here, memo)
    contrast, seen = float(here[1]), _seen(controls, result)
    drawn = _drawn(result, controls.kernel)
    return StripeView(
        image=image,
        result=result,
        image_view=memo("picture", as_photo, image),
        output_view=drawn._replace(note=""),
        contrast=contrast,
        seen=seen,
        over_period=over_period,
        over_angle=over_angle,
        line=_line(controls, contrast, seen, drawn.note),
        caption=_caption(controls),
    )


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


def _line(controls: StripeControls, contrast: float, seen: Seen, cut: str) -> str:
    """Return the contrast, what the output shows, and how much of it is beyond the scale."""
    number = format_number(contrast)
    times = "1, the same as that" if number == "1" else f"{number} times that"
    text = f"Contrast: {times} of the stripes. {_shown(controls, contrast, seen)}"
    return f"{text} ({cut})" if cut else text


def _shown(controls: StripeControls, contrast: float, seen: Seen) -> str:
    if contrast < LEAST or not np.isfinite(seen.period):
        return "No stripes are visible."
    if seen == seen_at_step(controls.period, controls.angle):
        return "They keep their period and angle."
    period, angle = format_number(seen.period), format_number(round(seen.angle, 1))
    return f"At a step of {controls.step}, they look like period {period}, angle {angle}°."


LONGEST_LINE = (
    "Contrast: 10.25 times that of the stripes. At a step of 16, they look like period 123.45, angle"
    " 123.5°. (clipped: 12.5% below 0, 12.5% above 10)"
)


def _caption(controls: StripeControls) -> str:
    kernel = name_of(controls.kernel) or "your own weights"
    pooled = "" if controls.pooling == "none" else f", {controls.pooling} pooling {controls.size}"
    return (
        f"{controls.wave} stripes, period {format_number(controls.period)}, angle"
        f" {format_number(controls.angle)}°, under {kernel.replace('_', ' ')},"
        f" stride {controls.stride}{pooled}"
    )
