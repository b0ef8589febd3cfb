"""The page is reloaded while the kernel runs: the explorer is shown again and works."""

import pytest

from browser.controls import box, type_into
from browser.expected import SHARPEN, output, photo, sample
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
