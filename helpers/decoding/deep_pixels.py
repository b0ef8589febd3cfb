"""Gray pictures of more than 8 bits: which number of a file is white, and values from 0 to 1."""

import warnings
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from helpers.validation import as_brightness

BITS, PHOTOMETRIC, SAMPLE_FORMAT = 258, 262, 339  # TIFF tags
DARK = 4  # a quarter of white: up to it, the numbers may have 12 or 14 bits, kept in 16

Scale = Callable[[Image.Image], Image.Image]  # from a part of a picture to values from 0 to 1


def scale_of(picture: Image.Image, name: str, bands: Iterator[Image.Image]) -> Scale:
    """Return the function that turns parts of a deep picture into mode F, with values from 0 to 1.

    `bands` are all its parts; their numbers are checked first.
    """
    extremes = [(band.min(), band.max()) for band in map(np.asarray, bands)]
    low, high = np.min(extremes), np.max(extremes)
    white = _white(picture)
    if white is None:
        if not (low >= 0 and high <= 1):  # clipped where only rounding took them there
            _refuse_floats(np.asarray(picture), name)
        return lambda band: _in_mode_f(np.asarray(band).clip(0, 1))
    if low < 0 or high > white:
        raise ValueError(f"source must hold values from 0 to {white}; {name} holds {low} to {high}")
    if 0 < high <= white // DARK:
        warnings.warn(
            f"{name} looks dark: its brightest pixel is {high} of {white}. "
            f"If {high} is nearly white, divide the image by its max()",
            stacklevel=2,
        )
    clear = picture.info.get("transparency")  # a 16-bit PNG can declare one gray value transparent
    inverted = getattr(picture, "tag_v2", {}).get(PHOTOMETRIC) == 0  # 0 is white in the file

    def scaled(band: Image.Image) -> Image.Image:
        pixels = np.asarray(band)
        values = pixels.astype(np.float32)
        values /= white
        if clear is not None:
            values[pixels == clear] = 1
        return _in_mode_f(1 - values if inverted else values)

    return scaled


def _refuse_floats(values: NDArray, name: str) -> None:
    """Refuse values outside [0, 1], and say how those of a file can be changed."""
    try:
        as_brightness(f"source, {name},", values)
    except ValueError as error:
        raise ValueError(
            f"{error}; to change a file's values, read them by np.asarray(Image.open(path)),"
            " or export it with 8 bits"
        ) from None


def _white(picture: Image.Image) -> int | None:
    """Return the number that is white; None for floats, which are values from 0 to 1."""
    if picture.mode == "F":
        return None
    tags = getattr(picture, "tag_v2", {})
    (bits, *_) = tags.get(BITS, (16,))
    signed = bits == 16 and tags.get(SAMPLE_FORMAT) == (2,)
    return 2 ** (min(16, bits) - signed) - 1


def _in_mode_f(values: NDArray) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(values, np.float32))


def keeps_deep_alpha(picture: Image.Image) -> bool:
    """Whether a PNG file, not decoded yet, holds gray and alpha of 16 bits; if so, keep all bits.

    Pillow would decode them as colors of 8 bits. The four bytes of a pixel are asked for as they
    are instead, as if they were red, green, blue and alpha.
    """
    tiles = getattr(picture, "tile", [])
    if len(tiles) != 1 or tiles[0][3] != "LA;16B":
        return False
    make = getattr(type(tiles[0]), "_make", tuple)  # a named tuple, in older versions a plain one
    picture.tile = [make((*tiles[0][:3], "RGBA"))]  # type: ignore[attr-defined]
    return True


def from_raw_alpha(band: Image.Image) -> Image.Image:
    """Return a part of such a picture, four raw bytes a pixel, on white in mode F."""
    gray, alpha = np.moveaxis(np.asarray(band).view(">u2"), 2, 0) / np.float32(65535)
    return _in_mode_f(1 - alpha * (1 - gray))
