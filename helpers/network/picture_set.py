"""A set of one's own pictures with their classes, and one zip file of PNGs for it.

The file holds class/number.png and nothing else: it can be made and looked into without this course.
A file from elsewhere is not trusted: how many pictures it holds, how they are called and how large
they are is read from its headers, and checked, before any of them is unpacked.
"""

import re
import struct
import zipfile
from collections.abc import Sequence
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.encoding import encode_png
from helpers.images import load_image
from helpers.labels import as_labels
from helpers.messages import describe, message_of
from helpers.network.archive import check_directory
from helpers.validation import as_array, as_brightness

SHAPES = (28, 28), (32, 32, 3)  # of a picture in gray, and in color
MOST_BYTES, MOST_PICTURES, MOST_CLASSES = 8_000_000, 2_000, 20  # of a file
MOST_PNG = 20_000  # bytes of a picture, unpacked: many times what it needs
LONGEST_NAME = 24  # characters of a class
MEMBER = re.compile(r"([^/\\]+)/(\d{1,6})\.png")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
CHANNELS = {0: (), 2: (3,)}  # by the color type in a PNG's header: gray, and red, green, blue
WHEN = (1980, 1, 1, 0, 0, 0)  # so that one set always gives the same bytes


class LabeledSet(NamedTuple):
    """Pictures (N, 28, 28) or (N, 32, 32, 3) in [0, 1], labels (N,) from 0, and the classes' names."""

    images: NDArray
    labels: NDArray
    names: tuple[str, ...]


def save_zip(
    path: str | PathLike[str], images: ArrayLike, labels: ArrayLike, names: Sequence[str]
) -> None:
    """Write pictures into a zip file, each as class/number.png; brightness is rounded to 8 bits.

    Parameters
    ----------
    path : str or Path, of a file that is not there yet
    images : (N, 28, 28) or (N, 32, 32, 3) array in [0, 1]; at most 2,000 pictures
    labels : (N,) ints from 0
    names : the names of the classes, at most 20, of up to 24 characters

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given; also when the file is
        there already, or cannot be written.
    """
    content = zip_bytes(images, labels, names)
    try:
        with open(path, "xb") as file:
            file.write(content)
    except FileExistsError:
        raise ValueError(f"path must be a new file; {Path(path).name[:80]!r} is there") from None
    except (OSError, TypeError) as error:
        raise ValueError(
            f"path must be a file that can be written: {message_of(error)[:120]}"
        ) from None


def zip_bytes(images: ArrayLike, labels: ArrayLike, names: Sequence[str]) -> bytes:
    """Return the content of the file that `save_zip` writes, for the same arguments."""
    pictures = as_array("images", images, least_axes=3)
    if pictures.shape[1:] not in SHAPES or len(pictures) > MOST_PICTURES:
        raise ValueError(
            f"images must be at most {MOST_PICTURES:,} of shape (28, 28) or (32, 32, 3);"
            f" got {describe(pictures)}"
        )
    names = _as_names(names)
    codes = np.round(255 * as_brightness("images", pictures)).astype(np.uint8)
    labels = as_labels("labels", labels, len(names), len(pictures))
    counts = [0] * len(names)
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:  # a PNG is packed already
        for picture, label in zip(codes, labels, strict=True):
            counts[label] += 1
            member = zipfile.ZipInfo(f"{names[label]}/{counts[label]:04}.png", WHEN)
            packed.writestr(member, encode_png(picture))
    return file.getvalue()


def load_zip(source: str | PathLike[str] | bytes) -> LabeledSet:
    """Read a set of pictures that `save_zip` wrote, or that was put together by hand.

    Parameters
    ----------
    source : path of a zip file of up to 8 MB, or its bytes; it holds up to 2,000 PNG files in folders
        named like their classes, all of 28×28 pixels in gray or all of 32×32 in color

    Returns
    -------
    LabeledSet : images, labels, names; classes in the order of the file, pictures by their numbers

    Raises
    ------
    ValueError : saying in one line why the file is not such a set.
    """
    name = "the file" if isinstance(source, bytes) else repr(Path(source).name[:80])
    try:
        data = source if isinstance(source, bytes) else _bytes_of(Path(source))
        return _read(data)
    except Exception as error:  # a file from elsewhere may fail at any place
        reason = message_of(error)[:160]
        raise ValueError(f"{name} is not a set of pictures: {reason}") from None


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise ValueError("there is no such file")
    with open(path, "rb") as file:
        return file.read(MOST_BYTES + 1)


def _read(data: bytes) -> LabeledSet:
    if len(data) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES // 10**6} MB")
    file = BytesIO(data)
    check_directory(file, "zip file")
    with zipfile.ZipFile(file) as packed:
        members = sorted_members(packed.infolist())
        if not members:
            raise ValueError("it holds no pictures")
        names = list(dict.fromkeys(name for name, _, _ in members))
        _as_names(names)
        pictures = [_picture(packed, member) for _, _, member in members]
    shapes = {picture.shape for picture in pictures}
    if len(shapes) > 1:
        raise ValueError("some of its pictures are in gray, others in color")
    labels = np.array([names.index(name) for name, _, _ in members])
    return LabeledSet(np.array(pictures), labels, tuple(names))


def sorted_members(listed: list[zipfile.ZipInfo]) -> list[tuple[str, int, zipfile.ZipInfo]]:
    """Return (class, number, member) of each picture; refuse what is too much, too large, or no picture."""
    members = [member for member in listed if not member.is_dir() or member.file_size]
    if len(listed) > MOST_PICTURES + MOST_CLASSES:
        raise ValueError(f"it holds {len(listed):,} files; at most {MOST_PICTURES:,} are read")
    found = []
    for member in members:
        match = MEMBER.fullmatch(member.filename)
        if match is None:
            raise ValueError(f"a picture must be class/number.png; got {member.filename[:40]!r}")
        if member.file_size > MOST_PNG or member.flag_bits & 1:
            raise ValueError(f"{member.filename} is too large for a small picture, or encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f"{member.filename} uses a kind of compression that is not read here")
        found.append((match[1], int(match[2]), member))
    if len({pair[:2] for pair in found}) < len(found):
        raise ValueError("two of its pictures have one name")
    order = list(dict.fromkeys(name for name, _, _ in found))
    return sorted(found, key=lambda each: (order.index(each[0]), each[1]))


def _picture(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray:
    """Return one picture; its size is that in the header, or it is not decoded."""
    with packed.open(member) as stored:
        data = stored.read(MOST_PNG + 1)
    if len(data) > MOST_PNG or not data.startswith(PNG) or len(data) < len(PNG) + 10:
        raise ValueError(f"{member.filename} is not a PNG")
    columns, rows, depth, kind = struct.unpack(">IIBB", data[len(PNG) : len(PNG) + 10])
    shape = (rows, columns, *CHANNELS.get(kind, (0,)))
    if shape not in SHAPES or depth != 8:
        raise ValueError(
            f"{member.filename} must be 28×28 pixels in gray or 32×32 in color, 8 bits;"
            f" it is {columns}×{rows}, color type {kind}, {depth} bits"
        )
    image = load_image(data)
    if image.shape != shape:
        raise ValueError(f"{member.filename} does not match its header")
    return image


def _as_names(names: Sequence[str]) -> list[str]:
    """Return the names of classes, which are also names of folders, or refuse them."""
    names = list(names)
    if not 1 <= len(names) <= MOST_CLASSES or len(set(names)) < len(names):
        raise ValueError(f"names must be 1 to {MOST_CLASSES} different ones; got {len(names)}")
    for name in names:
        if not is_class_name(name):
            raise ValueError(
                f"a class must have a name of 1 to {LONGEST_NAME} letters, digits, spaces, - or _;"
                f" got {describe(name)}"
            )
    return names


def is_class_name(name: object) -> bool:
    """Whether a text can be the name of a class, and of a folder on every system.

    >>> [is_class_name(name) for name in ("cat", "big dog 2", "", "..", "a/b", "x" * 30)]
    [True, True, False, False, False, False]
    """
    if not isinstance(name, str) or not 1 <= len(name) <= LONGEST_NAME or name != name.strip():
        return False
    return all(letter.isalnum() or letter in " -_" for letter in name)
