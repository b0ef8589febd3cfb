"""Pictures in and out: loading as arrays, gray, screen bytes and PNG files."""

from io import BytesIO
from numbers import Integral

import numpy as np
from PIL import Image, ImageOps

from helpers._fast.threads import one_thread
from helpers.picture_files import read_picture
from helpers.validation import as_array, as_flag, describe, is_listed

LUMA = (0.299, 0.587, 0.114)  # what red, green and blue add to brightness (ITU-R BT.601)

LARGEST_SIDE = 20_000
LANCZOS = Image.Resampling.LANCZOS


def load_image(source, gray=False, size=None):
    """Load a picture as an array.

    It is turned upright as its EXIF notes ask, anything transparent is laid on white, and of an
    animation the first frame is taken. With `size` the picture is cropped about its center to
    those proportions and then resampled, so nothing is squashed.

    Parameters
    ----------
    source : str, Path or bytes
        A sample name, or the path or the bytes of a JPEG, PNG, GIF, BMP, TIFF or WebP file.
        A sample comes before a file of the same name.
    gray : bool; True turns colors into brightness, see `to_gray`
    size : int (a square) or (rows, columns) in pixels, each from 1 to 20,000

    Returns
    -------
    float32 array in [0, 1], shape (H, W, 3); (H, W) when the file is gray or `gray` is True.

    Raises
    ------
    ValueError : when the picture cannot be read, or `size` is anything else.
    TypeError : when `source` or `gray` is of another type.

    >>> load_image("cat", size=(40, 60)).shape
    (40, 60, 3)
    """
    as_flag("gray", gray)
    if size is None:
        return _to_array(read_picture(source), gray)
    pair = tuple(size) if is_listed(size) else (size, size)
    if len(pair) != 2 or not all(map(_is_side, pair)):
        raise ValueError(
            f"size must be a whole number or a (rows, columns) pair, each from 1 to "
            f"{LARGEST_SIDE:,}; got {describe(size)}"
        )
    rows, columns = pair
    return _to_array(ImageOps.fit(read_picture(source), (columns, rows), LANCZOS), gray)


def load_within(source, longest, gray=False):
    """Load a picture as `load_image` does, shrunk if any side is longer than `longest` pixels.

    Proportions are kept; nothing is cropped or enlarged.

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


def to_gray(image):
    """Return the brightness (H, W) of a color image (H, W, 3): the sum weighted by `LUMA`.

    The scale stays. Floats keep their precision, whole numbers become float64. A gray image
    (H, W) comes back as it is. Another shape is a ValueError; so are bools, and what holds no real
    numbers at all is a TypeError.

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


def to_bytes(image):
    """Return floats in [0, 1] as the bytes 0 to 255 of a screen, in an array of the same shape.

    Values are rounded; those outside become 0 or 255. NaN, which is no brightness, becomes 0.
    Anything but an array of floats is a ValueError.

    >>> to_bytes([-1.0, 0.0, 0.5, 1.0, 2.0]).tolist()
    [0, 0, 128, 255, 255]
    """
    image = np.asarray(image)
    if image.dtype.kind != "f" or image.ndim == 0:
        raise ValueError(f"image must be an array of floats in [0, 1]; got {describe(image)}")
    scaled = np.clip(image, 0, 1)  # twice as fast as maximum and minimum
    if np.isnan(scaled.min(initial=0)):
        scaled = np.nan_to_num(scaled, copy=False)
    scaled *= 255
    scaled += 0.5
    return scaled.astype(np.uint8)


def encode_png(pixels, colors=None):
    """Return a uint8 array, (H, W) or (H, W, 3), as the bytes of a PNG file.

    With `colors`, at most that many different ones (2 to 256) are kept, for a smaller file.
    Another array, and an empty one, is a ValueError.

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
        picture = _with_fewer_colors(picture.convert("RGB"), colors)
    picture.save(file, "PNG", optimize=colors is not None)
    return file.getvalue()


def _with_fewer_colors(picture, colors):
    """Rare colors are kept, and what is nearly white is white, so that a page has no tint.

    The palette comes from every third row and column, which is ten times as fast as from all of
    them. Without dithering, flat areas stay flat.
    """
    sparse = picture.resize([-(-side // 3) for side in picture.size], Image.Resampling.NEAREST)
    palette = sparse.quantize(colors, method=Image.Quantize.MAXCOVERAGE, kmeans=100)
    entries = np.reshape(palette.getpalette(), (-1, 3))
    entries[entries.min(axis=1) > 247] = 255
    palette.putpalette(entries.ravel().tolist())
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _is_side(value):
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    return whole and 1 <= value <= LARGEST_SIDE


def _is_image(array):
    return array.ndim == 2 or (array.ndim == 3 and array.shape[2] == 3)


def _to_array(picture, gray):
    pixels = np.asarray(picture, dtype=np.float32)
    # Resampled floats may overshoot a little; Pillow clips bytes by itself.
    image = pixels.clip(0, 1) if picture.mode == "F" else pixels / np.float32(255)
    return to_gray(image) if gray else image
