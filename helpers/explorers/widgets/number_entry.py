"""NumberEntry: numbers to drag, to step or to type, and what is done with an invalid entry.

They replace the sliders of ipywidgets, which have no name for screen readers, do not get the arrow
keys in Notebook 7, and ignore an invalid entry without a message.
"""

from contextlib import suppress
from numbers import Real
from typing import Any

from traitlets import Bool, Dict, Float, Int, List, TraitError, Tuple, Unicode, validate

from helpers.explorers.widgets.element import Element
from helpers.explorers.widgets.typed_number import AnyFloat, number_from

HOW = (
    "Drag, press the arrow keys (Shift: finer, Page Up and Page Down: ten steps), or type a number"
)


class NumberEntry(Element):
    """A grid of numbers; `value` lists them row by row."""

    kind = "numbers"

    value = List(AnyFloat()).tag(page=True, from_page=True)
    shape = Tuple(Int(), Int(), default_value=(1, 1)).tag(page=True)
    label = Unicode().tag(page=True)
    names = List(Unicode()).tag(page=True)  # of each number, for messages and screen readers
    help = Unicode(f"{HOW} such as -1.5 or 1/9.").tag(page=True)
    min = Float(-10.0).tag(page=True)
    max = Float(10.0).tag(page=True)
    step = Float(0.1).tag(page=True)
    decimals = Int(20).tag(page=True)  # shown at most; fewer where cells are narrow
    whole = Bool(False)  # whether only whole numbers are valid
    colors = List(Tuple(Unicode(), Unicode())).tag(page=True)  # of each weight, and of its text
    disabled = Bool(False).tag(page=True)
    interval = Int(0).tag(page=True)  # milliseconds between steps of playback; 0 for no play button
    rejected = Dict().tag(page=True)  # the index and the text of an invalid entry
    error = Unicode()  # about this entry

    @validate("value")
    def _valid(self, proposal: Any) -> list[float]:
        value = proposal["value"]
        if len(value) != self.shape[0] * self.shape[1]:
            raise TraitError(
                f"{self.label} must be {self.shape[0] * self.shape[1]} numbers; got {value}"
            )
        for name, number in zip(self.names, value):
            self._check(name, number, number)
        self.rejected, self.error = {}, ""
        return value

    def _check(self, name: str, number: float, given: Any) -> None:
        if not self.min <= number <= self.max or (self.whole and number != int(number)):
            kind = "a whole number" if self.whole else "a number"
            raise TraitError(
                f"{name} must be {kind} from {self.min:g} to {self.max:g}; got {given}"
            )

    def receive(self, content: dict, buffers: list) -> None:
        """The page sends all numbers, the one number that is dragged, or a typed entry."""
        super().receive(content, buffers)
        index, text, number = (content.get(name) for name in ("index", "text", "number"))
        if not isinstance(index, int) or not 0 <= index < len(self.value):
            return
        if isinstance(text, str):
            self._take_entry(index, text)
        elif isinstance(number, Real):
            with suppress(TraitError, OverflowError):
                self.value = [*self.value[:index], float(number), *self.value[index + 1 :]]

    def traits_in(self, event: dict) -> list[str]:
        """One number of the grid, or an entry, is about all of `value`, and what was rejected."""
        return ["value", "rejected"] if "index" in event else super().traits_in(event)

    def _take_entry(self, index: int, text: str) -> None:
        """Apply a typed entry; an invalid one changes only the message."""
        try:
            number = self._read(self.names[index], text)
        except TraitError as error:
            self.rejected, self.error = {"index": index, "text": text}, str(error)
        else:
            self.rejected, self.error = {}, ""
            self.value = [*self.value[:index], number, *self.value[index + 1 :]]

    def _read(self, name: str, text: str) -> float:
        number = number_from(text)
        self._check(name, number, repr(text[:40]))
        return number
