"""Handwritten digits: all 70,000 of MNIST, from the contact sheets that ship with the course."""

from functools import cache

from numpy.typing import NDArray

from helpers.network.datasets.sheets import SPLITS, load_sheets
from helpers.validation import as_choice


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
    return load_sheets("digits", as_choice("split", split, SPLITS))


@cache
def shared_digits(split: str) -> tuple[NDArray, NDArray]:
    """Return the arrays of `load_digits`, read-only; they are loaded once and shared by all explorers."""
    digits = load_digits(split)
    for array in digits:
        array.flags.writeable = False
    return digits
