"""What an explorer costs the kernel: its static picture, a moved cursor, a changed weight, reruns.

    python benchmarks/explorers.py

Everything runs in a Jupyter kernel, as in JupyterLab. Linux only: the kernel reads its own
/proc/self/statm.

- static picture: processor time of the static picture of KernelExplorer("cat"), median of 15;
- cursor: the computation when the cursor moves by a pixel, 512×512 in color, median of 200;
- weight: messages that the kernel sends for one changed weight, other than its status, while a page
  is connected;
- reruns: widgets and memory after 2 runs of a KernelExplorer cell, and after 30 more.
"""

import sys
from collections import Counter
from pathlib import Path

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parent.parent
SET_UP = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import gc
from statistics import median
from time import perf_counter, process_time
import ipywidgets.widgets.widget as registry
from helpers.explorers import KernelExplorer
from helpers.explorers.models.kernel import explain

def timed(clock, times, job):
    spans = []
    for number in range(times + 1):
        start = clock()
        job(number)
        spans.append(clock() - start)
    return median(spans[1:])

def resident():
    gc.collect()
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
"""
STILL = """
cat = KernelExplorer("cat")
print(timed(process_time, 15, lambda _: cat.still()))
"""
CURSOR = """
one = KernelExplorer("astronaut")
print(timed(perf_counter, 200, lambda n: explain(one.controls, one.computed, (100, 100 + n), 0)))
"""
WEIGHT = """
one._handle_custom_msg({"sequence": 1, "hello": True}, [])
"""
MOVE = """
said = [[one.name_of(one.weights), {"index": 0, "number": 0.5}]]
one._handle_custom_msg({"sequence": 2, "events": said}, [])
"""
COUNT = "print(len(registry._instances), resident())"
CELL = "KernelExplorer('cat')"


class Kernel:
    """A kernel, and cells that are run in it as JupyterLab runs them, each with its id."""

    def __init__(self, client):
        self.client = client

    def run(self, code, cell="a"):
        """Run a cell; return what it prints, and how many messages of each kind came."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {},
                   "allow_stdin": False, "stop_on_error": False}  # fmt: skip
        request = self.client.session.msg("execute_request", content, metadata={"cellId": cell})
        self.client.shell_channel.send(request)
        printed, kinds = [], Counter()
        while True:
            message = self.client.get_iopub_msg(timeout=120)
            if message["parent_header"].get("msg_id") != request["header"]["msg_id"]:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error":
                raise SystemExit("\n".join(content["traceback"]))
            if kind == "status" and content["execution_state"] == "idle":
                return "".join(printed).split(), kinds
            if kind not in ("status", "execute_input"):
                kinds[kind] += 1
            if kind == "stream":
                printed.append(content["text"])


def main():
    manager, client = start_new_kernel(cwd=ROOT / "notebooks")
    try:
        kernel = Kernel(client)
        kernel.run(SET_UP)
        (still,), _ = kernel.run(STILL)
        print(f"static picture: {float(still):.3f} s of processor time")
        (cursor,), _ = kernel.run(CURSOR)
        print(f"cursor moved by a pixel: {1e3 * float(cursor):.3f} ms")
        kernel.run(WEIGHT)
        _, kinds = kernel.run(MOVE)
        print(f"messages for one changed weight: {dict(kinds)}")
        kernel.run("del cat, one", "b")
        for runs in (2, 30):
            for _ in range(runs):
                kernel.run(CELL, "c")
            (widgets, memory), _ = kernel.run(COUNT, "d")
            print(f"after {runs} more runs: {widgets} widgets, {float(memory):.1f} MB")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    sys.exit(main())
