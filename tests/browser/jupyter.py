"""A Jupyter server on this machine and a browser that drives it, for tests, benchmarks and pictures."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "course"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


def browser_path():
    """The Chromium on this machine, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def jupyter_server(folder, scratch):
    """Serve `folder` on a free port of 127.0.0.1; yield the address. Settings stay in `scratch`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {name: str(scratch / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    quiet = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (scratch / "JUPYTER_CONFIG_DIR" / "labconfig").mkdir(parents=True)
    (scratch / "JUPYTER_CONFIG_DIR" / "labconfig" / "page_config.json").write_text(json.dumps(quiet))
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
               f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
               f"--ServerApp.root_dir={folder}", "--ServerApp.disable_check_xsrf=False",
               "--LabApp.extension_manager=readonly"]  # fmt: skip
    with open(scratch / "server.log", "w") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **own, "PYTHONPATH": paths}, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api/status?token={TOKEN}", process, scratch / "server.log")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(url, process, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2).read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the Jupyter server did not answer:\n{log.read_text()[-2000:]}")


@contextmanager
def chromium(size=(1280, 800), touch=False, dark=False):
    """Yield a browser context in headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
        yield browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            has_touch=touch,
            color_scheme="dark" if dark else "light",
        )
        browser.close()


class NotebookPage:
    """One notebook, open in JupyterLab ("lab") or in Notebook 7 ("notebooks")."""

    def __init__(self, context, address, path, app="lab"):
        self.problems, self.foreign = [], []
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self._note(request, address))
        tree = "lab/tree" if app == "lab" else "notebooks"
        self.page.goto(f"{address}/{tree}/{path}?token={TOKEN}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self._wait_idle()

    def _note(self, request, address):
        if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
            self.foreign.append(request.url)

    def _wait_idle(self):
        self.page.wait_for_selector(
            ".jp-NotebookPanel-toolbar [data-status=idle], .jp-Notebook-ExecutionIndicator[data-status=idle]",
            timeout=60_000,
        )

    def run_all(self, seconds=120):
        """Run every cell; return when the last one has its number."""
        self.page.locator(".jp-Notebook .jp-Cell").first.click(position={"x": 400, "y": 10})
        menu = self.page.get_by_role("menuitem", name="Run", exact=True)
        menu.first.click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).first.click()
        self.page.wait_for_timeout(500)
        self._wait_idle()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.page.locator(".jp-InputPrompt", has_text="[*]").count() == 0:
                return
            self.page.wait_for_timeout(200)
        raise TimeoutError("cells are still running")


def write_notebook(path, *sources):
    """Write a bare notebook with one code cell for each source."""
    cells = [
        {"cell_type": "code", "id": f"cell-{n}", "metadata": {}, "outputs": [],
         "execution_count": None, "source": source}
        for n, source in enumerate(sources)
    ]  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    Path(path).write_text(
        json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
    )
