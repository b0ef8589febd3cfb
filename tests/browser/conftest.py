"""One Jupyter server and one browser for all tests of this folder; they need a Chromium."""

import os
import shutil

import pytest
from playwright.sync_api import expect

from browser.controls import pick, unfold
from browser.expected import photo, sample
from browser.jupyter import (
    ROOT,
    TOKEN,
    NotebookPage,
    browser_path,
    headless_browser,
    jupyter_server,
    write_notebook,
)
from browser.seen import Seen

MISSING = "no browser for tests/browser: `apt-get install chromium`, or install Chrome or Chromium"
PATIENCE = 15_000  # milliseconds: another test process may keep the other core busy
VIEWPORT = {"width": 1280, "height": 1000}
GRID = "np.arange(30).reshape(5, 6) % 9"
GALLERY = {  # explorers that can share a notebook, each in its initial state
    "pixel": "PixelExplorer('coins')",
    "pooling": "PoolingExplorer('coins')",
    "pooling grid": f"PoolingExplorer({GRID})",
    "window grid": f"WindowExplorer({GRID}, np.array([[1, 0], [0, -1]]))",
    "channel": "ChannelExplorer('circles')",
    "bank": "BankExplorer('letters')",
    "stripes": "StripeExplorer('sharpen', 5, 30)",
    "counter": "ParameterCounter()",
    "builder": "NetworkBuilder()",
}
LEARNING = {  # explorers of training and of a trained network; they share a kernel too
    "kernel learner": "KernelLearner('cat', rate=5)",
    "training": "started.append(TrainingExplorer(half(0), half(1), epochs=50)); started[-1]",
    "inside": "InsideExplorer(Network.load('../images/digits/network.npz'))",
    "filters": "FilterExplorer(Network.load('../images/digits/network.npz'))",
}
SET_UP = """
from helpers.explorers import *
from helpers.network import Network, load_digits
started, digits = [], load_digits("test")
def half(k):
    return [part[k::2] for part in digits]
"""


def pytest_terminal_summary(terminalreporter):
    if browser_path() is None:
        terminalreporter.write_line(MISSING)


@pytest.fixture(scope="package")
def browser():
    if browser_path() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with headless_browser() as browser:
        expect.set_options(timeout=PATIENCE)
        yield browser


@pytest.fixture(scope="package")
def folder(tmp_path_factory):
    """The folder of notebooks that the server serves, next to a copy of the pictures."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "images", course / "images")
    (course / "notebooks").mkdir()
    return course / "notebooks"


@pytest.fixture(scope="package")
def address(browser, folder, tmp_path_factory):
    with jupyter_server(folder, tmp_path_factory.mktemp("settings")) as address:
        yield address


@pytest.fixture(scope="package")
def context(browser):
    return new_context(browser)


def new_context(browser):
    """A laptop with a mouse, a keyboard and a touch screen."""
    context = browser.new_context(viewport=VIEWPORT, has_touch=True)
    context.set_default_timeout(PATIENCE)
    context.set_default_navigation_timeout(60_000)
    return context


@pytest.fixture(scope="package")
def desk(context, address):
    """A page of JupyterLab, in which one notebook after the other is opened and closed."""
    page = context.new_page()
    page.goto(f"{address}/lab/workspaces/desk?token={TOKEN}")
    page.wait_for_selector(".jp-Launcher")
    yield page
    page.close()


@pytest.fixture(scope="package")
def run_notebook(address, folder, context):
    """A function that writes a notebook of these cells, opens and runs it, and returns a `NotebookPage`."""

    def run(name, *sources, app="lab", context=context, desk=None):
        write_notebook(folder / f"{name}.ipynb", *sources)
        notebook = NotebookPage(context, address, f"{name}.ipynb", app, desk)
        notebook.run_all()
        return notebook

    return run


def all_well(notebook, part=None):
    """Yield the page or a part of it, then assert that nothing failed or was fetched from another host.

    The page is brought to the front first: a page in the background is drawn once a second. Other tests may
    have left the window in another size.
    """
    notebook.page.bring_to_front()
    notebook.page.set_viewport_size(VIEWPORT)
    yield part or notebook.page
    assert notebook.problems == []
    assert notebook.foreign == []


@pytest.fixture
def page(notebook):
    """The page of the module's `notebook` fixture."""
    yield from all_well(notebook)


@pytest.fixture(scope="package")
def gallery(run_notebook):
    start = "import numpy as np\nfrom helpers.explorers import *"
    notebook = run_notebook("gallery", start, *GALLERY.values())
    unfold(notebook.page)
    yield notebook
    notebook.page.close()


@pytest.fixture(scope="package")
def learning(run_notebook):
    """The second gallery; its last cells show the first training again, and the last learning rate."""
    first = "started[0]"
    rate = "step = started[-1].step\nprint('rate', step and step.optimizer.learning_rate)"
    notebook = run_notebook("learning", SET_UP.strip(), *LEARNING.values(), first, rate)
    unfold(notebook.page)
    yield notebook
    notebook.page.close()


def shown(name):
    """A fixture: the part of the page that holds one explorer of a gallery."""
    gallery, names = ("gallery", GALLERY) if name in GALLERY else ("learning", LEARNING)

    @pytest.fixture
    def part(request):
        notebook = request.getfixturevalue(gallery)
        explorer = notebook.page.locator("css:light=.explorer").nth(list(names).index(name))
        yield from all_well(notebook, explorer)

    return part


@pytest.fixture(scope="package", params=["lab", "notebooks"])
def kernel_notebook(request, run_notebook):
    start = "from helpers.explorers import KernelExplorer\nKernelExplorer('cat')"
    notebook = run_notebook(f"kernel_{request.param}", start, "1 + 1", app=request.param)
    unfold(notebook.page)
    yield notebook
    notebook.page.close()


@pytest.fixture
def explorer(kernel_notebook):
    """The page of a KernelExplorer, in JupyterLab and in Notebook 7, with the cat and the identity kernel."""
    kernel_notebook.page.bring_to_front()
    pick(kernel_notebook.page, "image", "cat")
    pick(kernel_notebook.page, "kernel", "identity")
    Seen(kernel_notebook.page, "output").must_show(photo(sample("cat")[1:-1, 1:-1]))
    yield from all_well(kernel_notebook)
