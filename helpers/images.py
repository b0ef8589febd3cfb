"""Pictures in and out: the samples, loading as arrays, gray, screen bytes and PNG files."""

import os
import warnings
from contextlib import suppress
from io import BytesIO
from numbers import Integral
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from helpers.checks import as_array, describe

LUMA = (0.299, 0.587, 0.114)  # what red, green and blue add to brightness (ITU-R BT.601)

FOLDER = Path(__file__).parent.parent / "images"
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
LARGEST_SIDE = 20_000
LANCZOS = Image.Resampling.LANCZOS


def sample_names():
    """Return the sorted names of the sample pictures.

    >>> "cat" in sample_names()
    True
    """
    return sorted(path.stem for path in FOLDER.glob("*.png"))


def load_image(source, gray=False, size=None):
    """Load a picture as an array.

    It is turned upright as its EXIF notes ask, anything transparent is laid on white, and of an
    animation the first frame is taken. With `size` the picture is cropped about its centre to
    those proportions and then resampled, so nothing is squashed.

    Parameters
    ----------
    source : str, Path or bytes
        A sample name, or the path or the bytes of a JPEG, PNG, GIF, BMP, TIFF or WebP file.
        A sample comes before a file of the same name.
    gray : bool; True turns colours into brightness, see `to_gray`
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
    _check_gray(gray)
    if size is None:
        return _to_array(_read(source), gray)
    pair = tuple(size) if isinstance(size, (tuple, list)) else (size, size)
    if len(pair) != 2 or not all(map(_is_side, pair)):
        raise ValueError(
            f"size must be a whole number or a (rows, columns) pair, each from 1 to "
            f"{LARGEST_SIDE:,}; got {describe(size)}"
        )
    rows, columns = pair
    return _to_array(ImageOps.fit(_read(source), (columns, rows), LANCZOS), gray)


def load_within(source, longest, gray=False):
    """Load a picture as `load_image` does, shrunk if any side is longer than `longest` pixels.

    Proportions are kept; nothing is cropped or enlarged.

    >>> max(load_within("cat", 60).shape)
    60
    """
    _check_gray(gray)
    if not _is_side(longest):
        raise ValueError(
            f"longest must be a whole number from 1 to {LARGEST_SIDE:,}; got {describe(longest)}"
        )
    picture = _read(source)
    picture.thumbnail((longest, longest), LANCZOS)
    return _to_array(picture, gray)


def to_gray(image):
    """Return the brightness (H, W) of a colour image (H, W, 3): the sum weighted by `LUMA`.

    The scale stays. Floats keep their precision, whole numbers become float64. A gray image
    (H, W) comes back as it is. Another shape, or anything but real numbers, is a ValueError.

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
    scaled = np.fmax(image, 0)  # beside a NaN, fmax takes the 0; maximum and clip keep the NaN
    np.minimum(scaled, 1, out=scaled)
    scaled *= 255
    scaled += 0.5
    return scaled.astype(np.uint8)


def encode_png(pixels, colours=None):
    """Return a uint8 array, (H, W) or (H, W, 3), as the bytes of a PNG file.

    With `colours`, at most that many different ones (2 to 256) are kept, for a smaller file.
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
    if colours:
        picture = _with_fewer_colours(picture.convert("RGB"), colours)
    picture.save(file, "PNG", optimize=colours is not None)
    return file.getvalue()


def _with_fewer_colours(picture, colours):
    """Rare colours are kept, and what is nearly white is white, so that a page has no tint."""
    palette = picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE)
    entries = np.reshape(palette.getpalette(), (-1, 3))
    entries[entries.min(axis=1) > 247] = 255
    palette.putpalette(entries.ravel().tolist())
    return picture.quantize(palette=palette)


def _check_gray(gray):
    if not isinstance(gray, bool):
        raise TypeError(f"gray must be True or False; got {describe(gray)}")


def _is_side(value):
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    return whole and 1 <= value <= LARGEST_SIDE


def _is_image(array):
    return array.ndim == 2 or (array.ndim == 3 and array.shape[2] == 3)


def _read(source):
    """Return the picture upright, in mode L, RGB or (for more than 8 bits) F from 0 to 1."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        data, name = bytes(source), "the data given"
    elif isinstance(source, (str, Path)):
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


def _to_array(picture, gray):
    pixels = np.asarray(picture, dtype=np.float32)
    # Resampled floats may overshoot a little; Pillow clips bytes by itself.
    image = pixels.clip(0, 1) if picture.mode == "F" else pixels / np.float32(255)
    return to_gray(image) if gray else image
