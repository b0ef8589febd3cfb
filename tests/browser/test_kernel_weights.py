"""KernelExplorer in JupyterLab and in Notebook 7: the weights, by mouse and by keyboard."""

from itertools import product

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.controls import (
    box,
    drag,
    dropdown,
    grip,
    held,
    nothing_moves,
    number_in,
    pick,
    problem,
    saves,
    type_into,
)
from browser.expected import SHARPEN, output, photo, sample
from browser.seen import Seen, until

CAT = sample("cat")
EMBOSS = [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]
BLUR = np.full((3, 3), 1 / 9)
COLORS = """(cells) => cells.map(
    (cell) => getComputedStyle(cell).backgroundColor.match(/[0-9]+/g).map(Number)
)"""
SELECTED = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"


def must_filter(page, kernel):
    Seen(page, "output").must_show(photo(output(CAT, kernel)))


def center(weight):
    return [[0, 0, 0], [0, weight, 0], [0, 0, 0]]


def test_the_image_is_shown_with_the_pixels_of_its_file(explorer):
    Seen(explorer, "image").must_show(photo(CAT))


@pytest.mark.parametrize(
    "name, weights", [("emboss", EMBOSS), ("box blur", BLUR), ("sharpen", SHARPEN)]
)
def test_a_named_kernel_sets_all_weights(explorer, name, weights):
    pick(explorer, "kernel", name)
    must_filter(explorer, weights)


def test_dragging_a_weight_with_the_mouse_changes_the_output(explorer):
    drag(box(explorer), -45)
    weight = number_in(box(explorer))
    assert -4 < weight < 0
    must_filter(explorer, center(weight))


@pytest.mark.parametrize(
    "start, end, pixels", [(5, 6, 17), (5, 6, 21), (1, 0, -19), (1, -2, -51), (-1, 10, 300)]
)
def test_a_whole_weight_is_reached_in_one_drag(explorer, start, end, pixels):
    """From 5 to 6 with two pixels more or less, to 0, across 0, to the end of the range."""
    type_into(box(explorer), str(start))
    expect(box(explorer)).to_have_attribute("aria-valuenow", str(start))
    drag(box(explorer), pixels)
    expect(box(explorer)).to_have_value(str(end))
    must_filter(explorer, center(end))


def test_shift_makes_a_drag_fine(explorer):
    """A hundredth a pixel, also from the middle of a drag on."""
    with held(box(explorer), 29):
        expect(box(explorer)).to_have_value("2.7")
        explorer.keyboard.down("Shift")
        x, y = grip(box(explorer))
        explorer.mouse.move(x + 36, y)
        expect(box(explorer)).to_have_value("2.77")
        explorer.keyboard.up("Shift")
        explorer.mouse.move(x + 46, y)
    expect(box(explorer)).to_have_value("3.2")
    must_filter(explorer, center(3.2))


def test_escape_ends_a_drag_and_restores_the_weight(explorer):
    """The key is not for Jupyter, and the mouse, still down, drags no more."""
    type_into(box(explorer), "1/3")
    expect(box(explorer)).to_have_value("0.3333")
    with held(box(explorer), 60), nothing_moves(explorer):
        expect(box(explorer)).to_have_value("4")
        explorer.keyboard.press("Escape")
        expect(box(explorer)).to_have_value("0.3333")
        x, y = grip(box(explorer))
        explorer.mouse.move(x - 50, y, steps=5)
        must_filter(explorer, center(1 / 3))
    expect(box(explorer)).to_have_value("0.3333")
    expect(box(explorer)).to_be_focused()


def test_a_press_selects_the_number_for_typing_and_a_drag_then_selects_text(explorer):
    box(explorer).click()
    assert box(explorer).evaluate(SELECTED) == "1"
    explorer.keyboard.type("12345")
    drag(box(explorer), -60)
    expect(box(explorer)).to_have_value("12345")
    assert box(explorer).evaluate(SELECTED) in ("12", "123")
    explorer.keyboard.press("Escape")
    expect(box(explorer)).to_have_value("1")
    must_filter(explorer, center(1))


def test_arrow_keys_step_a_weight_and_do_nothing_else(explorer):
    box(explorer).focus()
    with nothing_moves(explorer):
        for key in ("ArrowRight", "ArrowUp", "ArrowRight", "ArrowDown"):
            explorer.keyboard.press(key)
        must_filter(explorer, center(1.2))
        expect(box(explorer)).to_have_value("1.2")
        for key, shown in (
            ("Shift+ArrowUp", "1.21"), ("Shift+ArrowLeft", "1.2"), ("PageDown", "0.2"),
            ("PageUp", "1.2"), ("Home", "-10"), ("ArrowDown", "-10"), ("End", "10"),
        ):  # fmt: skip
            explorer.keyboard.press(key)
            expect(box(explorer)).to_have_value(shown)
    must_filter(explorer, center(10))


def test_an_arrow_key_enters_what_is_typed(explorer):
    """The next one steps from there."""
    box(explorer).fill("1/4")
    box(explorer).press("ArrowUp")
    expect(box(explorer)).to_have_value("0.25")
    box(explorer).press("ArrowUp")
    expect(box(explorer)).to_have_value("0.35")
    must_filter(explorer, center(0.35))


def test_a_weight_tells_its_state_and_is_one_tab_stop(explorer):
    type_into(box(explorer), "-1.5")
    for state, value in (("now", "-1.5"), ("min", "-10"), ("max", "10"), ("text", "-1.5")):
        expect(box(explorer)).to_have_attribute(f"aria-value{state}", value)
    box(explorer).press("Tab")
    expect(box(explorer, "weight in row 1, column 2")).to_be_focused()


@pytest.mark.parametrize("name", ["box blur", "emboss", "sharpen"])
def test_a_weight_has_the_color_of_its_pixel_in_the_kernel(explorer, name):
    """Also where no weight is as large as 1: one scale for all kernels."""
    pick(explorer, "kernel", name)
    cells, seen = explorer.locator(".numbers-colored .numbers-cell"), Seen(explorer, "kernel")
    assert until(
        explorer, lambda: cells.evaluate_all(COLORS) == seen.picture.reshape(9, 3).tolist()
    )


@pytest.mark.parametrize(
    "text, weight", [("2", 2), ("1/9", 1 / 9), ("-1,5", -1.5), ("−0.25", -0.25)]
)
def test_a_typed_number_becomes_the_weight(explorer, text, weight):
    type_into(box(explorer), text)
    must_filter(explorer, center(weight))
    expect(problem(explorer)).to_have_count(0)


def test_unfinished_text_survives_a_change_from_elsewhere(explorer):
    box(explorer).press("Control+a")
    explorer.keyboard.type("0.5")
    corners = [box(explorer, f"weight in row {i}, column {j}") for i in (0, 2) for j in (0, 1, 2)]
    explorer.get_by_role("button", name="random").evaluate("(button) => button.click()")
    # a single random weight is 0 one time in twenty
    assert until(explorer, lambda: any(corner.input_value() != "0" for corner in corners))
    expect(box(explorer)).to_have_value("0.5")
    explorer.keyboard.press("Enter")
    expect(box(explorer)).to_have_attribute("aria-valuenow", "0.5")


def test_keys_in_a_number_box_are_not_jupyter_commands(explorer):
    box(explorer).click()
    with nothing_moves(explorer):
        for key in ("d", "d", "x", "a", "b", "ArrowDown", "ArrowUp", "ArrowLeft", "0", "0"):
            explorer.keyboard.press(key)
    type_into(box(explorer), "1")


@pytest.mark.parametrize("focused", [box, lambda page: dropdown(page, "kernel"),
    lambda page: Seen(page, "output").overlay],
    ids=["number", "dropdown", "picture"])  # fmt: skip
def test_the_notebook_can_be_saved_from_inside_an_explorer(explorer, focused):
    """Only keys without Ctrl are kept from Jupyter, also after a key that was."""
    focused(explorer).focus()
    explorer.keyboard.press("ArrowDown")
    with saves(explorer):
        explorer.keyboard.press("Control+s")


def test_invalid_text_in_a_number_box_is_quoted_and_changes_nothing(explorer):
    for text in ("two", "11", "1/0", ""):
        type_into(box(explorer), text)
        wrong = f"weight in row 1, column 1 must be a number from -10 to 10; got '{text}'"
        expect(problem(explorer)).to_contain_text(wrong)
    must_filter(explorer, center(1))
    type_into(box(explorer), "3")
    expect(problem(explorer)).to_have_count(0)
    must_filter(explorer, center(3))


def test_arrow_keys_change_a_dropdown(explorer):
    dropdown(explorer, "kernel").focus()
    with nothing_moves(explorer):
        explorer.keyboard.press("ArrowDown")
        must_filter(explorer, BLUR)


def test_letters_change_a_dropdown_and_are_not_jupyter_commands(explorer):
    dropdown(explorer, "kernel").focus()
    with nothing_moves(explorer):
        explorer.keyboard.press("d")
        explorer.keyboard.press("d")
    chosen = dropdown(explorer, "kernel").evaluate("(list) => list.selectedOptions[0].text")
    assert chosen.startswith("diagonal")


@pytest.mark.parametrize(
    "text, entered",
    [("3", False), *product(["two", "", "1e400"], [False, True])],
    ids=lambda each: {True: "after Enter", False: "while typing"}.get(each, each),
)
def test_escape_restores_the_weight(explorer, text, entered):
    """Unfinished or refused: the box shows the weight that the kernel has."""
    type_into(box(explorer), "-9")
    box(explorer).fill(text)
    if entered:
        box(explorer).press("Enter")
        expect(problem(explorer)).to_have_count(1)
    box(explorer).press("Escape")
    expect(box(explorer)).to_have_value("-9")
    expect(box(explorer)).to_have_attribute("aria-invalid", "false")
    expect(problem(explorer)).to_have_count(0)
    expect(box(explorer)).to_be_focused()  # the key is not for Jupyter
    expect(box(explorer)).to_have_attribute("aria-valuenow", "-9")
    must_filter(explorer, center(-9))


@pytest.mark.parametrize(
    "text, shown", [("1,5", "1.5"), ("\u22122", "-2"), ("1/3", "0.3333"), (" 4 ", "4")]
)
def test_a_pasted_number_is_shown_as_it_is_used(explorer, text, shown):
    box(explorer).focus()
    explorer.keyboard.press("Control+a")
    explorer.keyboard.insert_text(text)
    box(explorer).blur()
    expect(box(explorer)).to_have_value(shown)
    expect(box(explorer)).to_have_attribute("aria-valuetext", shown)
    weight = eval(text.replace(",", ".").replace("\u2212", "-"))
    must_filter(explorer, center(weight))


def test_a_refused_number_stays_in_its_box_until_it_is_restored(explorer):
    """The line quotes it; the weight stays, and the next change clears both."""
    type_into(box(explorer), "7")
    box(explorer).fill("1e400")
    box(explorer).blur()
    expect(problem(explorer)).to_contain_text("got '1e400'")
    expect(box(explorer)).to_have_attribute("aria-invalid", "true")
    expect(box(explorer)).to_have_attribute("aria-valuenow", "7")
    explorer.keyboard.press("Escape")
    type_into(box(explorer, "weight in row 0, column 0"), "0")
    expect(box(explorer)).to_have_value("7")
    expect(problem(explorer)).to_have_count(0)
