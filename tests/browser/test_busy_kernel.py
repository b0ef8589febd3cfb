"""Run All Cells: an explorer is there and reacts while the cells below it still run."""

import pytest
from playwright.sync_api import expect

from browser.controls import box, type_into
from browser.expected import output, photo, sample
from browser.jupyter import NotebookPage, write_notebook
from browser.seen import Seen

EXPLORERS = """
from helpers.explorers import KernelExplorer, TrainingExplorer
from helpers.network import load_digits
display(KernelExplorer("coins", "identity"))
TrainingExplorer(load_digits("test"), load_digits("test"))
"""
RUNS = "import time\ntime.sleep(12)"
BUSY = "waiting until the cells that still run are done."


@pytest.fixture(scope="module")
def notebook(address, folder, desk):
    write_notebook(folder / "busy.ipynb", EXPLORERS.strip(), RUNS)
    notebook = NotebookPage(desk.context, address, "busy.ipynb", desk=desk)
    for name in ("Run", "Run All Cells"):
        notebook.page.get_by_role("menuitem", name=name, exact=True).first.click()
    yield notebook
    notebook.close()
    assert notebook.problems == []


def test_an_explorer_reacts_meanwhile_and_a_training_waits(notebook):
    page = notebook.page
    expect(page.locator(".explorer-drawn")).to_have_count(2, timeout=8000)
    type_into(box(page), "2")
    Seen(page, "output").must_show(
        photo(output(sample("coins"), [[0, 0, 0], [0, 2, 0], [0, 0, 0]]))
    )
    page.get_by_role("button", name="start", exact=True).click()
    expect(page.locator(".explorer-problem")).to_have_text(BUSY)
    last = page.locator(".jp-CodeCell .jp-InputArea-prompt").nth(1)
    expect(last).to_have_text("[*]:")
    expect(last).to_have_text("[2]:", timeout=20_000)
    expect(page.locator(".explorer-problem")).to_have_count(0)
    page.get_by_role("button", name="pause", exact=True).click()
