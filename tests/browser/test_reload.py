"""The page is reloaded or closed while the kernel runs: the explorer works again, a training is paused."""

import re

import pytest
from playwright.sync_api import expect

from browser.controls import box, press, problem, run_cell, type_into
from browser.expected import SHARPEN, output, photo, sample
from browser.jupyter import NotebookPage
from browser.seen import Seen

COINS = sample("coins")


@pytest.fixture(scope="module")
def notebook(run_notebook):
    start = "from helpers.explorers import KernelExplorer\nKernelExplorer('coins')"
    notebook = run_notebook("reload", start)
    yield notebook
    notebook.page.close()


def test_a_saved_notebook_shows_its_explorer_again_after_a_reload(notebook, page):
    Seen(page, "output").must_show(photo(output(COINS, SHARPEN)))
    page.keyboard.press("Control+s")
    page.wait_for_selector(".jp-NotebookPanel:not(.jp-mod-dirty)")
    page.wait_for_timeout(300)
    page.reload()
    notebook.wait_open()
    page.wait_for_selector(".image-view-pixels")
    Seen(page, "output").must_show(photo(output(COINS, SHARPEN)))
    type_into(box(page), "2")
    weaker = [[0, -1, 0], [-1, 2, -1], [0, -1, 0]]
    Seen(page, "output").must_show(photo(output(COINS, weaker)))


def test_a_training_pauses_when_its_page_is_closed(run_notebook, context):
    """Also unsaved, when the page that is opened later has no button to pause it."""
    source = "from helpers.explorers import KernelLearner\nlearner = KernelLearner('cat')\nlearner"
    asked = "print('step', learner.descent.count, learner.runner.running)"
    notebook = run_notebook("closed", source, asked)
    press(notebook.page, "start")
    notebook.page.get_by_text(re.compile(r"Step [1-9]\d+:")).wait_for()
    notebook.page.close()
    page = NotebookPage(context, notebook.address, notebook.path).page
    expect(page.locator(".explorer")).to_have_count(0)
    counts = []
    for _ in range(2):
        run_cell(page, 1)
        page.wait_for_timeout(700)
        printed = page.locator(".jp-RenderedText", has_text="step").text_content().split()
        counts.append(printed[1])
        assert printed[2] == "False"
    assert counts[0] == counts[1]
    page.close()


def test_a_training_pauses_when_its_page_is_reloaded_and_can_be_continued(run_notebook):
    source = "from helpers.explorers import KernelLearner\nKernelLearner('cat')"
    notebook = run_notebook("reloaded", source)
    page = notebook.page
    press(page, "start")
    page.get_by_text(re.compile(r"Step [1-9]\d+:")).wait_for()
    page.locator("[data-command='docmanager:save']").first.click()
    page.wait_for_selector(".jp-NotebookPanel:not(.jp-mod-dirty)")
    page.wait_for_timeout(300)
    page.reload()
    notebook.wait_open()
    expect(problem(page)).to_contain_text("paused, since its page was closed or opened again")
    press(page, "start")
    expect(problem(page)).to_have_count(0)
    press(page, "pause")
    expect(page.get_by_role("button", name="start", exact=True)).to_be_visible()
    page.close()
