"""Handwritten digits: all 70,000 of MNIST, from the sheets that come with the course."""

import gzip

import numpy as np
from PIL import Image

from helpers.checks import as_choice
from helpers.images import FOLDER

SPLITS = ("train", "test")
SIDE, PER_ROW = 28, 100  # pixels of a digit, digits in a row of a sheet


def load_digits(split="train"):
    """Load handwritten digits and what they are.

    Parameters
    ----------
    split : "train" (60,000 digits) or "test" (10,000)

    Returns
    -------
    images : (N, 28, 28) float32 array in [0, 1], strokes bright on black
    labels : (N,) int array, 0 to 9; both in the order of the original set

    Source: Y. LeCun and C. Cortes, The MNIST database of handwritten digits, 1998.

    >>> images, labels = load_digits("test")
    >>> images.shape, labels[:5].tolist()
    ((10000, 28, 28), [7, 2, 1, 0, 4])
    """
    as_choice("split", split, SPLITS)
    folder = FOLDER / "digits"
    packed = (folder / f"{split}-labels-idx1-ubyte.gz").read_bytes()
    labels = np.frombuffer(gzip.decompress(packed), np.uint8, offset=8).astype(int)
    images = np.empty((len(labels), SIDE, SIDE), np.float32)
    for digit in range(10):
        sheet = np.asarray(Image.open(folder / f"{split}-{digit}.png"), np.float32) / 255
        tiles = sheet.reshape(-1, SIDE, PER_ROW, SIDE).swapaxes(1, 2).reshape(-1, SIDE, SIDE)
        places = np.flatnonzero(labels == digit)
        images[places] = tiles[: len(places)]
    return images, labels
