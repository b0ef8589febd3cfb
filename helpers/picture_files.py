"""Picture sources: from a sample's name, a path, bytes, an open file or a Pillow image to a picture."""

import os
import stat
from contextlib import suppress
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import IO, Any, TypeAlias

from PIL import Image

from helpers.browser import in_browser
from helpers.decoding.decoder import decode
from helpers.messages import describe

Source: TypeAlias = str | PathLike | bytes | bytearray | memoryview | IO[bytes] | Image.Image

MOST_BYTES = 150_000_000  # of a file; a 48-megapixel picture without compression has fewer


def course_folder(name: str) -> Path:
    """Return the path of "images" or "notebooks": in the installed package, or beside it in a clone.

    In a browser the pictures lie beside the lessons, and each is fetched when it is opened.

    >>> course_folder("images").is_dir()
    True
    """
    if in_browser():
        return Path.cwd().parent / name
    package = Path(__file__).resolve().parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parent / name


FOLDER = course_folder("images")  # the samples; the digits are one folder further down


def sample_names() -> list[str]:
    """Return the names of the sample pictures, sorted.

    >>> "cat" in sample_names()
    True
    """
    return sorted(path.stem for path in FOLDER.glob("*.png"))


def is_picture_source(value: Any) -> bool:
    """Whether a value is a name, a path, bytes, an open file or a Pillow image, not an array."""
    kinds = (str, PathLike, bytes, bytearray, memoryview, Image.Image)
    return isinstance(value, kinds) or hasattr(value, "read")


def read_picture(source: Source, least: int | None = None) -> Image.Image:
    """Return a picture, rotated as its EXIF orientation says, in mode L, RGB or F.

    Mode F, with values from 0 to 1, is for gray pictures of more than 8 bits. With `least`, a large
    picture may be reduced by a whole factor that leaves at least `least` pixels on both sides.
    """
    if isinstance(source, Image.Image):
        return decode(source, "the Pillow image", least)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _decode_bytes(bytes(source), "the data given", least)
    if isinstance(source, (str, PathLike)):
        return _read_file(source, least)
    if hasattr(source, "read"):
        return _decode_bytes(_bytes_from(source), "the open file", least)
    hint = ": an array is an image already" if hasattr(source, "shape") else ""
    raise TypeError(
        "source must be a sample name, a path, bytes, an open file or a Pillow image; "
        f"got {describe(source)}{hint}"
    )


def _read_file(source: str | PathLike, least: int | None) -> Image.Image:
    name = repr(str(source)[-200:])  # a file's text passed by mistake would fill pages
    names = sample_names()
    path = FOLDER / f"{source}.png" if source in names else os.path.expanduser(source)
    try:
        count = _bytes_in_file(path)
        with open(path, "rb") as file:
            _check_bytes(count, name)
            return decode(file, name, least)
    except OSError as error:  # of the file; those of its content have become ValueErrors
        raise ValueError(
            f"source must be a sample ({', '.join(names)}), a picture file or bytes; "
            f"{name} cannot be read: {error.strerror or error}"
        ) from None


def _bytes_in_file(path: str | PathLike) -> int:
    try:
        about = os.stat(path)
    except ValueError as error:  # a zero character in the name
        raise OSError(error) from None
    if stat.S_ISDIR(about.st_mode):
        raise OSError("it is a folder")
    if not stat.S_ISREG(about.st_mode):  # opening a pipe would wait forever
        raise OSError("it is a device or a pipe, not a file")
    return about.st_size


def _bytes_from(file: IO[bytes]) -> bytes:
    """Return what an open file holds, from its start if it can be rewound."""
    try:
        with suppress(AttributeError, OSError):
            file.seek(0)  # a file just written stands at its end
        data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError, TypeError) as error:
        raise ValueError(f"source must be an open file; it cannot be read: {error}") from None
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(
            f"source must be a file opened in binary mode, open(path, 'rb'); "
            f"its read() gives {type(data).__name__}"
        )
    return bytes(data)


def _decode_bytes(data: bytes, name: str, least: int | None) -> Image.Image:
    _check_bytes(len(data), name)
    return decode(BytesIO(data), name, least)


def _check_bytes(count: int, name: str) -> None:
    if not count:
        raise ValueError(f"source must be a picture; {name} is empty")
    if count > MOST_BYTES:
        raise ValueError(
            f"source must have at most {MOST_BYTES // 10**6} MB; {name} is too large: "
            "save it smaller, or as JPEG"
        )
