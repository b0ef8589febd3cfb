"""Fruits in color: pictograms in four styles, changed at random to sets that a network learns from."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from helpers.images import to_gray
from helpers.messages import describe
from helpers.network.changes import move
from helpers.network.datasets.pictograms import FRUIT_NAMES, FRUIT_STYLES, SIDE, read_pictograms
from helpers.validation import as_choice, as_flag, as_whole, is_listed

MOST_VARIANTS = 1000


def load_fruits(
    styles: str | Sequence[str] = FRUIT_STYLES,
    variants: int = 100,
    size: int = 32,
    gray: bool = False,
    seed: int = 0,
) -> tuple[NDArray, NDArray]:
    """Load pictures of ten fruits: pictograms in up to four styles, and random variants of each.

    The first picture of each pictogram shows it as it is, on white. In every other one it is
    rotated by up to 30°, shifted by up to an eighth of the picture in both directions, resized by a
    factor of 0.6 to 1, and made brighter or darker by a factor of 0.7 to 1.15, on a light background
    of any color. Where it does not fit it is cut off.

    Parameters
    ----------
    styles : str, or a list of them without repeats: "fluent", "noto", "openmoji", "twemoji"
    variants : int, 1 to 1,000, pictures of each fruit in each style
    size : int, 8 to 96, rows and columns of a picture
    gray : bool; the gray pictures are those in color, seen through `to_gray`
    seed : int; the same arguments give the same pictures

    Returns
    -------
    images : (N, size, size, 3) float32 array in [0, 1], or (N, size, size) if gray; N is styles ×
        10 × variants, in the order of the styles, of the fruits and of the variants
    labels : (N,) int array, 0 to 9; `FRUIT_NAMES` says what each stands for

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    Sources: Fluent Emoji (Microsoft, MIT), Noto Emoji (Google, Apache 2.0), OpenMoji (CC BY-SA 4.0)
    and Twemoji (Twitter, CC BY 4.0); see images/CREDITS.md.

    >>> images, labels = load_fruits(["noto", "twemoji"], variants=3)
    >>> images.shape, labels[:8].tolist()
    ((60, 32, 32, 3), [0, 0, 0, 1, 1, 1, 2, 2])
    """
    styles = _as_styles(styles)
    variants = as_whole("variants", variants, least=1, most=MOST_VARIANTS)
    size = as_whole("size", size, least=8, most=SIDE)
    rng = np.random.default_rng(as_whole("seed", seed, least=0))
    as_flag("gray", gray)
    fruits = np.concatenate([read_pictograms(style, size) for style in styles])
    images = _variants(fruits, variants, rng)
    labels = np.tile(np.repeat(np.arange(len(FRUIT_NAMES)), variants), len(styles))
    if gray:
        images = to_gray(images.reshape(-1, size, 3)).reshape(-1, size, size)
    return images, labels


def _as_styles(styles: str | Sequence[str]) -> list[str]:
    if not is_listed(styles):
        return [as_choice("styles", styles, FRUIT_STYLES)]
    names = [as_choice("each of styles", style, FRUIT_STYLES) for style in styles]
    if not names or len(set(names)) < len(names):
        raise ValueError(f"styles must be at least one, each once; got {describe(styles)}")
    return names


def _variants(fruits: NDArray, variants: int, rng: np.random.Generator) -> NDArray:
    """Return variants of each of (N, H, W, 4) pictograms on backgrounds, the first of each plain."""
    size, count = fruits.shape[1], len(fruits) * variants

    def drawn(least: float, most: float, none: float, numbers: int = 1) -> NDArray:
        amounts = rng.uniform(least, most, (count, numbers)).astype(np.float32)
        amounts[::variants] = none
        return amounts

    angles, factors = drawn(-30, 30, 0)[:, 0], drawn(0.6, 1, 1)[:, 0]
    shifts = drawn(-size / 8, size / 8, 0, numbers=2)
    brightness = drawn(0.7, 1.15, 1)[:, None, None]
    backgrounds = drawn(0.5, 1, 1, numbers=3)[:, None, None]
    images = np.empty((count, size, size, 3), np.float32)
    for number, fruit in enumerate(fruits):  # one at a time: all at once take hundreds of megabytes
        part = slice(number * variants, (number + 1) * variants)
        copies = np.broadcast_to(fruit, (variants, *fruit.shape))
        moved = move(copies, angles[part], factors[part], shifts[part])
        background = (1 - moved[..., 3:]) * backgrounds[part]
        images[part] = (moved[..., :3] * brightness[part] + background).clip(0, 1)
    return images
