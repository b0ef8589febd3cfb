"""Augmentation: a little variety for images that are shown again and again."""

import numpy as np

from helpers.validation import as_array, as_whole, describe


def random_shift(images, rng, reach=1):
    """Move every image of a batch by a random number of rows and columns, each by its own.

    A digit is the same digit a pixel further on. A network that sees each one at slightly other
    places learns that, and cannot learn the images by heart.

    Parameters
    ----------
    images : (N, H, W, C) array
    rng : numpy.random.Generator
    reach : int, the most pixels up, down, left or right; every move is equally likely

    Returns
    -------
    (N, H, W, C) array of the images' type; zeros come in at the rim, what passes it is lost

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what came.

    >>> image = np.arange(1, 7).reshape(1, 2, 3, 1)
    >>> random_shift(image, np.random.default_rng(2))[0, :, :, 0]
    array([[0, 4, 5],
           [0, 0, 0]])
    """
    images, reach = as_array("images", images, least_axes=0), as_whole("reach", reach, least=0)
    if images.ndim != 4:
        raise ValueError(f"images must be (N, H, W, C); got {describe(images)}")
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {describe(rng)}")
    count, rows, columns, _ = images.shape
    padded = np.pad(images, ((0, 0), (reach, reach), (reach, reach), (0, 0)))
    starts = rng.integers(0, 2 * reach + 1, (count, 2))
    moved = np.empty_like(images)
    for down, right in np.unique(starts, axis=0):
        chosen = (starts == (down, right)).all(axis=1)
        moved[chosen] = padded[chosen, down : down + rows, right : right + columns]
    return moved
