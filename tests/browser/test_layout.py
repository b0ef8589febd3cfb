"""Pictures side by side and in view with the weights; few tab stops; "more controls"; compare."""

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.controls import box, button
from browser.seen import Seen, settled, until

SIZES = [(1440, 900), (1024, 768), (768, 1024), (390, 844)]
PANEL = ".jp-NotebookPanel-notebook"
STOPS = "input, select, button, [tabindex='0']"


@pytest.fixture(scope="module")
def notebook(run_notebook, desk):
    cells = "KernelExplorer('cat')", "KernelExplorer('cat', controls=['stride'])"
    notebook = run_notebook("layout", "from helpers.explorers import *", *cells, desk=desk)
    yield notebook
    notebook.close()


@pytest.fixture
def explorer(page):
    page.set_viewport_size({"width": 1024, "height": 768})
    return page.locator(".explorer").first


def place(part):
    """Left, top, right and bottom of a part of the page."""
    box = part.bounding_box()
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def pictures(explorer):
    return [
        Seen(explorer, title).figure.locator(".image-view-box") for title in ("image", "output")
    ]


def resize(page, explorer, width, height):
    """Make the window this large, without the sidebar on a phone, and scroll to the explorer."""
    page.set_viewport_size({"width": width, "height": height})
    narrow = width < 500
    if page.locator("#jp-left-stack").is_visible() == narrow:
        page.keyboard.press("Control+b")
    settled(page, explorer.bounding_box)
    explorer.evaluate("(explorer) => explorer.scrollIntoView({ block: 'start' })")
    settled(page, explorer.bounding_box)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_weights_and_pictures_are_in_view_at_once(page, explorer, size):
    """In JupyterLab with its sidebar; on a phone without it."""
    resize(page, explorer, *size)
    weights = explorer.get_by_role("group", name="weights of the kernel")
    _, top, _, bottom = place(page.locator(PANEL))
    places = [place(part) for part in (*pictures(explorer), weights)]
    for left, upper, right, lower in places:
        assert top - 1 <= upper and lower <= bottom + 1
        assert left >= 0 and right <= size[0]
    image, output, grid = places
    assert image[1] == pytest.approx(output[1], abs=1)  # side by side
    assert image[2] <= output[0]
    assert image[2] - image[0] == pytest.approx(output[2] - output[0], abs=1)
    room = explorer.bounding_box()["width"]
    if room >= 560:
        assert grid[2] <= image[0]
        assert image[2] - image[0] >= 150
    else:
        assert max(image[3], output[3]) <= grid[1]
        assert image[2] - image[0] >= min(150, room / 2 - 16)
    resize(page, explorer, 1024, 768)


def test_few_tab_stops_come_before_the_output(explorer):
    """Nine weights, image, kernel, show, and the button for more."""
    output = Seen(explorer, "output").overlay.element_handle()
    before = explorer.locator(STOPS).filter(visible=True).evaluate_all(
        "(stops, output) => stops.indexOf(output)", output
    )  # fmt: skip
    assert 0 < before <= 14


def test_the_keyboard_goes_where_the_eye_goes(page, explorer):
    """To the pictures first where they are first; to the panel first where it is on the left."""
    first = explorer.locator(".image-view [role=slider]").first
    for width, follows in ((768, False), (1024, True)):
        resize(page, explorer, width, 768)
        first.focus()
        page.keyboard.press("Shift+Tab")
        more = button(explorer, "more controls")
        assert more.evaluate("(part) => part === document.activeElement") == follows


def test_more_controls_are_shown_by_a_key_and_work_while_hidden(page, explorer):
    """Each explorer has a button of its own, and its own state."""
    more, bias = button(explorer, "more controls"), box(explorer, "bias")
    other = page.locator(".explorer").nth(1)
    for key, expanded in (("Enter", "true"), ("Space", "false")):
        more.focus()
        page.keyboard.press(key)
        expect(more).to_have_attribute("aria-expanded", expanded)
        expect(bias).to_be_visible(visible=expanded == "true")
        owned = page.locator(f"#{more.get_attribute('aria-controls')}")
        assert owned.locator(".numbers-text").count() == 3  # bias, stride, dilation
        expect(button(other, "more controls")).to_have_attribute("aria-expanded", "false")
    assert more.bounding_box()["height"] >= 28


def test_chosen_controls_are_shown_the_others_folded(page, explorer):
    other = page.locator(".explorer").nth(1)
    expect(box(other, "stride")).to_be_visible()
    for label in ("weight in row 1, column 1", "image", "kernel", "bias"):
        expect(box(other, label)).to_be_hidden()


def test_the_image_is_shown_in_place_of_the_output_while_the_button_is_held(page, explorer):
    """With the mouse, wherever it is released, and with a key."""
    hold, mouse = button(explorer, "hold to compare"), page.mouse
    output, image = (Seen(explorer, title) for title in ("output", "image"))
    cover = output.figure.locator(".compare-cover")

    def must_cover():
        expect(cover).to_have_count(1)
        expect(hold).to_have_attribute("aria-pressed", "true")
        seen = Seen(explorer, "output")._read(".compare-pixels")[..., :3]
        np.testing.assert_array_equal(seen, image.picture)

    hold.hover()
    mouse.down()
    must_cover()
    mouse.move(5, 5)
    must_cover()
    mouse.up()
    expect(cover).to_have_count(0)
    for key in ("Space", "Enter"):
        hold.focus()
        page.keyboard.down(key)
        must_cover()
        page.keyboard.up(key)
        expect(cover).to_have_count(0)
    expect(hold).to_have_attribute("aria-pressed", "false")
    page.keyboard.down("Space")
    output.overlay.focus()  # the key is released elsewhere
    assert until(page, lambda: cover.count() == 0)
    page.keyboard.up("Space")
