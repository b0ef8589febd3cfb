"""How responsive the page is while TrainingExplorer trains on all 60,000 digits.

    pip install -r tests/requirements.txt
    python benchmarks/training_page.py

Starts JupyterLab and headless Chromium on this machine, and the training of lesson 08.

- control: from a key on the number of the test image to the first frame that shows another one;
- pictures: how many different pictures of the first filters the page shows per second;
- memory: resident memory of the kernel (Linux only) and the page's JavaScript heap (after garbage
  collection), before and after STEPS training steps with the page open.

Times depend on what else the machine does: close other programs, and run it twice.
"""

import os
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent))
from latency import CANVAS, CANVAS_CHANGES, WATCH, cell_of, opened

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.jupyter import jupyter_server, write_notebook
from browser.tab import lone_chromium

PRESSES, SECONDS, STEPS, MEGABYTE = 20, 5, 1000, 2**20
NUMBER = cell_of("test image")
FILTERS, IMAGE = 2, 5  # which image view shows them
SOURCE = """
import os
from pathlib import Path
from helpers.explorers import TrainingExplorer
Path("kernel").write_text(str(os.getpid()))
TrainingExplorer(epochs=20)
"""
STEPS_DONE = "(document.querySelector('progress')?.value ?? 0)"
PRESS = """((name) => [...document.querySelectorAll(".explorer button")]
    .find((button) => button.textContent === name).click())"""
LOOK = """() => {{
    const {{ width, height }} = {0};
    return {0}.getContext("2d").getImageData(0, 0, width, height).data.join();
}}"""
COUNT = """((look) => {
    const seen = new Set();
    window.pictures = () => seen.size;
    const watch = () => { seen.add(look()); requestAnimationFrame(watch); };
    watch();
})"""


def look(view):
    """JavaScript that reads the pixels of an image view, to compare them with the next."""
    return LOOK.format(CANVAS.format(view))


def key_delays(tab):
    """Return the milliseconds from a key on the number to the other image on the page."""
    tab.run(f"{WATCH}({CANVAS_CHANGES.format(CANVAS.format(IMAGE))})")
    tab.run(f'document.querySelector("{NUMBER}").focus()')
    for number in range(PRESSES):
        tab.press("ArrowLeft" if number % 2 else "ArrowRight")
        tab.wait(f"delays.length > {number}")
        time.sleep(0.2)
    return tab.run("delays")


def rate(tab):
    """Return how many different pictures of the first filters appear per second."""
    tab.run(f"{COUNT}({look(FILTERS)})")
    before, start = tab.run("pictures()"), time.monotonic()
    time.sleep(SECONDS)
    return (tab.run("pictures()") - before) / (time.monotonic() - start)


def memory(tab, kernel):
    """Return the megabytes that the kernel and the page use."""
    lines = Path(f"/proc/{kernel}/status").read_text().splitlines()
    resident = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
    return resident, tab.heap() / MEGABYTE


def memory_over(tab, kernel, steps):
    """Return the memory used now and `steps` steps later, and the actual number of steps."""
    before, start = memory(tab, kernel), tab.run(STEPS_DONE)
    tab.wait(f"{STEPS_DONE} >= {start + steps}", seconds=600)
    return before, memory(tab, kernel), tab.run(STEPS_DONE) - start


def measure(folder):
    (folder / "settings").mkdir()
    write_notebook(folder / "training.ipynb", SOURCE.strip())
    with (
        jupyter_server(folder, folder / "settings") as address,
        lone_chromium(folder / "profile") as devtools,
    ):
        tab = opened(devtools, address, "training.ipynb", NUMBER)
        kernel = int((folder / "kernel").read_text())
        tab.run(f"{PRESS}('start')")
        tab.wait(f"{STEPS_DONE} >= 100")  # by now everything that stays in memory is allocated
        found = memory_over(tab, kernel, STEPS), key_delays(tab), rate(tab)
        tab.close()
    return found


def main():
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (before, after, steps), delays, pictures = measure(Path(folder))
    print(
        f"control to picture: median {median(delays):.0f} ms, worst of {len(delays)} {max(delays):.0f} ms"
    )
    print(f"pictures per second: {pictures:.1f}")
    for name, start, end in zip(("kernel", "page"), before, after, strict=True):
        print(f"{name}: {start:.1f} MB, after {steps:.0f} steps {end:.1f} MB")
    within = max(delays) <= 300 and pictures >= 5
    print(f"Bounds, 300 ms and 5 pictures per second: {'kept' if within else 'exceeded'}")


if __name__ == "__main__":
    main()
