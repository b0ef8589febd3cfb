"""A page so busy that anywidget gives up loading its parts: they still receive Python's messages."""

import numpy as np
import pytest

from browser.conftest import new_context
from browser.controls import box, type_into
from browser.expected import SHARPEN, output, photo, sample
from browser.seen import Seen

COINS = sample("coins")
TWICE = 2 * np.array(SHARPEN)
# anywidget waits two seconds for a part to load; here not at all, as if the page were slow
NO_TIME = """
const timeout = AbortSignal.timeout.bind(AbortSignal);
window.givenUp = 0;
AbortSignal.timeout = (milliseconds) => {
    if (milliseconds !== 2000) return timeout(milliseconds);
    givenUp += 1;
    return timeout(0);
};
"""


@pytest.fixture(scope="module")
def notebook(browser, run_notebook):
    start = (
        "from helpers.explorers import KernelExplorer\nexplorer = KernelExplorer('coins')\nexplorer"
    )
    later = "explorer.weights.kernel = explorer.weights.kernel * 2"
    context = new_context(browser)
    context.add_init_script(NO_TIME)
    yield run_notebook("slow", start, later, context=context)
    context.close()


def test_a_change_from_python_is_shown(notebook):
    assert notebook.page.evaluate("givenUp") > 0
    Seen(notebook.page, "output").must_show(photo(output(COINS, TWICE)))
    assert box(notebook.page).input_value() == "10"


def test_a_typed_number_takes_effect(notebook):
    type_into(box(notebook.page), "2")
    kernel = TWICE.copy()
    kernel[1, 1] = 2
    Seen(notebook.page, "output").must_show(photo(output(COINS, kernel)))
    assert notebook.problems == []
