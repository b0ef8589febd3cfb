"""Changes to images: shift, rotation, size, thickness, noise; and pixels in another order."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from helpers.messages import describe
from helpers.pooling import pool
from helpers.validation import as_array, as_choice, as_finite, as_number, as_whole


def shuffle_pixels(images: ArrayLike, seed: int = 0) -> NDArray:
    """Put the pixels of every image into another order, the same for all images.

    No pixel is lost, but neighbors are no longer neighbors.

    Parameters
    ----------
    images : (N, H, W, ...) array
    seed : int; the same seed and size give the same order

    Returns
    -------
    (N, H, W, ...) array of the images' type

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> shuffle_pixels([[[1, 2, 3]], [[10, 20, 30]]])
    array([[[ 3,  1,  2]],
    <BLANKLINE>
           [[30, 10, 20]]])
    """
    images = as_array("images", images, least_axes=3)
    rng = np.random.default_rng(as_whole("seed", seed, least=0))
    count, rows, columns, *rest = images.shape
    order = rng.permutation(rows * columns)
    return images.reshape(count, rows * columns, *rest)[:, order].reshape(images.shape)


def change_images(images: ArrayLike, change: str, amount: float, seed: int = 0) -> NDArray:
    """Change every image of a set by the same amount.

    - "shift": pixels to the right; below 0, to the left
    - "rotation": degrees counterclockwise, around the center
    - "size": factor, around the center
    - "thickness": pixels that bright strokes gain on each side, as by max pooling with a 3×3 window
      and stride 1; below 0, pixels that they lose (min pooling). A fraction mixes the pictures of the
      two whole numbers around it.
    - "noise": standard deviation of the Gaussian noise that is added to each pixel; the sum is
      clipped to [0, 1]

    Shift, rotation and size interpolate linearly between the four nearest pixels; zeros come in at
    the border.

    Parameters
    ----------
    images : (N, H, W) or (N, H, W, C) array of numbers in [0, 1]
    change : str, one of those above
    amount : float; the size is more than 0, noise at least 0
    seed : int, of the noise

    Returns
    -------
    float32 array of the same shape

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> change_images([[[0, 1, 0]]], "shift", 1)
    array([[[0., 0., 1.]]], dtype=float32)
    """
    images = as_finite("images", as_array("images", images, least_axes=3)).astype(np.float32)
    if images.ndim > 4:
        raise ValueError(f"images must be (N, H, W) or (N, H, W, C); got {describe(images)}")
    apply, least, open_end = CHANGES[as_choice("change", change, CHANGES)]
    amount = float(as_number("amount", amount))
    if not least <= amount < np.inf or (open_end and amount == least):
        bound = (
            "a finite number"
            if least < -1e9
            else f"{'above' if open_end else 'at least'} {least:g}"
        )
        raise ValueError(f"amount of {change} must be {bound}; got {amount:g}")
    return apply(images, amount, np.random.default_rng(as_whole("seed", seed, least=0)))


def has_margin(images: ArrayLike, rows: int, columns: int) -> NDArray:
    """Tell for each image whether it is black within so many rows and columns of its border.

    Parameters
    ----------
    images : (N, H, W, ...) array
    rows, columns : int, of the margin on each of two sides

    Returns
    -------
    (N,) bool array

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> has_margin([[[0, 1, 0]], [[1, 0, 0]]], 0, 1)
    array([ True, False])
    """
    images = as_array("images", images, least_axes=3)
    top, left = as_whole("rows", rows, least=0), as_whole("columns", columns, least=0)
    margin = np.ones(images.shape[1:3], bool)
    margin[top : images.shape[1] - top, left : images.shape[2] - left] = False
    return np.logical_not(images[:, margin].reshape(len(images), -1).any(axis=1))


def random_changes(images: ArrayLike, rng: np.random.Generator) -> NDArray:
    """Change each image at random, as an augmentation for `train`.

    Five changes, each of them made to about half of the images: shifted by up to 4 pixels in both
    directions; rotated by up to 40°; resized by a factor of 0.7 to 1.15; strokes thinner by up to half
    a pixel, or thicker by up to 2; noise of a standard deviation of up to 0.3.

    Parameters
    ----------
    images : (N, H, W, C) array of numbers in [0, 1]
    rng : numpy.random.Generator

    Returns
    -------
    (N, H, W, C) float32 array

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.
    """
    images = as_finite("images", as_array("images", images, least_axes=4)).astype(np.float32)
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {describe(rng)}")
    count = len(images)

    def some(least: float, most: float, none: float = 0) -> NDArray:
        return np.where(rng.random(count) < 0.5, rng.uniform(least, most, count), none)

    thickness = np.round(2 * some(-0.5, 2)) / 2  # in steps, so that few are computed at a time
    changed = np.empty_like(images)
    for amount in np.unique(thickness):
        changed[thickness == amount] = thicken(images[thickness == amount], amount)
    shifts = np.where(rng.random((count, 1)) < 0.5, rng.uniform(-4, 4, (count, 2)), 0)
    changed = move(changed, some(-40, 40), some(0.7, 1.15, none=1), shifts)
    return add_noise(changed, some(0, 0.3)[:, None, None, None], rng)


def move(images: NDArray, degrees: ArrayLike, factors: ArrayLike, shifts: ArrayLike) -> NDArray:
    """Rotate, resize and shift by (rows, columns); each is one for all images, or one per image."""
    count, rows, columns = images.shape[:3]
    angles = np.radians(np.broadcast_to(degrees, count))
    cos, sin = np.cos(angles) / factors, np.sin(angles) / factors
    down, right = np.broadcast_to(shifts, (count, 2)).T + [[rows / 2 + 1], [columns / 2 + 1]]
    # Pillow asks from which place of the image, (x, y), each place of the output comes
    left, top = columns / 2 + 1 - cos * right + sin * down, rows / 2 + 1 - sin * right - cos * down
    places = np.stack([cos, -sin, left, sin, cos, top], axis=1).tolist()
    stack = images.reshape(count, rows, columns, -1)
    stack = np.pad(stack, ((0, 0), (1, 1), (1, 1), (0, 0)))  # so that it fades to 0 at the border
    moved = np.empty_like(stack)
    for channel in range(stack.shape[3]):
        for number, place in enumerate(places):
            picture = Image.fromarray(np.ascontiguousarray(stack[number, :, :, channel]))
            moved[number, :, :, channel] = picture.transform(
                picture.size, Image.Transform.AFFINE, place, Image.Resampling.BILINEAR
            )
    return moved[:, 1:-1, 1:-1].reshape(images.shape)


def _shift(images: NDArray, amount: float, rng: np.random.Generator) -> NDArray:
    return move(images, 0, 1, (0, amount))


def _rotate(images: NDArray, amount: float, rng: np.random.Generator) -> NDArray:
    return move(images, amount, 1, (0, 0))


def _resize(images: NDArray, amount: float, rng: np.random.Generator) -> NDArray:
    return move(images, 0, amount, (0, 0))


def _thicken(images: NDArray, amount: float, rng: np.random.Generator) -> NDArray:
    return thicken(images, amount)


def thicken(images: NDArray, amount: float) -> NDArray:
    """Change the thickness of bright strokes by so many pixels on each side, for (N, H, W, C) or (N, H, W)."""
    mode, whole = "max" if amount > 0 else "min", int(abs(amount))
    stack = np.moveaxis(images, 0, -1)
    for _ in range(whole):
        stack = pool(stack, 3, stride=1, padding=1, mode=mode)
    if fraction := abs(amount) - whole:
        further = pool(stack, 3, stride=1, padding=1, mode=mode)
        stack = (1 - fraction) * stack + fraction * further
    return np.moveaxis(stack, -1, 0).astype(np.float32)


def add_noise(images: NDArray, amount: float | NDArray, rng: np.random.Generator) -> NDArray:
    """Add Gaussian noise of this standard deviation, one for all or one per image; clip to [0, 1]."""
    noise = rng.standard_normal(images.shape, np.float32)
    return (images + np.float32(amount) * noise).clip(0, 1)


class Change(NamedTuple):
    """A change: function of images, an amount and a generator; the least amount, itself too small?"""

    apply: Callable[[NDArray, float, np.random.Generator], NDArray]
    least: float = -np.inf
    open_end: bool = False


CHANGES = {
    "shift": Change(_shift),
    "rotation": Change(_rotate),
    "size": Change(_resize, 0, open_end=True),
    "thickness": Change(_thicken),
    "noise": Change(add_noise, 0),
}
