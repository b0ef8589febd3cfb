"""WindowExplorer: step, drag or play the window over a small grid of numbers."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import longest_title, size_title
from helpers.explorers.models.size_formula import LONGEST_FORMULA
from helpers.explorers.models.small_grid import grid_of
from helpers.explorers.models.user_function import changed
from helpers.explorers.models.window import (
    LEGEND,
    LONGEST_LINE,
    NO_CELL,
    PLAIN,
    WindowControls,
    WindowView,
    compute,
    explain,
    explain_cell,
)
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.widgets.brush import Brush
from helpers.explorers.widgets.controls import Button, Choice, Tick
from helpers.explorers.widgets.element import Element, Text, beside, column, row
from helpers.explorers.widgets.image_view import ImageView, mark, window_marks
from helpers.explorers.widgets.loupe import Loupe, pixel_of
from helpers.explorers.widgets.number_grid import Number, Weights
from helpers.messages import describe
from helpers.padding import BORDERS
from helpers.validation import as_function

LARGEST = 12
INTERVAL = 700  # milliseconds from position to position in playback


class WindowExplorer(Explorer):
    """A grid of numbers, a kernel, and the output, computed position by position.

    Parameters
    ----------
    image : (H, W) array of numbers, at most 12×12
    kernel : (kh, kw) array of weights from −10 to 10, at most 5×5
    convolve : function(image, kernel) that computes the output; it may be your own

    `position_control.number` is the position of the window, counted from 1, row by row; `position`
    is the (row, column) of that output pixel; `result` is the whole output.
    """

    user_function = ("convolve", library_convolve)

    def __init__(self, image: ArrayLike, kernel: ArrayLike, convolve: Callable = library_convolve):
        self.grid = grid_of("image", image, LARGEST)
        self.convolve = as_function("convolve", convolve)
        self.memo = Memo()
        self.weights = Weights(_weights(kernel), step=1, label="weights of the kernel")
        self.input, self.output = (
            ImageView(
                interactive=True, glides=True, width=width, style={"flex": "1 1 150px", "max-width": f"{width}px"},
                room_for={"title": longest_title("output"), "note": note},
            )
            for width, note in ((380, "; ".join(LEGEND)), (320, ""))
        )  # fmt: skip
        self._build_controls()
        self.loupe = Loupe(magnifies=False, glides=True)
        self.products = DotProduct(columns=self.weights.shape[1])
        controls = (
            self.weights, self.stride, self.padding, self.dilation, self.border, self.flip, self.brush,
        )  # fmt: skip
        stills = [[self.input, self.output], *self.products.stills]
        super().__init__(self._lay_out(), controls, stills)
        self.follow(self._move, [self.position_control], "value")
        self.follow(self._take_cursor, [self.output], "cursor")
        self.follow(self._mark, [self.input], "cursor", "pinned", "pointed")

    def _build_controls(self) -> None:
        self.stride = Number(
            "stride", 1, min=1, max=4, step=1, help="Cells from one position to the next"
        )
        self.dilation = Number(
            "dilation", 1, min=1, max=3, step=1, help="Cells from one weight to the next"
        )
        self.padding = Number("padding", 0, min=0, max=3, step=1, help="Cells added on every side")
        self.border = Choice("border", BORDERS, "zero", "The values of the added cells")
        self.flip = Tick("flip (mathematics)", False, "Rotate the kernel by 180° first")
        self.position_control = Number(
            "position", 1, min=1, max=1, step=1, interval=INTERVAL, help="The position of the window, row by row",
            style={"flex": "1 1 220px", "max-width": "420px"},
        )  # fmt: skip
        self.back = Button("back", "To the previous position", lambda: self._move_by(-1))
        self.step = Button("step", "To the next position", lambda: self._move_by(1))
        self.brush = Brush(value=9, min=-99, max=99, step=1)
        self.brush.follow(self.input, self._paint)
        self.formula, self.contribution = (
            Text(room_for=LONGEST_FORMULA),
            Text(room_for=LONGEST_LINE),
        )

    def _lay_out(self) -> list:
        steps = row(self.back, self.step, self.position_control, align_items="center")
        panel = column(
            self.weights, self.stride, self.padding, self.dilation, self.border, self.flip, self.brush,
            flex="0 0 236px",
        )  # fmt: skip
        grids = column(
            row(self.input, self.output, self.loupe, flex_flow="row nowrap"),
            self.contribution, self.formula, self.products, flex="1 1 320px",
        )  # fmt: skip
        return [steps, beside(panel, grids)]

    def _move_by(self, steps: int) -> None:
        number = self.position_control.number + steps
        self.position_control.number = max(1, min(int(self.position_control.max), number))

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
        now = {
            "stride": self.stride.number,
            "padding": self.padding.number,
            "dilation": self.dilation.number,
            "border": self.border.value if self.padding.number else "zero",
            "flip": self.flip.value,
        }
        return changed(now, PLAIN)

    def read(self) -> WindowControls:
        return WindowControls(self.grid, _tidy(self.weights.kernel), self.options, self.convolve)

    def compute(self, controls: WindowControls) -> WindowView:
        return compute(controls, self.memo)

    def show(self, view: WindowView) -> None:
        self.border.disabled = not self.controls.padding
        self.formula.value = view.formula
        title = size_title("image", self.image)
        self.input.show(
            view.image_view,
            view.padded,
            title=title,
            alt=title,
            cursor=self._same_cell(view.padded.shape),
        )
        self.position_control.number = min(self.position_control.number, view.result.size)
        self.position_control.max = view.result.size
        self._explain()

    def _same_cell(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return the place of the cell under the cursor in the new padding; release it if it is gone."""
        shift = self.controls.padding - (self._before or self.controls).padding
        cell = tuple(at + shift for at in self.input.cursor)
        if not all(0 <= at < count for at, count in zip(cell, shape, strict=True)):
            self.input.pinned = self.input.pointed = False
        return cell

    def _explain(self, source: Element | None = None) -> None:
        """Show the numbers under the window, and the output up to this position."""
        found = explain(self.controls, self.computed, self.position)
        title = size_title("output", self.result)
        self.output.show(found.known, found.numbers, title=title, alt=title, cursor=self.position)
        self.products.show(found.explanation, found.given, found.white)
        self.loupe.show(
            found.explanation, found.explanation.patch, self._place, self._dilation, found.white,
            **pixel_of(found.known, self.position, found.given),
        )  # fmt: skip
        self._mark()

    def _mark(self, source: Element | None = None) -> None:
        """Mark the window and its output pixel, the cell pointed at, and the pixels it contributes to."""
        cell, (row, column) = NO_CELL, self.input.cursor
        if self.input.pointed or self.input.pinned:
            cell = explain_cell(self.controls, self.computed, (row, column), self.position)
        self.contribution.value = cell.line
        pointed = [mark(row, column, thin=True)] if cell.marked else []
        self.input.marks = [*pointed, *self._window_marks()]
        thin = [mark(row, column, thin=True) for row, column in cell.outputs]
        self.output.marks = [*thin, mark(*self.position)]

    def _window_marks(self) -> list[dict]:
        return window_marks(*self._place, self.kernel.shape, self._dilation)

    @property
    def _place(self) -> tuple[int, int]:
        """The (row, column) of the window's upper left cell in the padded image."""
        row, column = self.position
        stride = self.controls.options.get("stride", 1)
        return row * stride, column * stride

    @property
    def _dilation(self) -> int:
        return self.controls.options.get("dilation", 1)

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

    def describe(self) -> str:
        sizes = "{}×{} image, {}×{} kernel".format(*self.image.shape, *self.kernel.shape)
        number = self.position_control.number
        return f"WindowExplorer: {sizes}, position {number} of {self.result.size}"


def _weights(kernel: ArrayLike) -> np.ndarray:
    kernel = grid_of("kernel", kernel, 5)
    if np.abs(kernel).max() > 10:
        raise ValueError(
            f"kernel must hold weights from -10 to 10; got {describe(kernel.tolist())}"
        )
    return kernel


def _tidy(kernel: np.ndarray) -> np.ndarray:
    """Return weights that are all whole as ints, so that whole outputs are exact."""
    return kernel.astype(int) if np.array_equal(kernel, kernel.round()) else kernel
