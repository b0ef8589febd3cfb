"""How soon a picture follows the hand: KernelExplorer beside ipywidgets.interact with matplotlib.

    pip install -r tests/requirements.txt
    python benchmarks/latency.py

Starts JupyterLab and headless Chromium on this machine. Both show the answer of one kernel to a
512×512 colour photograph, computed by the same `convolve`, and follow one slider:

- key to picture: from the keydown in the page to the first frame in which the picture differs;
- drag: different pictures a second while the mouse drags the slider for SECONDS, and whether the
  last one is the right one, computed again with SciPy.

Times depend on what else the machine does: close what you can, and run it twice.
"""

import sys
import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.expected import answer, photo, sample  # noqa: E402
from browser.jupyter import (  # noqa: E402
    IDLE,
    TOKEN,
    has_idle_kernel,
    jupyter_server,
    write_notebook,
)
from browser.seen import READ, pixels  # noqa: E402
from browser.tab import Tab, lone_chromium  # noqa: E402

PRESSES, WARM_UP, SECONDS = 60, 5, 2
SLIDER = '[aria-label="weight in row 1, column 1, slider"]'
OURS = """
from helpers.explorers import KernelExplorer
KernelExplorer("astronaut", [[0, 0, 0], [0, 0.5, 0], [0, 0, 0]])
"""
PEER = """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact
from helpers import convolve, load_image

image = load_image("astronaut")

@interact(weight=FloatSlider(0.5, min=-10, max=10, step=0.1))
def show(weight):
    kernel = np.array([[0, 0, 0], [0, weight, 0], [0, 0, 0]])
    plt.imshow(np.clip(convolve(image, kernel), 0, 1))
    plt.show()
"""
RUN = '[data-command="notebook:run-cell-and-select-next"]'
CANVAS = "document.querySelectorAll('.screen-base')[1]"
# each tells one picture from the next: a pixel of our canvas, the address of a loaded image
PIXEL = f"() => {CANVAS}.getContext('2d').getImageData(250, 100, 1, 1).data.join()"
IMAGE = """(before) => {
    const found = document.querySelector(".jp-OutputArea-output img");
    return found?.complete ? found.getAttribute("src") : before;
}"""
WATCH = """((look) => {
    window.delays = [];
    window.addEventListener("keydown", () => {
        const start = performance.now(), before = look();
        const wait = () => {
            if (look(before) === before) requestAnimationFrame(wait);
            else delays.push(performance.now() - start);
        };
        requestAnimationFrame(wait);
    }, true);
})"""
COUNT = """(() => {
    const put = CanvasRenderingContext2D.prototype.putImageData;
    let last;
    window.pictures = 0;
    CanvasRenderingContext2D.prototype.putImageData = function (picture, ...place) {
        if (picture.width > 100) {
            const some = picture.data.slice(400_000, 400_400).join();
            pictures += some !== last;
            last = some;
        }
        put.call(this, picture, ...place);
    };
})()"""


def opened(devtools, address, name, handle):
    """A new tab with the notebook, its one cell run and its slider, a CSS selector, in focus."""
    tab = Tab(devtools, f"{address}/lab/tree/{name}?reset&token={TOKEN}")
    while not has_idle_kernel(address, name):
        time.sleep(0.2)
    tab.wait(f"document.querySelector('{IDLE}') !== null")
    for _ in range(20):
        if tab.run(f"document.querySelector('{handle}') !== null"):
            break
        tab.click(RUN)  # again, if the page was not ready for it
        time.sleep(3)
    tab.run(f"document.querySelector('{handle}').focus()")
    return tab


def key_delays(tab, look):
    """Milliseconds from each key press to the changed picture; the slider goes to and fro."""
    tab.run(f"{WATCH}({look})")
    for number in range(WARM_UP + PRESSES):
        tab.press("ArrowLeft" if number % 2 else "ArrowRight")
        tab.wait(f"delays.length > {number}")
        time.sleep(0.03)
    return tab.run("delays")[WARM_UP:]


def dragged(tab):
    """Pictures a second under a moving hand, and whether the last one is right."""
    tab.run(COUNT)
    left, y, width = tab.place(SLIDER)
    tab.mouse("mousePressed", left + width / 2, y)
    start = time.monotonic()
    while (passed := time.monotonic() - start) < SECONDS:
        share = 1 - abs(passed % 1 - 0.5) * 2  # to and fro once a second
        tab.mouse("mouseMoved", left + (0.5 + share * 0.4) * width, y)
        time.sleep(0.008)
    rate = tab.run("pictures") / passed
    tab.mouse("mouseReleased", left + width / 2, y)
    time.sleep(1)
    weight = float(tab.run(f"document.querySelector('{SLIDER}').value"))
    expected = photo(answer(sample("astronaut"), [[0, 0, 0], [0, weight, 0], [0, 0, 0]]))
    seen = pixels(tab.run(f"({READ})({CANVAS})"))[..., :3]
    return rate, bool((abs(seen.astype(int) - expected) <= 1).all())


def measure(folder):
    """Return both lists of delays, our pictures a second, and whether the last is right."""
    (folder / "settings").mkdir()
    write_notebook(folder / "ours.ipynb", OURS.strip())
    write_notebook(folder / "peer.ipynb", PEER.strip())
    with (
        jupyter_server(folder, folder / "settings") as address,
        lone_chromium(folder / "profile") as devtools,
    ):
        tab = opened(devtools, address, "peer.ipynb", ".noUi-handle")
        theirs = key_delays(tab, IMAGE)
        tab.close()
        tab = opened(devtools, address, "ours.ipynb", SLIDER)
        return key_delays(tab, PIXEL), theirs, *dragged(tab)


def main():
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ours, theirs, rate, right = measure(Path(folder))
    print(f"{'key to picture, ms':32}{'median':>8}{'90 %':>8}   of {PRESSES}")
    for name, delays in (("KernelExplorer", ours), ("interact and matplotlib", theirs)):
        print(f"{name:32}{median(delays):8.1f}{quantiles(delays, n=10)[8]:8.1f}")
    ratio = median(ours) / median(theirs)
    bounds = [
        ("median, at most 45 ms", median(ours), median(ours) <= 45),
        ("90 %, at most 70 ms", quantiles(ours, n=10)[8], quantiles(ours, n=10)[8] <= 70),
        ("beside interact, at most 1/3", ratio, ratio <= 1 / 3),
        ("pictures a second, at least 20", rate, rate >= 20),
        ("last picture right", right, right),
    ]
    for name, value, kept in bounds:
        print(f"{name:32}{value:8.2f}   {'ok' if kept else 'missed'}")


if __name__ == "__main__":
    main()
