"""How soon a picture follows the hand: KernelExplorer beside ipywidgets.interact with matplotlib.

    pip install -r tests/requirements.txt
    python benchmarks/latency.py

Starts JupyterLab and headless Chromium on this machine. Both show the answer of one kernel to a
512×512 colour photograph, computed by the same `convolve`, and follow one slider:

- key to picture: from the keydown in the page to the first frame in which the picture differs;
- drag: different pictures a second while the mouse drags the slider for SECONDS, and whether the
  last one is the right one, computed again with SciPy.
"""

import sys
import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "tests")]
from browser.controls import box, slider, type_into  # noqa: E402
from browser.expected import answer, photo, sample  # noqa: E402
from browser.jupyter import NotebookPage, chromium, jupyter_server, write_notebook  # noqa: E402
from browser.seen import Seen, until  # noqa: E402

PRESSES, WARM_UP, SECONDS = 60, 5, 2
OURS = "from helpers.explorers import KernelExplorer\nKernelExplorer('astronaut', 'identity')"
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
# `look` tells one picture from the next: a pixel of our canvas, or the address of the image
WATCH = """(ours) => {
    const pixel = () => {
        const canvas = document.querySelectorAll(".screen-base")[1];
        return canvas.getContext("2d").getImageData(250, 100, 1, 1).data.join();
    };
    const image = () => {
        const [found] = document.querySelectorAll(".jp-OutputArea-output img");
        return found?.complete ? found.getAttribute("src") : before;
    };
    const look = ours ? pixel : image;
    let before;
    window.delays = [];
    window.addEventListener("keydown", () => {
        const start = performance.now();
        before = look();
        const wait = () => {
            if (look() === before) requestAnimationFrame(wait);
            else delays.push(performance.now() - start);
        };
        requestAnimationFrame(wait);
    }, true);
}"""
COUNT = """() => {
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
}"""


def key_delays(page, handle, ours):
    """Milliseconds from each key press to the changed picture; the slider goes to and fro."""
    page.evaluate(WATCH, ours)
    handle.focus()
    for number in range(WARM_UP + PRESSES):
        page.keyboard.press("ArrowLeft" if number % 2 else "ArrowRight")
        if not until(page, lambda: page.evaluate("delays.length") > number):  # noqa: B023
            raise RuntimeError(f"the picture did not follow key {number}")
    return page.evaluate("delays")[WARM_UP:]


def dragged(page):
    """Pictures a second under a moving hand, and whether the last one is right."""
    page.evaluate(COUNT)
    place = slider(page).bounding_box()
    left, right = (place["x"] + share * place["width"] for share in (0.5, 0.9))
    y = place["y"] + place["height"] / 2
    page.mouse.move(left, y)
    page.mouse.down()
    start = time.monotonic()
    while (passed := time.monotonic() - start) < SECONDS:
        page.mouse.move(right, y, steps=25)
        page.mouse.move(left, y, steps=25)
    rate = page.evaluate("pictures") / passed
    page.mouse.up()
    page.wait_for_timeout(1000)
    weight = float(slider(page).input_value())
    expected = photo(answer(sample("astronaut"), [[0, 0, 0], [0, weight, 0], [0, 0, 0]]))
    seen = Seen(page, "answer").picture
    return rate, bool((abs(seen.astype(int) - expected) <= 1).all())


def measure():
    """Run both notebooks; return their delays, our pictures a second, and if the last is right."""
    with TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "settings").mkdir()
        write_notebook(folder / "ours.ipynb", OURS)
        write_notebook(folder / "peer.ipynb", PEER.strip())
        with jupyter_server(folder, folder / "settings") as address, chromium() as context:
            peer = NotebookPage(context, address, "peer.ipynb")
            peer.run_all()
            theirs = key_delays(peer.page, peer.page.locator(".noUi-handle"), ours=False)
            peer.page.close()
            own = NotebookPage(context, address, "ours.ipynb")
            own.run_all()
            type_into(box(own.page), "0.5")
            own.page.wait_for_timeout(500)
            delays = key_delays(own.page, slider(own.page), ours=True)
            return delays, theirs, *dragged(own.page)


def main():
    ours, theirs, rate, right = measure()
    print(f"{'':32}{'median':>9}{'90 %':>9}   ms, {PRESSES} key presses")
    for name, delays in (("KernelExplorer", ours), ("interact and matplotlib", theirs)):
        print(f"{name:32}{median(delays):9.1f}{quantiles(delays, n=10)[8]:9.1f}")
    ratio = median(ours) / median(theirs)
    bounds = [
        ("median at most 45 ms", median(ours), median(ours) <= 45),
        ("90 % at most 70 ms", quantiles(ours, n=10)[8], quantiles(ours, n=10)[8] <= 70),
        ("at most a third of interact", ratio, ratio <= 1 / 3),
        ("at least 20 pictures a second", rate, rate >= 20),
        ("the last picture is right", right, right),
    ]
    for name, value, kept in bounds:
        print(f"{name:32}{value:9.2f}   {'ok' if kept else 'missed'}")


if __name__ == "__main__":
    main()
