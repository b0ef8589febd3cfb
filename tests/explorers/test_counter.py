"""ParameterCounter: the numbers of the lesson, counts of real arrays, invalid sizes."""

from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from explorers import driving as page
from PIL import Image
from refusals import is_one_line

from helpers import convolve
from helpers.explorers.counter import BOXES, ParameterCounter
from helpers.explorers.models.counter import CounterControls, compute
from helpers.parameters import count_parameters


def cells(explorer):
    """The numbers of the table, row by row."""
    return {
        name: tuple(int(text.replace(",", "")) for text in texts)
        for name, *texts in explorer.table.rows
    }


def test_the_numbers_of_the_lesson():
    """64 filters of 5×5 over 32×32×3, beside a dense layer with the same output."""
    explorer = ParameterCounter()
    counts = explorer.counts
    assert counts.output == (28, 28, 64)
    assert (counts.weights, counts.biases) == (4_800, 64)
    assert (counts.dense_weights, counts.dense_biases) == (154_140_672, 50_176)
    assert round(counts.ratio) == 32_113 and counts.multiplications == 3_763_200
    assert cells(explorer) == {
        "weights": (4_800, 154_140_672),
        "biases": (64, 50_176),
        "weights and biases": (4_864, 154_190_848),
        "multiplications": (3_763_200, 154_140_672),
        "inputs per output": (75, 3_072),
        "outputs per weight": (784, 1),
    }
    text = page.text_of(explorer.formula)
    assert "5·5·3·64 = 4,800" in text and "(32·32·3) · (28·28·64) = 154,140,672" in text
    assert "⌊(32 + 2·0 − 5) / 1⌋ + 1 = 28" in text and "32,113 times" in text


@pytest.mark.parametrize(
    "sizes", [(7, 9, 2, 2, 3, 4, 1, 0), (9, 7, 1, 3, 1, 5, 2, 1), (4, 5, 3, 4, 5, 1, 3, 2)]
)
def test_counts_are_those_of_arrays(sizes):
    """Sizes typed into the boxes give the counts of a real layer's arrays."""
    height, width, channels, rows, columns, filters, stride, padding = sizes
    explorer = ParameterCounter()
    for name, number in reversed(list(zip(BOXES, sizes, strict=True))):
        page.type_into(explorer.boxes[name], str(number))
    kernel, image = (
        np.ones((rows, columns, channels, filters), int),
        np.ones((height, width, channels), int),
    )
    result = convolve(image, kernel, stride=stride, padding=padding)
    counts = explorer.counts
    assert explorer.problem == "" and counts.output == result.shape
    assert (counts.weights, counts.biases) == (kernel.size, filters)
    assert counts.multiplications == result.size * kernel[..., 0].size
    assert counts.dense_weights == image.size * result.size and counts.dense_biases == result.size
    assert counts == count_parameters(
        height, width, channels, (rows, columns), filters, stride, padding
    )
    assert (
        counts
        == ParameterCounter(
            height, width, channels, (rows, columns), filters, stride, padding
        ).counts
    )


def test_convolution_parameters_do_not_depend_on_the_picture_size():
    """The dense layer's do."""
    explorer = ParameterCounter(28, 28, 1, 3, 8)
    before = explorer.counts
    assert (before.weights, before.parameters) == (72, 80)
    explorer.boxes["height"].number, explorer.boxes["width"].number = 56, 56
    assert (
        explorer.counts.parameters == 80
        and explorer.counts.dense_weights > 15 * before.dense_weights
    )


def test_one_number_is_one_message(messages):
    """The message holds the table, the formulas and the summary, and nothing else."""
    explorer = ParameterCounter()
    messages.clear()
    page.send(explorer, explorer.boxes["filters"], index=0, number=32)
    ((_, content, _),) = messages
    parts = explorer.table, explorer.formula, explorer.status
    table, formula, status = map(explorer.name_of, parts)
    box = explorer.name_of(explorer.boxes["filters"])
    assert set(content["changes"]) - {box} == {table, formula, status}
    assert ["biases", "32", "25,088"] in content["changes"][table]["rows"]


def test_the_static_picture_follows_the_table():
    """Another number gives another picture; the same number, the same bytes."""
    explorer = ParameterCounter()
    before = explorer._repr_mimebundle_()[0]["image/png"]
    explorer.boxes["filters"].number = 32
    assert explorer._repr_mimebundle_()[0]["image/png"] != before
    explorer.boxes["filters"].number = 64
    assert explorer._repr_mimebundle_()[0]["image/png"] == before


def test_compute_without_a_page():
    """The rows and the formulas follow from the sizes alone."""
    view = compute(CounterControls(28, 28, 1, 3, 3, 8, 2, 1))
    assert view.counts == count_parameters(28, 28, 1, 3, 8, 2, 1)
    assert view.caption == "Output: 14×14×8 = 1,568 numbers"
    assert view.table[0] == ["weights", "72", f"{28 * 28 * 1568:,}"]
    assert "Rows: ⌊(28 + 2·1 − 3) / 2⌋ + 1 = 14." in view.formulas


@pytest.mark.parametrize("name, text, reason", [
    ("height", "4", "does not fit"), ("rows", "abc", "whole number"),
    ("filters", "0", "whole number"), ("stride", "1.5", "whole number"),
    ("padding", "-1", "whole number"), ("channels", "9999", "whole number"),
    ("width", "<b>", "whole number"),
])  # fmt: skip
def test_sizes_that_do_not_fit(name, text, reason):
    """One line; the last table stays; the next valid number clears it."""
    explorer = ParameterCounter()
    before, counts = page.seen(explorer), explorer.counts
    page.type_into(explorer.boxes[name], text)
    assert is_one_line(explorer.problem) and reason in explorer.problem
    assert explorer.message.value == explorer.problem  # shown as text, see text.js
    assert page.seen(explorer) == before and explorer.counts is counts
    page.type_into(explorer.boxes[name], "6")
    assert explorer.problem == "" and explorer.counts != counts


@pytest.mark.parametrize("name, value", [
    ("height", 0), ("height", "a"), ("width", 2.5), ("channels", True), ("kernel", 12),
    ("kernel", (3, 3, 3)), ("kernel", None), ("filters", 5000), ("stride", 0), ("padding", "same"),
    ("padding", -1), ("height", 4),
])  # fmt: skip
def test_invalid_arguments(name, value):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match=f"{name}|kernel") as caught:
        ParameterCounter(**{name: value})
    assert is_one_line(str(caught.value))


@pytest.mark.parametrize("name, value", [
    ("height", 0), ("width", None), ("channels", 1.0), ("kernel", 33), ("kernel", "3"),
    ("filters", 0), ("stride", 0), ("padding", "all"),
])  # fmt: skip
def test_invalid_arguments_of_the_function(name, value):
    """The function is public as well."""
    layer = {"height": 32, "width": 32, "channels": 3, "kernel": 5, "filters": 64, name: value}
    with pytest.raises((ValueError, TypeError), match=name) as caught:
        count_parameters(**layer)
    assert is_one_line(str(caught.value))


def test_the_table_is_one_for_screen_readers():
    """A caption, column and row headers; without a kernel, a picture with alternative text."""
    explorer = ParameterCounter()
    table = explorer.table
    assert table.caption == "Output: 28×28×64 = 50,176 numbers"
    assert table.head == ["convolution", "dense"] and len(table.rows) == 6
    bundle, metadata = explorer._repr_mimebundle_()
    still = Image.open(BytesIO(b64decode(bundle["image/png"])))
    assert still.width > 300 and still.height > 140
    assert "4,800 weights" in metadata["image/png"]["alt"] == bundle["text/plain"]
    labels = [box.names[0] for box in explorer.boxes.values()]
    assert labels[3:5] == ["kernel rows", "kernel columns"] and all(
        box.help for box in explorer.boxes.values()
    )
