"""Touch does what the mouse does."""

from browser.controls import pick, slider, tap
from browser.expected import SOBEL, output, photo, products, sample
from browser.seen import Seen, until

CAT = sample("cat")


def test_a_tapped_pixel_is_explained(explorer):
    pick(explorer, "kernel", "sobel vertical")
    view = Seen(explorer, "output")
    view.must_show(photo(output(CAT, SOBEL)))
    for place in ((50, 90), (220, 400)):
        cell = view.tap(*place)
        patch, terms = products(CAT[..., 0], SOBEL, *cell)
        Seen(explorer, "patch").must_have_numbers(patch)
        Seen(explorer, "products").must_have_numbers(terms)
    view.tap(*place)  # unpins it


def test_a_tap_on_a_slider_changes_the_output(explorer):
    tap(slider(explorer), 0.8)
    assert until(explorer, lambda: float(slider(explorer).input_value()) > 3)
    weight = float(slider(explorer).input_value())
    Seen(explorer, "output").must_show(photo(output(CAT, [[0, 0, 0], [0, weight, 0], [0, 0, 0]])))
