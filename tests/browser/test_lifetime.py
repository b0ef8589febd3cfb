"""JupyterLab reports which cells run and which are deleted: their explorers are closed, others stay."""

import pytest

CELLS = (
    "import ipywidgets.widgets.widget as registry\n"
    "from helpers.explorers import ParameterCounter as Counter",
    "Counter()",
    "print('open:', sum(isinstance(w, Counter) for w in registry._instances.values()))",
)


@pytest.fixture(scope="module")
def notebook(run_notebook):
    notebook = run_notebook("lifetime", *CELLS)
    yield notebook
    notebook.page.close()


def select(page, number):
    page.keyboard.press("Escape")
    page.locator(".jp-CodeCell .jp-InputPrompt").nth(number).click()


def run(notebook, number):
    """Run one cell; wait until it is done."""
    prompt = notebook.page.locator(".jp-CodeCell .jp-InputPrompt").nth(number)
    before = prompt.text_content()
    select(notebook.page, number)
    notebook.page.keyboard.press("Control+Enter")
    notebook.page.wait_for_function(
        "([n, before]) => { const text = document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')"
        "[n].textContent; return /\\d/.test(text) && text !== before; }",
        arg=[number, before],
    )


def counted(notebook):
    """How many explorers are open, as printed by the last cell when it runs the second time.

    Explorers of deleted cells are closed after the run that reports the deletion.
    """
    last = notebook.page.locator(".jp-CodeCell").count() - 1
    for _ in range(2):
        run(notebook, last)
        notebook.page.wait_for_timeout(300)
    return notebook.page.locator(".jp-RenderedText", has_text="open:").last.text_content().strip()


def test_explorers_follow_cells_that_are_rerun_moved_and_deleted(notebook, page):
    assert counted(notebook) == "open: 1"
    run(notebook, 1)
    run(notebook, 1)
    assert counted(notebook) == "open: 1"
    select(page, 1)
    page.keyboard.press("x")  # cut, and pasted again
    select(page, 0)
    page.keyboard.press("v")
    page.wait_for_selector(".explorer-drawn")
    page.wait_for_timeout(500)
    assert counted(notebook) == "open: 1"
    page.keyboard.press("Control+s")
    page.wait_for_timeout(500)
    page.reload()
    notebook.wait_open()
    page.wait_for_selector(".explorer-drawn")
    assert counted(notebook) == "open: 1"
    select(page, 1)
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.wait_for_timeout(500)
    assert counted(notebook) == "open: 0"
