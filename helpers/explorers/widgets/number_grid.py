"""Numbers to drag or to type: one labeled number, or a grid of weights.

The sliders of ipywidgets have no name that a screen reader could say, lose the arrow keys in
Notebook 7, and swallow a wrong entry without a word; so these are ours.
"""

from numbers import Real

import numpy as np
from traitlets import Bool, Dict, Float, Int, List, TraitError, Tuple, Unicode, validate

from helpers.explorers.widgets.part import Part, texts
from helpers.validation import as_array, as_choice, describe

OWN_WEIGHTS = "your own"  # what weights are called that no kernel with a name has


def as_weights(name, kernel, shape, named):
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


class Weights(Part):
    """A grid of numbers; `value` lists them row by row, `kernel` is the array."""

    _esm = texts("part.js", "number_grid.js")
    _css = texts("number_grid.css", "explorer.css")

    value = List(Float()).tag(sync=True)
    shape = Tuple(Int(), Int(), default_value=(3, 3)).tag(sync=True)
    label = Unicode("weights").tag(sync=True)
    names = List(Unicode()).tag(sync=True)  # what each number is called, for messages and readers
    help = Unicode("Drag, use the arrow keys, or type a number such as -1.5 or 1/9.").tag(sync=True)
    min = Float(-10.0).tag(sync=True)
    max = Float(10.0).tag(sync=True)
    step = Float(0.1).tag(sync=True)
    whole = Bool(False)  # whether only whole numbers will do
    tinted = Bool(True).tag(sync=True)
    disabled = Bool(False).tag(sync=True)
    interval = Int(0).tag(
        sync=True
    )  # milliseconds from step to step when played; 0 for no play button
    rejected = Dict().tag(sync=True)  # the entry that could not be used: its index and its text
    error = Unicode()  # what is wrong with it

    def __init__(self, kernel, **traits):
        kernel = np.asarray(kernel)
        names = [f"weight in row {i}, column {j}" for i, j in np.ndindex(kernel.shape)]
        traits = {"shape": kernel.shape, "names": names, **traits}
        super().__init__(value=kernel.ravel().tolist(), **traits)
        self.on_msg(self._typed)

    @property
    def kernel(self):
        """The weights as a float32 array; setting it moves all of them at once."""
        return np.array(self.value, dtype=np.float32).reshape(self.shape)

    @kernel.setter
    def kernel(self, kernel):
        self.value = np.ravel(kernel).tolist()

    @validate("value")
    def _valid(self, proposal):
        value = proposal["value"]
        if len(value) != self.shape[0] * self.shape[1]:
            raise TraitError(
                f"{self.label} must be {self.shape[0] * self.shape[1]} numbers; got {value}"
            )
        for name, number in zip(self.names, value):
            self._check(name, number, number)
        self.rejected, self.error = {}, ""
        return value

    def _check(self, name, number, came):
        if not self.min <= number <= self.max or (self.whole and number != int(number)):
            kind = "a whole number" if self.whole else "a number"
            raise TraitError(f"{name} must be {kind} from {self.min:g} to {self.max:g}; got {came}")

    def _typed(self, _, content, buffers):
        """Read what was typed into a box; a wrong entry changes nothing but the message."""
        index, text = content["index"], content["text"]
        try:
            number = self._read(self.names[index], text)
        except TraitError as error:
            self.rejected, self.error = {"index": index, "text": text}, str(error)
        else:
            self.rejected, self.error = {}, ""
            self.value = [*self.value[:index], number, *self.value[index + 1 :]]

    def _read(self, name, text):
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

    tinted = Bool(False).tag(sync=True)

    def __init__(self, label, number, step=0.1, **traits):
        whole = float(step).is_integer()
        traits = {"label": label, "names": [label], "step": step, "whole": whole, **traits}
        if isinstance(number, bool) or not isinstance(number, Real):
            raise TypeError(f"{label} must be a number; got {describe(number)}")
        try:
            super().__init__([[number]], **traits)
        except TraitError as error:
            raise ValueError(str(error)) from None

    @property
    def number(self):
        """The number; an int where only whole numbers will do."""
        return int(self.value[0]) if self.whole else self.value[0]

    @number.setter
    def number(self, number):
        self.value = [number]
