"""ParameterCounter: the number of parameters of a convolution layer and of a dense layer."""

from collections.abc import Collection

from helpers.explorers.base import Explorer
from helpers.explorers.models.counter import (
    LONGEST_FORMULAS,
    CounterControls,
    CounterView,
    compute,
)
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.widgets.element import Message, Text, beside, fold, panel
from helpers.explorers.widgets.number_grid import Number
from helpers.explorers.widgets.table import Table
from helpers.parameters import Counts
from helpers.validation import IntOrPair, as_pair, as_whole

BOXES = {  # label, minimum, maximum and help text
    "height": ("height", 1, 1024, "Rows of the input"),
    "width": ("width", 1, 1024, "Columns of the input"),
    "channels": ("channels", 1, 1024, "Channels of the input: 3 for a color image"),
    "rows": ("kernel rows", 1, 11, "Rows of each filter"),
    "columns": ("kernel columns", 1, 11, "Columns of each filter"),
    "filters": ("filters", 1, 1024, "Each filter makes one feature map"),
    "stride": ("stride", 1, 8, "Pixels from one position to the next"),
    "padding": ("padding", 0, 10, "Pixels added on every side"),
}
WIDTH = "clamp(170px, 30cqw, 300px)"  # of the numbers: wide, if there is room beside the table
SHOWN = "height", "width", "channels", "kernel_rows", "kernel_columns", "filters"


class ParameterCounter(Explorer):
    """The sizes of a layer, and its number of parameters.

    Parameters
    ----------
    height, width, channels : int, of the layer's input; at most 1024
    kernel : int or (rows, columns), at most 11
    filters : int, at most 1024
    stride, padding : int
    controls : names of the numbers that are shown at once; the others are behind "more controls"
        Out of "height", "width", "channels", "kernel_rows", "kernel_columns", "filters", "stride",
        "padding".

    `boxes["height"].number` and so on can be read and set without a page; `counts` is a
    `helpers.parameters.Counts`.
    """

    def __init__(
        self,
        height: int = 32,
        width: int = 32,
        channels: int = 3,
        kernel: IntOrPair = 5,
        filters: int = 64,
        stride: int = 1,
        padding: int = 0,
        controls: Collection[str] | None = None,
    ):
        rows, columns = as_pair("kernel", kernel, least=1)
        given = height, width, channels, rows, columns, filters, stride, padding
        self.boxes = {name: _box(name, number) for name, number in zip(BOXES, given, strict=True)}
        self.table = Table(head=["convolution", "dense"])
        self.formula = Text(style={"white-space": "pre-line"}, room_for=LONGEST_FORMULAS)
        super().__init__(self._lay_out(controls), self.boxes.values(), [[self.table]])

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = {box.label.replace(" ", "_"): box for box in self.boxes.values()}
        shown, folded = choose_controls(named, chosen, SHOWN)
        self.message = Message()
        numbers = panel(*shown, fold(*folded), **{"--label": "98px"})
        parts = beside(numbers, self.table, self.message, self.formula)
        return [parts._replace(style={"--panel": WIDTH})]

    def read(self) -> CounterControls:
        return CounterControls(**{name: box.number for name, box in self.boxes.items()})

    def compute(self, controls: CounterControls) -> CounterView:
        return compute(controls)

    def show(self, view: CounterView) -> None:
        self.table.caption, self.table.rows = view.caption, view.table
        self.formula.value = view.formulas

    @property
    def counts(self) -> Counts:
        """The number of parameters and multiplications of both layers."""
        return self.computed.counts

    def summary(self) -> str:
        return self.computed.summary

    def describe(self) -> str:
        return f"ParameterCounter: {self.computed.summary}"


def _box(name: str, number: int) -> Number:
    label, least, most, help = BOXES[name]
    parameter = "kernel" if name in ("rows", "columns") else name
    if as_whole(parameter, number, least) > most:
        raise ValueError(f"{parameter} must be at most {most}; got {number}")
    return Number(label, number, min=least, max=most, step=1, help=help)
