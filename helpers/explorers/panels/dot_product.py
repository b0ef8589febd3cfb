"""DotProduct: how one output pixel is computed, patch × kernel = products, and their sum."""

from collections.abc import Sequence
from typing import Any

from helpers.explanation import PixelExplanation
from helpers.explorers.widgets.element import Group, Text, column, elements_in, row
from helpers.explorers.widgets.image_view import ImageView
from helpers.rendering import equals, format_number, in_brackets, printed, render, render_weights

LEAST = 31  # CSS pixels of a cell with a number such as -10.25
LONGEST_TERM = "0.25·(-10.25) + "  # of a sum


class DotProduct:
    """The patch under the window, the kernel, the products, and their sum.

    Parameters
    ----------
    titles : three str, of the grids
    width : int, of each grid in CSS pixels
    columns : int, of the kernel

    `equation` is the line of the three grids and their signs, `total` the sum below it; `stills` are
    the rows for a static picture.
    """

    def __init__(
        self,
        titles: Sequence[str] = ("patch", "kernel", "products"),
        width: int = 138,
        columns: int = 3,
    ):
        self.patch, self.kernel, self.products = self.grids = [
            ImageView(title=title, width=width, style={"flex": "1 1 0"}) for title in titles
        ]
        self.total = Text()
        self.equation = row(
            _with_sign("", self.patch, columns),
            _with_sign("×", self.kernel, columns),
            _with_sign("=", self.products, columns),
            gap="8px",
        )
        self.stills: list[list[Any]] = [list(elements_in(self.equation)), [self.total]]
        self.box = column(self.equation, self.total)

    def show(
        self, explanation: PixelExplanation, given: Any, white: float = 1.0, among: Any = None
    ) -> None:
        """Show the explanation of one channel.

        `given` is the value of the function in use; `white` is the value that is drawn white.
        `among` holds all weights of a kernel with further slices: they share a scale.
        """
        patch, kernel, products = explanation.patch, explanation.kernel, explanation.products
        for grid, numbers, view in (
            (self.patch, patch, render(patch, "as a photo", white)),
            (self.kernel, kernel, render_weights(kernel, among)),
            (self.products, products, render(products, "signed")),
        ):
            grid.show(view.without_scale(), numbers, alt=grid.title)
        self.total.value = _sum(explanation, given)
        self.total.room_for = f"{LONGEST_TERM * patch.size} = -10.25. {_given('-10.25')}"

    def hide(self, hidden: bool) -> None:
        """Hide or show everything."""
        for element in elements_in(self.box):
            element.hidden = hidden


def _with_sign(sign: str, grid: ImageView, columns: int) -> Group:
    """Put a sign in front of a grid, which shrinks while its numbers can be read, and then wraps."""
    signs = [Text(sign, style={"font-size": "18px", "flex": "0 0 12px"})] if sign else []
    room = 18 * len(signs)
    return row(
        *signs, grid, flex=f"1 1 {min(LEAST * columns, grid.width) + room}px",
        max_width=f"{grid.width + room}px", flex_flow="row nowrap", align_items="center", gap="6px",
    )  # fmt: skip


def _sum(explanation: PixelExplanation, given: Any) -> str:
    """Return the sum, term by term."""
    factors = list(zip(explanation.patch.ravel(), explanation.kernel.ravel(), strict=True))
    terms = [f"{in_brackets(pixel)}·{in_brackets(weight)}" for pixel, weight in factors]
    bias, total = float(explanation.bias), float(explanation.total)
    if bias:
        terms.append(f"bias {in_brackets(bias)}")
    added = [printed(pixel) * printed(weight) for pixel, weight in factors]
    sign = equals([*added, printed(bias)], total)
    line = f"{' + '.join(terms)} {sign} {format_number(total)}"
    if abs(given - total) > 1e-3 * max(1, abs(total)):
        line += f". {_given(format_number(given))}"
    return line


def _given(number: str) -> str:
    return f"Your function gives {number} here."
