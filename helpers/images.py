"""Images in and out: loading as arrays, conversion to gray, to bytes and to PNG files."""

from io import BytesIO
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageOps

from helpers._fast.threads import one_thread
from helpers.picture_files import Source, read_picture
from helpers.validation import IntOrPair, as_array, as_flag, describe, is_listed

LUMA = (0.299, 0.587, 0.114)  # weights of red, green and blue in brightness, ITU-R BT.601

LARGEST_SIDE = 20_000
LANCZOS = Image.Resampling.LANCZOS


def load_image(source: Source, gray: bool = False, size: IntOrPair | None = None) -> NDArray:
    """Load a picture as an array.

    It is rotated as its EXIF orientation says, transparent parts are put on white, and an animation
    gives its first frame. With `size`, the picture is cropped around its center to those
    proportions and then resampled (Lanczos), so that it is not distorted.

    Parameters
    ----------
    source : str, Path or bytes
        The name of a sample, or the path or the bytes of a JPEG, PNG, GIF, BMP, TIFF or WebP file.
        A sample takes precedence over a file of the same name.
    gray : bool; True converts colors to brightness, see `to_gray`
    size : int (a square) or (rows, columns) in pixels, each from 1 to 20,000

    Returns
    -------
    float32 array in [0, 1], shape (H, W, 3); (H, W) when the file is gray or `gray` is True.

    Raises
    ------
    ValueError : if the picture cannot be read, or for another `size`.
    TypeError : if `source` or `gray` is of another type.

    >>> load_image("cat", size=(40, 60)).shape
    (40, 60, 3)
    """
    as_flag("gray", gray)
    if size is None:
        return _to_array(read_picture(source), gray)
    pair: Any = tuple(size) if is_listed(size) else (size, size)  # type: ignore[arg-type]
    if len(pair) != 2 or not all(map(_is_side, pair)):
        raise ValueError(
            f"size must be a whole number or a (rows, columns) pair, each from 1 to "
            f"{LARGEST_SIDE:,}; got {describe(size)}"
        )
    rows, columns = pair
    return _to_array(ImageOps.fit(read_picture(source), (columns, rows), LANCZOS), gray)


def load_within(source: Source, longest: int, gray: bool = False) -> NDArray:
    """Load a picture as `load_image` does, shrunk so that no side is longer than `longest` pixels.

    Proportions are kept; nothing is cropped or enlarged.

    Raises
    ------
    ValueError, TypeError : as in `load_image`; also for another `longest`.

    >>> max(load_within("cat", 60).shape)
    60
    """
    as_flag("gray", gray)
    if not _is_side(longest):
        raise ValueError(
            f"longest must be a whole number from 1 to {LARGEST_SIDE:,}; got {describe(longest)}"
        )
    picture = read_picture(source)
    picture.thumbnail((longest, longest), LANCZOS)
    return _to_array(picture, gray)


def to_gray(image: ArrayLike) -> NDArray:
    """Return the brightness of a color image: the sum of its channels, weighted by `LUMA`.

    Green looks brighter than blue to us, so the weights differ. The scale of the values does not
    change.

    Parameters
    ----------
    image : (H, W, 3) array of numbers, or (H, W), which is returned unchanged

    Returns
    -------
    (H, W) array; floats keep their precision, integers become float64

    Raises
    ------
    ValueError : for another shape, or for bools.
    TypeError : if the array does not hold real numbers.

    Source: Recommendation ITU-R BT.601, section 2.5.1, also used by Pillow's `convert("L")`.

    >>> to_gray([[[0, 0, 0], [1000, 0, 0], [0, 1000, 0], [0, 0, 1000]]]).tolist()
    [[0.0, 299.0, 587.0, 114.0]]
    """
    image = as_array("image", image)
    if image.dtype.kind == "b" or not _is_image(image):
        raise ValueError(
            f"image must hold numbers, shape (H, W) or (H, W, 3); got {describe(image)}"
        )
    if image.ndim == 2:
        return image
    with one_thread():
        return image @ np.array(LUMA, image.dtype if image.dtype.kind == "f" else float)


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
    scaled = np.clip(image, 0, 1)  # twice as fast as np.maximum and np.minimum
    if np.isnan(scaled.min(initial=0)):
        scaled = np.nan_to_num(scaled, copy=False)
    scaled *= 255
    scaled += 0.5
    return scaled.astype(np.uint8)


def encode_png(pixels: NDArray, colors: int | None = None) -> bytes:
    """Return a uint8 array, (H, W) or (H, W, 3), as the bytes of a PNG file.

    `colors` limits the number of different colors, 2 to 256, for a smaller file.

    Raises
    ------
    ValueError : for another array, or an empty one.

    >>> load_image(encode_png(np.array([[0, 255]], np.uint8))).tolist()
    [[0.0, 1.0]]
    """
    pixels = np.asarray(pixels)
    if pixels.dtype != np.uint8 or not _is_image(pixels) or not pixels.size:
        raise ValueError(
            f"pixels must be uint8, shape (H, W) or (H, W, 3), not empty; got {describe(pixels)}"
        )
    file = BytesIO()
    picture = Image.fromarray(pixels)
    if colors:
        picture = _quantize(picture.convert("RGB"), colors)
    picture.save(file, "PNG", optimize=colors is not None)
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


def _is_side(value: Any) -> bool:
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    return whole and 1 <= value <= LARGEST_SIDE


def _is_image(array: NDArray) -> bool:
    return array.ndim == 2 or (array.ndim == 3 and array.shape[2] == 3)


def _to_array(picture: Image.Image, gray: bool) -> NDArray:
    pixels = np.asarray(picture, dtype=np.float32)
    # Resampled floats may overshoot; Pillow clips bytes itself.
    image = pixels.clip(0, 1) if picture.mode == "F" else pixels / np.float32(255)
    return to_gray(image) if gray else image
