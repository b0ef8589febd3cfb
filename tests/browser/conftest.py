"""One Jupyter server and one browser for all tests of this folder; they need a Chromium."""

import os
import shutil

import pytest

from browser.controls import pick
from browser.expected import photo, sample
from browser.jupyter import (
    ROOT,
    NotebookPage,
    browser_path,
    headless_browser,
    jupyter_server,
    write_notebook,
)
from browser.seen import Seen

MISSING = "no browser for tests/browser: `apt-get install chromium`, or install Chrome or Chromium"
VIEWPORT = {"width": 1280, "height": 1000}


def pytest_terminal_summary(terminalreporter):
    if browser_path() is None:
        terminalreporter.write_line(MISSING)


@pytest.fixture(scope="package")
def browser():
    if browser_path() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with headless_browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def folder(tmp_path_factory):
    """Where the notebooks lie that the server shows, beside a copy of the pictures."""
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


def new_context(browser, **options):
    context = browser.new_context(viewport=VIEWPORT, **options)
    context.set_default_timeout(5_000)
    return context


@pytest.fixture(scope="package")
def run_notebook(address, folder, context):
    """A function: write a notebook of these cells, open it, run it; a `NotebookPage`."""

    def run(name, *sources, app="lab", context=context):
        write_notebook(folder / f"{name}.ipynb", *sources)
        notebook = NotebookPage(context, address, f"{name}.ipynb", app)
        notebook.run_all()
        return notebook

    return run


def all_well(notebook):
    """Yield the page; afterwards nothing must have failed in it or been fetched from elsewhere."""
    yield notebook.page
    assert notebook.problems == []
    assert notebook.foreign == []


@pytest.fixture
def page(notebook):
    """The page of the module's own `notebook`."""
    yield from all_well(notebook)


@pytest.fixture(scope="package", params=["lab", "notebooks"])
def kernel_notebook(request, run_notebook):
    start = "from helpers.explorers import KernelExplorer\nKernelExplorer('cat')"
    notebook = run_notebook(f"kernel_{request.param}", start, "1 + 1", app=request.param)
    yield notebook
    notebook.page.close()


@pytest.fixture
def explorer(kernel_notebook):
    """The page of a KernelExplorer, in JupyterLab and in Notebook 7, at the identity of the cat."""
    pick(kernel_notebook.page, "image", "cat")
    pick(kernel_notebook.page, "kernel", "identity")
    Seen(kernel_notebook.page, "answer").must_show(photo(sample("cat")[1:-1, 1:-1]))
    yield from all_well(kernel_notebook)
