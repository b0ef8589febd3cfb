"""Images in: loading as arrays, and conversion to gray."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageOps

from helpers._fast.threads import one_thread
from helpers.decoding.decoder import BAND
from helpers.messages import describe
from helpers.picture_arrays import SHAPES, drop_single_channel, is_image, shape_advice
from helpers.picture_files import Source, read_picture
from helpers.validation import IntOrPair, as_array, as_flag, as_pair, as_whole

LUMA = (0.299, 0.587, 0.114)  # weights of red, green and blue in brightness, ITU-R BT.601

LARGEST_SIDE = 20_000
SPARE = 2  # how many times larger a picture is still, on both sides, when it is resampled
LANCZOS = Image.Resampling.LANCZOS


def load_image(source: Source, gray: bool = False, size: IntOrPair | None = None) -> NDArray:
    """Load a picture as an array.

    It is rotated as its EXIF orientation says, transparent parts are put on white, and an animation
    gives its first frame. Colors are converted to sRGB where the file says what they are; colors of
    more than 8 bits are reduced to 8, gray keeps its precision. With `size`, the picture is cropped
    around its center to those proportions and then resampled (Lanczos), so that it is not distorted.

    Parameters
    ----------
    source : str, Path, bytes, open binary file or Pillow image
        The name of a sample, or a JPEG, PNG, GIF, BMP, TIFF or WebP file, and AVIF or JPEG 2000
        where Pillow can read them; at most 150 MB and about 89 million pixels. A sample takes
        precedence over a file of the same name.
    gray : bool; True converts colors to brightness, see `to_gray`
    size : int (a square) or (rows, columns) in pixels, each from 1 to 20,000

    Returns
    -------
    float32 array in [0, 1], shape (H, W, 3); (H, W) when the file is gray or `gray` is True.

    Raises
    ------
    ValueError : if the picture cannot be read, or for another `size`.
    TypeError : if `source`, `gray` or `size` is of another type.

    >>> load_image("cat", size=(40, 60)).shape
    (40, 60, 3)
    """
    as_flag("gray", gray)
    if size is None:
        return _to_array(read_picture(source), gray)
    rows, columns = as_pair("size", size, least=1, most=LARGEST_SIDE)
    picture = read_picture(source, least=SPARE * max(rows, columns))
    return _to_array(ImageOps.fit(picture, (columns, rows), LANCZOS), gray)


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
    longest = as_whole("longest", longest, least=1, most=LARGEST_SIDE)
    return _to_array(read_within(source, longest), gray)


def read_within(source: Source, longest: int) -> Image.Image:
    """Return the Pillow image that `load_within` turns into an array.

    >>> read_within("cat", 60).size
    (60, 40)
    """
    picture = read_picture(source, least=SPARE * longest)
    picture.thumbnail((longest, longest), LANCZOS)
    return picture


def to_gray(image: ArrayLike) -> NDArray:
    """Return the brightness of a color image: the sum of its channels, weighted by `LUMA`.

    Green looks brighter than blue to us, so the weights differ. The scale of the values does not
    change.

    Parameters
    ----------
    image : (H, W, 3) array of numbers, or (H, W) or (H, W, 1), whose values are returned unchanged

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
    image = drop_single_channel(as_array("image", image))
    if image.dtype.kind == "b" or not is_image(image):
        raise ValueError(
            f"image must hold numbers, shape {SHAPES}; got {describe(image)}{shape_advice(image)}"
        )
    if image.ndim == 2:
        return image
    with one_thread():
        return image @ np.array(LUMA, image.dtype if image.dtype.kind == "f" else float)


def _to_array(picture: Image.Image, gray: bool) -> NDArray:
    """Return a picture as floats, a band at a time: a large one fits into memory hardly twice."""
    columns, rows = picture.size
    channels = () if gray or picture.mode != "RGB" else (3,)
    try:
        image = np.empty((rows, columns, *channels), np.float32)
        height = max(1, BAND // columns)
        for top in range(0, rows, height):
            band = picture.crop((0, top, columns, min(top + height, rows)))
            image[top : top + height] = _values(band, gray)
    except MemoryError:
        raise ValueError(
            f"source must fit into memory; {columns:,} × {rows:,} pixels are too large for the "
            "free memory: choose a size"
        ) from None
    return image


def _values(picture: Image.Image, gray: bool) -> NDArray:
    pixels = np.asarray(picture, dtype=np.float32)
    # Resampled floats may overshoot; Pillow clips bytes itself.
    image = pixels.clip(0, 1) if picture.mode == "F" else pixels / np.float32(255)
    return to_gray(image) if gray else image
