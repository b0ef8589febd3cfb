"""IDX files: the format in which MNIST, Fashion-MNIST, KMNIST and similar sets are published."""

import gzip
import zlib
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from helpers.validation import as_choice, describe

PREFIXES = {"train": "train", "test": "t10k"}
BYTES = 8  # IDX's mark for values of one byte each


def load_idx(folder: str | PathLike[str], split: str = "train") -> tuple[NDArray, NDArray]:
    """Load images and labels from a folder with the four files of a set like MNIST.

    They are train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and
    t10k-labels-idx1-ubyte, with .gz at the end if compressed. Only the two files of the split are
    read.

    Parameters
    ----------
    folder : str or Path
    split : "train", or "test" for the files that begin with t10k

    Returns
    -------
    images : (N, H, W) float32 array in [0, 1]
    labels : (N,) int array

    Raises
    ------
    ValueError : when a file is missing, cut short, empty or no IDX file of bytes, or when the
        numbers of labels and images differ.
    TypeError : when `folder` is no path.

    Source: Y. LeCun, The MNIST database, "File formats for this database".
    """
    as_choice("split", split, PREFIXES)
    if not isinstance(folder, (str, PathLike)):
        raise TypeError(f"folder must be a path; got {describe(folder)}")
    images, labels = (
        read_idx(_find(Path(folder), f"{PREFIXES[split]}-{what}-idx{axes}-ubyte"), axes)
        for what, axes in (("images", 3), ("labels", 1))
    )
    if len(images) != len(labels):
        raise ValueError(
            f"folder must hold a label for each image; {str(folder)!r} has {len(labels):,}"
            f" labels for {len(images):,} {split} images"
        )
    return scaled(images), labels.astype(int)


def read_idx(path: Path, axes: int) -> NDArray:
    """Return the uint8 array in an IDX file, compressed or not; it must have `axes` axes."""
    data = _unpacked(path)
    start = 4 + 4 * axes  # the mark, then the length of each axis
    if data[:2] != bytes(2) or len(data) < 4:
        raise ValueError(f"{path.name} must be an IDX file; it begins with {data[:4].hex(' ')}")
    if tuple(data[2:4]) != (BYTES, axes):
        raise ValueError(
            f"{path.name} must hold bytes (type {BYTES}) along {axes} axes;"
            f" it holds type {data[2]} along {data[3]}"
        )
    shape = np.frombuffer(data[4:start].ljust(start - 4, b"\0"), ">u4").tolist()
    wanted = int(np.prod(shape, dtype=object))
    if wanted == 0 or len(data) != start + wanted:
        raise ValueError(
            f"{path.name} must hold {' × '.join(f'{n:,}' for n in shape)} values, more than 0;"
            f" it holds {max(len(data) - start, 0):,}"
        )
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape)


def scaled(codes: NDArray) -> NDArray:
    """Return bytes as float32 from 0 to 1."""
    return np.divide(codes, np.float32(255), dtype=np.float32)


def _find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise ValueError(f"folder must hold {name} or {name}.gz; there is none in {str(folder)!r}")


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if data[:2] != b"\x1f\x8b":  # the mark of gzip
        return data
    try:
        return gzip.decompress(data)
    except (EOFError, OSError, zlib.error):
        raise ValueError(f"{path.name} must be a whole file; it is cut short or damaged") from None
