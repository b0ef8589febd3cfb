"""IDX files: the format in which MNIST, Fashion-MNIST, KMNIST and similar sets are published."""

import gzip
import os
import zlib
from collections.abc import Iterable
from math import prod
from os import PathLike
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from helpers.messages import describe
from helpers.validation import as_choice

PREFIXES = {"train": "train", "test": "t10k"}
BYTES = 8  # IDX's mark for values of one byte each
MOST = 1_000_000_000  # values of a file
SPARE = 65_536  # values read beyond those, so that damage is told from more data
DEFLATED = 1032  # gzip packs at most so many bytes into one


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
    ValueError : when a file is missing, cannot be read, is cut short, empty, not an IDX file of bytes or of more than 10⁹
        values, or when the numbers of labels and images differ.
    TypeError : when `folder` is not a path.

    Source: Y. LeCun, The MNIST database, "File formats for this database".
    """
    images, labels = read_split(folder, split)
    return scaled(images), labels.astype(int)


def read_split(folder: str | PathLike[str], split: str) -> tuple[NDArray, NDArray]:
    """Return what `load_idx` does, as the bytes that the two files hold."""
    as_choice("split", split, PREFIXES)
    if not isinstance(folder, (str, PathLike)):
        raise TypeError(f"folder must be a path; got {describe(folder)}")
    images, labels = (
        read_idx(_find(Path(folder), f"{PREFIXES[split]}-{what}-idx{axes}-ubyte"), axes)
        for what, axes in (("images", 3), ("labels", 1))
    )
    if len(images) != len(labels):
        raise ValueError(
            f"folder must hold a label for each image; {str(folder)[:150]!r} has {len(labels):,}"
            f" labels for {len(images):,} {split} images"
        )
    return images, labels


def read_idx(path: Path, axes: int) -> NDArray:
    """Return the uint8 array in an IDX file, compressed or not; it must have `axes` axes.

    The file says at its beginning how much it holds, and no more than that is read or unpacked.
    """
    try:
        with _opened(path) as file:
            shape = _read_shape(path.name, file, axes)
            wanted = prod(shape)
            most = DEFLATED * path.stat().st_size
            data = file.read(min(wanted, most) + SPARE)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise ValueError(f"{path.name} must be a whole file; it is cut short or damaged") from None
    except OSError as error:
        raise ValueError(
            f"{path.name} must be a file that can be read: {error.strerror or error}"
        ) from None
    if wanted == 0 or len(data) != wanted:
        held = "more" if len(data) > wanted else f"{len(data):,}"
        raise ValueError(
            f"{path.name} must hold {_times(shape)} values, more than 0; it holds {held}"
        )
    return np.frombuffer(data, np.uint8).reshape(shape)


def _opened(path: Path) -> IO[bytes] | gzip.GzipFile:
    with open(path, "rb") as file:
        packed = file.read(2) == b"\x1f\x8b"  # the mark of gzip
    return gzip.open(path) if packed else open(path, "rb")


def _read_shape(name: str, file: IO[bytes] | gzip.GzipFile, axes: int) -> list[int]:
    mark = file.read(4)
    if mark[:2] != bytes(2) or len(mark) < 4:
        raise ValueError(f"{name} must be an IDX file; it begins with {mark.hex(' ')}")
    if tuple(mark[2:]) != (BYTES, axes):
        raise ValueError(
            f"{name} must hold bytes (type {BYTES}) along {axes} axes;"
            f" it holds type {mark[2]} along {mark[3]}"
        )
    lengths = file.read(4 * axes).ljust(4 * axes, b"\0")
    shape = np.frombuffer(lengths, ">u4").tolist()
    if prod(shape) > MOST:
        raise ValueError(
            f"{name} must hold at most {MOST:,} values; it says that it holds {_times(shape)}"
        )
    return shape


def _times(shape: Iterable[int]) -> str:
    return " × ".join(f"{n:,}" for n in shape)


def scaled(codes: NDArray) -> NDArray:
    """Return bytes as float32 from 0 to 1."""
    return np.divide(codes, np.float32(255), dtype=np.float32)


def _find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if os.path.isfile(path):  # False where is_file raises, as for a name too long
            return path
    raise ValueError(
        f"folder must hold {name} or {name}.gz; there is none in {str(folder)[:150]!r}"
    )
