"""What CameraExplorer computes: a frame of the camera as an image, and its output under a kernel."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import as_photo, summary_of
from helpers.explorers.models.user_function import convolve_with
from helpers.images import to_gray
from helpers.kernels import name_of
from helpers.precision import rounding_error, value_range
from helpers.rendering import View, render

SIZES = [("320×240", (240, 320)), ("160×120", (120, 160)), ("80×60", (60, 80))]
BLANK = 128  # the gray that is shown before the first frame


@dataclass(frozen=True, eq=False)
class CameraControls:
    """The values of the controls; `frame` is (H, W, 3) uint8, or None before the first."""

    frame: np.ndarray | None
    size: tuple[int, int]
    color: bool
    kernel: np.ndarray
    view: str
    convolve: Callable


@dataclass(frozen=True, eq=False)
class CameraView:
    """What the explorer shows."""

    image: np.ndarray
    image_view: View
    result: np.ndarray
    output: View
    caption: str
    summary: str  # of the output


def compute(controls: CameraControls, memo: Memo) -> CameraView:
    """Return what CameraExplorer shows; the scale depends on the kernel alone, or it would flicker."""
    image = memo("image", as_image, controls.frame, controls.size, controls.color)
    kernel = controls.kernel
    result = memo("result", convolve_with, controls.convolve, image, kernel, {})
    error = rounding_error(memo("range", value_range, image), kernel)
    output = render(result, controls.view, limit=steady_limit(kernel), error=error)
    source = "camera off, a gray area" if controls.frame is None else "live camera"
    return CameraView(
        image=image,
        image_view=memo("photo", as_photo, image),
        result=result,
        output=output,
        caption=f"{source} under {name_of(kernel) or 'your own'}, shown {controls.view}",
        summary=summary_of(result, output.cut),
    )


def as_image(frame: np.ndarray | None, size: tuple[int, int], color: bool) -> np.ndarray:
    """Return a frame as an image in [0, 1], (H, W) or (H, W, 3); without one, a gray area.

    >>> as_image(np.full((1, 2, 3), 255, np.uint8), (1, 2), color=False).tolist()
    [[1.0, 1.0]]
    """
    if frame is None:
        frame = np.full((*size, 3), BLANK, np.uint8)
    image = np.divide(frame, 255, dtype=np.float32)
    return image if color else to_gray(image)


def steady_limit(kernel: np.ndarray) -> float:
    """Return the value at the end of the scale: half the largest output of an image in [0, 1].

    Only the sharpest edges come near the largest output; half of it leaves color to the others.

    >>> steady_limit(np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]))
    2.0
    """
    largest = max(kernel.clip(min=0).sum(), -kernel.clip(max=0).sum())
    return float(largest / 2) or 1.0
