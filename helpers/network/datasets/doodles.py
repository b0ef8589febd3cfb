"""Doodles: cats, dogs and houses as small drawings, and the form in which drawings are compared."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from helpers.messages import describe
from helpers.network.datasets.idx import scaled
from helpers.picture_files import FOLDER
from helpers.validation import as_array, as_brightness, as_choice

DOODLE_NAMES = ("cat", "dog", "house")
SIDE, BOX = 28, 24  # pixels of a doodle, and of the box that its strokes fill
IN_SHEET, PER_ROW = 60, 20  # doodles of a class, and in a row of its sheet
PARTS = {"train": slice(0, 40), "test": slice(40, IN_SHEET)}  # of each class
FAINT = 0.1  # weaker pixels do not widen the box


def load_doodles(split: str = "train") -> tuple[NDArray, NDArray]:
    """Load small drawings of cats, dogs and houses, and their labels.

    They were drawn by a program with strokes that vary, `tools/make_doodles.py`.

    Parameters
    ----------
    split : "train" (40 of each class) or "test" (20 others of each)

    Returns
    -------
    images : (N, 28, 28) float32 array in [0, 1], strokes bright on black
    labels : (N,) int array, 0 to 2; `DOODLE_NAMES` says what each stands for

    Raises
    ------
    ValueError : when `split` is anything else.

    >>> images, labels = load_doodles("test")
    >>> images.shape, labels[[0, 20, 40]].tolist()
    ((60, 28, 28), [0, 1, 2])
    """
    part = PARTS[as_choice("split", split, PARTS)]
    sheets = [_sheet(name)[part] for name in DOODLE_NAMES]
    labels = np.repeat(np.arange(len(sheets)), len(sheets[0]))
    return scaled(np.concatenate(sheets)), labels


@cache
def _sheet(name: str) -> NDArray:
    page = np.asarray(Image.open(FOLDER / "doodles" / f"{name}.png"))
    return page.reshape(-1, SIDE, PER_ROW, SIDE).swapaxes(1, 2).reshape(-1, SIDE, SIDE)


def as_doodle(picture: ArrayLike) -> NDArray:
    """Bring a drawing to the form of the doodles: its strokes fill the middle 24×24 of 28×28 pixels.

    The longer side of the strokes' bounding box becomes 24 pixels; each pixel is the mean of those
    that it covers. All strokes count, however far apart, unlike in `as_digit`.

    Parameters
    ----------
    picture : (H, W) array in [0, 1], strokes bright on black, as the sketch pad gives them

    Returns
    -------
    (28, 28) float32 array in [0, 1]; all black if there are no strokes

    Raises
    ------
    ValueError, TypeError : when `picture` is anything else.

    >>> picture = np.zeros((100, 60))
    >>> picture[10:58, 30:42] = 1
    >>> doodle = as_doodle(picture)
    >>> int(doodle.sum()), int(doodle[2:26, 11:17].sum())
    (144, 144)
    """
    picture = as_array("picture", picture)
    if picture.ndim != 2:
        raise ValueError(f"picture must be (H, W); got {describe(picture)}")
    picture = as_brightness("picture", picture).astype(np.float32)
    lit = picture > FAINT
    doodle = np.zeros((SIDE, SIDE), np.float32)
    if not lit.any():
        return doodle
    spans = [np.flatnonzero(lit.any(axis))[[0, -1]] + [0, 1] for axis in (1, 0)]
    sizes = [last - first for first, last in spans]
    rows, columns = (max(1, round(size * BOX / max(sizes))) for size in sizes)
    (top, bottom), (left, right) = spans
    small = Image.fromarray(picture[top:bottom, left:right])
    upper, start = (SIDE - rows) // 2, (SIDE - columns) // 2
    resized = np.asarray(small.resize((columns, rows), Image.Resampling.BOX))
    doodle[upper : upper + rows, start : start + columns] = resized.clip(0, 1)
    return doodle
