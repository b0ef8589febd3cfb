"""One Jupyter server and one browser for all tests of this folder, which need a Chromium."""

import os

import pytest
from browser.jupyter import ROOT, NotebookPage, browser_path, headless_browser, jupyter_server

MISSING = "no browser found: `apt-get install chromium`, or install Chrome or Chromium"


def pytest_collection_modifyitems(items):
    """Say that a browser is missing once, before any server is started."""


@pytest.fixture(scope="package")
def browser():
    if browser_path() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING, pytrace=False)
    with headless_browser() as browser:
        yield browser
