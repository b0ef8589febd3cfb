"""Numbers to drag or to type: what is accepted, what is refused, and the messages."""

import time

import numpy as np
import pytest
from explorers.driving import move, same, type_into
from refusals import is_one_line
from traitlets import TraitError

from helpers.colormaps import hex_colors, ink_on
from helpers.explorers.widgets.number_grid import Number, Weights
from helpers.rendering import render_weights

KERNEL = [[1, 2, 3], [-4, 0.5, 0]]
INVALID = [
    "",
    " ",
    "abc",
    "1,2,3",
    "--1",
    "1/0",
    "1/",
    "/2",
    "1/2/3",
    "0x10",
    "1e",
    ".",
    "½",
    "True",
    "inf",
    "-inf",
    "nan",
    "1e999",
    "-1e999",
    "1e-",
    "10.001",
    "-11",
    "1 2",
    "٣x",
    "9" * 5000,
    "1" + " " * 9000 + "x",
    "<b>1</b>",
    "1\n2",
    "__import__('os')",
    "None",
    "1j",
    "\0",
]


@pytest.mark.parametrize(
    "text, number",
    [
        ("3", 3),
        (" -1.5 ", -1.5),
        ("1/9", 1 / 9),
        ("-1/3", -1 / 3),
        ("0,25", 0.25),
        ("+2", 2),
        ("−7", -7),
        (".5", 0.5),
        ("1e-3", 0.001),
        ("10", 10),
        ("-10", -10),
        ("-0", 0),
        ("4.", 4),
        ("1e0", 1),
        ("0." + "3" * 300, 1 / 3),
        ("1e-400", 0),
    ],
)
def test_a_typed_number(text, number):
    """Decimals with point or comma, fractions, a Unicode minus; only that cell changes."""
    weights = Weights(KERNEL)
    type_into(weights, text, index=4)
    assert weights.value == pytest.approx([1, 2, 3, -4, number, 0], abs=1e-15)
    assert weights.error == "" and weights.rejected == {}


@pytest.mark.parametrize("text", INVALID, ids=lambda text: repr(text[:12]))
def test_invalid_text_is_refused_in_one_line(text):
    """The line names the cell and the range, the page gets the text back, no weight changes."""
    weights = Weights(KERNEL)
    type_into(weights, text, index=5)
    same(weights.kernel, np.float32(KERNEL))
    assert "weight in row 1, column 2 must be a number from -10 to 10; got" in weights.error
    assert is_one_line(weights.error)
    assert weights.rejected == {"index": 5, "text": text}


@pytest.mark.parametrize("text", ["1e3000000", "1e-3000000", "1/1e3000000"])
def test_an_endless_number_takes_no_time(text):
    """A power of ten is not expanded before it is refused."""
    weights = Weights(KERNEL)
    start = time.perf_counter()
    type_into(weights, text)
    assert time.perf_counter() - start < 0.3


@pytest.mark.parametrize("better", ["typed", "typed as it was", "dragged", "set"])
def test_the_next_valid_number_clears_the_message(better):
    """Wherever in the grid it is entered, and even if it is the old value."""
    weights = Weights(KERNEL)
    type_into(weights, "abc", index=1)
    if better == "set":
        weights.kernel = np.zeros((2, 3))
    elif better == "dragged":
        move(weights, value=[1, 2, 3, 4, 5, 6])
    else:
        type_into(weights, "2" if better == "typed as it was" else "-3", index=1)
    assert weights.error == "" and weights.rejected == {}


def test_weights_are_changed_all_at_once():
    """One change is reported, not six; rows stay rows; the array is float32."""
    weights, changes = Weights(KERNEL), []
    weights.observe(changes.append, "value")
    weights.kernel = np.arange(6).reshape(2, 3)
    assert len(changes) == 1 and weights.kernel.dtype == np.float32
    same(weights.kernel, [[0, 1, 2], [3, 4, 5]])
    assert weights.names[3] == "weight in row 1, column 0"


@pytest.mark.parametrize(
    "value",
    [
        [1, 2, 3],
        [0] * 7,
        [11, 0, 0, 0, 0, 0],
        [np.nan] * 6,
        [0, 0, 0, 0, 0, -np.inf],
        ["1"] * 6,
    ],
)
def test_invalid_weights_are_refused_by_the_trait(value):
    """Set in code, they raise an error there, and the old weights stay."""
    weights = Weights(KERNEL)
    with pytest.raises(TraitError):
        weights.value = value
    same(weights.kernel, np.float32(KERNEL))


@pytest.mark.parametrize("kernel", [[[1]], [[1, 2]], [[1], [2], [3]], np.ones((5, 4), int)])
def test_any_grid(kernel):
    """A kernel of any shape gets names and is returned unchanged."""
    weights = Weights(kernel)
    same(weights.kernel, kernel)
    assert len(weights.names) == len(set(weights.names)) == np.size(kernel)


@pytest.mark.parametrize("text, number", [("3", 3), ("4.0", 4), ("8/2", 4), ("1", 1), ("0.8e1", 8)])
def test_a_whole_number_is_an_int(text, number):
    """However it is written."""
    stride = Number("stride", 1, min=1, max=8, step=1)
    type_into(stride, text)
    assert stride.number == number and type(stride.number) is int


@pytest.mark.parametrize("text", ["1.5", "0", "9", "-1", "1/2", *INVALID], ids=lambda t: t[:9])
def test_a_whole_number_out_of_range_is_refused(text):
    """The line asks for a whole number, and the old number stays."""
    stride = Number("stride", 2, min=1, max=8, step=1)
    type_into(stride, text)
    assert "stride must be a whole number from 1 to 8; got" in stride.error
    assert stride.number == 2 and stride.rejected["index"] == 0


def test_a_number_in_small_steps_is_a_float():
    """It is read and set exactly; a value out of range raises an error that names it."""
    bias = Number("bias", 0, min=-5, max=5)
    bias.number = -2.25
    assert bias.number == -2.25
    with pytest.raises(TraitError, match="bias must be a number from -5 to 5; got 5.5"):
        bias.number = 5.5
    assert bias.number == -2.25


@pytest.mark.parametrize(
    "number",
    ["fast", None, [1], np.ones(2), 1j, True, object()],
    ids=lambda number: type(number).__name__,
)
def test_an_initial_value_that_is_not_a_number(number):
    """It may be a caller's argument, so the error names that argument."""
    with pytest.raises(TypeError, match="^learning rate must be a number; got ") as caught:
        Number("learning rate", number, min=0.1, max=30)
    assert is_one_line(str(caught.value))


@pytest.mark.parametrize("number", [0, 50, -1.5, np.inf, np.nan, np.float32(31)])
def test_an_invalid_initial_number(number):
    """The line names what is expected."""
    with pytest.raises(ValueError, match="^stride must be a number from 0.1 to 30; got "):
        Number("stride", number, min=0.1, max=30)
    with pytest.raises(ValueError, match="^stride must be a whole number from 1 to 8; got "):
        Number("stride", number + 0.5, min=1, max=8, step=1)


@pytest.mark.parametrize("number", [2, 2.0, np.float32(2), np.int8(2)])
def test_any_type_of_initial_number(number):
    """Python's and NumPy's."""
    assert Number("stride", number, min=1, max=8, step=1).number == 2


def test_the_range_may_change():
    """A new maximum applies to the next entry."""
    stop = Number("stop", 1, min=1, max=4, step=1)
    type_into(stop, "7")
    assert "from 1 to 4" in stop.error
    stop.max = 9
    type_into(stop, "7")
    assert stop.number == 7 and stop.error == ""


def test_each_weight_has_its_color_and_one_of_text_that_can_be_read():
    """That of its pixel in a picture of the kernel; a single number has none."""
    weights = Weights([[-10, 0, 0.1], [1, 2, 10]])
    for value in (weights.value, [0.5, 0, 0, 0, 0, -0.25]):
        weights.value = value
        pixels = render_weights(weights.kernel).pixels.reshape(-1, 3)
        assert [color for color, _ in weights.colors] == [*hex_colors(pixels)]
        assert [text for _, text in weights.colors] == [ink_on(pixel) for pixel in pixels]
    assert Number("bias", 1).colors == []


def test_the_help_says_how_to_change_a_number():
    assert Weights(KERNEL).help.startswith("Drag, ")
    assert Number("bias", 0, help="Added to every sum").help.startswith(
        "Added to every sum. Drag, "
    )
    assert Number("bias", 0).help.endswith("or type a number.")
