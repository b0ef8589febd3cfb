"""What ParameterCounter computes: the counts of a layer, as a table and as formulas."""

from dataclasses import dataclass

from helpers.parameters import Counts, count_parameters


@dataclass(frozen=True)
class CounterControls:
    """The size of the layer's input, and its filters."""

    height: int
    width: int
    channels: int
    rows: int  # of the kernel
    columns: int
    filters: int
    stride: int
    padding: int


@dataclass(frozen=True, eq=False)
class CounterView:
    """What the explorer shows."""

    counts: Counts
    caption: str
    table: list[list[str]]  # name, value for the convolution layer, for the dense layer
    formulas: str  # the arithmetic, in four lines
    summary: str


def compute(controls: CounterControls) -> CounterView:
    """Return what ParameterCounter shows."""
    kernel = controls.rows, controls.columns
    counts = count_parameters(
        controls.height, controls.width, controls.channels, kernel, controls.filters,
        controls.stride, controls.padding,
    )  # fmt: skip
    rows, columns, filters = counts.output
    return CounterView(
        counts=counts,
        caption=f"Output: {rows}×{columns}×{filters} = {counts.dense_biases:,} numbers",
        table=_table(controls, counts),
        formulas="\n".join(_formulas(controls, counts)),
        summary=_summary(controls, counts),
    )


def _table(controls: CounterControls, counts: Counts) -> list[list[str]]:
    rows, columns, filters = counts.output
    inputs = controls.height * controls.width * controls.channels
    lines = [
        ("weights", counts.weights, counts.dense_weights),
        ("biases", counts.biases, counts.dense_biases),
        ("weights and biases", counts.parameters, counts.dense_parameters),
        ("multiplications", counts.multiplications, counts.dense_weights),
        ("inputs per output", counts.weights // filters, inputs),
        ("outputs per weight", rows * columns, 1),
    ]
    return [[name, f"{convolution:,}", f"{dense:,}"] for name, convolution, dense in lines]


def _formulas(controls: CounterControls, counts: Counts) -> tuple[str, ...]:
    rows, columns, filters = counts.output
    layer = controls
    inputs, outputs = (
        f"{layer.height}·{layer.width}·{layer.channels}",
        f"{rows}·{columns}·{filters}",
    )
    times = f"{counts.ratio:,.0f}" if counts.ratio >= 10 else f"{counts.ratio:.3g}"
    return (
        f"Rows: {_size(layer, layer.height, layer.rows)} = {rows}."
        f" Columns: {_size(layer, layer.width, layer.columns)} = {columns}.",
        f"Weights: {layer.rows}·{layer.columns}·{layer.channels}·{filters} = {counts.weights:,}."
        f" Biases and feature maps: one of each per filter, {filters:,}.",
        f"Multiplications: each weight at {rows}·{columns} positions = {counts.multiplications:,}.",
        f"Dense: ({inputs}) · ({outputs}) = {counts.dense_weights:,} weights,"
        f" {times} times as many.",
    )


def _size(layer: CounterControls, size: int, kernel: int) -> str:
    return f"⌊({size} + 2·{layer.padding} − {kernel}) / {layer.stride}⌋ + 1"


def _summary(layer: CounterControls, counts: Counts) -> str:
    return (
        f"{layer.height}×{layer.width}×{layer.channels} under {layer.filters} filters of"
        f" {layer.rows}×{layer.columns}×{layer.channels}: {counts.weights:,} weights and"
        f" {counts.biases:,} biases; dense {counts.dense_weights:,} and {counts.dense_biases:,}"
    )


LONGEST_FORMULAS = compute(CounterControls(1024, 1024, 1024, 11, 11, 1024, 1, 10)).formulas
