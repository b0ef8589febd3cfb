"""KernelExplorer in JupyterLab and in Notebook 7: one output pixel, explained."""

import re

import pytest

from browser.controls import nothing_moves, pick
from browser.expected import SOBEL, output, photo, products, sample
from browser.seen import Seen, until

CAT = sample("cat")
CHANNELS = ("red", "green", "blue")


@pytest.fixture
def view(explorer):
    """The output of Sobel's kernel."""
    pick(explorer, "kernel", "sobel vertical")
    view = Seen(explorer, "output")
    view.must_show(photo(output(CAT, SOBEL)))
    return view


def must_explain(page, cell, channel=0):
    """Wait until the numbers are those of this pixel and its window is marked in the image."""
    patch, terms = products(CAT[..., channel], SOBEL, *cell)
    Seen(page, f"{CHANNELS[channel]} patch").must_have_numbers(patch)
    Seen(page, "kernel").must_have_numbers(SOBEL)
    Seen(page, "products").must_have_numbers(terms)
    line = page.locator(".explorer-text", has_text=re.compile(r" [=≈] -?[\d.]+"))

    def total():
        return float(re.split(" [=≈] ", line.inner_text())[-1])

    assert until(page, lambda: total() == pytest.approx(terms.sum(), abs=0.0051)), total()
    Seen(page, "image").must_mark_about(cell[0] + 1.5, cell[1] + 1.5)


def test_the_pixel_under_the_cursor_is_explained_by_its_nine_products(explorer, view):
    must_explain(explorer, view.point(120, 300))


def test_the_numbers_are_those_of_the_chosen_channel(explorer, view):
    cell = view.point(120, 200)
    for channel, name in [*enumerate(CHANNELS), (0, "red")]:
        explorer.get_by_role("button", name=name, exact=True).click()
        must_explain(explorer, cell, channel)


def test_arrow_keys_move_the_cursor_and_nothing_else(explorer, view):
    row, column = view.point(50, 60)
    view.overlay.focus()
    with nothing_moves(explorer):
        for key in ("ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowRight", "ArrowLeft"):
            explorer.keyboard.press(key)
        must_explain(explorer, (row + 2, column + 10))
        explorer.keyboard.press("d")
        explorer.keyboard.press("d")
    explorer.keyboard.press("Enter")  # unpins it


def test_a_click_pins_the_pixel_until_the_next_click(explorer, view):
    x, y, pinned = view.place_of(200, 100)
    explorer.mouse.click(x, y)
    view.point(40, 400)
    must_explain(explorer, pinned)
    explorer.mouse.click(x, y)
    must_explain(explorer, view.point(40, 400))
