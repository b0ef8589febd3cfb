"""Draw the fruit pictograms of four sets, and write one sheet for each style to images/fruits/.

Nothing here is needed to take the course: the sheets ship with it. Run this only to reproduce or
change them. It needs the npm packages with the four sets, and the Python package resvg_py, which
draws SVG:

    npm install @iconify-json/noto@1.2.9 @iconify-json/fluent-emoji-flat@1.2.6
    npm install @iconify-json/twemoji@1.2.5 @iconify-json/openmoji@1.2.29
    pip install resvg_py==0.5.0
    python tools/make_fruits.py node_modules/@iconify-json

A sheet holds the pictograms in a row, in the order of FRUIT_NAMES, with transparency.
"""

import json
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import resvg_py
from contact_sheets import IMAGES, save
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from helpers.network.datasets.pictograms import FRUIT_NAMES, FRUIT_STYLES, SIDE

PACKAGES = dict(zip(FRUIT_STYLES, ("fluent-emoji-flat", "noto", "openmoji", "twemoji")))
FINER = 4  # drawn larger, then averaged


def draw(icons, name):
    """Return one pictogram, (SIDE, SIDE, 4) bytes."""
    icon = icons["icons"][name.replace(" ", "-")]
    width, height = (icon.get(side, icons.get(side, 16)) for side in ("width", "height"))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f"{icon['body']}</svg>"
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, width=FINER * SIDE, height=FINER * SIDE)
    return np.asarray(Image.open(BytesIO(bytes(png))).convert("RGBA").reduce(FINER))


def main(folder):
    (IMAGES / "fruits").mkdir(exist_ok=True)
    for style, package in PACKAGES.items():
        icons = json.loads((Path(folder) / package / "icons.json").read_text(encoding="utf-8"))
        save(np.hstack([draw(icons, name) for name in FRUIT_NAMES]), f"fruits/{style}")


if __name__ == "__main__":
    main(*sys.argv[1:])
