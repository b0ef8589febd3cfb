"""One Jupyter server and one browser for all tests of this folder; they need a Chromium."""

import os

import pytest
from browser.jupyter import NotebookPage, browser_path, headless_browser, jupyter_server
from browser.jupyter import write_notebook as write

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
    """Where the notebooks lie that the server shows."""
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="package")
def address(browser, folder, tmp_path_factory):
    with jupyter_server(folder, tmp_path_factory.mktemp("settings")) as address:
        yield address


@pytest.fixture(scope="package")
def context(browser):
    return browser.new_context(viewport=VIEWPORT)


@pytest.fixture(scope="package")
def touch(browser):
    """A context with a screen to be touched."""
    return browser.new_context(viewport=VIEWPORT, has_touch=True)


@pytest.fixture(scope="package")
def run_notebook(address, folder):
    """A function: write a notebook of these cells, open it, run it; a `NotebookPage`."""

    def run(context, name, *sources, app="lab"):
        write(folder / f"{name}.ipynb", *sources)
        notebook = NotebookPage(context, address, f"{name}.ipynb", app)
        notebook.run_all()
        return notebook

    return run


@pytest.fixture
def page(notebook):
    """The page of the module's own fixture `notebook`; after each test nothing must have failed."""
    yield notebook.page
    assert notebook.problems == []
    assert notebook.foreign == []
