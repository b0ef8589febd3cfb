"""PoolingExplorer: the controls change the pooled picture, which is checked with loops."""

import re

import numpy as np
import pytest
from picture_bytes import file_bytes
from playwright.sync_api import expect
from scales import scale_end
from scipy import ndimage

from browser.conftest import shown
from browser.controls import (
    box,
    drag,
    dropdown,
    nothing_moves,
    number_in,
    pick,
    problem,
    set_numbers,
    set_ticks,
    swipe,
    type_into,
    upload,
)
from browser.expected import SOBEL, gray, photo, pooled, sample, window
from browser.seen import Seen, settled, until

CUP = sample("coffee", 128)  # 85 rows, 128 columns
START = {"size": 2, "dilation": 1, "shift down": 0, "shift right": 0}
pooling = shown("pooling")


@pytest.fixture
def cup(pooling):
    """The explorer, with a small picture of a cup of coffee and 2×2 windows."""
    pick(pooling, "longer side", "up to 128 pixels")
    pick(pooling, "image", "coffee")
    pick(pooling, "pool", "the picture")
    pick(pooling, "mode", "max")
    pooling.get_by_label("stride = size", exact=True).check()
    set_numbers(pooling, START)
    must_pool(pooling)
    return pooling


def must_pool(part, image=CUP, size=2, stride=None, mode="max", dilation=1):
    """Wait for the picture before pooling and the picture after."""
    Seen(part, "before").must_show(photo(image))
    Seen(part, f"{mode}, ").must_show(photo(pooled(image, size, stride, mode, dilation)))


def test_the_size_can_be_dragged(cup):
    drag(box(cup, "size"), 60)
    size = int(number_in(box(cup, "size")))
    assert 4 <= size <= 6
    expect(box(cup, "stride")).to_have_value(str(size))
    must_pool(cup, size=size)


def test_the_size_can_be_dragged_by_a_finger(cup):
    swipe(box(cup, "size"), 120)
    assert until(cup.page, lambda: number_in(box(cup, "size")) > 5)
    must_pool(cup, size=int(settled(cup.page, lambda: number_in(box(cup, "size")))))


def test_arrow_keys_change_the_size(cup):
    box(cup, "size").focus()
    with nothing_moves(cup.page):
        for key in ("ArrowRight", "ArrowUp", "ArrowLeft"):
            cup.page.keyboard.press(key)
        must_pool(cup, size=3)


def test_windows_overlap_with_a_smaller_stride_and_spread_with_dilation(cup):
    cup.get_by_label("stride = size", exact=True).uncheck()
    type_into(box(cup, "size"), "3")
    type_into(box(cup, "stride"), "2")
    must_pool(cup, size=3, stride=2)
    type_into(box(cup, "dilation"), "4")
    must_pool(cup, size=3, stride=2, dilation=4)


def test_each_mode_keeps_the_value_it_is_named_for(cup):
    for mode in ("mean", "min", "mixed", "brightest"):
        pick(cup, "mode", mode)
        must_pool(cup, mode=mode)


def test_edge_maps_are_pooled_with_their_sign(cup):
    pick(cup, "pool", "its vertical edges")
    edges = ndimage.correlate(gray(CUP), np.array(SOBEL), mode="nearest")
    Seen(cup, "before").must_show_signed(edges)
    Seen(cup, "max, ").must_show_signed(pooled(edges, 2), scale_end(edges))  # on the same scale


def test_a_shift_reports_the_fraction_unchanged_of_each_picture(cup):
    type_into(box(cup, "shift right"), "1")
    moved = np.roll(CUP, 1, axis=1)
    must_pool(cup, moved)
    fractions = [
        np.all(abs(after - before) <= 0.05, axis=2).mean()
        for before, after in ((CUP, moved), (pooled(CUP, 2), pooled(moved, 2)))
    ]
    line = cup.get_by_text("After the shift")

    def numbers_shown():
        return [int(number) for number in re.findall(r"(\d+)%", line.inner_text())]

    expected = pytest.approx([100 * fraction for fraction in fractions], abs=0.51)
    assert until(cup.page, lambda: numbers_shown() == expected), numbers_shown()


def new_colors():
    """Where the maximum of each channel gives a color that no pixel of the window has."""
    most = pooled(CUP, 2)
    found = np.empty(most.shape[:2], bool)
    for place in np.ndindex(found.shape):
        found[place] = not (window(CUP, *place, 2, 2) == most[place]).all(axis=1).any()
    return found


def test_new_colors_are_counted_and_marked(cup):
    found = new_colors()
    expect(
        cup.get_by_text(f"In {found.mean():.0%} of its pixels, max makes a color")
    ).to_be_visible()
    Seen(cup, "for comparison: brightest").must_show(photo(pooled(CUP, 2, mode="brightest")))
    set_ticks(cup, mark_new_colors=True)
    marked = photo(pooled(CUP, 2))
    marked[found] = 212, 0, 143
    Seen(cup, "max, ").must_show(marked)
    set_ticks(cup, mark_new_colors=False)
    must_pool(cup)


@pytest.mark.parametrize("way", [Seen.point, Seen.tap])
def test_pointing_at_an_output_pixel_marks_its_window(cup, way):
    type_into(box(cup, "size"), "6")
    must_pool(cup, size=6)
    place = row, column = way(Seen(cup, "max, "), 9, 4)
    Seen(cup, "before").must_mark_about(6 * row + 3, 6 * column + 3)
    most = window(CUP, *place, 6, 6).max(axis=0)
    line = cup.get_by_text("max of 36 pixels = ")

    def numbers_shown():
        return [
            float(number)
            for number in re.findall(r"(?:red|green|blue) ([\d.]+)", line.inner_text())
        ]

    assert until(cup.page, lambda: numbers_shown() == pytest.approx(most, abs=0.0051)), (
        numbers_shown()
    )
    way(Seen(cup, "max, "), 9, 4)  # a second tap unpins it


def test_true_size_draws_the_output_at_the_scale_of_the_image(cup):
    def width(title):
        return Seen(cup, title).overlay.bounding_box()["width"]

    assert width("max, ") == pytest.approx(width("before"), abs=1)
    set_ticks(cup, true_size=True)
    assert until(cup.page, lambda: width("max, ") == pytest.approx(width("before") / 2, abs=1))
    set_ticks(cup, true_size=False)


def test_an_uploaded_picture_is_pooled(cup):
    own = np.random.default_rng(2).integers(0, 256, (30, 20, 3), dtype=np.uint8)
    upload(cup, "mine.png", file_bytes(own))
    must_pool(cup, own / 255)
    upload(cup, "notes.png", b"no picture at all")
    expect(problem(cup)).to_contain_text("notes.png: ")
    must_pool(cup, own / 255)


def test_a_window_larger_than_the_picture_is_reported_in_one_line(cup):
    pick(cup, "longer side", "up to 16 pixels")
    small = sample("coffee", 16)
    must_pool(cup, small)
    type_into(box(cup, "dilation"), "4")
    type_into(box(cup, "size"), "8")
    expect(problem(cup)).to_contain_text("size")
    assert "\n" not in problem(cup).inner_text()
    type_into(box(cup, "size"), "2")
    expect(problem(cup)).to_have_count(0)
    must_pool(cup, small, dilation=4)


@pytest.mark.parametrize("width, across", [(1440, 3), (1024, 3), (768, 2)])
def test_input_and_output_are_side_by_side(cup, width, across):
    """At least 150 pixels each, first in a narrow container; the other mode beside or below them."""
    cup.page.set_viewport_size({"width": width, "height": 900})
    views = [Seen(cup, title) for title in ("before", "max", "for comparison")]
    places = settled(cup.page, lambda: [view.overlay.bounding_box() for view in views])
    assert all(place["width"] >= 150 for place in places[:2])
    one, other = (place["y"] + place["height"] / 2 for place in places[:2])
    assert abs(one - other) <= 1
    assert sum(place["y"] < places[0]["y"] + places[0]["height"] for place in places) == across
    above = dropdown(cup, "mode").bounding_box()["y"] < places[0]["y"]
    assert above == (width > 768)


def test_the_window_is_magnified(cup):
    type_into(box(cup, "size"), "4")
    row, column = Seen(cup, "max, ").point(5, 9)
    cells = CUP[4 * row : 4 * row + 4, 4 * column : 4 * column + 4]
    Seen(cup, "window").must_show(photo(cells))
