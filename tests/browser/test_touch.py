"""A finger does what a mouse does."""

import pytest

from browser.conftest import new_context
from browser.controls import pick, slider
from browser.expected import SOBEL, answer, photo, products, sample
from browser.seen import Seen, until

CAT = sample("cat")


@pytest.fixture(scope="module")
def notebook(browser, run_notebook):
    context = new_context(browser, has_touch=True)
    start = "from helpers.explorers import KernelExplorer\nKernelExplorer('cat', 'sobel_vertical')"
    yield run_notebook("touch", start, context=context)
    context.close()


def test_a_tapped_pixel_is_explained(page):
    screen = Seen(page, "answer")
    for place in ((50, 90), (220, 400)):
        x, y, cell = screen.place_of(*place)
        page.touchscreen.tap(x, y)
        patch, terms = products(CAT[..., 0], SOBEL, *cell)
        Seen(page, "patch").must_say(patch)
        Seen(page, "products").must_say(terms)


def test_a_tap_on_a_slider_moves_the_picture(page):
    pick(page, "kernel", "identity")
    Seen(page, "answer").must_show(photo(CAT[1:-1, 1:-1]))
    place = slider(page).bounding_box()
    page.touchscreen.tap(place["x"] + 0.8 * place["width"], place["y"] + place["height"] / 2)
    assert until(page, lambda: float(slider(page).input_value()) > 3)
    weight = float(slider(page).input_value())
    Seen(page, "answer").must_show(photo(answer(CAT, [[0, 0, 0], [0, weight, 0], [0, 0, 0]])))
