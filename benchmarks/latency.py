"""How soon a picture follows a control, and how many pictures a second: every explorer, and interact.

    pip install -r tests/requirements.txt
    python benchmarks/latency.py
    python benchmarks/latency.py --against CHECKOUT

With `--against`, only KernelExplorer is measured, alternating with that of another checkout of this
course for three rounds, and the ratios of the medians are printed.

Starts JupyterLab and headless Chromium on this machine. Each explorer of images shows the same
512×512 color photograph, and one of its controls is moved. ipywidgets.interact with matplotlib does
the same, with the `convolve` that KernelExplorer uses.

- key to picture: from the keydown in the page to the first frame in which the picture differs;
- drag: different pictures per second while the mouse drags the number, or points, for SECONDS, and
  whether the last one of KernelExplorer is correct, as computed by SciPy. Where no picture follows
  a drag, the table says why.

Times depend on what else the machine does: close other programs, and run it twice.
"""

import argparse
import json
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.expected import output, photo, sample
from browser.jupyter import (
    IDLE,
    TOKEN,
    has_idle_kernel,
    jupyter_server,
    write_notebook,
)
from browser.seen import READ, pixels, shrunk
from browser.tab import Tab, lone_chromium

PRESSES, WARM_UP, SECONDS, ROUNDS = 60, 5, 2, 3
TRAINED = Path(__file__).resolve().parent.parent / "images" / "digits" / "network.npz"
TRAVEL = 150  # pixels of a drag


def cell_of(name):
    """The CSS selector of a number to drag; in older checkouts, of its slider."""
    return f"[role=spinbutton][aria-label='{name}'], [aria-label='{name}, slider']"


WEIGHT = cell_of("weight in row 1, column 1")


class Explorer(NamedTuple):
    source: str  # the cell that shows it
    control: str  # CSS selector of what is moved
    canvas: int  # which image view shows the result
    undragged: str = ""  # why no picture follows a drag


KERNEL = "KernelExplorer, a weight"
POINT = ".image-view-active"  # the first picture that can be pointed at
NO_NUMBER = "no number makes its pictures; pointing only moves marks"
LEARNS = "its pictures follow the training, not the mouse"
EXPLORERS = {
    KERNEL: Explorer('KernelExplorer("astronaut", [[0, 0, 0], [0, 0.5, 0], [0, 0, 0]])', WEIGHT, 1),
    "WindowExplorer, a weight": Explorer(
        "grid = np.random.default_rng(0).integers(-9, 10, (9, 9))\n"
        "explorer = WindowExplorer(grid, [[1, 0], [0, -1]])\n"
        "explorer.position_control.number = explorer.result.size  # the whole output is drawn\n"
        "explorer",
        WEIGHT,
        1,
    ),
    "PixelExplorer, pointing": Explorer('PixelExplorer("astronaut")', POINT, 1),
    "PoolingExplorer, the size": Explorer('PoolingExplorer("astronaut")', cell_of("size"), 1),
    "PoolingExplorer, stride 1": Explorer(
        'explorer = PoolingExplorer("astronaut")\n'
        "explorer.stride_is_size.value, explorer.stride.number, explorer.size.number = False, 1, 4\n"
        "explorer",
        cell_of("shift right"),
        1,
    ),
    "ChannelExplorer, a weight": Explorer(
        'ChannelExplorer("astronaut")', cell_of("red weight in row 1, column 1"), 8
    ),
    "BankExplorer, the image": Explorer(
        'explorer = BankExplorer("astronaut")\nexplorer.picker.longest.value = 512\nexplorer',
        "select[title='The image to work on']",
        1,
        NO_NUMBER,
    ),
    "EdgeExplorer, the kernels": Explorer(
        'EdgeExplorer("astronaut")', "select[title='The pair of edge kernels']", 1, NO_NUMBER
    ),
    "ChangeExplorer, the amount": Explorer("ChangeExplorer()", cell_of("pixels to the right"), 0),
    "ClassifierExplorer, the rotation": Explorer(
        "ClassifierExplorer((*load_doodles(), DOODLE_NAMES))", cell_of("rotation"), 7
    ),
    "FilterExplorer, a weight": Explorer(
        f"FilterExplorer(Network.load({str(TRAINED)!r}))", WEIGHT, 0
    ),
    "NudgeExplorer, the size": Explorer(
        f"NudgeExplorer(Network.load({str(TRAINED)!r}), number=8)", cell_of("size"), 2
    ),
    "NetworkBuilder, the input": Explorer(
        "NetworkBuilder()", "select[title='The image that the network takes']", 0, NO_NUMBER
    ),
    "StripeExplorer, a weight": Explorer('StripeExplorer("sharpen", 5, 30)', WEIGHT, 1),
    "KernelLearner, the target": Explorer(
        'KernelLearner("astronaut")', "select[title='The kernel that made the target']", 1, LEARNS
    ),
    "ValleyExplorer, the ball": Explorer('ValleyExplorer("astronaut")', POINT, 4),
    "InsideExplorer, the digit": Explorer(
        f"InsideExplorer(Network.load({str(TRAINED)!r}))", cell_of("number"), 1
    ),
    "UnitExplorer, the unit": Explorer(
        f"UnitExplorer(Network.load({str(TRAINED)!r}))", cell_of("unit"), 0
    ),
    "TrainingExplorer, test image": Explorer(
        'digits = [part[:200] for part in load_digits("test")]\nTrainingExplorer(digits, digits)',
        cell_of("test image"),
        5,
    ),
}
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
PEER_NAME = "interact and matplotlib"
UNFOLD = "document.querySelectorAll('.explorer-more[aria-expanded=false]').forEach((more) => more.click())"
IMPORTS = "import numpy as np\nfrom helpers.explorers import *\nfrom helpers.network import *"
CELL = ".jp-CodeCell .jp-InputPrompt"
RUN = '[data-command="notebook:run-cell-and-select-next"]'
# An image view, by its number; the second class is for older checkouts.
CANVAS = "document.querySelectorAll('.image-view-pixels, .screen-base')[{}]"
# Each calls `changed` when another picture is drawn. They react to events instead of polling every
# frame, which would keep a core busy that the kernel needs.
CANVAS_CHANGES = """((changed) => {{
    const put = CanvasRenderingContext2D.prototype.putImageData, watched = {};
    let last;
    CanvasRenderingContext2D.prototype.putImageData = function (picture, ...place) {{
        put.call(this, picture, ...place);
        if (this.canvas !== watched) return;
        const rows = [1 / 4, 1 / 2].map((part) => {{ // the middle may be the gap between two rows of tiles
            const start = Math.floor(picture.height * part) * picture.width * 4;
            return picture.data.slice(start, start + picture.width * 4).join();
        }}).join();
        if (rows !== last) changed();
        last = rows;
    }};
}})"""
IMAGE_CHANGES = """((changed) => {
    let last;
    new MutationObserver(async () => {
        const found = document.querySelector(".jp-OutputArea-output img");
        if (!found || found.src === last) return;
        last = found.src;
        await found.decode().catch(() => {}); // it may be replaced while it is decoded
        changed();
    }).observe(document.querySelector(".jp-Notebook"), { subtree: true, childList: true, attributes: true });
})"""
WATCH = """((changes) => {
    window.delays = [];
    window.pictures = 0;
    let start = null;
    window.addEventListener("keydown", () => { start = performance.now(); }, true);
    changes(() => {
        pictures += 1;
        if (start === null) return;
        const since = start;
        start = null;
        requestAnimationFrame(() => delays.push(performance.now() - since));
    });
})"""


def opened(devtools, address, name, handle):
    """Open the notebook in a new tab, run its one cell, and focus `handle`, a CSS selector."""
    tab = Tab(devtools, f"{address}/lab/tree/{name}?reset&token={TOKEN}")
    while not has_idle_kernel(address, name):
        time.sleep(0.2)
    tab.wait(f"document.querySelector('{IDLE}') !== null")
    tab.wait("document.querySelector('#jupyterlab-splash') === null")  # it would catch the click
    found = f"document.querySelector({json.dumps(handle)})"
    for _ in range(
        8
    ):  # repeated if the page was not ready; if repeated too soon, the cell would run twice
        tab.click(CELL)
        tab.click(RUN)
        with suppress(TimeoutError):
            tab.wait(f"{found} !== null", seconds=15)
            break
    tab.run(UNFOLD)
    # JupyterLab may lay the output out anew meanwhile
    tab.wait(f"({found}?.focus(), {found} !== null && document.activeElement === {found})")
    return tab


def key_delays(tab, changes):
    """Return the milliseconds from each key press to the changed picture; the number goes up and down."""
    tab.run(f"{WATCH}({changes})")
    for number in range(WARM_UP + PRESSES):
        tab.press("ArrowLeft" if number % 2 else "ArrowRight")
        tab.wait(f"delays.length > {number}")
        time.sleep(0.03)
    return tab.run("delays")[WARM_UP:]


def dragged(tab, control):
    """Return how many pictures per second appear while a number is dragged, or the pointer on a picture."""
    left, y, width = tab.place(control)
    is_slider = tab.run(f'document.querySelector("{control}").type === "range"')
    travel = 0.4 * width if is_slider else TRAVEL
    tab.mouse("mousePressed", left + width / 2, y)
    tab.run("pictures = 0")
    start = time.monotonic()
    while (passed := time.monotonic() - start) < SECONDS:
        place = 1 - abs(passed % 1 - 0.5) * 2  # back and forth once per second
        tab.mouse("mouseMoved", left + width / 2 + place * travel, y)
        time.sleep(0.008)
    rate = tab.run("pictures") / passed
    tab.mouse("mouseReleased", left + width / 2, y)
    time.sleep(1)
    return rate


def is_correct(tab, canvas):
    """Whether KernelExplorer shows the output for the weight in its cell."""
    weight = float(tab.run(f'document.querySelector("{WEIGHT}").value'))
    expected = photo(output(sample("astronaut"), [[0, 0, 0], [0, weight, 0], [0, 0, 0]]))
    seen = pixels(tab.run(f"({READ})({canvas})"))[..., :3]
    return bool((abs(seen.astype(int) - shrunk(expected, seen.shape[:2])) <= 1).all())


@contextmanager
def jupyter_and_browser(folder):
    """Yield the address of a server and that of a browser's DevTools."""
    (folder / "settings").mkdir()
    with (
        jupyter_server(folder, folder / "settings") as address,
        lone_chromium(folder / "profile") as devtools,
    ):
        yield address, devtools


def measure_peer(folder, address, devtools):
    write_notebook(folder / "peer.ipynb", PEER.strip())
    tab = opened(devtools, address, "peer.ipynb", ".noUi-handle")
    delays = key_delays(tab, IMAGE_CHANGES)
    tab.close()
    return delays, ""


def measure_explorer(folder, address, devtools, name, checkout=None):
    """Return delays in milliseconds, and pictures per second, or why they are not measured."""
    source, control, index, undragged = EXPLORERS[name]
    canvas = CANVAS.format(index)
    path = f"import sys\nsys.path.insert(0, {str(checkout)!r})\n" if checkout else ""
    file = f"explorer_{time.monotonic_ns()}.ipynb"
    write_notebook(folder / file, f"{path}{IMPORTS}\n{source}")
    tab = opened(devtools, address, file, control)
    delays = key_delays(tab, CANVAS_CHANGES.format(canvas))
    rate = undragged or dragged(tab, control)
    if name == KERNEL and not is_correct(tab, canvas):
        raise SystemExit(f"{name}: the last picture is wrong")
    tab.close()
    return delays, rate


def compare(folder, checkout):
    """Print KernelExplorer beside that of another checkout, and beside interact."""
    found = {"here": [], "there": []}
    with jupyter_and_browser(folder) as place:
        peer, _ = measure_peer(folder, *place)
        for _ in range(ROUNDS):
            found["here"].append(measure_explorer(folder, *place, KERNEL))
            found["there"].append(measure_explorer(folder, *place, KERNEL, checkout))
    delays, rates = {}, {}
    for side, rounds in found.items():
        delays[side] = median(median(delay) for delay, _ in rounds)
        rates[side] = median(rate for _, rate in rounds)
        each = ", ".join(f"{median(delay):.1f} ms {rate:.1f}/s" for delay, rate in rounds)
        print(f"{side:6} {delays[side]:6.1f} ms  {rates[side]:5.1f} pictures per second   ({each})")
    print(f"interact {median(peer):.1f} ms")
    print(f"key to picture, here to there: {delays['here'] / delays['there']:.2f}")
    print(f"key to picture, here to interact: {delays['here'] / median(peer):.2f}")
    print(f"pictures per second, here to there: {rates['here'] / rates['there']:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--against", type=Path, help="another checkout of this course")
    against = parser.parse_args().against
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if against:
            return compare(Path(folder), against.resolve())
        with jupyter_and_browser(Path(folder)) as place:
            found = {PEER_NAME: measure_peer(Path(folder), *place)}
            for name in EXPLORERS:
                found[name] = measure_explorer(Path(folder), *place, name)
    print(f"{'key to picture, ms':32}{'median':>8}{'90 %':>8}   pictures per second, dragged")
    for name, (delays, rate) in found.items():
        middle, most = median(delays), quantiles(delays, n=10)[8]
        print(
            f"{name:32}{middle:8.1f}{most:8.1f}   {rate if isinstance(rate, str) else f'{rate:.1f}'}"
        )


if __name__ == "__main__":
    main()
