"""Touch does what the mouse does."""

from playwright.sync_api import expect

from browser.controls import box, grip, number_in, pick, swipe, tap
from browser.expected import SOBEL, output, photo, products, sample
from browser.seen import Seen, settled, until

CAT = sample("cat")
TOP = "(field) => field.getBoundingClientRect().top"


def test_a_tapped_pixel_is_explained(explorer):
    pick(explorer, "kernel", "sobel vertical")
    view = Seen(explorer, "output")
    view.must_show(photo(output(CAT, SOBEL)))
    for place in ((50, 90), (220, 400)):
        cell = view.tap(*place)
        patch, terms = products(CAT[..., 0], SOBEL, *cell)
        Seen(explorer, "red patch").must_have_numbers(patch)
        Seen(explorer, "products").must_have_numbers(terms)
    view.tap(*place)  # unpins it


def center(weight):
    return photo(output(CAT, [[0, 0, 0], [0, weight, 0], [0, 0, 0]]))


def test_a_finger_drags_a_weight(explorer):
    """Without the keyboard that a phone shows for a focused box."""
    swipe(box(explorer), 45)
    assert until(explorer, lambda: number_in(box(explorer)) > 2)
    weight = settled(explorer, lambda: number_in(box(explorer)))
    assert weight < 5
    Seen(explorer, "output").must_show(center(weight))
    expect(box(explorer)).not_to_be_focused()


def test_a_finger_that_moves_down_a_weight_scrolls_the_page(explorer):
    """That touch is not for the cell; the next one is."""
    grip(box(explorer))
    before = box(explorer).evaluate(TOP)
    swipe(box(explorer), 0, -150)
    assert until(explorer, lambda: box(explorer).evaluate(TOP) < before - 50)
    assert number_in(box(explorer)) == 1
    swipe(box(explorer), 22)
    assert until(explorer, lambda: number_in(box(explorer)) == 2)


def test_a_tapped_weight_is_typed(explorer):
    tap(box(explorer))
    expect(box(explorer)).to_be_focused()
    explorer.keyboard.type("3")
    explorer.keyboard.press("Enter")
    Seen(explorer, "output").must_show(center(3))
