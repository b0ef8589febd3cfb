"""Picture files: from a sample's name, a path or bytes to a Pillow image."""

import os
import warnings
from contextlib import suppress
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from helpers.validation import describe

Source: TypeAlias = str | PathLike | bytes | bytearray | memoryview

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")


def course_folder(name: str) -> Path:
    """Return the path of "images" or "notebooks": in the installed package, or beside it in a clone.

    >>> course_folder("images").is_dir()
    True
    """
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


def read_picture(source: Source) -> Image.Image:
    """Return a picture, rotated as its EXIF orientation says, in mode L, RGB or F.

    Mode F, with values from 0 to 1, is for pictures of more than 8 bits.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        data, name = bytes(source), "the data given"
    elif isinstance(source, (str, PathLike)):
        name = repr(str(source)[-200:])  # a file's text passed by mistake would fill pages
        data = _read_file(source, name)
    else:
        raise TypeError(f"source must be a sample name, a path or bytes; got {describe(source)}")
    if not data:
        raise ValueError(f"source must be a picture; {name} is empty")
    picture = _decode(data, name)
    return _scaled(picture, name) if picture.mode[0] in "IF" else picture


def _read_file(source: str | PathLike, name: str) -> bytes:
    names = sample_names()
    path = FOLDER / f"{source}.png" if source in names else Path(source)
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = "it is a folder" if os.path.isdir(path) else getattr(error, "strerror", None) or error
        raise ValueError(
            f"source must be a sample ({', '.join(names)}), a picture file or bytes; "
            f"{name} cannot be read: {why}"
        ) from None


def _decode(data: bytes, name: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(BytesIO(data), formats=FORMATS)
            picture.load()
            with suppress(Exception):  # the picture can be shown even if its EXIF data is damaged
                ImageOps.exif_transpose(picture, in_place=True)
            return _flatten(picture)
    except UnidentifiedImageError:
        problem = f"be a {', '.join(FORMATS)} picture; {name} is none of these"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        problem = f"have at most {Image.MAX_IMAGE_PIXELS:,} pixels; {name} has more"
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything for damaged files
        problem = f"be a complete picture; {name} is damaged, truncated or of an unsupported kind"
    raise ValueError(f"source must {problem}")


def _flatten(picture: Image.Image) -> Image.Image:
    """Put a picture of 8 bits on white, in mode L or RGB; return one of more bits as it is."""
    if picture.mode[0] in "IF":
        return picture
    mode = "L" if picture.mode in ("1", "L", "LA") else "RGB"
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture.convert("RGBA"))
    return picture.convert(mode)


def _scaled(picture: Image.Image, name: str) -> Image.Image:
    """Return a picture of more than 8 bits in mode F, with values from 0 to 1."""
    limit = 1 if picture.mode == "F" else 65535
    pixels = np.asarray(picture)
    low, high = pixels.min(), pixels.max()
    if not (low >= 0 and high <= limit):
        raise ValueError(
            f"source must hold values from 0 to {limit}; {name} holds {low:g} to {high:g}"
        )
    if "transparency" in picture.info:  # a 16-bit PNG can declare one gray value transparent
        pixels = np.where(pixels == picture.info["transparency"], limit, pixels)
    return Image.fromarray(pixels.astype(np.float32) / np.float32(limit))
