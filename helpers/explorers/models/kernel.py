"""What KernelExplorer computes: the output image, its size, and one output pixel in numbers."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from helpers.explanation import PixelExplanation, explain_pixel
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import COLORS, as_photo, shares, summary_of
from helpers.explorers.models.size_formula import PLAIN_SIZES, size_formula
from helpers.explorers.models.user_function import convolve_with
from helpers.geometry import extent
from helpers.kernels import KERNEL_NOTES, name_of
from helpers.precision import rounding_error, value_range
from helpers.rendering import View, format_number, render


@dataclass(frozen=True, eq=False)
class KernelControls:
    """The values of the controls; `options` are those of `convolve` that differ from their defaults."""

    image: np.ndarray
    image_name: str
    kernel: np.ndarray
    options: dict
    view: str
    true_size: bool
    convolve: Callable


@dataclass(frozen=True, eq=False)
class KernelView:
    """What the explorer shows."""

    image_view: View  # the image
    result: np.ndarray
    error: float  # of the result, by rounding
    output: View
    caption: str
    summary: str  # of the output
    note: str  # about the kernel
    formula: str  # of the output size; empty for the default options
    shares: tuple[float, float]  # widths of the image and the output, as fractions of the room


@dataclass(frozen=True, eq=False)
class PixelView:
    """One output pixel, of one channel; `given` is the value of the function in use."""

    channel: str  # whose numbers they are; empty for a gray image
    explanation: PixelExplanation
    given: float
    extent: tuple[int, int]  # rows and columns of the image under the window
    patch: np.ndarray  # (kh, kw) or (kh, kw, 3), the pixels in all channels


def compute(controls: KernelControls, memo: Memo) -> KernelView:
    """Return what KernelExplorer shows; only a new image, kernel or option causes a convolution."""
    image, kernel, options = controls.image, controls.kernel, controls.options
    result = memo("result", convolve_with, controls.convolve, image, kernel, options)
    error = rounding_error(memo("range", value_range, image), kernel, options.get("bias", 0))
    plain = PLAIN_SIZES.keys().isdisjoint(options)
    name = memo("name", name_of, kernel)
    output = render(result, controls.view, error=error)
    return KernelView(
        image_view=memo("image", as_photo, image),
        result=result,
        error=error,
        output=output,
        caption=f"{controls.image_name} under {name or 'your own'}, shown {controls.view}",
        summary=summary_of(result, output.cut),
        note=_note(kernel, name),
        formula="" if plain else size_formula(image.shape[:2], kernel.shape, options),
        shares=shares(image, result) if controls.true_size else (1.0, 1.0),
    )


def _note(kernel: np.ndarray, name: str | None) -> str:
    return _about(KERNEL_NOTES.get(name or "", ""), format_number(kernel.sum()))


def _about(note: str, total: str) -> str:
    return f"{note} The weights add up to {total}: a flat area is multiplied by this sum.".strip()


LONGEST_NOTE = _about(max(KERNEL_NOTES.values(), key=len), "-10.25")


def random_weights(random: np.random.Generator) -> np.ndarray:
    """Return nine random weights from −1 to 1, in tenths, that add up to 1.

    Flat areas keep their brightness: with any sum, half of the outputs would be black.
    """
    while True:
        tenths = random.integers(-10, 11, (200, 3, 3))
        fitting = tenths[tenths.sum(axis=(1, 2)) == 10]  # four of 200, on average
        if len(fitting):
            return fitting[0] / 10


def explain(
    controls: KernelControls, view: KernelView, position: tuple[int, int], channel: int
) -> PixelView:
    """Return how one output pixel is computed; for a color image, in one channel."""
    found = explain_pixel(controls.image, controls.kernel, *position, **controls.options)
    given, patch = view.result[position], found.patch
    if controls.image.ndim == 3:
        found = replace(
            found,
            patch=found.patch[..., channel],
            products=found.products[..., channel],
            total=found.total[channel],
        )
        given = given[channel]
    dilation = controls.options.get("dilation", 1)
    rows, columns = (extent(n, dilation) for n in found.kernel.shape)
    name = COLORS[channel] if controls.image.ndim == 3 else ""
    return PixelView(name, found, given, (rows, columns), patch)


def strongest(result: np.ndarray) -> tuple[int, int]:
    """Return the (row, column) of the largest absolute value of an output, (H', W') or (H', W', 3).

    >>> strongest(np.array([[0, 1, 0], [2, -3, 1]]))
    (1, 1)
    """
    strength = np.abs(result).reshape(*result.shape[:2], -1).sum(axis=2)
    row, column = np.unravel_index(strength.argmax(), strength.shape)
    return int(row), int(column)


def output_pixel_at(
    controls: KernelControls, view: KernelView, place: tuple[int, int]
) -> tuple[int, int]:
    """Return the (row, column) of the output whose window has its middle nearest to a pixel."""
    first = explain(controls, view, (0, 0), 0)
    stride, found = controls.options.get("stride", 1), first.explanation
    starts = (found.top, found.left)
    row, column = (
        max(0, min(round((at - extent // 2 - start) / stride), count - 1))
        for at, extent, start, count in zip(place, first.extent, starts, view.result.shape)
    )
    return row, column
