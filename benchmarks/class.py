"""A class on one hub: memory for each learner, and how soon a picture follows a slider.

    pip install -r tests/requirements.txt -r deploy/requirements.txt
    npm install --global configurable-http-proxy
    python benchmarks/class.py --learners 20 --pages 1

Starts the hub of deploy/ in a folder of its own and logs the learners in over loopback. Each opens
lesson 00 and moves a weight for SECONDS, all at once: the next move follows when the picture is there,
and at most ten times a second. The first learners (`--pages`) are real pages in headless Chromium,
measured from the key to the frame that differs. The others send and receive what a page would, without
drawing; they are measured from the message to the last byte of the pictures. All of it runs on the
machine of the hub, and takes its cores too.

At the end the last learner asks for more memory than the hub allows: at once in one cell, then by two
kernels together. Linux only.
"""

import argparse
import asyncio
import contextlib
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import httpx
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.jupyter import ROOT, chromium
from first_lesson import move_a_weight, run_first_cell
from learner import PATIENCE, Learner

SECONDS, PAUSE = 20, 0.1
AT_ONCE = 4  # servers that start at the same time; a start takes a core for seconds
FILL = "import numpy as np\nkept = np.ones(({}, 1 << 17))"  # so many MB
TOO_MUCH, HALF = 2000, 1000  # MB; deploy/jupyterhub_config.py allows 1.5 GB


@contextlib.contextmanager
def hub(folder):
    """Start the hub; yield its process, address and password."""
    address = f"http://127.0.0.1:{free_port()}"
    config = ROOT / "deploy" / "jupyterhub_config.py"
    command = [sys.executable, "-m", "jupyterhub", "-f", str(config), f"--url={address}",
               f"--JupyterHub.hub_port={free_port()}",
               f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{free_port()}"]  # fmt: skip
    with open(folder / "hub.log", "w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait_for(f"{address}/hub/login", process, folder / "hub.log")
        password = (folder / "class" / "password.txt").read_text().strip()
        yield psutil.Process(process.pid), address, password
    finally:
        process.terminate()
        process.wait(60)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url, process, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url).is_success:
                return
        time.sleep(0.5)
    raise SystemExit(f"the hub does not answer:\n{log.read_text()[-2000:]}")


async def opened(learners):
    """Log all in and open the lesson for each; return their explorers."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(learner):
        async with places:
            await learner.log_in()
            return await learner.open_lesson()

    return await asyncio.gather(*map(one, learners))


async def moved(explorer, seconds):
    """Move a weight for so long; return the milliseconds from each move to its pictures."""
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        took, size = await explorer.move(len(times) % 10 / 10)
        if not size:
            raise SystemExit("a move brought no picture")
        times.append(took)
        await asyncio.sleep(max(0, PAUSE - took / 1000))
    return times


async def all_moved(explorers):
    """Move the weights of all at once; return the times of all."""
    return sum(await asyncio.gather(*(moved(each, SECONDS) for each in explorers)), [])


class RealPage:
    """A learner in Chromium. Everything runs on one thread of its own, as Playwright wants it."""

    def __init__(self, address, name, password):
        self.address, self.name, self.password = address, name, password
        self.thread, self.kept = ThreadPoolExecutor(1), contextlib.ExitStack()

    async def do(self, function, *arguments):
        return await asyncio.get_running_loop().run_in_executor(self.thread, function, *arguments)

    def open_lesson(self):
        """Log in, open lesson 00, and run its first cell."""
        self.page = self.kept.enter_context(chromium((1440, 900))).new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.page.goto(f"{self.address}/hub/login")
        self.page.fill("#username_input", self.name)
        self.page.fill("#password_input", self.password)
        self.page.click("#login_submit")
        run_first_cell(self.page)

    def move(self):
        return move_a_weight(self.page)


def memory_of(hub_process):
    """Return MB by what takes it: each server, each kernel, the hub, the proxy; shared pages divided."""
    found = {"server": [], "kernel": [], "hub and proxy": [_size(hub_process)]}
    for child in hub_process.children():
        is_server = any("singleuser" in word for word in child.cmdline())
        found["server" if is_server else "hub and proxy"].append(_size(child))
        if is_server:
            found["kernel"] += [_size(kernel) for kernel in child.children()]
    return found


def _size(process):
    return process.memory_full_info().pss / 1e6


async def at_the_limit(learner):
    """Ask for too much memory; return what happened, line by line."""
    kernel = await learner.kernel("at the limit.ipynb")
    _, error = await kernel.run(FILL.format(TOO_MUCH))
    _, after = await kernel.run("1 + 1")
    lines = [f"{TOO_MUCH} MB in one cell: {error}; the kernel {after or 'works on'}"]
    other = await learner.kernel("beyond it.ipynb")
    for each in (kernel, other):
        await each.run(FILL.format(HALF))
    began = time.monotonic()
    ended = [asyncio.create_task(_ends(each)) for each in (kernel, other)]
    done, left = await asyncio.wait(ended, timeout=60, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    what = "nothing in 60 s"
    if done:
        what = f"one of them ends after {time.monotonic() - began:.0f} s, and is started again"
    return [*lines, f"{HALF} MB in each of two kernels: {what}"]


async def _ends(kernel):
    """Return when Jupyter says that it starts the kernel again."""
    async for kind, _, content, _ in kernel.messages():
        if kind == "status" and content["execution_state"] in (
            "restarting",
            "autorestarting",
            "dead",
        ):
            return


def report(name, times):
    middle, most = median(times), quantiles(times, n=10)[-1]
    print(f"{name:34}{middle:8.0f}{most:8.0f}{len(times):8}", flush=True)


async def measure(process, address, password, count, pages):
    """Open the lesson for all, let all move a weight, and print what that takes."""
    names = [f"learner{number}" for number in range(count)]
    learners = [Learner(address, name, password) for name in names[pages:]]
    drawn = [RealPage(address, name, password) for name in names[:pages]]
    began = time.monotonic()
    explorers, *_ = await asyncio.gather(
        opened(learners), *(each.do(each.open_lesson) for each in drawn)
    )
    print(f"{count} learners have their explorer after {time.monotonic() - began:.0f} s")
    print(f"{'slider to picture, ms':34}{'median':>8}{'90 %':>8}{'moves':>8}")
    report("one learner alone", await moved(explorers[0], SECONDS / 4))
    times, *seen = await asyncio.gather(
        all_moved(explorers), *(each.do(each.move) for each in drawn)
    )
    report(f"{len(explorers)} at once, by messages", times)
    for number, each in enumerate(seen):
        report(f"page {number + 1} of {pages}, in Chromium", each)
    for name, sizes in memory_of(process).items():
        print(f"{name}: {len(sizes)}, MB each {median(sizes):.0f}, together {sum(sizes):.0f}")
    for line in await at_the_limit(learners[-1]):
        print(line, flush=True)
    for each in drawn:
        await each.do(each.kept.close)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--pages", type=int, default=1, help="how many of them are real pages")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # learners may have accounts of their own
        with hub(Path(folder)) as (process, address, password):
            asyncio.run(measure(process, address, password, options.learners, options.pages))


if __name__ == "__main__":
    main()
