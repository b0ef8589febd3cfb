"""Components: the connected parts of a mask."""

import numpy as np
from numpy.typing import NDArray


def connected(mask: NDArray) -> NDArray:
    """Number the connected parts of a mask, from 1; 0 outside. Pixels are connected to eight neighbors.

    Each pixel begins as a part of its own. Neighbors of different parts join them, under the lesser
    number, until no such neighbors are left.

    >>> connected(np.array([[1, 0, 0, 1], [0, 1, 0, 1]], bool)).tolist()
    [[1, 0, 0, 2], [0, 1, 0, 2]]
    """
    padded = np.pad(mask, 1)
    pixels = np.flatnonzero(padded)
    place = np.zeros(padded.size, int)
    place[pixels] = np.arange(pixels.size)
    down = padded.shape[1]
    steps = [1, down - 1, down, down + 1]  # to half of the neighbors; the others look back
    beside = [pixels[padded.flat[pixels + step]] for step in steps]
    one = place[np.concatenate(beside)]
    other = place[np.concatenate([at + step for at, step in zip(beside, steps)])]
    part = np.arange(pixels.size)
    while (part[one] != part[other]).any():
        pair = part[one], part[other]
        np.minimum.at(part, np.maximum(*pair), np.minimum(*pair))
        while (part != part[part]).any():
            part = part[part]
    found = np.zeros(mask.shape, int)
    found[mask] = np.cumsum(part == np.arange(pixels.size))[part]
    return found
