"""Sweep: a button that makes a window sweep over a picture, and stops it there."""

from typing import Any

from traitlets import Int

from helpers.explorers.widgets.controls import Control

STILL = -1  # the step while there is no sweep


class Sweep(Control):
    """A button "sweep" or "pause"; the page counts the steps while the sweep is under way.

    `step` is the present one, from 0, or `STILL`. A sweep is started by the button and ends after its
    last step. The page ends it when anything else is used, or is out of sight. Where the learner
    prefers reduced motion, nothing moves by itself: each press asks for one more band.
    """

    kind = "sweep"
    steps = Int(1).tag(page=True)  # of the whole sweep
    step = Int(STILL).tag(page=True, from_page=True)
    bands = Int(0)  # how often the page has asked for a band

    @property
    def is_under_way(self) -> bool:
        """Whether a part of the picture is still to come."""
        return self.step != STILL

    def end(self) -> None:
        """End the sweep."""
        self.step = STILL

    def receive(self, content: dict, buffers: list) -> None:
        if content.get("begins"):
            self.step = 0
        if content.get("band"):
            self.bands += 1
        elif self.is_under_way:  # else it has ended, and this step is late
            super().receive(_within(content, self.steps), buffers)


def _within(content: dict[str, Any], steps: int) -> dict[str, Any]:
    """Return the event without a step that the sweep does not have; one past the last ends it."""
    step = content.get("step")
    if not isinstance(step, int):
        return {}
    return {"step": step if 0 <= step < steps else STILL}
