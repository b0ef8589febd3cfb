"""One output pixel in numbers: patch × kernel = products, and their sum."""

import ipywidgets

from helpers.explorers.base import row, text, write
from helpers.explorers.widgets.image_view import ImageView
from helpers.rendering import format_number, render


def _after(sign, screen):
    """A sign and the screen behind it, which stay together where the page is narrow."""
    sign = ipywidgets.HTML(f'<span class="explorer-sign">{sign}</span>')
    return row(sign, screen, align_items="center", flex_flow="row nowrap")


class Products(ipywidgets.VBox):
    """The patch under the window, the weights on it, the products, and what they add up to."""

    def __init__(self):
        self.patch, self.kernel, self.products = (
            ImageView(title=title, width=138, layout={"width": "138px"})
            for title in ("patch", "kernel", "products")
        )
        self.screens = [self.patch, self.kernel, self.products]
        self.total = text()
        super().__init__(
            [
                row(
                    self.patch,
                    _after("×", self.kernel),
                    _after("=", self.products),
                    align_items="center",
                ),
                self.total,
            ],
        )

    def show(self, explanation, given, white=1.0):
        """Show a `PixelExplanation` of one channel.

        `given` is what the function in use says; `white` is the value that is drawn white.
        """
        patch, kernel, products = explanation.patch, explanation.kernel, explanation.products
        for screen, numbers, view in (
            (self.patch, patch, render(patch, "as a photo", white)),
            (self.kernel, kernel, render(kernel, "signed")),
            (self.products, products, render(products, "signed")),
        ):
            screen.show(view.without_scale(), numbers, alt=screen.title)
        write(self.total, _sum(explanation, given))


def _sum(explanation, given):
    """The sum written out term by term."""
    terms = [
        f"{in_brackets(pixel)}·{in_brackets(weight)}"
        for pixel, weight in zip(explanation.patch.ravel(), explanation.kernel.ravel())
    ]
    if explanation.bias:
        terms.append(f"bias {in_brackets(explanation.bias)}")
    total = float(explanation.total)
    line = f"{' + '.join(terms)} = {format_number(total)}"
    if abs(given - total) > 1e-3 * max(1, abs(total)):
        line += f". Your function gives {format_number(given)} here."
    return line


def in_brackets(number):
    """A number as a term of a sum: a negative one stands in brackets."""
    text = format_number(number)
    return f"({text})" if text.startswith("-") else text
