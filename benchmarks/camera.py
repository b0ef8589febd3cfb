"""How many pictures a second CameraExplorer shows, with a simulated camera of 30 frames a second.

    pip install -r tests/requirements.txt
    python benchmarks/camera.py

Starts JupyterLab and headless Chromium on this machine. The camera plays a film of noise, so that no
frame is like the last. Printed are the outputs that the page draws in SECONDS, in gray and in color,
with the library's `convolve` and with loops. Close other programs, and run it twice.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.jupyter import QUIET, NotebookPage, browser_path, jupyter_server, write_notebook
from browser.test_camera import FAKE, as_film

SECONDS, WARM_UP, FRAMES = 10, 3, 30
CASES = {
    "gray, 320×240": "CameraExplorer()",
    "color, 320×240": "CameraExplorer(color=True)",
    "loops, 80×60": "CameraExplorer(convolve=convolve_loops)",
}
IMPORTS = "from helpers.explorers import CameraExplorer\nfrom helpers.loops import convolve_loops\n"
# Counts the pictures that are drawn in the second image view.
COUNT = """() => {
    const put = CanvasRenderingContext2D.prototype.putImageData;
    const watched = document.querySelectorAll(".image-view-pixels")[1];
    window.pictures = 0;
    CanvasRenderingContext2D.prototype.putImageData = function (...given) {
        put.apply(this, given);
        if (this.canvas === watched) pictures += 1;
    };
}"""


def film():
    """A second of noise, (240, 320)."""
    noise = np.random.default_rng(0).integers(0, 256, (FRAMES, 240, 320))
    head, *_ = as_film(noise[0]).partition(b"FRAME\n")
    return head + b"".join(as_film(frame)[len(head) :] for frame in noise)


def rate(context, address, folder, source):
    """Return the pictures per second that a cell with this source shows."""
    name = f"camera_{time.monotonic_ns()}.ipynb"
    write_notebook(folder / name, IMPORTS + source)
    notebook = NotebookPage(context, address, name)
    notebook.run_all()
    page = notebook.page
    page.get_by_role("button", name="start camera").click()
    page.wait_for_timeout(1000 * WARM_UP)
    page.evaluate(COUNT)
    start = time.monotonic()
    page.wait_for_timeout(1000 * SECONDS)
    found = page.evaluate("pictures") / (time.monotonic() - start)
    page.close()
    return found


def main():
    with TemporaryDirectory(ignore_cleanup_errors=True) as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "settings").mkdir()
        (folder / "noise.y4m").write_bytes(film())
        args = [*QUIET, *FAKE, f"--use-file-for-fake-video-capture={folder / 'noise.y4m'}"]
        with (
            jupyter_server(folder, folder / "settings") as address,
            playwright.chromium.launch(executable_path=browser_path(), args=args) as browser,
        ):
            context = browser.new_context()
            for case, source in CASES.items():
                found = rate(context, address, folder, source)
                print(f"{case:16} {found:5.1f} pictures per second", flush=True)


if __name__ == "__main__":
    main()
