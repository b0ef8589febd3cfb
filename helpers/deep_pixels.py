"""Gray pictures of more than 8 bits: which number of a file is white, and values from 0 to 1."""

import warnings

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from helpers.validation import as_brightness

BITS, PHOTOMETRIC, SAMPLE_FORMAT = 258, 262, 339  # TIFF tags
DARK = 8  # a picture whose brightest pixel has no more than an eighth of white looks black


def scaled(picture: Image.Image, name: str) -> Image.Image:
    """Return a picture in mode F, with values from 0 to 1."""
    pixels = np.asarray(picture)
    white = _white(picture)
    if white is None:
        return _in_mode_f(as_brightness(f"source, {name},", pixels))
    low, high = int(pixels.min()), int(pixels.max())
    if low < 0 or high > white:
        raise ValueError(f"source must hold values from 0 to {white}; {name} holds {low} to {high}")
    if 0 < high <= white // DARK:
        warnings.warn(
            f"{name} looks black: its brightest pixel is {high} of {white}. "
            f"If {high} is nearly white, divide the image by its max()",
            stacklevel=2,
        )
    if "transparency" in picture.info:  # a 16-bit PNG can declare one gray value transparent
        pixels = np.where(pixels == picture.info["transparency"], white, pixels)
    values = pixels.astype(np.float32)
    values /= white
    if getattr(picture, "tag_v2", {}).get(PHOTOMETRIC) == 0:  # 0 is white; Pillow leaves it so
        np.subtract(1, values, out=values)
    return _in_mode_f(values)


def _white(picture: Image.Image) -> int | None:
    """Return the number that is white; None for floats, which are values from 0 to 1."""
    if picture.mode == "F":
        return None
    tags = getattr(picture, "tag_v2", {})
    bits = min(16, tags.get(BITS, (16,))[0])
    signed = bits == 16 and tags.get(BITS) == (16,) and tags.get(SAMPLE_FORMAT) == (2,)
    return 2 ** (bits - signed) - 1


def _in_mode_f(values: NDArray) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(values, np.float32))


def has_deep_alpha(picture: Image.Image) -> bool:
    """Whether a PNG file, not decoded yet, holds gray and alpha of 16 bits; if so, keep all bits.

    Pillow would decode them as colors of 8 bits. The four bytes of a pixel are asked for as they
    are instead, as if they were red, green, blue and alpha.
    """
    tiles = getattr(picture, "tile", [])
    if len(tiles) != 1 or tiles[0][3] != "LA;16B":
        return False
    codec, box, offset, _ = tiles[0]
    picture.tile = [type(tiles[0])(codec, box, offset, "RGBA")]  # type: ignore[attr-defined]
    return True


def with_raw_alpha(picture: Image.Image) -> Image.Image:
    """Return a picture of four raw bytes a pixel, gray and alpha, on white in mode F."""
    gray, alpha = np.moveaxis(np.asarray(picture).view(">u2"), 2, 0) / np.float32(65535)
    return _in_mode_f(1 - alpha * (1 - gray))
