"""Arrays given as pictures: which are accepted, and what to do about the others.

What computes, such as `convolve`, `pool` or a network, takes numbers as they are. Where an array is
to be looked at, in explorers and figures, it may also hold bytes (uint8) from 0 to 255, as Pillow,
OpenCV and Matplotlib have them: a uint8 array with a value above 1 can mean nothing else.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.messages import describe
from helpers.validation import as_array, as_brightness

SHAPES = "(H, W) or (H, W, 3)"
DROP_ALPHA = ": drop the alpha channel, {}[..., {}]"
CHANNELS_LAST = ": channels come last here, np.moveaxis({}, {}, -1)"


def as_picture(name: str, image: ArrayLike) -> NDArray:
    """Return an array given as a picture: a new float32 array in [0, 1], (H, W) or (H, W, 3).

    Bytes are divided by 255, and a single channel (H, W, 1) is dropped.

    Raises
    ------
    ValueError, TypeError : for another shape, or values outside [0, 1].

    >>> as_picture("image", np.array([[[0], [255]]], np.uint8)).tolist()
    [[0.0, 1.0]]
    """
    array = as_image(name, image)
    if holds_bytes(array):
        return array / np.float32(255)
    return as_brightness(name, array).astype(np.float32)


def as_image(name: str, image: ArrayLike) -> NDArray:
    """Return an array of numbers on any scale, (H, W) or (H, W, 3); (H, W, 1) becomes (H, W)."""
    array = drop_single_channel(as_array(name, image))
    if not is_image(array):
        raise ValueError(f"{name} must be {SHAPES}; got {describe(array)}{shape_advice(array)}")
    return array


def holds_bytes(array: NDArray) -> bool:
    """Whether an array holds bytes, 0 to 255; a uint8 array of zeros and ones is a mask."""
    return array.dtype == np.uint8 and bool(array.max() > 1)


def is_image(array: NDArray) -> bool:
    """Whether an array is (H, W) or (H, W, 3)."""
    return array.ndim == 2 or array.shape[2:] == (3,)


def drop_single_channel(array: NDArray) -> NDArray:
    """Return (H, W) for an array (H, W, 1), and any other array as it is."""
    return array[..., 0] if array.shape[2:] == (1,) else array


def shape_advice(array: NDArray) -> str:
    """Return what would make an image of an array of another shape; empty if nothing is likely.

    >>> shape_advice(np.zeros((3, 40, 60)))
    ': channels come last here, np.moveaxis(image, 0, -1)'
    """
    shape = array.shape
    if shape[2:] == (4,):
        return DROP_ALPHA.format("image", ":3")
    if shape[2:] == (2,):
        return DROP_ALPHA.format("image", "0")
    if len(shape) == 3 and shape[0] in (1, 3):
        return CHANNELS_LAST.format("image", 0)
    if len(shape) == 3 or (len(shape) == 4 and shape[3] in (1, 3, 4)):
        return ": for the first of several images, image[0]"
    if len(shape) == 4 and shape[1] in (1, 3):
        return ": for the first of several images, np.moveaxis(image[0], 0, -1)"
    return ""
