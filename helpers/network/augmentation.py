"""Augmentation: small random changes to images that a network sees in every epoch."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.messages import describe
from helpers.validation import as_array, as_whole


def random_shift(images: ArrayLike, rng: np.random.Generator, radius: int = 1) -> NDArray:
    """Shift each image of a batch by its own random number of rows and columns.

    A digit stays the same digit when it moves by a pixel. A network that sees each digit at
    slightly different positions learns that, and is less able to memorize the images.

    Parameters
    ----------
    images : (N, H, W, C) array
    rng : numpy.random.Generator
    radius : int, most pixels up, down, left or right, less than a side of the images; every shift is
        equally likely

    Returns
    -------
    (N, H, W, C) array of the images' type; zeros come in at the border, pixels shifted out are lost

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what came.

    >>> image = np.arange(1, 7).reshape(1, 2, 3, 1)
    >>> random_shift(image, np.random.default_rng(2))[0, :, :, 0]
    array([[0, 4, 5],
           [0, 0, 0]])
    """
    images, radius = as_array("images", images, least_axes=0), as_whole("radius", radius, least=0)
    if images.ndim != 4:
        raise ValueError(f"images must be (N, H, W, C); got {describe(images)}")
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {describe(rng)}")
    count, rows, columns, _ = images.shape
    if radius >= min(rows, columns):
        raise ValueError(
            f"radius must be less than the shorter side of the images, {min(rows, columns)}; got"
            f" {radius}"
        )
    padded = np.pad(images, ((0, 0), (radius, radius), (radius, radius), (0, 0)))
    starts = rng.integers(0, 2 * radius + 1, (count, 2))
    shifted = np.empty_like(images)
    for down, right in np.unique(starts, axis=0):
        chosen = (starts == (down, right)).all(axis=1)
        shifted[chosen] = padded[chosen, down : down + rows, right : right + columns]
    return shifted
