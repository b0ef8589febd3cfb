"""ParameterCounter: what a convolution layer has to learn, beside a dense layer's."""

import ipywidgets

from helpers.explorers.base import Explorer, column, row, text
from helpers.explorers.widgets.number_grid import Number
from helpers.parameters import count_parameters
from helpers.validation import as_pair, as_whole

BOXES = {  # the label, the least and the most, and the help text
    "height": ("height", 1, 1024, "Rows of the input"),
    "width": ("width", 1, 1024, "Columns of the input"),
    "channels": ("channels", 1, 1024, "Channels of the input: 3 of a color picture, or maps"),
    "rows": ("kernel rows", 1, 11, "Rows of each filter"),
    "columns": ("kernel columns", 1, 11, "Columns of each filter"),
    "filters": ("filters", 1, 1024, "Each filter makes one feature map"),
    "stride": ("stride", 1, 8, "Pixels from stop to stop"),
    "padding": ("padding", 0, 10, "Pixels added on every side"),
}
TABLE = "border-collapse: collapse; font-size: 13px; line-height: 1.4;"
CAPTION = "text-align: left; padding-bottom: 6px; font-weight: 600;"
CELL = "padding: 3px 12px; border: 1px solid var(--jp-border-color2, #bbb);"
NUMBER = f"{CELL} text-align: right; font-variant-numeric: tabular-nums;"


class ParameterCounter(Explorer):
    """Sizes to set, and the parameters they make.

    Parameters
    ----------
    height, width, channels : int, of the layer's input; at most 1024
    kernel : int or (rows, columns), at most 11
    filters : int, at most 1024
    stride, padding : int

    `boxes["height"].number` and so on can be read and set without a page; `counts` holds the
    numbers, see `helpers.parameters.Counts`.
    """

    def __init__(self, height=32, width=32, channels=3, kernel=5, filters=64, stride=1, padding=0):
        rows, columns = as_pair("kernel", kernel, least=1)
        given = height, width, channels, rows, columns, filters, stride, padding
        self.boxes = {name: _box(name, number) for name, number in zip(BOXES, given, strict=True)}
        self.table, self.formula = ipywidgets.HTML(), ipywidgets.HTML()
        panel = column(*self.boxes.values(), flex="0 0 270px", width="270px")
        panel.add_class("inputs-wide")
        parts = [row(panel, column(self.table, self.formula, flex="1 1 330px"))]
        super().__init__(
            [text("A layer's input, and its filters."), *parts], self.boxes.values(), []
        )
        for box in self.boxes.values():
            box.observe(self.refresh, "value")

    def update(self):
        sizes = {name: box.number for name, box in self.boxes.items()}
        layer = {
            name: sizes[name]
            for name in ("height", "width", "channels", "filters", "stride", "padding")
        }
        counts = count_parameters(kernel=(sizes["rows"], sizes["columns"]), **layer)
        # from here on nothing can fail: all that is shown changes together
        self.sizes, self.counts = sizes, counts
        self.table.value = _table(sizes, counts)
        lines = "".join(f"<div>{line}</div>" for line in _formulas(sizes, counts))
        self.formula.value = f'<div aria-live="polite" style="line-height: 1.6;">{lines}</div>'

    def describe(self):
        counts, sizes = self.counts, self.sizes
        return (
            "ParameterCounter: {height}×{width}×{channels} under {filters} filters of"
            " {rows}×{columns}×{channels}".format(**sizes)
            + f": {counts.weights:,} weights and {counts.biases:,} biases;"
            f" dense {counts.dense_weights:,} and {counts.dense_biases:,}"
        )

    def _repr_mimebundle_(self, **kwargs):
        """Where no kernel runs there is the table; it needs no picture."""
        bundle = super(Explorer, self)._repr_mimebundle_(**kwargs)
        return {**bundle, "text/plain": self.describe(), "text/html": self.table.value}


def _box(name, number):
    label, least, most, help = BOXES[name]
    parameter = "kernel" if name in ("rows", "columns") else name
    if as_whole(parameter, number, least) > most:
        raise ValueError(f"{parameter} must be at most {most}; got {number}")
    return Number(label, number, min=least, max=most, step=1, help=help)


def _table(sizes, counts):
    rows, columns, filters = counts.output
    inputs = sizes["height"] * sizes["width"] * sizes["channels"]
    lines = [
        ("weights", counts.weights, counts.dense_weights),
        ("biases", counts.biases, counts.dense_biases),
        ("weights and biases", counts.parameters, counts.dense_parameters),
        ("multiplications", counts.multiplications, counts.dense_weights),
        ("inputs that one output reads", counts.weights // filters, inputs),
        ("outputs that share one weight", rows * columns, 1),
    ]
    head = "".join(
        f'<th scope="col" style="{NUMBER}">{name}</th>' for name in ("convolution", "dense")
    )
    body = "".join(
        f'<tr><th scope="row" style="{CELL} text-align: left; font-weight: normal;">{name}</th>'
        f'<td style="{NUMBER}">{ours:,}</td><td style="{NUMBER}">{dense:,}</td></tr>'
        for name, ours, dense in lines
    )
    caption = f"Output: {rows}×{columns}×{filters} = {counts.dense_biases:,} numbers"
    return (
        f'<table style="{TABLE}"><caption style="{CAPTION}">{caption}</caption>'
        f'<thead><tr><td style="{CELL}"></td>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _formulas(sizes, counts):
    """The arithmetic, with the numbers in it."""
    rows, columns, filters = counts.output
    size = "⌊({} + 2·{padding} − {}) / {stride}⌋ + 1 = {}"
    down = size.format(sizes["height"], sizes["rows"], rows, **sizes)
    across = size.format(sizes["width"], sizes["columns"], columns, **sizes)
    inputs, outputs = "{height}·{width}·{channels}".format(**sizes), f"{rows}·{columns}·{filters}"
    times = f"{counts.ratio:,.0f}" if counts.ratio >= 10 else f"{counts.ratio:.3g}"
    return (
        f"Rows: {down}. Columns: {across}. One map a filter: {filters}.",
        "Weights: {rows}·{columns}·{channels}·{filters} = ".format(**sizes)
        + f"{counts.weights:,}. Biases: one a filter, {counts.biases:,}.",
        f"Multiplications: each weight at {rows}·{columns} stops = {counts.multiplications:,}.",
        f"Dense: ({inputs}) · ({outputs}) = {counts.dense_weights:,} weights,"
        f" {times} times as many.",
    )
