"""Numbers to drag or to type: one labeled number, or a grid of weights.

The sliders of ipywidgets have no name that a screen reader could say, lose the arrow keys in
Notebook 7, and swallow a wrong entry without a word; so these are ours.
"""

from collections.abc import Mapping
from contextlib import suppress
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from traitlets import Bool, Dict, Float, Int, List, TraitError, Tuple, Unicode, validate

from helpers.explorers.widgets.element import Element
from helpers.validation import as_array, as_choice, describe

OWN_WEIGHTS = "your own"  # what weights are called that no kernel with a name has


def as_weights(
    name: str, kernel: str | ArrayLike, shape: tuple[int, ...], named: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Return weights of a shape, from −10 to 10, or those of a name in `named`, or refuse it."""
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

    value = List(Float()).tag(page=True, said=True)
    shape = Tuple(Int(), Int(), default_value=(3, 3)).tag(page=True)
    label = Unicode("weights").tag(page=True)
    names = List(Unicode()).tag(page=True)  # what each number is called, for messages and readers
    help = Unicode("Drag, use the arrow keys, or type a number such as -1.5 or 1/9.").tag(page=True)
    min = Float(-10.0).tag(page=True)
    max = Float(10.0).tag(page=True)
    step = Float(0.1).tag(page=True)
    whole = Bool(False)  # whether only whole numbers will do
    tinted = Bool(True).tag(page=True)
    disabled = Bool(False).tag(page=True)
    interval = Int(0).tag(page=True)  # milliseconds from step to step when played; 0: no button
    rejected = Dict().tag(page=True)  # the entry that could not be used: its index and its text
    error = Unicode()  # what is wrong with it

    def __init__(self, kernel: ArrayLike, **traits: Any):
        kernel = np.asarray(kernel)
        names = [f"weight in row {i}, column {j}" for i, j in np.ndindex(kernel.shape)]
        traits = {"shape": kernel.shape, "names": names, **traits}
        super().__init__(**traits)
        self.value = kernel.ravel().tolist()

    @property
    def kernel(self) -> np.ndarray:
        """The weights as a float32 array; setting it moves all of them at once."""
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

    def _check(self, name: str, number: float, came: Any) -> None:
        if not self.min <= number <= self.max or (self.whole and number != int(number)):
            kind = "a whole number" if self.whole else "a number"
            raise TraitError(f"{name} must be {kind} from {self.min:g} to {self.max:g}; got {came}")

    def receive(self, content: dict, buffers: list) -> None:
        """The page says all numbers, one that is dragged (so that others may move), or an entry."""
        super().receive(content, buffers)
        index, text, number = (content.get(name) for name in ("index", "text", "number"))
        if not isinstance(index, int) or not 0 <= index < len(self.value):
            return
        if isinstance(text, str):
            self._take_entry(index, text)
        elif isinstance(number, Real):
            with suppress(TraitError):
                self.value = [*self.value[:index], float(number), *self.value[index + 1 :]]

    def _take_entry(self, index: int, text: str) -> None:
        """Read what was typed into a box; a wrong entry changes nothing but the message."""
        try:
            number = self._read(self.names[index], text)
        except TraitError as error:
            self.rejected, self.error = {"index": index, "text": text}, str(error)
        else:
            self.rejected, self.error = {}, ""
            self.value = [*self.value[:index], number, *self.value[index + 1 :]]

    def _read(self, name: str, text: str) -> float:
        parts = text.replace(",", ".").replace("−", "-").split("/")
        try:
            number = (
                float(parts[0]) / float(parts[1]) if len(parts) == 2 else float("/".join(parts))
            )
        except (ValueError, ZeroDivisionError):
            number = float("nan")
        self._check(name, number, repr(text[:40]))
        return number


class Number(Weights):
    """One labeled number; a whole one when its step is whole.

    The first one may be a caller's argument: a wrong one is a ValueError or a TypeError.
    """

    tinted = Bool(False).tag(page=True)

    def __init__(self, label: str, number: float, step: float = 0.1, **traits: Any):
        whole = float(step).is_integer()
        traits = {"label": label, "names": [label], "step": step, "whole": whole, **traits}
        if isinstance(number, bool) or not isinstance(number, Real):
            raise TypeError(f"{label} must be a number; got {describe(number)}")
        try:
            super().__init__([[number]], **traits)
        except TraitError as error:
            raise ValueError(str(error)) from None

    @property
    def number(self) -> Any:
        """The number; an int where only whole numbers will do."""
        return int(self.value[0]) if self.whole else self.value[0]

    @number.setter
    def number(self, number: float) -> None:
        self.value = [number]
