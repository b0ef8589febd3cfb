"""One output pixel in numbers: patch × kernel = products, and their sum."""

import ipywidgets
import numpy as np

from helpers.explorers.explorer import row, text, write
from helpers.explorers.screen import Screen
from helpers.views import format_number, render


def _sign(text):
    return ipywidgets.HTML(f'<span class="explorer-sign">{text}</span>')


class Products(ipywidgets.VBox):
    """The patch under the window, the weights on it, the products, and what they add up to."""

    def __init__(self):
        self.patch, self.kernel, self.products = (
            Screen(title=title, width=138, layout={"width": "138px"})
            for title in ("patch", "kernel", "products")
        )
        self.screens = [self.patch, self.kernel, self.products]
        self.total = text()
        super().__init__(
            [
                row(
                    self.patch,
                    _sign("×"),
                    self.kernel,
                    _sign("="),
                    self.products,
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
            picture = view._replace(colours=(), labels=(), note="")
            what = f"{screen.title}: {', '.join(map(format_number, np.ravel(numbers)))}"
            screen.show(picture, numbers, alt=what)
        write(self.total, _sum(explanation, given))


def _sum(explanation, given):
    """The sum written out term by term."""
    terms = [
        f"{_in_brackets(pixel)}·{_in_brackets(weight)}"
        for pixel, weight in zip(explanation.patch.ravel(), explanation.kernel.ravel())
    ]
    if explanation.bias:
        terms.append(f"bias {_in_brackets(explanation.bias)}")
    total = float(explanation.total)
    line = f"{' + '.join(terms)} = {format_number(total)}"
    if abs(given - total) > 1e-3 * max(1, abs(total)):
        line += f". Your function gives {format_number(given)} here."
    return line


def _in_brackets(number):
    text = format_number(number)
    return f"({text})" if text.startswith("-") else text
