"""Number and Weights: one labeled number, or a grid of weights, to drag, to step or to type.

They replace the sliders of ipywidgets, which have no name for screen readers, do not get the arrow
keys in Notebook 7, and ignore an invalid entry without a message.
"""

from collections.abc import Mapping
from contextlib import suppress
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from traitlets import Bool, Dict, Float, Int, List, TraitError, Tuple, Unicode, observe, validate

from helpers.colormaps import hex_colors, ink_on
from helpers.explorers.widgets.element import Element
from helpers.explorers.widgets.typed_number import AnyFloat, number_from
from helpers.messages import describe
from helpers.rendering import render_weights
from helpers.validation import as_array, as_choice

HOW = (
    "Drag, press the arrow keys (Shift: finer, Page Up and Page Down: ten steps), or type a number"
)
OWN_WEIGHTS = "your own"  # the name of weights that are no named kernel


def as_weights(
    name: str, kernel: str | ArrayLike, shape: tuple[int, ...], named: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Return weights of a shape, from −10 to 10, or those of a name in `named`."""
    if isinstance(kernel, str):
        return named[as_choice(name, kernel, named)]
    kernel = as_array(name, kernel)
    if kernel.shape != shape or not np.all(np.abs(kernel) <= 10):
        size = "×".join(map(str, shape))
        raise ValueError(
            f"{name} must be {size} weights from -10 to 10; got {describe(kernel.tolist())}"
        )
    return kernel


class Weights(Element):
    """A grid of numbers; `value` lists them row by row, `kernel` is the array."""

    kind = "numbers"

    value = List(AnyFloat()).tag(page=True, from_page=True)
    shape = Tuple(Int(), Int(), default_value=(3, 3)).tag(page=True)
    label = Unicode("weights").tag(page=True)
    names = List(Unicode()).tag(page=True)  # of each number, for messages and screen readers
    help = Unicode(f"{HOW} such as -1.5 or 1/9.").tag(page=True)
    min = Float(-10.0).tag(page=True)
    max = Float(10.0).tag(page=True)
    step = Float(0.1).tag(page=True)
    whole = Bool(False)  # whether only whole numbers are valid
    tinted = Bool(True)  # whether each number has its color on the scale of weights
    colors = List(Tuple(Unicode(), Unicode())).tag(page=True)  # of each cell, and of its text
    disabled = Bool(False).tag(page=True)
    interval = Int(0).tag(page=True)  # milliseconds between steps of playback; 0 for no play button
    rejected = Dict().tag(page=True)  # the index and the text of an invalid entry
    error = Unicode()  # about this entry

    def __init__(self, kernel: ArrayLike, **traits: Any):
        kernel = np.asarray(kernel)
        names = [f"weight in row {i}, column {j}" for i, j in np.ndindex(kernel.shape)]
        traits = {"shape": kernel.shape, "names": names, **traits}
        super().__init__(**traits)
        self.value = kernel.ravel().tolist()

    @property
    def kernel(self) -> np.ndarray:
        """The weights as a float32 array; setting it changes all of them at once."""
        return np.array(self.value, dtype=np.float32).reshape(self.shape)

    @kernel.setter
    def kernel(self, kernel: ArrayLike) -> None:
        self.value = np.ravel(kernel).tolist()

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

    @observe("value")
    def _color(self, change: Any) -> None:
        if self.tinted:
            pixels = render_weights(self.kernel).pixels.reshape(-1, 3)
            inks = map(ink_on, pixels)
            self.colors = list(zip(hex_colors(pixels), inks, strict=True))

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


class Number(Weights):
    """One labeled number; an int if its step is whole.

    An invalid initial number is a ValueError or a TypeError, since it may be a caller's argument:
    the error names `parameter`, or the label if that is left out.
    """

    tinted = Bool(False)

    def __init__(
        self, label: str, number: float, step: float = 0.1, parameter: str = "", **traits: Any
    ):
        name = parameter or label
        whole = float(step).is_integer()
        traits = {"label": label, "names": [label], "step": step, "whole": whole, **traits}
        traits["help"] = ". ".join(filter(None, [traits.get("help"), f"{HOW}."]))
        if isinstance(number, bool) or not isinstance(number, Real):
            raise TypeError(f"{name} must be a number; got {describe(number)}")
        try:
            super().__init__([[number]], **traits)
        except TraitError as error:
            raise ValueError(f"{name}{str(error).removeprefix(label)}") from None

    @property
    def number(self) -> Any:
        """The number; an int if only whole numbers are valid."""
        return int(self.value[0]) if self.whole else self.value[0]

    @number.setter
    def number(self, number: float) -> None:
        self.value = [number]
