"""Augmentation: small random changes to images that a network sees in every epoch."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.messages import describe
from helpers.network.changes import add_noise, move, thicken
from helpers.validation import as_array, as_finite, as_whole


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
    ValueError, TypeError : naming the parameter, what was expected and what was given.

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


@dataclass(frozen=True)
class Augmentation:
    """Random changes to each image of a batch, each within its limit; an augmentation for `train`.

    A few drawings go further if each of them is seen in many forms. Every change is drawn anew for each
    image, both ways: to the left and to the right, larger and smaller, thicker and thinner.

    Parameters
    ----------
    shift : float, pixels in both directions
    rotation : float, degrees
    size : float, fraction of the size, less than 1
    thickness : float, pixels on each side of a bright stroke
    noise : float, the largest standard deviation of the noise added to the pixels of an image

    Raises
    ------
    ValueError, TypeError : when called, naming the parameter, what was expected and what was given.

    >>> same = Augmentation(0, 0, 0, 0, 0)
    >>> same(np.ones((1, 2, 3, 1)), np.random.default_rng(0))[0, :, :, 0]
    array([[1., 1., 1.],
           [1., 1., 1.]], dtype=float32)
    """

    shift: float = 2.0
    rotation: float = 15.0
    size: float = 0.15
    thickness: float = 0.5
    noise: float = 0.1

    def __call__(self, images: ArrayLike, rng: np.random.Generator) -> NDArray:
        """Return changed images, (N, H, W, C) float32, of images of this shape in [0, 1]."""
        images = as_finite("images", as_array("images", images, least_axes=4)).astype(np.float32)
        if not isinstance(rng, np.random.Generator):
            raise TypeError(f"rng must be a numpy.random.Generator; got {describe(rng)}")
        count = len(images)
        amounts = rng.uniform(-1, 1, (6, count))  # drawn even if not used: one amount, one effect
        thickness = np.round(4 * self.thickness * amounts[0]) / 4  # in steps: few are computed
        changed = np.empty_like(images)
        for amount in np.unique(thickness):
            changed[thickness == amount] = thicken(images[thickness == amount], amount)
        shifts = self.shift * amounts[1:3].T
        changed = move(changed, self.rotation * amounts[3], 1 + self.size * amounts[4], shifts)
        deviations = self.noise * np.abs(amounts[5])[:, None, None, None]
        return add_noise(changed, deviations, rng)
