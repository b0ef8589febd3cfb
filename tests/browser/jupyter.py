"""A Jupyter server and a browser to drive it, for tests, benchmarks and the README's pictures."""

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
IDLE = (
    ".jp-NotebookPanel-toolbar [data-status=idle], "
    ".jp-Notebook-ExecutionIndicator[data-status=idle]"
)
# reported when a page is slow for two seconds; harmless, see test_slow_page.py
GIVEN_UP = "[anywidget] Failed to initialize model."
# JupyterLab's own, when a page is closed or reloaded while it asks the kernel about its debugger
NOT_ASKED = "Could not restore the debugger state"
OPEN_TAB = """path => jupyterapp.commands.execute("docmanager:open", { path, factory: "Notebook" }).then(() => null)"""
CLOSE_TAB = """async () => {
    await jupyterapp.commands.execute("docmanager:save"); // or it would ask
    await jupyterapp.commands.execute("application:close");
}"""
# Jupyter replaces a cell's prompt when it starts to run, and shows [*] until it is done
MARK_TO_RUN = """() => document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")
    .forEach((prompt) => { prompt.textContent = "[to run]"; })"""
NONE_TO_RUN = """() => [...document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")]
    .every((prompt) => !/to run|\\*/.test(prompt.textContent))"""


def browser_path():
    """The Chromium on this machine, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def jupyter_server(folder, scratch):
    """Serve `folder` on a free port of 127.0.0.1; yield the address. Settings are kept in `scratch`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root",
               "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
               f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}",
               "--ServerApp.disable_check_xsrf=False",
               "--LabApp.extension_manager=readonly",
               "--LabApp.expose_app_in_browser=True"]  # fmt: skip
    with open(scratch / "server.log", "w") as log:
        process = subprocess.Popen(command, env=_settings(scratch), stdout=log, stderr=log)
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


def _settings(scratch):
    """Write the server's settings into `scratch`; return the environment that points there."""
    names = "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"
    own = {name: str(scratch / name) for name in names}
    config = scratch / "JUPYTER_CONFIG_DIR" / "labconfig"
    config.mkdir(parents=True)
    quiet = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (config / "page_config.json").write_text(json.dumps(quiet))
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**os.environ, **own, "PYTHONPATH": paths}


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
def headless_browser():
    """Yield headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
        yield browser
        browser.close()


@contextmanager
def chromium(size=(1280, 800), touch=False, dark=False):
    """Yield a browser context in headless Chromium."""
    with headless_browser() as browser:
        yield browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            has_touch=touch,
            color_scheme="dark" if dark else "light",
        )


def sessions(address, path):
    """The sessions of the notebook at `path`: what the server tells about each, and its kernel."""
    with urllib.request.urlopen(f"{address}/api/sessions?token={TOKEN}", timeout=20) as answer:
        return [session for session in json.load(answer) if session["path"] == path]


def has_idle_kernel(address, path):
    """Whether the notebook at `path` has an idle kernel."""
    kernels = [session["kernel"] for session in sessions(address, path)]
    return any(kernel["execution_state"] == "idle" for kernel in kernels)


def shut_down(address, path):
    """Shut down all kernels of the notebook at `path`, as when the computer is switched off."""
    for session in sessions(address, path):
        url = f"{address}/api/sessions/{session['id']}?token={TOKEN}"
        urllib.request.urlopen(urllib.request.Request(url, method="DELETE")).close()


class NotebookPage:
    """One notebook, open in JupyterLab ("lab") or in Notebook 7 ("notebooks").

    With a `desk`, an open page of JupyterLab without a notebook, it is opened there in a tab, which takes a
    fifth of the time; `close` then leaves the page open. `problems` lists the errors in the page since it was opened, `foreign` every address outside
    the server that was requested.
    """

    def __init__(self, context, address, path, app="lab", desk=None):
        self.address, self.path, self.desk = address, path, desk
        self.problems, self.foreign, self._listeners = [], [], []
        self.page = desk or context.new_page()
        self._listen("request", lambda request: self._note_address(request.url))
        self._listen("websocket", lambda socket: self._note_address(socket.url))
        if desk:
            desk.bring_to_front()
            desk.evaluate(OPEN_TAB, path)
        else:
            # in its own workspace, or JupyterLab would also open the last notebook
            tree = f"lab/workspaces/{Path(path).stem}/tree" if app == "lab" else "notebooks"
            self.page.goto(f"{address}/{tree}/{path}?token={TOKEN}")
        self.wait_open()
        # errors of Jupyter itself while it starts are ignored
        self._listen("pageerror", lambda error: self._note_problem(str(error)))
        self._listen("console", self._note_console)

    def _listen(self, event, listener):
        self._listeners.append((event, listener))
        self.page.on(event, listener)

    def close(self):
        """Close the page; on a desk, the tab only, and the kernel, which would learn of a closed page."""
        if not self.desk:
            self.page.close()
            return
        self.page.evaluate(CLOSE_TAB)
        for event, listener in self._listeners:
            self.page.remove_listener(event, listener)
        shut_down(self.address, self.path)

    def _note_address(self, url):
        own = self.address, self.address.replace("http", "ws"), "data:", "blob:", "attachment:"
        if not url.startswith(own):
            self.foreign.append(url)

    def _note_console(self, message):
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._note_problem(message.text)

    def _note_problem(self, text):
        if GIVEN_UP not in text and NOT_ASKED not in text:
            self.problems.append(text)

    def wait_open(self, seconds=60):
        """Wait until the cells are shown and the kernel is idle."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=seconds * 1000)
        select = self.page.locator(".jp-Dialog-button", has_text="Select")
        end = time.monotonic() + seconds
        while not has_idle_kernel(self.address, self.path):
            if time.monotonic() > end:
                raise TimeoutError("the kernel did not start")
            if select.is_visible():  # with a slow server JupyterLab asks which kernel to use
                select.click()
            self.page.wait_for_timeout(100)
        self.page.wait_for_selector(IDLE, timeout=seconds * 1000)

    def run_all(self, seconds=120):
        """Run every cell; return when none is waiting and the kernel is idle."""
        self.page.locator(".jp-Notebook .jp-Cell").first.click(position={"x": 400, "y": 10})
        self.page.evaluate(MARK_TO_RUN)
        for name in ("Run", "Run All Cells"):
            self.page.get_by_role("menuitem", name=name, exact=True).first.click()
        self.page.wait_for_function(NONE_TO_RUN, polling=50, timeout=seconds * 1000)
        self.page.wait_for_selector(IDLE, timeout=60_000)


def write_notebook(path, *sources):
    """Write a minimal notebook with one code cell per source."""
    cells = [
        {"cell_type": "code", "id": f"cell-{n}", "metadata": {}, "outputs": [],
         "execution_count": None, "source": source}
        for n, source in enumerate(sources)
    ]  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4}
    Path(path).write_text(json.dumps({**notebook, "nbformat_minor": 5}))
