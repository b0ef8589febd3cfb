"""LayerRow: one layer of a list, its controls, and what it costs or why it does not fit."""

from collections.abc import Callable
from typing import Any

from helpers.explorers.models.builder import LIMITS, SETTINGS, LayerSpec
from helpers.explorers.widgets.controls import Button, Choice
from helpers.explorers.widgets.element import Element, Group, Text
from helpers.explorers.widgets.number_grid import Number

WORDS = {"count": "filters", "size": "size", "stride": "stride", "padding": "padding"}
RESULTS = 5  # output, parameters, multiplications, memory, receptive field
# where there is little room, a word is divided at the soft hyphen in it, or after the slash
HEAD = (
    "layer", "filters/\u200bunits", "size", "stride", "pad\u00adding", "", "", "",
    "output", "para\u00admeters", "multipli\u00adcations", "mem\u00adory", "recep\u00adtive field",
)  # fmt: skip


def heading() -> Group:
    """Return the names of the columns."""
    return Group("layer", tuple(map(Text, HEAD)), {})


class LayerRow:
    """The controls of one layer, in columns: its kind, its numbers, buttons; then its results.

    `kind.value` and `numbers["size"].number` and so on can be read and set. All are hidden if there
    is no such layer; a number that its kind does not have keeps its place.

    Parameters
    ----------
    place : int, its place in the list
    move, remove, choose : called with the place, `move` also with −1 or 1
    """

    def __init__(
        self, place: int, move: Callable[[int, int], None], remove: Callable[[int], None],
        choose: Callable[[int], None],
    ):  # fmt: skip
        name = f"layer {place}"
        self.kind = Choice(name, SETTINGS, "ReLU", f"What {name} is")
        self.numbers = {setting: _number(setting, name) for setting in LIMITS}
        self.up = Button("↑", f"Move {name} up", lambda: move(place, -1))
        self.down = Button("↓", f"Move {name} down", lambda: move(place, 1))
        self.remove = Button("×", f"Remove {name}", lambda: remove(place))
        self.texts = [Text() for _ in range(RESULTS - 1)]
        self.field = Button(
            "", f"Show the receptive field of {name} in the picture", lambda: choose(place)
        )
        self.error = Text()
        self._buttons = [self.up, self.down, self.remove]
        self.controls = [self.kind, *self.numbers.values()]
        parts = self.controls + self._buttons + self.texts + [self.field, self.error]
        self.parts: list[Element] = parts
        self.box = Group("layer", tuple(parts), {})
        self.kind.observe(self._reset, "value")

    def _reset(self, change: Any) -> None:
        """Give the numbers of another kind of layer their usual values."""
        for setting, number in SETTINGS[self.kind.value].items():
            self.numbers[setting].number = number

    @property
    def spec(self) -> LayerSpec:
        """The layer."""
        kind = self.kind.value
        return LayerSpec(kind, {name: self.numbers[name].number for name in SETTINGS[kind]})

    @spec.setter
    def spec(self, spec: LayerSpec) -> None:
        self.kind.value = spec.kind
        for setting, number in spec.numbers.items():
            self.numbers[setting].number = number

    def hide(self) -> None:
        """There is no such layer."""
        for part in self.parts:
            part.hidden, part.reserved = True, False
        for button in (*self._buttons, self.field):
            button.disabled = True

    def show(self, results: list[str], error: str, chosen: bool, first: bool, last: bool) -> None:
        """Show the layer and its results, or why it does not fit; nothing for those behind it."""
        taken = SETTINGS[self.kind.value]
        for part in self.parts:
            part.hidden = False
        for setting, number in self.numbers.items():
            number.hidden, number.reserved = setting not in taken, True
        self.up.disabled, self.down.disabled, self.remove.disabled = first, last, first and last
        for text, result in zip(self.texts, results or [""] * len(self.texts)):
            text.value = result
            text.hidden, text.reserved = bool(error), False
        self.field.label = results[-1] if results else "–"
        self.field.hidden, self.field.disabled = bool(error), not results
        self.field.primary = chosen and bool(results)
        self.error.value, self.error.hidden = error, not error


def _number(setting: str, layer: str) -> Number:
    least, most = LIMITS[setting]
    word = WORDS[setting]
    help = "Filters of a Conv layer, or units of a Dense layer" if setting == "count" else ""
    names = [f"{word} of {layer}"]
    return Number(word, 1, step=1, min=least, max=most, names=names, help=help)
