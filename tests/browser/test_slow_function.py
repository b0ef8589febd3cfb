"""A function of the user that takes its time: the page says that it waits, and when the result is there."""

import re
import time

import pytest
from playwright.sync_api import expect

from browser.controls import box, type_into
from browser.seen import Seen

CELL = """
import time
from helpers import convolve
from helpers.explorers import KernelExplorer

def my_convolve(image, kernel):
    if kernel[1, 1] == 2:
        time.sleep(2.5)
    return convolve(image, kernel)

KernelExplorer("coins", convolve=my_convolve)
"""


@pytest.fixture(scope="module")
def notebook(run_notebook, desk):
    notebook = run_notebook("slow_function", CELL.strip(), desk=desk)
    yield notebook
    notebook.close()


def test_a_late_result_is_announced_and_then_shown(notebook, page):
    waiting = page.locator(".explorer-waiting")
    expect(waiting).to_have_text("")
    view = Seen(page, "output")
    before = view.picture
    start = time.monotonic()
    type_into(box(page), "2")
    expect(waiting).to_have_text("Still computing …")
    expect(waiting).to_have_text(re.compile(r"Done after \d+ s\."))
    seconds = int(re.search(r"\d+", waiting.inner_text())[0])
    assert 3 <= seconds <= round(time.monotonic() - start)  # 2.5 s of sleep, and what the page took
    assert (view.picture != before).any()
    expect(page.locator(".explorer-problem")).to_have_count(0)
    type_into(box(page), "5")
    expect(waiting).to_have_text("")
