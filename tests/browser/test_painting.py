"""Painting pixels of a picture and numbers of a grid with the mouse, the keyboard and a finger."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.conftest import shown
from browser.controls import (
    box,
    nothing_moves,
    pick,
    problem,
    set_numbers,
    set_ticks,
    type_into,
)
from browser.expected import photo, pooled, sample
from browser.seen import Seen

SMALL = sample("cat", 16)  # 11 rows, 16 columns
RED = 1, 0, 0.2
WAYS = {
    "mouse": lambda view, *cells: view.stroke(*cells),
    "finger": lambda view, *cells: view.finger(*cells),
}
both = pytest.mark.parametrize("draw", WAYS.values(), ids=WAYS)
pixel, window, pooling = map(shown, ("pixel", "window grid", "pooling grid"))


def by_keys(view, row, column, key="Enter"):
    """Move the cursor to a cell with the arrow keys, and set the cell."""
    view.point(row, column - 1)
    view.overlay.focus()
    view.page.keyboard.press("ArrowRight")
    view.page.keyboard.press(key)


def start_painting(part):
    """Check the box, and wait until the view accepts painting."""
    set_ticks(part, paint=True)
    expect(part.locator(".image-view-painted")).to_be_visible()


@pytest.fixture
def view(pixel):
    """A small cat without paint, and a red brush."""
    pick(pixel, "image", "coins")
    pick(pixel, "longer side", "up to 16 pixels")
    pick(pixel, "image", "cat")
    view = Seen(pixel, re.escape("all channels: shape (11, 16, 3)"))
    view.must_show(photo(SMALL))
    start_painting(pixel)
    set_numbers(pixel, dict(zip(("brush red", "brush green", "brush blue"), RED)))
    yield view
    set_ticks(pixel, paint=False)


def painted(*cells):
    image = SMALL.copy()
    for cell in cells:
        image[cell] = RED
    return photo(image)


def test_the_brush_can_be_set_only_while_painting_is_on(pixel, view):
    """So that nobody takes its colors for those of the picture."""
    for name in ("brush red", "brush green", "brush blue"):
        expect(box(pixel, name)).to_be_enabled()
    set_ticks(pixel, paint=False)
    for name in ("brush red", "brush green", "brush blue"):
        expect(box(pixel, name)).to_be_disabled()


@both
def test_a_stroke_paints_every_pixel_on_its_path(view, draw):
    draw(view, (2, 3), (2, 8), (6, 8))
    across, down = [(2, column) for column in range(3, 9)], [(row, 8) for row in range(3, 7)]
    view.must_show(painted(*across, *down))


def test_moving_the_mouse_without_its_button_paints_nothing(view):
    view.stroke((4, 4))
    for place in ((4, 5), (8, 8), (0, 0)):
        view.point(*place)
    view.must_show(painted((4, 4)))


def test_a_drag_that_begins_elsewhere_paints_nothing(view):
    """Also after a stroke that was released outside the picture; nor does the right button paint."""
    mouse, box = view.page.mouse, view.overlay.bounding_box()
    outside = box["x"] + box["width"] / 2, box["y"] - 12  # on the title
    view.point(5, 7)
    mouse.down()
    mouse.move(*outside)
    mouse.up()
    view.must_show(painted((5, 7)))
    mouse.down()
    view.point(3, 3)
    view.point(6, 3)
    mouse.up()
    view.point(9, 9)
    mouse.down(button="right")
    mouse.up(button="right")
    view.page.wait_for_timeout(300)
    view.must_show(painted((5, 7)))


@pytest.mark.parametrize("key", ["Enter", " "])
def test_keys_paint_the_pixel_at_the_cursor(pixel, view, key):
    with nothing_moves(view.page):
        by_keys(view, 5, 9, key)
        for step in ("ArrowDown", "ArrowDown", key):
            view.page.keyboard.press(step)
        view.must_show(painted((5, 9), (7, 9)))
    expect(pixel.get_by_text("Row 7, column 9: red 1, green 0, blue 0.2")).to_be_visible()


def test_the_enlarged_part_shows_the_paint(pixel, view):
    view.stroke((5, 5))
    expected = painted((5, 5))[2:9, 2:9]
    Seen(pixel, "rows 2 to 8, columns 2 to 8").must_show(expected)


def test_choosing_a_picture_again_removes_the_paint(pixel, view):
    """Once another was shown: of two choices in a row, the page may send the last alone."""
    view.stroke((1, 1), (9, 9))
    pick(pixel, "image", "coins")
    expect(pixel).to_contain_text(str(sample("coins", 16).shape))
    pick(pixel, "image", "cat")
    view.must_show(photo(SMALL))


def test_an_invalid_brush_is_reported_and_the_last_value_paints(pixel, view):
    type_into(box(pixel, "brush red"), "bright")
    expect(problem(pixel)).to_contain_text("brush red must be a number from 0 to 1; got 'bright'")
    view.stroke((3, 3))
    view.must_show(painted((3, 3)))
    type_into(box(pixel, "brush red"), "1")
    expect(problem(pixel)).to_have_count(0)


@pytest.fixture(scope="module")
def window_grid():
    """The numbers of the window's grid; the tests update it as they paint on the page."""
    return np.arange(30).reshape(5, 6) % 9


@pytest.fixture(scope="module")
def pooling_grid():
    return np.arange(30).reshape(5, 6) % 9


def ready(part, value):
    start_painting(part)
    set_numbers(part, {"brush": value})
    expect(box(part, "brush")).to_have_attribute("aria-valuenow", str(value))


def must_slide(window, grid):
    """Wait until the grid has these numbers and the output at the last position follows from them."""
    Seen(window, "image").must_have_numbers(grid)
    type_into(box(window, "position"), "20")
    Seen(window, "output").must_have_numbers(grid[:-1, :-1] - grid[1:, 1:])


@both
def test_a_stroke_sets_numbers_under_the_window(window, window_grid, draw):
    ready(window, -7 if draw is WAYS["mouse"] else 12)
    draw(Seen(window, "image"), (1, 1), (1, 4))
    window_grid[1, 1:5] = -7 if draw is WAYS["mouse"] else 12
    must_slide(window, window_grid)


def test_keys_set_a_number_under_the_window(window, window_grid):
    ready(window, 5)
    with nothing_moves(window.page):
        by_keys(Seen(window, "image"), 3, 3)
        Seen(window, "image").must_have_numbers(
            np.where(np.arange(30).reshape(5, 6) == 21, 5, window_grid)
        )
    window_grid[3, 3] = 5
    must_slide(window, window_grid)


def test_padding_cannot_be_painted(window, window_grid):
    ready(window, 9)
    type_into(box(window, "padding"), "1")
    image = Seen(window, "image, 5 rows")
    image.must_have_numbers(np.pad(window_grid, 1))
    image.stroke((0, 0), (2, 2))
    window_grid[0, 0] = window_grid[1, 1] = 9
    image.must_have_numbers(np.pad(window_grid, 1))
    type_into(box(window, "padding"), "0")
    must_slide(window, window_grid)


def must_pool(pooling, grid):
    Seen(pooling, "before").must_have_numbers(grid)
    Seen(pooling, "max").must_have_numbers(pooled(grid, 2))


@both
def test_a_stroke_sets_numbers_in_the_pooling_grid(pooling, pooling_grid, draw):
    value = 20 if draw is WAYS["mouse"] else 14
    ready(pooling, value)
    draw(Seen(pooling, "before"), (0, 2), (3, 2))
    pooling_grid[:4, 2] = value
    must_pool(pooling, pooling_grid)


def test_keys_set_a_number_in_the_pooling_grid(pooling, pooling_grid):
    ready(pooling, -20)
    with nothing_moves(pooling.page):
        by_keys(Seen(pooling, "before"), 1, 5)
        pooling_grid[1, 5] = -20
        must_pool(pooling, pooling_grid)


def test_a_shifted_grid_is_painted_where_the_pointer_is(pooling, pooling_grid):
    ready(pooling, 17)
    type_into(box(pooling, "shift down"), "1")
    type_into(box(pooling, "shift right"), "-2")
    moved = np.roll(pooling_grid, (1, -2), axis=(0, 1))
    must_pool(pooling, moved)
    Seen(pooling, "before").stroke((0, 0))
    moved[0, 0] = pooling_grid[4, 2] = 17
    must_pool(pooling, moved)
    for name in ("shift down", "shift right"):
        type_into(box(pooling, name), "0")
    must_pool(pooling, pooling_grid)
