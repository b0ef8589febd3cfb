"""Lesson 00, opened for the first time: one key press, and the explorer is where its picture was."""

import shutil

import pytest
from playwright.sync_api import expect

from browser.controls import box, number_in, swipe
from browser.jupyter import ROOT, NotebookPage
from browser.seen import Seen, until

LESSON = ROOT / "notebooks" / "00_start_here.ipynb"
NEXT = "01_images_are_numbers.ipynb"
PHONE = {"width": 390, "height": 844}
DRAG = 22  # CSS pixels from one whole weight to the next, about
STEADY = 0.01  # layout shift, of the window
WATCH = """() => {
    window.shift = 0;
    const add = (entries) => entries.getEntries().forEach(({ value }) => { window.shift += value; });
    new PerformanceObserver(add).observe({ type: "layout-shift" });
}"""
STILL = "img[alt^='Still picture']"
ACTIVE = (
    "[...document.querySelectorAll('.jp-Cell')].findIndex((cell) => cell.matches('.jp-mod-active'))"
)


APPS = pytest.mark.parametrize("app", ["lab", "notebooks"])


@pytest.fixture
def lesson(app, address, folder, context):
    """A fresh copy, which Jupyter does not trust."""
    name = f"first_{app}.ipynb"
    shutil.copy(LESSON, folder / name)
    shutil.copy(LESSON.parent / NEXT, folder)
    notebook = NotebookPage(context, address, name, app)
    yield notebook.page
    assert notebook.problems == []
    notebook.page.close()


def start(page):
    """Do what the lesson says, and wait until the explorer is drawn."""
    page.locator(".jp-CodeCell .jp-InputArea-editor").first.click(position={"x": 250, "y": 10})
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".explorer-drawn")).to_be_visible()
    expect(page.locator(STILL)).to_be_hidden()
    page.wait_for_timeout(500)


@APPS
@pytest.mark.parametrize("width, height", [(1440, 900), (1024, 768)])
def test_nothing_moves_when_the_picture_becomes_the_explorer(lesson, width, height):
    """The cell of the picture is hidden then, and the keyboard passes over it."""
    lesson.set_viewport_size({"width": width, "height": height})
    expect(lesson.locator(STILL)).to_be_visible()
    before = lesson.locator(STILL).bounding_box()
    lesson.wait_for_timeout(500)
    lesson.evaluate(WATCH)
    start(lesson)
    assert lesson.evaluate("window.shift") <= STEADY
    after = lesson.locator(".explorer").bounding_box()
    assert abs(after["x"] - before["x"]) <= 20 and abs(after["y"] - before["y"]) <= 30
    pictures = lesson.locator(".explorer-image")
    for part in lesson.locator(".explorer-numbers").first, pictures.nth(0), pictures.nth(1):
        expect(part).to_be_in_viewport(ratio=0.99)
    assert lesson.evaluate(ACTIVE) == 3
    lesson.keyboard.press("Shift+Enter")
    lesson.wait_for_function(f"({ACTIVE}) === 4")


@APPS
def test_the_first_task_works_by_touch(lesson):
    """On a phone: a finger drags the middle weight from 1 to 0, and the output is darker."""
    lesson.set_viewport_size(PHONE)
    if lesson.locator("#jp-left-stack").is_visible():
        lesson.keyboard.press("Control+b")  # the list of files covers the page
    start(lesson)
    middle, output = box(lesson, "weight in row 1, column 1"), Seen(lesson, "output")
    bright = output.picture.mean()
    output.figure.evaluate("(figure) => figure.scrollIntoView()")
    swipe(middle, -DRAG)
    assert until(lesson, lambda: number_in(middle) == 0)
    assert until(lesson, lambda: output.picture.mean() < bright / 2)
    for part in middle, output.figure.locator(".image-view-box"):
        expect(part).to_be_in_viewport(ratio=0.99)


@APPS
def test_a_card_of_the_map_opens_its_lesson(lesson):
    """In a copy that is not trusted too, three cards in a row."""
    cards = lesson.locator(".jp-OutputArea-output td:has(img)")
    cards.first.scroll_into_view_if_needed()
    boxes = [card.bounding_box() for card in cards.all()]
    assert len({round(box["width"]) for box in boxes}) == 1
    assert [round(box["x"]) for box in boxes[:3]] == [round(box["x"]) for box in boxes[3:6]]
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    with lesson.expect_request(lambda request: f"contents/{NEXT}" in request.url):
        cards.first.locator("a").first.click()
