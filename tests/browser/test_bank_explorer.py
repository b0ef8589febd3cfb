"""BankExplorer: four maps of the first bank, and three that each read all four of them."""

import numpy as np
import pytest
from picture_bytes import file_bytes
from playwright.sync_api import expect
from scipy import ndimage

from browser.conftest import shown
from browser.controls import dropdown, nothing_moves, pick, upload
from browser.expected import SOBEL, photo, relu, sample
from browser.seen import Seen, settled

LETTERS = sample("letters", 64)
VERTICAL = np.array(SOBEL)
FIRST = {
    "brighter right": VERTICAL,
    "brighter left": -VERTICAL,
    "brighter below": VERTICAL.T,
    "brighter above": -VERTICAL.T,
}
ONE = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
RIGHT = np.array([[0, 0, 1]] * 3)
SECOND = {
    "edges of every direction": (ONE, ONE, ONE, ONE),
    "dark vertical strokes": (RIGHT, RIGHT[:, ::-1], -ONE, -ONE),
    "dark horizontal strokes": (-ONE, -ONE, RIGHT.T, RIGHT.T[::-1]),
}
bank = shown("bank")


def positive(total):
    return np.maximum(total, 0)


def slide(image, kernel):
    return ndimage.correlate(image, kernel)[1:-1, 1:-1]


def must_stack(part, image):
    """Wait for the image, the four maps of the first bank, and the three maps of the second."""
    Seen(part, "image").must_show(photo(image))
    light = image if image.ndim == 2 else image.sum(axis=2)
    maps = [positive(slide(light, kernel)) for kernel in FIRST.values()]
    for name, each in zip(FIRST, maps, strict=True):
        Seen(part, name).must_show(relu(each))
    for name, slices in SECOND.items():
        total = sum(slide(*pair) for pair in zip(maps, slices, strict=True))
        Seen(part, name).must_show(relu(positive(total)))


def must_choose(part, name):
    """Wait until the dropdown, the frame around a map, and the four slices are those of this filter."""
    expect(dropdown(part, "filter of bank 2")).to_have_value(name)
    rows, columns = Seen(part, name).shape
    Seen(part, name).must_mark(0, 0, rows, columns)
    for k, weights in enumerate(SECOND[name], start=1):
        view = part.get_by_role("img", name=f"slice {k} of {name}: ")
        numbers = ", ".join(map(str, weights.ravel()))
        expect(view).to_have_attribute("aria-label", f"slice {k} of {name}: {numbers}")


def test_each_bank_of_filters_makes_a_stack_of_maps(bank):
    must_stack(bank, LETTERS)


@pytest.mark.parametrize("way", [Seen.point, Seen.tap])
def test_pointing_at_a_map_shows_the_four_slices_of_its_filter(bank, way):
    for name in SECOND:
        way(Seen(bank, name), 30, 30)
        must_choose(bank, name)


def test_arrow_keys_choose_a_filter(bank):
    pick(bank, "filter of bank 2", list(SECOND)[0])
    must_choose(bank, list(SECOND)[0])
    dropdown(bank, "filter of bank 2").focus()
    with nothing_moves(bank.page):
        for name in list(SECOND)[1:]:
            bank.page.keyboard.press("ArrowDown")
            must_choose(bank, name)


def test_a_new_picture_changes_the_maps_of_both_banks(bank):
    pick(bank, "image", "circles")
    must_stack(bank, sample("circles", 64))
    pick(bank, "longer side", "up to 32 pixels")
    must_stack(bank, sample("circles", 32))
    own = np.random.default_rng(4).integers(0, 256, (14, 11, 3), dtype=np.uint8)
    upload(bank, "mine.png", file_bytes(own))
    must_stack(bank, own / 255)


@pytest.mark.parametrize("width, height", [(1440, 900), (1024, 768), (768, 1024)])
def test_slices_stand_below_their_maps(bank, width, height):
    """In the same column; all pictures fit into the window of the notebook."""
    bank.page.set_viewport_size({"width": width, "height": height})
    parts = bank.locator(".explorer-banks > .explorer-image")
    places = settled(bank.page, lambda: [part.bounding_box() for part in parts.all()])
    image, maps, slices = places[0], places[1:5], places[5:9]
    assert len({round(place["y"]) for place in maps}) == len({round(p["y"]) for p in slices}) == 1
    for values, below in zip(maps, slices, strict=True):
        middle, under = (place["x"] + place["width"] / 2 for place in (values, below))
        assert abs(middle - under) <= 1 and below["y"] >= values["y"] + values["height"]
    assert image["y"] <= maps[0]["y"]
    whole = bank.locator(".explorer-banks").bounding_box()
    window = bank.page.locator(".jp-WindowedPanel-outer").first.bounding_box()
    assert whole["height"] <= window["height"] - 36  # a row of controls


def test_pointing_marks_the_receptive_field(bank):
    pick(bank, "image", "letters")
    pick(bank, "longer side", "up to 64 pixels")
    must_stack(bank, LETTERS)
    row, column = Seen(bank, "dark vertical strokes").tap(20, 31)
    for name in FIRST:
        Seen(bank, name).must_mark_about(row + 1.5, column + 1.5)
    Seen(bank, "image").must_mark_about(row + 2.5, column + 2.5)
    expect(bank.get_by_text(f"Row {row}, column {column}: ").first).to_be_visible()
