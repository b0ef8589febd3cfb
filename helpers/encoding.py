"""Images out: floats to bytes, and bytes to PNG files."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from helpers.messages import describe

AT_A_TIME = 65_536  # numbers converted: they stay in the processor's cache


def to_bytes(image: NDArray) -> NDArray:
    """Return floats in [0, 1] as bytes from 0 to 255, in a uint8 array of the same shape.

    Values are rounded, and clipped to 0 and 255. NaN becomes 0.

    Raises
    ------
    ValueError : if `image` is not an array of floats.

    >>> to_bytes([-1.0, 0.0, 0.5, 1.0, 2.0]).tolist()
    [0, 0, 128, 255, 255]
    """
    image = np.asarray(image)
    if image.dtype.kind != "f" or image.ndim == 0:
        raise ValueError(f"image must be an array of floats in [0, 1]; got {describe(image)}")
    flat = image.reshape(-1)
    result = np.empty(flat.size, np.uint8)
    for start in range(0, flat.size, AT_A_TIME):
        scaled = np.clip(flat[start : start + AT_A_TIME], 0, 1)
        if np.isnan(scaled.min()):
            scaled = np.nan_to_num(scaled, copy=False)
        scaled *= 255
        scaled += 0.5
        result[start : start + AT_A_TIME] = scaled
    return result.reshape(image.shape)


def encode_png(pixels: NDArray, colors: int | None = None) -> bytes:
    """Return a uint8 array, (H, W) or (H, W, 3), as the bytes of a PNG file.

    `colors` limits the number of different colors, 2 to 256, for a smaller file.

    Raises
    ------
    ValueError : for another array, or an empty one.

    >>> from helpers import load_image
    >>> load_image(encode_png(np.array([[0, 255]], np.uint8))).tolist()
    [[0.0, 1.0]]
    """
    pixels = np.asarray(pixels)
    is_image = pixels.ndim == 2 or pixels.shape[2:] == (3,)
    if pixels.dtype != np.uint8 or not is_image or not pixels.size:
        raise ValueError(
            f"pixels must be uint8, shape (H, W) or (H, W, 3), not empty; got {describe(pixels)}"
        )
    file = BytesIO()
    picture = Image.fromarray(pixels)
    if colors:
        picture = _quantize(picture.convert("RGB"), colors)
    picture.save(file, "PNG", compress_level=7)
    return file.getvalue()


def _quantize(picture: Image.Image, colors: int) -> Image.Image:
    """Reduce a picture to a palette that keeps rare colors.

    Nearly white becomes white, so that the background of a figure has no tint. The palette comes
    from every third row and column, which is ten times as fast as from all of them. Without
    dithering, flat areas stay flat.
    """
    sparse = picture.resize([-(-side // 3) for side in picture.size], Image.Resampling.NEAREST)
    palette = sparse.quantize(colors, method=Image.Quantize.MAXCOVERAGE, kmeans=100)
    entries = np.array(palette.getpalette(), int).reshape(-1, 3)
    entries[entries.min(axis=1) > 247] = 255
    palette.putpalette(entries.ravel().tolist())
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)
