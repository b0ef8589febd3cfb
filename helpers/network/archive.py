"""An .npz file from anywhere: what it holds is known from its headers before any array is read."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from helpers.network.layer import Shape

END = 22  # bytes of the record at the end of a zip file, which says how long its directory is
MOST_DIRECTORY = 1_000_000  # bytes
MOST_ARRAYS = 3_000


class Header(NamedTuple):
    """The shape and the type of a stored array."""

    shape: Shape
    dtype: np.dtype

    def __str__(self) -> str:
        return f"an array of shape {self.shape} and type {self.dtype}"


class Archive:
    """The arrays in an .npz file: `headers` of all by name; `read` reads one.

    A zip file may claim anything about itself, pack gigabytes into kilobytes, and hold pickled objects,
    so nothing is read whose size is not known and checked by the caller.
    """

    def __init__(self, file: zipfile.ZipFile):
        self._file = file
        members = file.infolist()
        names = [member.filename.removesuffix(".npy") for member in members]
        if len(members) > MOST_ARRAYS:
            raise ValueError(f"it is too large: it holds {len(members):,} arrays")
        if len(set(names)) < len(names):
            raise ValueError("two of its arrays have one name")
        self._members = dict(zip(names, members, strict=True))
        self.headers = {name: self._header(name) for name in names}

    def _header(self, name: str) -> Header:
        member = self._members[name]
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f"{name[:40]} uses a kind of compression that is not read here")
        with self._file.open(member) as stored:
            if npy.read_magic(stored) != (1, 0):
                raise ValueError(f"{name[:40]} has another version")
            shape, _, dtype = npy.read_array_header_1_0(stored)
            held = member.file_size - stored.tell()
        if dtype.hasobject:
            raise ValueError(f"{name[:40]} holds objects instead of numbers")
        if held != prod(shape) * dtype.itemsize:
            raise ValueError(f"{name[:40]} does not hold {Header(shape, dtype)}")
        return Header(shape, dtype)

    def read(self, name: str) -> NDArray:
        """Return one array; a wrong checksum is a BadZipFile."""
        with self._file.open(self._members[name]) as stored:
            array = npy.read_array(stored, allow_pickle=False)
            stored.read(1)  # at the end its checksum is compared
        return array


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an .npz file, if its directory is of a size that can be looked at."""
    with open(path, "rb") as file:
        check_directory(file, ".npz file")
        with zipfile.ZipFile(file) as packed:
            yield Archive(packed)


def check_directory(file: IO[bytes], kind: str) -> None:
    """Refuse a zip file whose directory is too large to be looked at, or that is none of this kind."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - END - 20))
    tail = file.read()
    before, end = tail[:-END], tail[-END:]
    if len(end) < END or end[:4] != b"PK\5\6" or end[-2:] != bytes(2):
        raise ValueError(f"it is not a {kind}, or it is cut short")
    directory = int.from_bytes(end[12:16], "little")
    if before[:4] == b"PK\6\7" or directory > MOST_DIRECTORY:  # the first marks files over 4 GB
        raise ValueError("it is too large: its directory alone takes megabytes")
