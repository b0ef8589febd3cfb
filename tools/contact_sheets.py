"""Writing pictures, and sets of small gray images as the contact sheets that `load_sheets` reads."""

import gzip
from pathlib import Path

import numpy as np
from PIL import Image

IMAGES = Path(__file__).resolve().parent.parent / "images"
TILES_PER_ROW = 100


def save(image, name):
    # Going through an array drops color profiles and metadata, so only pixels are kept.
    Image.fromarray(np.asarray(image, dtype=np.uint8)).save(IMAGES / f"{name}.png", optimize=True)


def contact_sheet(tiles):
    """Lay tiles out in rows, in their own order; empty places at the end stay black."""
    rows = -(-len(tiles) // TILES_PER_ROW)
    places = np.zeros((rows * TILES_PER_ROW, 28, 28), np.uint8)
    places[: len(tiles)] = tiles
    grid = places.reshape(rows, TILES_PER_ROW, 28, 28)
    return grid.swapaxes(1, 2).reshape(rows * 28, TILES_PER_ROW * 28)


def idx(array):
    """The bytes of an IDX file, the format MNIST was published in."""
    header = np.array([8 << 8 | array.ndim, *array.shape], dtype=">i4")
    return header.tobytes() + array.tobytes()


def save_set(folder, split, images, labels):
    """Write the images (N, 28, 28) and labels (N,) of a split, both of bytes."""
    (IMAGES / folder).mkdir(parents=True, exist_ok=True)
    for label in range(10):
        save(contact_sheet(images[labels == label]), f"{folder}/{split}-{label}")
    packed = gzip.compress(idx(labels), mtime=0)
    (IMAGES / folder / f"{split}-labels-idx1-ubyte.gz").write_bytes(packed)
