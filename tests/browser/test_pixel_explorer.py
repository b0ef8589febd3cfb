"""PixelExplorer: the values of the pixel under the cursor, and the pixels around it enlarged."""

import re

import numpy as np
import pytest
from picture_bytes import file_bytes
from playwright.sync_api import expect

from browser.conftest import shown
from browser.controls import nothing_moves, pick, problem, set_ticks, upload
from browser.expected import gray, photo, sample
from browser.seen import Seen, until

CAT = sample("cat")
CHANNELS = {"red": CAT[..., 0], "green": CAT[..., 1], "blue": CAT[..., 2], "gray (luma)": gray(CAT)}
pixel = shown("pixel")


@pytest.fixture
def cat(pixel):
    """The explorer, with the whole cat."""
    pick(pixel, "longer side", "up to 512 pixels")
    pick(pixel, "image", "cat")
    pick(pixel, "show", "all channels")
    Seen(pixel, "all channels").must_show(photo(CAT))
    return pixel


def must_read(part, row, column, numbers, within=0.0051):
    """Wait until the line has these numbers and the enlarged part marks this pixel."""
    line = part.locator(".explorer-text", has_text=f"Row {row}, column {column}: ")
    expect(line).to_have_count(1)
    said = re.findall(r"(?:red|green|blue|value) ([\d.]+)[,.] ?", line.inner_text())
    assert [float(number.rstrip(".")) for number in said] == pytest.approx(numbers, abs=within)
    top, left = (min(max(at - 3, 0), n - 7) for at, n in zip((row, column), CAT.shape))
    near = Seen(part, f"rows {top} to {top + 6}, columns {left} to {left + 6}")
    near.must_show(photo(CAT[top : top + 7, left : left + 7]))
    near.must_mark(row - top, column - left, row - top + 1, column - left + 1)


@pytest.mark.parametrize("place", [(120, 300), (0, 0), (299, 450)])
def test_the_pixel_under_the_cursor_is_read_and_enlarged(cat, place):
    row, column = Seen(cat, "all channels").point(*place)
    must_read(cat, row, column, CAT[row, column])


def test_a_tapped_pixel_is_read(cat):
    view = Seen(cat, "all channels")
    row, column = view.tap(200, 100)
    must_read(cat, row, column, CAT[row, column])
    view.tap(200, 100)  # unpins it


def test_arrow_keys_move_the_cursor_by_one_pixel(cat):
    view = Seen(cat, "all channels")
    row, column = view.point(150, 200)
    view.overlay.focus()
    with nothing_moves(cat.page):
        for key in ("ArrowRight", "ArrowDown", "Shift+ArrowUp", "ArrowRight"):
            cat.page.keyboard.press(key)
        must_read(cat, row - 9, column + 2, CAT[row - 9, column + 2])
        cat.page.keyboard.press("Enter")  # unpins it


def test_numbers_from_0_to_255_are_the_bytes_of_the_file(cat):
    row, column = Seen(cat, "all channels").point(60, 90)
    pick(cat, "numbers", "0 to 255")
    expect(cat.get_by_text(re.compile(r"red \d\d+, green"))).to_be_visible()
    must_read(cat, row, column, np.rint(CAT[row, column] * 255), within=0)
    pick(cat, "numbers", "0 to 1")


def test_one_channel_alone_is_shown_in_gray(cat):
    for name, values in CHANNELS.items():
        pick(cat, "show", name)
        Seen(cat, re.escape(name)).must_show(photo(values))


def test_a_gray_picture_has_no_channels_to_choose(cat):
    set_ticks(cat, gray=True)
    Seen(cat, "gray: ").must_show(photo(gray(CAT)))
    expect(cat.get_by_label("show", exact=True)).to_be_disabled()
    set_ticks(cat, gray=False)
    Seen(cat, "all channels").must_show(photo(CAT))


def test_an_uploaded_picture_is_read(cat):
    own = np.random.default_rng(1).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    upload(cat, "mine.png", file_bytes(own))
    view = Seen(cat, "all channels")
    view.must_show(own)
    row, column = view.point(4, 7)
    line = "Row 4, column 7: " + ", ".join(
        f"{name} {value}" for name, value in zip(("red", "green", "blue"), own[row, column])
    )
    pick(cat, "numbers", "0 to 255")
    expect(cat.get_by_text(line)).to_be_visible()
    pick(cat, "numbers", "0 to 1")


def test_a_missing_camera_is_reported_in_one_line(cat):
    cat.get_by_role("button", name="camera", exact=True).click()
    expect(problem(cat)).to_contain_text("no picture from the camera: ")
    assert "\n" not in problem(cat).inner_text()
    Seen(cat, "all channels").must_show(photo(CAT))
    pick(cat, "image", "coins")
    assert until(cat.page, lambda: problem(cat).count() == 0)
