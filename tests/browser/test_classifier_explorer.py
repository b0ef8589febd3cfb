"""ClassifierExplorer on a page: drawn with the mouse, named by keyboard, trained, a set opened and saved."""

import re

import numpy as np
import pytest
from drawn_by_script import drawing
from playwright.sync_api import expect

from browser.controls import button, problem
from browser.seen import Seen
from helpers.network.picture_set import zip_bytes

START = """
import numpy as np
from helpers.explorers import ClassifierExplorer
from helpers.network import DOODLE_NAMES, load_doodles
images, labels = (part[::5] for part in load_doodles())
ClassifierExplorer((images, labels, DOODLE_NAMES))
"""


@pytest.fixture(scope="module")
def notebook(run_notebook):
    notebook = run_notebook("classifier", START.strip())
    yield notebook
    notebook.page.close()


def line(page, text):
    """The line of text with these words."""
    return page.locator(".explorer-line", has_text=re.compile(text))


def draw(page, name):
    """Draw with the mouse, stroke by stroke."""
    for stroke in drawing("faces", name, np.random.default_rng(0)):
        Seen(page, "draw here").stroke(*(tuple(map(int, cell)) for cell in stroke))


def test_a_drawing_is_asked_about_added_and_learned(page):
    """The bars answer at once; after training they are right; asking has changed no weight."""
    button(page, "start").click()
    expect(button(page, "pause")).to_be_visible()
    expect(button(page, "start")).to_be_visible(timeout=60_000)
    draw(page, "house")
    expect(line(page, "^Your drawing: house, ")).to_be_visible()
    expect(line(page, r"\d+ predictions since the last training step: 0 of 2,451")).to_be_visible()
    button(page, "add").nth(2).click()
    expect(line(page, "^25 pictures, 6 held out")).to_be_visible()
    expect(line(page, "^Of the last picture that you added, it had predicted 1")).to_be_visible()
    assert Seen(page, "draw here").picture.max() == 0


def test_a_name_is_typed_and_escape_restores_it(page):
    name = page.get_by_label("name of the class").first
    name.fill("lion")
    name.press("Enter")
    expect(page.locator("option", has_text="only lion")).to_have_count(1)
    name.fill("a/b")
    name.press("Escape")
    expect(name).to_have_value("lion")
    name.fill("dog")
    name.press("Enter")
    expect(problem(page)).to_contain_text("two classes are called 'dog'")
    name.fill("cat")
    name.press("Enter")
    expect(problem(page)).to_have_count(0)


def test_a_set_is_opened_as_a_test_and_saved(page):
    """A file chosen on the page; the other is written beside the notebook."""
    theirs = zip_bytes(np.zeros((2, 28, 28)), [0, 1], ["cat", "house"])
    with page.expect_file_chooser() as chooser:
        button(page, "open as test").click()
    chooser.value.set_files({"name": "theirs.zip", "mimeType": "application/zip", "buffer": theirs})
    expect(line(page, "a test set of 2")).to_be_visible()
    button(page, "save set").click()
    expect(line(page, "^Saved 25 pictures in my_pictures.zip")).to_be_visible()
