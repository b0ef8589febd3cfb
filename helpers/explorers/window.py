"""WindowExplorer: step, drag or play the window over a small grid of numbers."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer
from helpers.explorers.models.in_words import kernel_in_words, outputs_so_far, window_in_words
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import size_title
from helpers.explorers.models.size_formula import LONGEST_FORMULA
from helpers.explorers.models.small_grid import grid_of
from helpers.explorers.models.window import (
    NO_CELL,
    WindowControls,
    WindowView,
    compute,
    explain,
    explain_cell,
    reading,
    tidy,
    weights_of,
)
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.convolution_options import ConvolutionOptions
from helpers.explorers.panels.grid_pair import GridPair
from helpers.explorers.panels.positions import Positions
from helpers.explorers.widgets.brush import Brush
from helpers.explorers.widgets.element import (
    COVERING,
    Element,
    Message,
    Text,
    beside,
    column,
    fold,
    panel,
)
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number, Weights
from helpers.geometry import extent
from helpers.rendering import format_number
from helpers.validation import as_function

LARGEST = 12  # rows and columns of the image
SHOWN = ("weights",)  # the other controls are folded away


class WindowExplorer(Explorer):
    """A grid of numbers, a kernel, and the output, computed position by position.

    Parameters
    ----------
    image : (H, W) array of numbers, at most 12×12
    kernel : (kh, kw) array of weights from −10 to 10, at most 5×5
    convolve : function(image, kernel) that computes the output; it may be your own
    controls : names of the controls that are shown at once; the others are behind "more controls"
        Out of "weights", "stride", "dilation", "padding", "border", "flip", "paint".

    `position_control.number` is the position of the window, counted from 1, row by row; `position`
    is the (row, column) of that output pixel; `result` is the whole output.
    """

    user_function = ("convolve", library_convolve)

    def __init__(
        self,
        image: ArrayLike,
        kernel: ArrayLike,
        convolve: Callable = library_convolve,
        controls: Collection[str] | None = None,
    ):
        self.grid = grid_of("image", image, LARGEST)
        self.convolve = as_function("convolve", convolve)
        self.memo = Memo()
        self.weights = Weights(weights_of(kernel), step=1, label="weights of the kernel")
        self._build_controls()
        pair = self.pair = GridPair(self.grid.shape, self.weights.shape)
        self.input, self.output, self.loupe = pair.input, pair.output, pair.loupe
        self.contribution, self.products = pair.contribution, pair.products
        self.brush.follow(self.input, self._paint)
        self.formula = Text(room_for=LONGEST_FORMULA)
        inputs = self.weights, *self.applied.parts.values(), self.brush
        super().__init__(self._lay_out(controls), inputs, pair.stills)
        self.follow(self._move, [self.position_control], "value")
        self.follow(self._take_cursor, [self.output], "cursor")
        self.follow(self._explain, [self.input], "cursor", "pinned", "pointed")

    def _build_controls(self) -> None:
        self.positions = Positions()
        self.position_control = self.positions.control
        self.back, self.step = self.positions.back, self.positions.step
        padding = Number("padding", 0, min=0, max=3, step=1, help="Cells added on every side")
        self.applied = ConvolutionOptions("Cells", stride=4, dilation=3, padding=padding)
        self.stride, self.dilation, self.padding, self.border, self.flip = (
            self.applied.parts.values()
        )
        self.brush = Brush(value=9, min=-99, max=99, step=1)

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = {"weights": self.weights, **self.applied.parts, "paint": self.brush}
        shown, folded = choose_controls(named, chosen, SHOWN)
        self.message = Message(style=COVERING)
        grids = column(self.positions, self.pair)
        below = self.message, self.contribution, self.formula, self.products
        return [beside(panel(*shown, fold(*folded)), grids, *below, width=190)]

    def _take_cursor(self, output: ImageView) -> None:
        row, column = output.cursor
        self.position_control.number = row * self.result.shape[1] + column + 1
        self._move()

    def _move(self, source: Element | None = None) -> None:
        """Show another position of the window; only a pinned cell of the image is kept."""
        self.input.pointed = self.input.pinned
        self._explain()

    def _paint(self, cells: list, value: list) -> None:
        p = self.controls.padding
        grid = self.grid.copy()
        for i, j in cells:
            if 0 <= i - p < grid.shape[0] and 0 <= j - p < grid.shape[1]:
                grid[i - p, j - p] = value[0]
        self.grid = grid
        self.refresh()

    @property
    def options(self) -> dict[str, Any]:
        """The options of `convolve` that differ from their defaults, by name."""
        return self.applied.value

    def read(self) -> WindowControls:
        return WindowControls(self.grid, tidy(self.weights.kernel), self.options, self.convolve)

    def compute(self, controls: WindowControls) -> WindowView:
        return compute(controls, self.memo)

    def show(self, view: WindowView) -> None:
        self.border.disabled = not self.controls.padding
        self.formula.value = view.formula
        title = size_title("image", self.image)
        self.input.show(
            view.image_view, view.padded, title=title, alt=title,
            cursor=self._same_cell(view.padded.shape),
        )  # fmt: skip
        self.positions.limit(view.result.size)
        self._explain()

    def _same_cell(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return the place of the cell under the cursor in the new padding; release it if it is gone."""
        shift = self.controls.padding - (self._before or self.controls).padding
        cell = tuple(at + shift for at in self.input.cursor)
        if not all(0 <= at < count for at, count in zip(cell, shape, strict=True)):
            self.input.pinned = self.input.pointed = False
        return cell

    def _explain(self, source: Element | None = None) -> None:
        """Show the numbers under the window, the output up to it, and what a cell contributes to."""
        controls, view, position, cell = self.controls, self.computed, self.position, NO_CELL
        if self.input.pointed or self.input.pinned:
            cell = explain_cell(controls, view, self.input.cursor, position)
        title = size_title("output", self.result)
        self.pair.show(explain(controls, view, position), cell, title)
        self.input.reading = reading(controls, view, self.input.cursor)

    @property
    def image(self) -> np.ndarray:
        """The grid of numbers, (H, W)."""
        return self.controls.image

    @property
    def kernel(self) -> np.ndarray:
        """The weights of the kernel, (kh, kw)."""
        return self.controls.kernel

    @property
    def result(self) -> np.ndarray:
        """The whole output, (H', W')."""
        return self.computed.result

    @property
    def position(self) -> tuple[int, int]:
        """The (row, column) of the output pixel that the window computes."""
        return divmod(self.position_control.number - 1, self.result.shape[1])

    def summary(self) -> str:
        row, column = self.position
        value = format_number(self.computed.shown[self.position])
        return f"{size_title('output', self.result)}: {value} in row {row}, column {column}"

    def describe(self) -> str:
        sizes = "{}×{} image, {}×{} kernel".format(*self.image.shape, *self.kernel.shape)
        number = self.position_control.number
        value = format_number(self.computed.shown[self.position])
        return f"WindowExplorer: {sizes}, position {number} of {self.result.size}, output {value}"

    def alt_text(self) -> str:
        found = explain(self.controls, self.computed, self.position)
        rows, columns = (extent(n, found.dilation) for n in self.kernel.shape)
        start = found.explanation.top, found.explanation.left
        window = window_in_words(start, (rows, columns), self.image.shape)
        outputs = outputs_so_far(self.computed.shown.flat[: self.position_control.number])
        weights = kernel_in_words(self.kernel)
        return f"{self.describe()}; the window covers {window}; {weights}; {outputs}"
