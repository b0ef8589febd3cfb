"""Runner in a real Jupyter kernel: a click from the page, an interrupt between cells."""

import os
import time
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).parents[2]
SET_UP = """
import signal, threading, time
from helpers.explorers.base import Explorer
from helpers.explorers.widgets.runner import Runner
count, threads, before = [0], set(), signal.getsignal(signal.SIGINT)
def work():
    count[0] += 1
    threads.add(threading.current_thread() is threading.main_thread())
    time.sleep(0.001)
class Page(Explorer):
    def __init__(self):
        self.runner = Runner(work, lambda: None, self.refresh, batch=self.batch)
        super().__init__([self.runner], [self.runner], [], self.runner.lock)
    def read(self):
        return None
    compute = show = lambda self, *_: None
    describe = lambda self: "a page"
page = Page()
runner = page.runner
print(page.comm.comm_id, page.name_of(runner.toggle))
"""


class Kernel:
    """A kernel, and the page of one explorer in it."""

    def __init__(self, manager, client):
        self.manager, self.client = manager, client
        self.comm, self.button = self.execute(SET_UP).split()
        self.subshell = self._create_subshell()

    def execute(self, code):
        """Run a cell; return its printed output."""
        printed = []

        def collect(message):
            assert message["msg_type"] != "error", message["content"]
            printed.append(message["content"].get("text", ""))

        self.client.execute_interactive(code, timeout=60, output_hook=collect)
        return "".join(printed).strip()

    def _create_subshell(self):
        channel = self.client.control_channel
        channel.send(self.client.session.msg("create_subshell_request", {}))
        return channel.get_msg(timeout=30)["content"].get("subshell_id")

    def click(self):
        """Press the button as JupyterLab does: on a subshell; the kernel chooses the thread."""
        content = {"sequence": 1, "events": [[self.button, {"press": True}]]}
        data = {"method": "custom", "content": content}
        message = self.client.session.msg("comm_msg", {"comm_id": self.comm, "data": data})
        message["header"]["subshell_id"] = self.subshell
        self.client.shell_channel.send(message)

    def until(self, expression):
        """Poll until true, leaving the kernel time between cells."""
        end = time.monotonic() + 30
        while self.execute(f"print({expression})") != "True":
            assert time.monotonic() < end, expression
            time.sleep(0.2)


@pytest.fixture(scope="module")
def kernel():
    paths = filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    manager, client = start_new_kernel(cwd=str(ROOT), env=environment)
    try:
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_click_interrupt_click(kernel):
    """The click starts it on the main thread, the interrupt pauses it, the next click resumes it."""
    kernel.click()
    kernel.until("runner.running and count[0] > 20")
    assert kernel.execute("print(threads)") == "{True}"
    time.sleep(0.3)
    kernel.manager.interrupt_kernel()
    kernel.until("not runner.running")
    assert "interrupt" in kernel.execute("print(runner.error)")
    stopped = int(kernel.execute("print(count[0])"))
    kernel.click()
    kernel.until(f"runner.running and count[0] > {stopped} + 20")
    assert kernel.execute("print(repr(runner.error))") == "''"
    kernel.click()
    kernel.until("not runner.running")
    assert kernel.execute("print(signal.getsignal(signal.SIGINT) is before)") == "True"
