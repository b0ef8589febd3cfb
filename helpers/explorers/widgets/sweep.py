"""Sweep: a button that makes a window sweep over a picture, and what it has not painted yet."""

from typing import Any

from traitlets import Int

from helpers.explorers.models.sweep import Position, band_end, sweep_over
from helpers.explorers.widgets.controls import Control
from helpers.explorers.widgets.image_view import cover

NONE = -1  # the step while there is no sweep


class Sweep(Control):
    """A button "sweep" or "pause"; the page sets the step while the window is under way.

    `step` counts from 0, and is −1 while there is no sweep. The page ends a sweep after its last
    step, when anything else is used while it is under way, and when the picture is out of sight. A
    paused one stays until it goes on or a control is changed. Where the learner prefers reduced
    motion, nothing moves by itself: each press shows one more band.
    """

    kind = "sweep"
    steps = Int(1).tag(page=True)  # of the whole sweep
    step = Int(NONE).tag(page=True, from_page=True)

    _size = 1, 1

    def over(self, rows: int, columns: int) -> None:
        """Get ready for an output of this size; a sweep over the last one ends."""
        self._size = rows, columns
        self.steps = len(self._positions)
        self.end()

    def end(self) -> None:
        """End the sweep."""
        self.step = NONE

    @property
    def position(self) -> Position | None:
        """Where the window is; None while there is no sweep."""
        return None if self.step == NONE else self._positions[self.step]

    @property
    def _positions(self) -> tuple[Position, ...]:
        return sweep_over(*self._size)

    def covers(self) -> list[dict]:
        """Return covers for the pixels that the window has not come to, as marks on the output."""
        position, (rows, columns) = self.position, self._size
        if position is None:
            return []
        ahead = cover(
            position.top,
            position.column + 1,
            position.bottom - position.top,
            columns - position.column - 1,
        )
        return [ahead, cover(position.bottom, 0, rows - position.bottom, columns)]

    def receive(self, content: dict[str, Any], buffers: list) -> None:
        if content.get("begins"):
            self.step = 0
        if content.get("band"):
            self.step = band_end(self._positions, self.step)
        elif self.step != NONE:  # else it has ended, and this step is late
            step = content.get("step")
            self.step = step if isinstance(step, int) and 0 <= step < self.steps else NONE
