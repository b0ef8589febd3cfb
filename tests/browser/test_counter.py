"""ParameterCounter: eight numbers to set, and a table that is checked by plain arithmetic."""

import pytest
from playwright.sync_api import expect

from browser.conftest import shown
from browser.controls import (
    box,
    drag,
    nothing_moves,
    number_in,
    problem,
    set_numbers,
    swipe,
    type_into,
)
from browser.seen import settled, until

START = {
    "height": 32, "width": 32, "channels": 3, "kernel rows": 5, "kernel columns": 5,
    "filters": 64, "stride": 1, "padding": 0,
}  # fmt: skip
OTHER = {
    "height": 100, "width": 17, "channels": 64, "kernel rows": 1, "kernel columns": 11,
    "filters": 1024, "stride": 3, "padding": 2,
}  # fmt: skip
FAMOUS = {"weights": ("4,800", "154,140,672"), "biases": ("64", "50,176")}
counter = shown("counter")


@pytest.fixture
def layer(counter):
    """The explorer, with 64 filters of 5×5 on 32×32×3."""
    set_numbers(counter, START)
    must_count(counter)
    return counter


def table(part):
    """The text of the table: two cells per line. Out of sight, JupyterLab leaves it without text."""
    part.locator("table").scroll_into_view_if_needed()
    lines = part.locator("tbody").inner_text().splitlines()
    return {name: tuple(texts) for name, *texts in (line.split("\t") for line in lines)}


def counted(**other):
    """The expected text."""
    h, w, c, kh, kw, f, s, p = {**START, **other}.values()
    positions = ((h + 2 * p - kh) // s + 1) * ((w + 2 * p - kw) // s + 1)
    weights, dense = kh * kw * c * f, h * w * c * positions * f
    numbers = {
        "weights": (weights, dense),
        "biases": (f, positions * f),
        "weights and biases": (weights + f, dense + positions * f),
        "multiplications": (positions * weights, dense),
        "inputs per output": (kh * kw * c, h * w * c),
        "outputs per weight": (positions, 1),
    }
    return {name: tuple(f"{number:,}" for number in pair) for name, pair in numbers.items()}


def must_count(part, **other):
    if not until(part.page, lambda: table(part) == counted(**other)):
        assert table(part) == counted(**other)


def test_the_layer_of_the_lesson_is_counted(layer):
    assert {name: table(layer)[name] for name in FAMOUS} == FAMOUS
    expect(layer.get_by_text("Output: 28×28×64 = 50,176 numbers")).to_be_visible()


def test_every_number_can_be_typed(layer):
    typed = {}
    for name, number in OTHER.items():
        type_into(box(layer, name), str(number))
        must_count(layer, **(typed := {**typed, name: number}))


def test_a_number_can_be_dragged_by_mouse_and_by_finger(layer):
    """The range is as wide as the cell; one of a thousand steps begins with two pixels a step."""
    drag(box(layer, "stride"), 60)
    stride = settled(layer.page, lambda: number_in(box(layer, "stride")))
    assert 2 < stride < 7
    must_count(layer, stride=int(stride))
    for move in (drag, swipe):
        before = number_in(box(layer, "filters"))
        move(box(layer, "filters"), 23)  # of which the first three are no drag yet
        assert until(layer.page, lambda was=before: number_in(box(layer, "filters")) > was)
        filters = settled(layer.page, lambda: number_in(box(layer, "filters")))
        assert before < filters <= before + 11
        must_count(layer, stride=int(stride), filters=int(filters))


def test_arrow_keys_change_a_number(layer):
    box(layer, "padding").focus()
    with nothing_moves(layer.page):
        for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowRight"):
            layer.page.keyboard.press(key)
        must_count(layer, padding=2)


def test_a_kernel_that_does_not_fit_is_reported_and_the_last_count_stays(layer):
    type_into(box(layer, "height"), "4")
    expect(problem(layer)).to_contain_text("kernel")
    assert "\n" not in problem(layer).inner_text()
    must_count(layer)
    type_into(box(layer, "padding"), "1")
    expect(problem(layer)).to_have_count(0)
    must_count(layer, height=4, padding=1)


def test_invalid_text_in_a_box_is_quoted(layer):
    type_into(box(layer, "filters"), "2.5")
    wrong = "filters must be a whole number from 1 to 1024; got '2.5'"
    expect(problem(layer)).to_contain_text(wrong)
    must_count(layer)
