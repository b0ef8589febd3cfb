"""Contact sheets: how sets of small gray images ship with the course, one sheet for each class."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from helpers.network.datasets.idx import read_idx, scaled
from helpers.picture_files import FOLDER

SPLITS = ("train", "test")
SIDE, PER_ROW = 28, 100  # pixels of an image, images in a row of a sheet


def load_sheets(name: str, split: str) -> tuple[NDArray, NDArray]:
    """Return the images (N, 28, 28), float32 in [0, 1], and the labels (N,) of a set that ships.

    The labels are stored in the order of the original set. They say how many images each sheet
    holds, and where each image belongs.
    """
    folder = FOLDER / name
    labels = read_idx(folder / f"{split}-labels-idx1-ubyte.gz", axes=1).astype(int)
    codes = np.empty((len(labels), SIDE, SIDE), np.uint8)
    for label in range(10):
        sheet = np.asarray(Image.open(folder / f"{split}-{label}.png"))
        tiles = sheet.reshape(-1, SIDE, PER_ROW, SIDE).swapaxes(1, 2).reshape(-1, SIDE, SIDE)
        places = np.flatnonzero(labels == label)
        codes[places] = tiles[: len(places)]
    return scaled(codes), labels
