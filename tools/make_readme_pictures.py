"""Remake the README's pictures: three explorers, each driven to a state that shows its purpose.

    pip install -r tests/requirements.txt
    python tools/make_readme_pictures.py

Starts JupyterLab and headless Chromium on this machine. How far the training gets depends on the
speed of this machine, so its curves differ from run to run.
"""

import shutil
import sys
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
CELLS = {
    "kernel_explorer": "KernelExplorer('camera', 'sobel_vertical', view='signed')",
    "training_explorer": "TrainingExplorer()",
    "inside_explorer": f"InsideExplorer({NETWORK})",
}


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


def main():
    with TemporaryDirectory() as scratch:
        course = Path(scratch) / "course"
        shutil.copytree(ROOT / "images", course / "images")
        (course / "notebooks").mkdir()
        with (
            jupyter_server(course / "notebooks", Path(scratch)) as address,
            chromium((1440, 1500)) as context,
        ):
            for (name, cell), drive in zip(CELLS.items(), (point, train, draw)):
                start = "from helpers.explorers import *\nfrom helpers.network import Network"
                write_notebook(course / "notebooks" / f"{name}.ipynb", start, cell)
                notebook = NotebookPage(context, address, f"{name}.ipynb")
                notebook.run_all()
                explorer = notebook.page.locator(".explorer")
                drive(explorer)
                notebook.page.wait_for_timeout(1500)
                picture = Image.open(BytesIO(explorer.screenshot()))
                file = ROOT / "images" / "readme" / f"{name}.png"
                picture.crop((0, 0, picture.width, min(picture.height, HEIGHT))).save(
                    file, optimize=True
                )
                print(f"{file.name}: {file.stat().st_size // 1024} KB")
                notebook.page.close()


if __name__ == "__main__":
    main()
