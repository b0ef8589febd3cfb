"""Picture files, the samples and others: from a name, a path or bytes to a Pillow image."""

import os
import warnings
from contextlib import suppress
from io import BytesIO
from os import PathLike
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from helpers.validation import describe

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
    """Return the sorted names of the sample pictures.

    >>> "cat" in sample_names()
    True
    """
    return sorted(path.stem for path in FOLDER.glob("*.png"))


def read_picture(source: str | PathLike[str] | bytes | bytearray | memoryview) -> Image.Image:
    """Return the picture upright, in mode L, RGB or (for more than 8 bits) F from 0 to 1."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        data, name = bytes(source), "the data given"
    elif isinstance(source, (str, PathLike)):
        name = repr(str(source)[-200:])  # a whole file passed as text would flood the message
        data = _read_file(source, name)
    else:
        raise TypeError(f"source must be a sample name, a path or bytes; got {describe(source)}")
    if not data:
        raise ValueError(f"source must be a picture; {name} is empty")
    picture = _decode(data, name)
    return _scaled(picture, name) if picture.mode[0] in "IF" else picture


def _read_file(source, name):
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


def _decode(data, name):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data), formats=FORMATS)
            picture.load()
            with suppress(Exception):  # a picture whose EXIF notes are broken is still a picture
                ImageOps.exif_transpose(picture, in_place=True)
            return _plain(picture)
    except UnidentifiedImageError:
        problem = f"be a {', '.join(FORMATS)} picture; {name} is none of these"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        problem = f"have at most {Image.MAX_IMAGE_PIXELS:,} pixels; {name} has more"
    except Exception:  # noqa: BLE001 - damaged files make Pillow raise nearly anything
        problem = f"be a whole picture; {name} is damaged, cut short or of a rare kind"
    raise ValueError(f"source must {problem}")


def _plain(picture):
    """Lay the picture on white, in mode L or RGB; one of more than 8 bits stays as it is."""
    if picture.mode[0] in "IF":
        return picture
    mode = "L" if picture.mode in ("1", "L", "LA") else "RGB"
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture.convert("RGBA"))
    return picture.convert(mode)


def _scaled(picture, name):
    limit = 1 if picture.mode == "F" else 65535
    pixels = np.asarray(picture)
    low, high = pixels.min(), pixels.max()
    if not (low >= 0 and high <= limit):
        raise ValueError(
            f"source must hold values from 0 to {limit}; {name} holds {low:g} to {high:g}"
        )
    if "transparency" in picture.info:  # the one gray that a 16-bit PNG may call transparent
        pixels = np.where(pixels == picture.info["transparency"], limit, pixels)
    return Image.fromarray(pixels.astype(np.float32) / np.float32(limit))
