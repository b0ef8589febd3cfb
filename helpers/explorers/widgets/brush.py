"""The brush: sets pixels of a screen with the pointer or the keys."""

import ipywidgets
from traitlets import Unicode

from helpers.explorers.base import tick
from helpers.explorers.widgets.number_grid import Number


class Brush(ipywidgets.Box):
    """A tick that switches painting on, and the value, or the three, that it paints."""

    error = Unicode()

    def __init__(self, labels=("brush",), value=1.0, **traits):
        self.on = tick("paint", False, "Drag over cells to set them; Enter sets the marked one")
        traits["help"] = "The value to paint"
        self.numbers = [Number(label, value, **traits) for label in labels]
        for number in self.numbers:
            number.layout.width = "190px" if len(labels) == 1 else "160px"
            number.observe(self._say, "error")
        super().__init__(
            [self.on, *self.numbers],
            layout={"flex_flow": "row wrap", "align_items": "center", "grid_gap": "4px 12px"},
        )

    def _say(self, change):
        self.error = next((number.error for number in self.numbers if number.error), "")

    def follow(self, screen, paint):
        """Call `paint(cells, value)` for each stroke on a screen; `value` lists what was set."""
        self.on.observe(lambda change: screen.set_trait("paints", change["new"]), "value")
        screen.on_paint(lambda cells: paint(cells, [number.number for number in self.numbers]))
