"""WindowExplorer: buttons, its number, play and the cursor move the window, and show its sum."""

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.controls import box, drag, nothing_moves, problem, type_into, unfold
from browser.expected import SOBEL, products
from browser.seen import Seen

GRID = np.array(
    [
        [0, 0, 9, 9, 9, 1],
        [0, 0, 9, 9, 9, 1],
        [0, 3, 9, 9, 9, 1],
        [0, 3, 9, 8, 9, 1],
        [0, 0, 5, 5, 5, 7],
    ]
)
COLUMNS, POSITIONS = 4, 12  # of the output


@pytest.fixture(scope="module")
def notebook(run_notebook):
    source = (
        "import numpy as np\n"
        "from helpers import KERNELS\n"
        "from helpers.explorers import WindowExplorer\n"
        f"WindowExplorer(np.array({GRID.tolist()}), KERNELS['sobel_vertical'])"
    )
    notebook = run_notebook("window", source, "1 + 1", app="notebooks")
    unfold(notebook.page)
    yield notebook
    notebook.page.close()


@pytest.fixture
def first(page):
    """The page, with the window at its first position."""
    go(page, 1)
    must_be_at(page, 1)
    return page


def go(page, number):
    type_into(box(page, "position"), str(number))


def must_be_at(page, number):
    """Wait until the box, the numbers, the sum and both marks are those of this position."""
    expect(box(page, "position")).to_have_value(str(number))
    row, column = divmod(number - 1, COLUMNS)
    patch, terms = products(GRID, SOBEL, row, column)
    Seen(page, "patch").must_have_numbers(patch)
    Seen(page, "products").must_have_numbers(terms)
    Seen(page, "image").must_mark(row, column, row + 3, column + 3)
    total = page.locator(".explorer-text", has_text=f"= {terms.sum()}")
    expect(total).to_have_count(1)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_step_goes_to_the_next_position_and_back_to_the_previous_one(first):
    for _ in range(COLUMNS):
        press(first, "step")
    must_be_at(first, 1 + COLUMNS)
    press(first, "back")
    must_be_at(first, COLUMNS)


def test_the_window_stays_at_the_first_and_the_last_position(first):
    press(first, "back")
    must_be_at(first, 1)
    go(first, POSITIONS)
    press(first, "step")
    must_be_at(first, POSITIONS)
    expect(problem(first)).to_have_count(0)


def test_its_number_moves_the_window_by_mouse_and_by_keys(first):
    drag(box(first, "position"), 420)
    must_be_at(first, POSITIONS)
    box(first, "position").focus()
    with nothing_moves(first):
        first.keyboard.press("ArrowLeft")
        first.keyboard.press("ArrowDown")
        must_be_at(first, POSITIONS - 2)


def test_play_advances_by_itself_and_stops_at_the_end(first):
    go(first, POSITIONS - 2)
    must_be_at(first, POSITIONS - 2)
    press(first, "play")
    must_be_at(first, POSITIONS)
    first.wait_for_timeout(800)  # longer than one tick of the timer
    must_be_at(first, POSITIONS)


def test_pointing_at_an_output_pixel_moves_the_window_there(first):
    assert Seen(first, "output").point(2, 1) == (2, 1)
    must_be_at(first, 2 * COLUMNS + 2)


@pytest.mark.parametrize(
    "cell, outputs",
    [
        ((0, 0), (0, 0, 1, 1)),
        ((2, 2), (0, 0, 3, 3)),
        ((4, 5), (2, 3, 3, 4)),
        ((1, 3), (0, 1, 2, 4)),
    ],
)
def test_pointing_at_a_cell_marks_the_output_pixels_that_it_contributes_to(first, cell, outputs):
    top, left, bottom, right = outputs
    go(first, top * COLUMNS + left + 1)  # so the window's own mark is one of them
    assert Seen(first, "image").point(*cell) == cell
    Seen(first, "output").must_mark(*outputs)
    count = (bottom - top) * (right - left)
    line = f"row {cell[0]}, column {cell[1]} of the image contributes to {count} of {POSITIONS}"
    expect(first.locator(".explorer-text", has_text=line)).to_have_count(1)


def test_stride_and_padding_change_the_size_by_the_formula(first):
    type_into(box(first, "stride"), "2")
    type_into(box(first, "padding"), "1")
    expect(first.get_by_text("output, 3 rows, 3 columns").first).to_be_visible()
    expect(first.get_by_text("⌊(6 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 3")).to_be_visible()
    type_into(box(first, "stride"), "1")
    type_into(box(first, "padding"), "0")
    expect(first.get_by_text("output, 3 rows, 4 columns").first).to_be_visible()


def pointed_line(page):
    return page.locator(".explorer-text", has_text="of the image contributes to")


def test_a_cell_is_forgotten_when_the_window_moves_on(first):
    """Its marks and its line belong to the position at which it was pointed at."""
    first.mouse.move(2, 2)
    Seen(first, "image").point(4, 5)
    expect(pointed_line(first)).to_contain_text("It is not in the current window.")
    Seen(first, "image").must_mark(0, 0, 5, 6)  # from the window to the cell
    press(first, "play")
    must_be_at(first, 2)
    expect(pointed_line(first)).to_have_count(0)
    Seen(first, "output").must_mark(0, 1, 1, 2)
    press(first, "pause")


def test_a_pinned_cell_stays_and_its_line_follows_the_window(first):
    first.mouse.move(2, 2)
    Seen(first, "image").point(1, 2)
    first.mouse.down()
    first.mouse.up()
    for term in ("9·2 = 18", "9·0 = 0", "9·(-2) = -18"):
        expect(pointed_line(first)).to_contain_text(f"In the current window it adds {term}.")
        press(first, "step")
    expect(pointed_line(first)).to_contain_text("It is not in the current window.")
    Seen(first, "image").point(1, 2)
    first.mouse.down()
    first.mouse.up()
    first.mouse.move(2, 2)
    expect(pointed_line(first)).to_have_count(0)
