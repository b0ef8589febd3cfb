"""How the page keeps up while TrainingExplorer trains on all 60,000 digits.

    pip install -r tests/requirements.txt
    python benchmarks/training_page.py

Starts JupyterLab and headless Chromium on this machine, and the training of lesson 08.

- control: from a key on the slider of the test image to the first frame that shows another one;
- pictures: how often a second the first filters look different on the page;
- memory: what the kernel holds (resident, on Linux) and the page's JavaScript heap (after its
  garbage is collected), before and after STEPS steps watched.

Times depend on what else the machine does: close what you can, and run it twice.
"""

import os
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent))
from latency import CANVAS, CANVAS_CHANGES, WATCH, opened  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.jupyter import jupyter_server, write_notebook  # noqa: E402
from browser.tab import lone_chromium  # noqa: E402

PRESSES, SECONDS, STEPS, MEGABYTE = 20, 5, 1000, 2**20
SLIDER = "[aria-label='test image, slider']"
FILTERS, IMAGE = 0, 3  # which pictures
SOURCE = """
import os
from pathlib import Path
from helpers.explorers import TrainingExplorer
Path("kernel").write_text(str(os.getpid()))
TrainingExplorer(epochs=20)
"""
DONE = "(document.querySelector('progress')?.value ?? 0)"
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


def look(screen):
    """JavaScript that tells what a canvas shows from what it shows next."""
    return LOOK.format(CANVAS.format(screen))


def key_delays(tab):
    """Milliseconds from a key on the slider to the other image on the page."""
    tab.run(f"{WATCH}({CANVAS_CHANGES.format(CANVAS.format(IMAGE))})")
    tab.run(f'document.querySelector("{SLIDER}").focus()')
    for number in range(PRESSES):
        tab.press("ArrowLeft" if number % 2 else "ArrowRight")
        tab.wait(f"delays.length > {number}")
        time.sleep(0.2)
    return tab.run("delays")


def rate(tab):
    """Pictures of the first filters a second."""
    tab.run(f"{COUNT}({look(FILTERS)})")
    before, start = tab.run("pictures()"), time.monotonic()
    time.sleep(SECONDS)
    return (tab.run("pictures()") - before) / (time.monotonic() - start)


def held(tab, kernel):
    """Megabytes that the kernel and the page hold."""
    lines = Path(f"/proc/{kernel}/status").read_text().splitlines()
    resident = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
    return resident, tab.heap() / MEGABYTE


def watched(tab, kernel, steps):
    """What is held now, and after so many more steps."""
    before, start = held(tab, kernel), tab.run(DONE)
    tab.wait(f"{DONE} >= {start + steps}", seconds=600)
    return before, held(tab, kernel), tab.run(DONE) - start


def measure(folder):
    (folder / "settings").mkdir()
    write_notebook(folder / "training.ipynb", SOURCE.strip())
    with (
        jupyter_server(folder, folder / "settings") as address,
        lone_chromium(folder / "profile") as devtools,
    ):
        tab = opened(devtools, address, "training.ipynb", SLIDER)
        kernel = int((folder / "kernel").read_text())
        tab.run(f"{PRESS}('start')")
        tab.wait(f"{DONE} >= 100")  # by now all that lasts is there
        found = watched(tab, kernel, STEPS), key_delays(tab), rate(tab)
        tab.close()
    return found


def main():
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (before, after, steps), delays, pictures = measure(Path(folder))
    print(
        f"control to picture: median {median(delays):.0f} ms, worst of {len(delays)} {max(delays):.0f} ms"
    )
    print(f"pictures a second: {pictures:.1f}")
    for name, start, end in zip(("kernel", "page"), before, after, strict=True):
        print(f"{name}: {start:.1f} MB, after {steps:.0f} steps {end:.1f} MB")
    kept = max(delays) <= 300 and pictures >= 5
    print(f"At most 300 ms, at least 5 pictures a second: {'both kept' if kept else 'missed'}")


if __name__ == "__main__":
    main()
