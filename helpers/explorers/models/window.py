"""What WindowExplorer computes: the output, the padded image, and one position of the window."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.explanation import PixelExplanation, explain_pixel
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.size_formula import size_formula
from helpers.explorers.models.small_grid import grid_of
from helpers.explorers.models.user_function import convolve_with
from helpers.messages import describe
from helpers.padding import pad
from helpers.precision import rounding_error, significant
from helpers.rendering import View, equals, format_number, in_brackets, printed, render
from helpers.sliding_windows import window_indices

LARGEST_KERNEL = 5
PADDED, UNREAD, UNKNOWN = (214, 200, 240), (190, 190, 190), (235, 235, 235)
LEGEND = "violet: padding", "gray: never read"
POINT_AT_A_CELL = "Point at a cell of the image to see which output pixels it contributes to."

LONGEST_LINE = (
    "The -10 in row 10, column 10 of the image contributes to 100 of 100 output pixels (thin"
    " outlines). In the current window it adds (-10)·(-10) = 100."
)


def weights_of(kernel: ArrayLike) -> np.ndarray:
    """Return a copy of a kernel; a ValueError if it is no grid of weights from −10 to 10."""
    kernel = grid_of("kernel", kernel, LARGEST_KERNEL)
    if np.abs(kernel).max() > 10:
        raise ValueError(
            f"kernel must hold weights from -10 to 10; got {describe(kernel.tolist())}"
        )
    return kernel


def tidy(kernel: np.ndarray) -> np.ndarray:
    """Return weights that are all whole as ints, so that whole outputs are exact."""
    return kernel.astype(int) if np.array_equal(kernel, kernel.round()) else kernel


@dataclass(frozen=True, eq=False)
class WindowControls:
    """The values of the controls; `options` are those of `convolve` that differ from their defaults."""

    image: np.ndarray  # (H, W)
    kernel: np.ndarray  # (kh, kw)
    options: dict
    convolve: Callable

    @property
    def padding(self) -> int:
        """Cells added on every side of the image."""
        return self.options.get("padding", 0)


@dataclass(frozen=True, eq=False)
class WindowView:
    """What the explorer shows."""

    result: np.ndarray  # (H', W'), the output
    shown: np.ndarray  # the output, with 0 in place of rounding errors
    output: View  # all of it
    padded: np.ndarray  # the image with its padding
    image_view: View  # the picture of `padded`
    indices: np.ndarray  # (H', W', kh, kw), the image cells under each window
    formula: str  # of the output size


@dataclass(frozen=True, eq=False)
class PositionView:
    """One position of the window; `given` is the value of the function in use."""

    position: tuple[int, int]  # (row, column) of the output pixel
    place: tuple[int, int]  # (row, column) of the window's upper left cell in the padded image
    dilation: int
    explanation: PixelExplanation
    given: float
    white: float  # the value of the patch that is drawn white
    known: View  # the output up to this position
    numbers: np.ndarray  # the same as numbers; None after this position


@dataclass(frozen=True, eq=False)
class CellView:
    """One cell of the image, and the output pixels, (row, column) each, that it contributes to."""

    outputs: list
    line: str
    marked: bool  # whether a cell of the image is pointed at


NO_CELL = CellView([], POINT_AT_A_CELL, marked=False)


def compute(controls: WindowControls, memo: Memo) -> WindowView:
    """Return what WindowExplorer shows, independent of the position."""
    image, kernel, options = controls.image, controls.kernel, controls.options
    result = memo("result", convolve_with, controls.convolve, image, kernel, options)
    geometry = {name: value for name, value in options.items() if name != "flip"}
    shown = significant(result, memo("error", rounding_error, image, kernel))
    indices = window_indices(image.shape, kernel.shape, **geometry)
    padded = pad(image, controls.padding, options.get("border", "zero"))
    return WindowView(
        result=result,
        shown=shown,
        output=memo("output", render, shown, "signed"),
        padded=padded,
        image_view=_seen(image, padded, indices, controls.padding),
        indices=indices,
        formula=size_formula(image.shape, kernel.shape, options),
    )


def _seen(image: np.ndarray, padded: np.ndarray, indices: np.ndarray, p: int) -> View:
    """Return the padded image in gray; padding is violet, pixels outside every window are gray."""
    inside = pad(np.ones(image.shape, bool), p)
    read = pad(np.isin(np.arange(image.size), indices).reshape(image.shape), p)
    picture = render(padded, "as a photo", _white(image))
    pixels = np.repeat(picture.pixels[..., None], 3, axis=2)
    pixels[~inside] = PADDED
    pixels[inside & ~read] = UNREAD
    legend = [what for what, there in zip(LEGEND, (~inside, inside & ~read)) if there.any()]
    note = "; ".join(filter(None, [picture.cut, *legend]))
    return picture.with_pixels(pixels).without_scale()._replace(note=note)


def _white(image: np.ndarray) -> float:
    return np.abs(image).max() or 1


def explain(controls: WindowControls, view: WindowView, position: tuple[int, int]) -> PositionView:
    """Return the numbers under the window at a (row, column) of the output, and the output up to it."""
    result = view.result
    number = position[0] * result.shape[1] + position[1]
    known = np.arange(result.size).reshape(result.shape) <= number
    pixels = np.where(known[..., None], view.output.pixels, np.array(UNKNOWN, np.uint8))
    stride = controls.options.get("stride", 1)
    return PositionView(
        position=position,
        place=(position[0] * stride, position[1] * stride),
        dilation=controls.options.get("dilation", 1),
        explanation=explain_pixel(controls.image, controls.kernel, *position, **controls.options),
        given=float(result[position]),
        white=_white(controls.image),
        known=view.output.with_pixels(pixels),
        numbers=np.where(known, view.shown.astype(object), np.array(None)),
    )


def explain_cell(
    controls: WindowControls, view: WindowView, cell: tuple[int, int], position: tuple[int, int]
) -> CellView:
    """Return the output pixels that a (row, column) of the padded image contributes to.

    The line also says what it contributes at this position of the window. Padding is no cell.
    """
    row, column = cell[0] - controls.padding, cell[1] - controls.padding
    rows, columns = controls.image.shape
    if not (0 <= row < rows and 0 <= column < columns):
        return NO_CELL
    under = view.indices == row * columns + column
    hits = under.any(axis=(2, 3))
    value = controls.image[row, column]
    kernel = explain_pixel(controls.image, controls.kernel, *position, **controls.options).kernel
    line = (
        f"The {format_number(value)} in row {row}, column {column} of the image contributes to"
        f" {hits.sum()} of {hits.size} output pixels (thin outlines)."
        f" {_contribution(value, kernel[under[position]])}"
    )
    return CellView(np.argwhere(hits).tolist(), line, marked=True)


def reading(controls: WindowControls, view: WindowView, cell: tuple[int, int]) -> str:
    """Return what a (row, column) of the padded image holds, for screen readers."""
    p, (rows, columns) = controls.padding, controls.image.shape
    inside = p <= cell[0] < p + rows and p <= cell[1] < p + columns
    return f"{format_number(view.padded[cell])}{'' if inside else ', padding'}"


def _contribution(value: float, weights: np.ndarray) -> str:
    """Say what a cell adds to the sum at the present position; the border may repeat the cell."""
    if not weights.size:
        return "It is not in the current window."
    terms = " + ".join(f"{in_brackets(value)}·{in_brackets(weight)}" for weight in weights)
    total = value * weights.sum()
    sign = equals([printed(value) * printed(weight) for weight in weights], total)
    return f"In the current window it adds {terms} {sign} {format_number(total)}."
