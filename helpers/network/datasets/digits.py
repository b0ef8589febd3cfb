"""Handwritten digits: all 70,000 of MNIST, from the contact sheets that ship with the course."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from helpers.network.datasets.idx import read_idx, scaled
from helpers.picture_files import FOLDER
from helpers.validation import as_choice

SPLITS = ("train", "test")
SIDE, PER_ROW = 28, 100  # pixels of a digit, digits in a row of a sheet


def load_digits(split: str = "train") -> tuple[NDArray, NDArray]:
    """Load handwritten digits and their labels.

    Parameters
    ----------
    split : "train" (60,000 digits) or "test" (10,000)

    Returns
    -------
    images : (N, 28, 28) float32 array in [0, 1], strokes bright on black
    labels : (N,) int array, 0 to 9; both in the order of the original set

    Raises
    ------
    ValueError : when `split` is anything else.

    Source: Y. LeCun and C. Cortes, The MNIST database of handwritten digits, 1998.

    >>> images, labels = load_digits("test")
    >>> images.shape, labels[:5].tolist()
    ((10000, 28, 28), [7, 2, 1, 0, 4])
    """
    as_choice("split", split, SPLITS)
    folder = FOLDER / "digits"
    labels = read_idx(folder / f"{split}-labels-idx1-ubyte.gz", axes=1).astype(int)
    codes = np.empty((len(labels), SIDE, SIDE), np.uint8)
    for digit in range(10):
        sheet = np.asarray(Image.open(folder / f"{split}-{digit}.png"))
        tiles = sheet.reshape(-1, SIDE, PER_ROW, SIDE).swapaxes(1, 2).reshape(-1, SIDE, SIDE)
        places = np.flatnonzero(labels == digit)
        codes[places] = tiles[: len(places)]
    return scaled(codes), labels


@cache
def shared_digits(split: str) -> tuple[NDArray, NDArray]:
    """Return the arrays of `load_digits`, read-only; they are loaded once and shared by all explorers."""
    digits = load_digits(split)
    for array in digits:
        array.flags.writeable = False
    return digits
