"""Remake the README's pictures: three explorers, each driven to a state that shows its purpose, and
a moving picture of a sweep.

    pip install -r tests/requirements.txt
    python tools/make_readme_pictures.py          # all of them, or those that are named:
    python tools/make_readme_pictures.py sweep

Starts JupyterLab and headless Chromium on this machine. How far the training gets depends on the
speed of this machine, so its curves differ from run to run.
"""

import shutil
import sys
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from browser.controls import press  # noqa: E402
from browser.jupyter import NotebookPage, chromium, jupyter_server, write_notebook  # noqa: E402
from browser.seen import Seen  # noqa: E402

THREE = [(60, 70), (40, 110), (50, 150), (80, 165), (105, 140), (112, 110), (115, 140), (145, 165),
         (180, 155), (190, 115), (175, 70)]  # fmt: skip
NETWORK = "Network.load('../images/digits/network.npz')"
HEIGHT = 900  # pixels; the pictures are cropped below
FRAMES = 90  # of the moving picture, at most
DURATION, LAST = 130, 1600  # milliseconds that a frame and the last one are shown
SHARE = 140  # milliseconds of the sweep from frame to frame
COLORS = 255  # one palette for all frames, so that nothing flickers


def point(explorer):
    Seen(explorer, "output").point(140, 262)
    explorer.page.mouse.down()
    explorer.page.mouse.up()


def train(explorer):
    press(explorer, "start")
    explorer.page.wait_for_timeout(4000)
    press(explorer, "pause")


def draw(explorer):
    pad = Seen(explorer, "draw here")
    rows, columns = pad.picture.shape[:2]
    pad.stroke(*[(row * rows // 224, column * columns // 224) for row, column in THREE])


def sweep(explorer):
    """Save a moving picture of a sweep: it is let go and stopped again for each frame."""
    page, frames = explorer.page, []
    while len(frames) < FRAMES:
        press(explorer, "sweep")
        page.wait_for_timeout(SHARE)
        if not explorer.get_by_role("button", name="pause", exact=True).count():
            break  # it has ended
        press(explorer, "pause")
        page.wait_for_timeout(200)  # the loupe may be on its way to another side
        frames.append(two_pictures(explorer))
    Seen(explorer, "output").point(0, 0)
    page.mouse.move(2, 2)
    page.wait_for_timeout(500)
    save_moving([*frames, two_pictures(explorer)], ROOT / "images" / "readme" / "sweep.gif")


def two_pictures(explorer):
    """Return a screenshot of the image and the output, with their titles."""
    first, second = (Seen(explorer, title) for title in ("image", "output"))
    start, end = first.figure.bounding_box(), second.overlay.bounding_box()
    right, bottom = (end[side] + end[size] + 6 for side, size in (("x", "width"), ("y", "height")))
    area = {"x": start["x"] - 4, "y": start["y"] - 4}
    area |= {"width": right - area["x"], "height": bottom - area["y"]}
    return Image.open(BytesIO(explorer.page.screenshot(clip=area))).convert("RGB")


def save_moving(frames, file):
    samples = [frames[len(frames) // 3], frames[-1]]  # with all colors of the others
    sheet = Image.new("RGB", (frames[0].width, 2 * frames[0].height))
    for number, sample in enumerate(samples):
        sheet.paste(sample, (0, number * sample.height))
    palette = sheet.quantize(COLORS, method=Image.Quantize.MAXCOVERAGE, kmeans=20)
    flat = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    durations = [*[DURATION] * (len(frames) - 1), LAST]
    flat[0].save(
        file, save_all=True, append_images=flat[1:], duration=durations, loop=0, optimize=False
    )
    print(f"{file.name}: {len(frames)} frames, {file.stat().st_size // 1024} KB")


def save_still(explorer, name):
    picture = Image.open(BytesIO(explorer.screenshot()))
    file = ROOT / "images" / "readme" / f"{name}.png"
    picture.crop((0, 0, picture.width, min(picture.height, HEIGHT))).save(file, optimize=True)
    print(f"{file.name}: {file.stat().st_size // 1024} KB")


@contextmanager
def course():
    """Yield a function that opens a notebook with one explorer, and returns the explorer."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "course" / "notebooks"
        folder.mkdir(parents=True)
        shutil.copytree(ROOT / "images", folder.parent / "images")
        with jupyter_server(folder, Path(scratch)) as address, chromium((1440, 1500)) as context:

            def open_explorer(name, cell):
                start = "from helpers.explorers import *\nfrom helpers.network import Network"
                write_notebook(folder / f"{name}.ipynb", start, cell)
                notebook = NotebookPage(context, address, f"{name}.ipynb")
                notebook.run_all()
                return notebook.page.locator(".explorer")

            yield open_explorer


CELLS = {  # what each picture shows, and how the explorer gets there
    "kernel_explorer": ("KernelExplorer('camera', 'sobel_vertical', view='signed')", point),
    "training_explorer": ("TrainingExplorer()", train),
    "inside_explorer": (f"InsideExplorer({NETWORK})", draw),
    "sweep": ("KernelExplorer('cat', 'emboss')", sweep),
}


def main(names):
    with course() as open_explorer:
        for name, (cell, drive) in CELLS.items():
            if names and name not in names:
                continue
            explorer = open_explorer(name, cell)
            drive(explorer)
            if drive is not sweep:
                explorer.page.wait_for_timeout(1500)
                save_still(explorer, name)
            explorer.page.close()


if __name__ == "__main__":
    main(sys.argv[1:])
