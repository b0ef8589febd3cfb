"""The brush: sets pixels of a screen with the pointer or the keys."""

from traitlets import HasTraits, Unicode

from helpers.explorers.widgets.controls import Tick
from helpers.explorers.widgets.element import row
from helpers.explorers.widgets.number_grid import Number


class Brush(HasTraits):
    """A tick that switches painting on, and the value, or the three, that it paints."""

    error = Unicode()

    def __init__(self, labels=("brush",), value=1.0, **traits):
        super().__init__()
        self.on = Tick("paint", False, "Drag over cells to set them; Enter sets the marked one")
        width = "190px" if len(labels) == 1 else "160px"
        traits = {"help": "The value to paint", "style": {"width": width}, **traits}
        self.numbers = [Number(label, value, **traits) for label in labels]
        for number in self.numbers:
            number.observe(self._say, "error")
        self.box = row(self.on, *self.numbers, align_items="center")

    def _say(self, change):
        self.error = next((number.error for number in self.numbers if number.error), "")

    def follow(self, screen, paint):
        """Call `paint(cells, value)` for each stroke on a screen; `value` lists what was set."""
        self.on.observe(lambda change: screen.set_trait("paints", change["new"]), "value")
        screen.on_paint(lambda cells: paint(cells, [number.number for number in self.numbers]))
