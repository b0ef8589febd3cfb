"""The images that a network is given, checked at the public door."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.messages import describe
from helpers.network.layer import Shape
from helpers.picture_arrays import CHANNELS_LAST, DROP_ALPHA
from helpers.validation import as_array, as_brightness, as_finite


def as_images(images: ArrayLike, wanted: Shape) -> NDArray:
    """Return images (N, H, W) or (N, H, W, C) with all four axes, or refuse them.

    `wanted` is (H, W, C). Any finite floats are accepted, since a network may be trained on
    standardized images; bytes and other unsigned integers must be 0 or 1, as pixels from a file
    are 255 times as bright as those that it learned from.
    """
    array = as_array("images", images, least_axes=0)
    with_channels = array[..., None] if array.ndim == 3 else array
    if with_channels.shape[1:] != wanted:
        shape = ", ".join(map(str, wanted))
        advice = _set_advice(array.shape, wanted)
        raise ValueError(f"images must be (N, {shape}); got {describe(array)}{advice}")
    return _as_numbers("images", with_channels)


def as_image(image: ArrayLike, wanted: Shape) -> NDArray:
    """Return an image (H, W) or (H, W, C) as the only one of a set, (1, H, W, C), or refuse it."""
    array = as_array("image", image)
    with_channels = array[..., None] if array.ndim == 2 else array
    if with_channels.shape != wanted:
        advice = _image_advice(array.shape, wanted)
        raise ValueError(f"image must be {wanted}; got {describe(array)}{advice}")
    return _as_numbers("image", with_channels)[None]


def _as_numbers(name: str, array: NDArray) -> NDArray:
    return as_brightness(name, array) if array.dtype.kind == "u" else as_finite(name, array)


def _set_advice(shape: Shape, wanted: Shape) -> str:
    """Return how to turn an array of that shape into images, if it is clear what it holds."""
    if shape in _shapes(wanted):
        return ": it is one image; use images[:1] in place of images[0], or image[None]"
    if shape[:-1] in _shapes(wanted) and shape[-1] not in (3, 4):  # else it may be one in color
        return ": the images are counted along the last axis; use np.moveaxis(images, -1, 0)"
    if len(shape) == 2 and shape[1] == np.prod(wanted, dtype=object):
        return f": use images.reshape(-1, {', '.join(map(str, wanted))})"
    of_one = _channel_advice("images", shape, wanted, 0)
    return of_one or _channel_advice("images", shape[1:], wanted, 1)


def _image_advice(shape: Shape, wanted: Shape) -> str:
    if shape[:1] == (1,) and shape[1:] in _shapes(wanted):
        return ": it is a set of one image; use image[0]"
    return _channel_advice("image", shape, wanted, 0)


def _channel_advice(name: str, shape: Shape, wanted: Shape, axis: int) -> str:
    """Return what to do with the channels of images of `shape`, (H, W, C) or another order."""
    *size, channels = wanted
    if shape == (channels, *size):
        return CHANNELS_LAST.format(name, axis)
    if shape == (*size, 4) and channels == 3:
        return DROP_ALPHA.format(name, ":3")
    if shape in ((*size, 3), (*size, 4)) and channels == 1:
        return ": it is in color; to_gray makes an image gray"
    if shape in (tuple(size), (*size, 1)) and channels == 3:
        return ": it is gray; np.stack([gray] * 3, axis=-1) has three channels"
    return ""


def _shapes(wanted: Shape) -> list[Shape]:
    """The shapes of one image: with channels, and without if there is only one."""
    return [wanted, wanted[:2]] if wanted[2] == 1 else [wanted]
