"""Positions: the number of a position of the window, and buttons that move it."""

from helpers.explorers.widgets.controls import Button
from helpers.explorers.widgets.element import row
from helpers.explorers.widgets.number_grid import Number

INTERVAL = 700  # milliseconds from position to position in playback


class Positions:
    """Buttons "back" and "step", and the `control` of the position, counted from 1, with "play"."""

    def __init__(self) -> None:
        self.control = Number(
            "position", 1, min=1, max=1, step=1, interval=INTERVAL, help="The position of the window, row by row",
            style={"flex": "1 1 220px", "max-width": "420px"},
        )  # fmt: skip
        self.back = Button("back", "To the previous position", lambda: self._move_by(-1))
        self.step = Button("step", "To the next position", lambda: self._move_by(1))
        self.box = row(self.back, self.step, self.control, align_items="center")

    def _move_by(self, steps: int) -> None:
        number = self.control.number + steps
        self.control.number = max(1, min(int(self.control.max), number))

    def limit(self, count: int) -> None:
        """Allow this many positions."""
        self.control.number = min(self.control.number, count)
        self.control.max = count
