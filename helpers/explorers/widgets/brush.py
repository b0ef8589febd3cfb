"""Brush: paints cells of a picture with the pointer or the keyboard."""

from collections.abc import Callable
from typing import Any

from traitlets import HasTraits, Unicode

from helpers.explorers.widgets.controls import Tick
from helpers.explorers.widgets.element import row
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number


class Brush(HasTraits):
    """A checkbox that switches painting on, and the value or values to paint.

    The numbers can be changed only while it is on: otherwise they seem to be about the picture.
    """

    error = Unicode()  # about an invalid entry

    def __init__(self, labels: tuple = ("brush",), value: float = 1.0, **traits: Any):
        super().__init__()
        self.on = Tick(
            "paint", False, "Drag over cells to paint them; Enter paints the marked cell",
            style={"--label": "0"},
        )  # fmt: skip
        traits = {
            "help": "The value to paint",
            "style": {"flex": "1 1 150px", "max-width": "220px"},
            **traits,
        }
        self.numbers = [Number(label, value, disabled=True, **traits) for label in labels]
        for number in self.numbers:
            number.observe(self._update_error, "error")
        self.on.observe(self._enable, "value")
        self.box = row(self.on, *self.numbers, align_items="center")

    def _enable(self, change: Any) -> None:
        for number in self.numbers:
            number.disabled = not self.on.value

    def _update_error(self, change: Any) -> None:
        self.error = next((number.error for number in self.numbers if number.error), "")

    def follow(self, view: ImageView, paint: Callable[[list, list], None]) -> None:
        """Call `paint(cells, value)` for each stroke on a picture; `value` lists the brush's numbers."""
        self.on.observe(lambda change: view.set_trait("paints", change["new"]), "value")
        view.on_paint(lambda cells: paint(cells, [number.number for number in self.numbers]))
