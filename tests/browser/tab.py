"""A browser tab driven directly by the DevTools protocol, for measurements.

Playwright copies everything that passes through a page's websockets, which for pictures costs
more than showing them.
"""

import itertools
import json
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import websocket

from browser.jupyter import QUIET, browser_path

CODES = {"ArrowLeft": 37, "ArrowRight": 39}


@contextmanager
def lone_chromium(profile):
    """Start headless Chromium with its settings in `profile`; yield its DevTools address."""
    command = [browser_path(), "--headless", *QUIET, "--window-size=1440,900",
               "--remote-debugging-port=0", f"--user-data-dir={profile}"]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{_port(Path(profile) / 'DevToolsActivePort')}"
    finally:
        process.terminate()
        process.wait(20)


def _port(file, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if file.exists() and (lines := file.read_text().split()):
            return lines[0]
        time.sleep(0.1)
    raise TimeoutError("Chromium did not open its DevTools")


class Tab:
    """A new tab at `url`, in front of the others."""

    def __init__(self, devtools, url):
        new = urllib.request.Request(f"{devtools}/json/new?{quote(url)}", method="PUT")
        with urllib.request.urlopen(new) as answer:
            own = json.load(answer)["webSocketDebuggerUrl"]
        self._socket = websocket.create_connection(own, suppress_origin=True, timeout=60)
        self._numbers = itertools.count(1)
        self._send("Page.bringToFront")  # a background tab may never be drawn

    def _send(self, method, **parameters):
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self._socket.recv())).get("id") != number:
            pass  # skip events
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["result"]

    def run(self, script):
        """Evaluate an expression in the page; return its value."""
        answer = self._send("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"]["description"])
        return answer["result"].get("value")

    def wait(self, script, seconds=60):
        """Wait until an expression is true in the page."""
        end = time.monotonic() + seconds
        while not self.run(script):
            if time.monotonic() > end:
                raise TimeoutError(f"never came true: {script}")
            time.sleep(0.02)

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self._send("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                       windowsVirtualKeyCode=CODES[key])  # fmt: skip

    def mouse(self, kind, x, y):
        """`kind` is "mouseMoved", "mousePressed" or "mouseReleased"."""
        self._send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1,
                   clickCount=1)  # fmt: skip

    def place(self, element):
        """The place of the element that a CSS selector finds: left, vertical center, width."""
        script = f"document.querySelector({json.dumps(element)}).getBoundingClientRect().toJSON()"
        box = self.run(script)
        return box["x"], box["y"] + box["height"] / 2, box["width"]

    def click(self, element):
        left, y, width = self.place(element)
        for kind in ("mousePressed", "mouseReleased"):
            self.mouse(kind, left + width / 2, y)

    def heap(self):
        """Bytes of the page's JavaScript heap after garbage collection."""
        self._send("HeapProfiler.collectGarbage")
        self._send("Performance.enable")
        metrics = self._send("Performance.getMetrics")["metrics"]
        return next(each["value"] for each in metrics if each["name"] == "JSHeapUsedSize")

    def close(self):
        self._send("Page.close")
        self._socket.close()
