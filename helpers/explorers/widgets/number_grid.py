"""Number and Weights: one labeled number, or a grid of weights."""

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from traitlets import TraitError, observe

from helpers.colormaps import hex_colors, ink_on
from helpers.explorers.widgets.number_entry import HOW, NumberEntry
from helpers.messages import describe
from helpers.rendering import render_weights
from helpers.validation import as_array, as_choice

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


class Weights(NumberEntry):
    """A grid of weights in their colors; `kernel` is the array."""

    slices: Sequence["Weights"] = ()  # of the kernel that this one belongs to, see `share_scale`

    def __init__(self, kernel: ArrayLike, **traits: Any):
        kernel = np.asarray(kernel)
        names = [f"weight in row {i}, column {j}" for i, j in np.ndindex(kernel.shape)]
        traits = {"shape": kernel.shape, "names": names, "label": "weights", **traits}
        super().__init__(**traits)
        self.value = kernel.ravel().tolist()

    @property
    def kernel(self) -> np.ndarray:
        """The weights as a float32 array; setting it changes all of them at once."""
        return np.array(self.value, dtype=np.float32).reshape(self.shape)

    @kernel.setter
    def kernel(self, kernel: ArrayLike) -> None:
        self.value = np.ravel(kernel).tolist()

    @observe("value")
    def _color(self, change: Any = None) -> None:
        """Give each number its color; those of the other slices may change with it."""
        slices = self.slices or [self]
        among = [number for grid in slices for number in grid.value]
        for grid in slices:
            pixels = render_weights(grid.kernel, among).pixels.reshape(-1, 3)
            grid.colors = list(zip(hex_colors(pixels), map(ink_on, pixels), strict=True))


def share_scale(slices: Sequence[Weights]) -> None:
    """Draw the slices of one kernel on one scale of colors."""
    for grid in slices:
        grid.slices = slices
    slices[0]._color()


class Number(NumberEntry):
    """One labeled number; an int if its step is whole.

    An invalid initial number is a ValueError or a TypeError, since it may be a caller's argument:
    the error names `parameter`, or the label if that is left out.
    """

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
            super().__init__(**traits)
            self.value = np.ravel(number).tolist()
        except TraitError as error:
            raise ValueError(f"{name}{str(error).removeprefix(label)}") from None

    @property
    def number(self) -> Any:
        """The number; an int if only whole numbers are valid."""
        return int(self.value[0]) if self.whole else self.value[0]

    @number.setter
    def number(self, number: float) -> None:
        self.value = [number]
