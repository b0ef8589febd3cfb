"""EdgeExplorer: five pictures side by side; the pixel under the cursor is marked in all of them."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect
from scales import scale_end
from scipy import ndimage

from browser.controls import nothing_moves, pick
from browser.expected import SOBEL, gray, photo, sample
from browser.seen import Seen, settled, until

COINS = sample("coins", 256)
NAMES = ("image", "vertical", "horizontal", "magnitude", "direction")


@pytest.fixture(scope="module")
def notebook(run_notebook, desk):
    start = "from helpers.explorers import EdgeExplorer\nEdgeExplorer('coins')"
    notebook = run_notebook("edges", start, "1 + 1", desk=desk)
    yield notebook
    notebook.close()


def maps(image):
    """The vertical and the horizontal edges; the picture is padded with its nearest pixels."""
    pair = np.array(SOBEL), np.transpose(SOBEL)
    return [ndimage.correlate(image, kernel, mode="nearest") for kernel in pair]


def must_show_edges(page, image):
    """Wait for the image, the magnitude and the two signed maps."""
    vertical, horizontal = maps(image)
    magnitude = np.hypot(vertical, horizontal)
    Seen(page, "image").must_show(photo(image))
    limit = scale_end(magnitude)  # of all maps
    Seen(page, "magnitude").must_show(photo(magnitude / limit))
    for name, values in (("vertical", vertical), ("horizontal", horizontal)):
        Seen(page, name).must_show_signed(values, limit)


def test_five_pictures_show_the_image_and_its_edges(page):
    must_show_edges(page, COINS)
    for name in NAMES:
        assert Seen(page, name).shape == (202, 256)


def test_a_color_picture_is_converted_to_gray(page):
    pick(page, "image", "cat")
    must_show_edges(page, gray(sample("cat", 256)))
    pick(page, "image", "coins")
    Seen(page, "image").must_show(photo(COINS))


@pytest.mark.parametrize("name", NAMES)
def test_the_pixel_under_the_cursor_is_marked_in_all_five_and_its_numbers_are_shown(page, name):
    place = 60 + 30 * NAMES.index(name), 200
    row, column = Seen(page, name).point(*place)
    for other in NAMES:
        Seen(page, other).must_mark_about(row + 0.5, column + 0.5)
    must_have_numbers(page, row, column)


def must_have_numbers(page, row, column):
    expect(page.get_by_text(f"Row {row}, column {column}:")).to_be_visible()
    line = page.get_by_text(f"Row {row}, column {column}:").inner_text()
    numbers = [float(re.search(rf"{name} (-?[\d.]+)", line)[1]) for name in NAMES[1:4]]
    vertical, horizontal = (values[row, column] for values in maps(COINS))
    assert numbers == pytest.approx(
        [vertical, horizontal, np.hypot(vertical, horizontal)], abs=0.0051
    )


def test_arrow_keys_move_the_mark_in_all_five(page):
    view = Seen(page, "vertical")
    row, column = view.point(100, 100)
    view.overlay.focus()
    with nothing_moves(page):
        for key in ("ArrowUp", "ArrowLeft", "Shift+ArrowDown"):
            page.keyboard.press(key)
        must_have_numbers(page, row + 9, column - 1)
    for name in NAMES:
        Seen(page, name).must_mark_about(row + 9.5, column - 0.5)
    page.keyboard.press("Enter")  # unpins it


def test_another_family_of_kernels_changes_the_maps(page):
    before = Seen(page, "magnitude").picture
    pick(page, "kernels", "Scharr")
    assert until(page, lambda: (Seen(page, "magnitude").picture != before).any())
    pick(page, "kernels", "Sobel")
    must_show_edges(page, COINS)


def test_the_color_key_is_marked_where_the_color_of_the_pixel_is(page):
    """The way from the center is the direction, the distance is the magnitude."""
    row, column = Seen(page, "direction").point(100, 200)
    vertical, horizontal = (values[row, column] for values in maps(COINS))
    share = min(1, np.hypot(vertical, horizontal) / scale_end(np.hypot(*maps(COINS))))
    angle = np.arctan2(horizontal, vertical)
    across, down = 120.5 + 111 * share * np.cos(angle), 120.5 + 111 * share * np.sin(angle)
    Seen(page, "color key").must_mark_about(down, across)


@pytest.mark.parametrize("width, across, least", [(1440, 3, 200), (1024, 3, 150), (768, 2, 150)])
def test_pictures_are_side_by_side(page, width, across, least):
    """By the width of the container, down to 150 pixels each, the image first."""
    page.set_viewport_size({"width": width, "height": 900})
    places = settled(page, lambda: [Seen(page, name).overlay.bounding_box() for name in NAMES])
    top = places[0]["y"]
    assert sum(abs(place["y"] - top) < 1 for place in places) == across
    assert min(place["width"] for place in places) >= least
    page.set_viewport_size({"width": 1440, "height": 900})
