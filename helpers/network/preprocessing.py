"""Preprocessing: the learner's own picture as 28×28 pixels, the way MNIST's digits were made."""

from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from helpers.validation import as_array, as_brightness, as_flag, describe

SIDE, BOX = 28, 20  # pixels of a digit, and of the box that its strokes fill
MIDDLE = 14  # the row and the column of MNIST's centers of mass; counted from 0
EMPTY = 0.1  # weaker strokes count as none
FAINT = 0.25  # of the strongest stroke: weaker pixels do not widen the box


def as_digit(picture: ArrayLike, centered: bool = True) -> NDArray:
    """Bring a drawing, or a photograph of one, to the form of an MNIST digit.

    The median of the picture's border is the paper. The strokes are the pixels that differ from it,
    darker or brighter, whichever differ more; so a dark pen on bright paper becomes bright on
    black. Twice the border's median difference from the paper is subtracted as noise, and the
    strongest stroke becomes 1.

    Then the strokes' bounding box is resized, proportions kept, so that its longer side is 20
    pixels: each new pixel is the mean of those it covers. It is placed with its center of mass
    at row 14, column 14 of the 28×28 pixels, or as near to that as it fits. All but a few of the
    10,000 test digits of MNIST come back exactly as they were.

    Parameters
    ----------
    picture : (H, W) array in [0, 1], of any size
    centered : bool; False resizes the whole picture to 28×28, wherever its strokes are

    Returns
    -------
    (28, 28) float32 array in [0, 1], strokes bright on black; all black if nothing differs from
    the paper by more than 0.1

    Raises
    ------
    ValueError, TypeError : when `picture` is anything else, or `centered` is no bool.

    Source: Y. LeCun and C. Cortes, The MNIST database of handwritten digits, 1998.

    >>> paper = np.ones((60, 90))
    >>> paper[10:30, 5:7] = 0
    >>> digit = as_digit(paper)
    >>> [int(axis.sum()) for axis in (digit, digit[4:24], digit[:, 14])]
    [40, 40, 20]
    """
    as_flag("centered", centered)
    strokes = _strokes(_ready(picture))
    if not strokes.any() or not centered:
        return _resize(strokes, SIDE, SIDE)
    small = _fill_box(strokes)  # with a border of one pixel
    top, left = (
        min(max(round(MIDDLE + 1 - center), 0), SIDE + 2 - size)
        for center, size in zip(_center_of_mass(small), small.shape, strict=True)
    )
    digit = np.zeros((SIDE + 2, SIDE + 2), np.float32)
    digit[top : top + small.shape[0], left : left + small.shape[1]] = small
    return digit[1:-1, 1:-1].copy()


def _ready(picture: ArrayLike) -> NDArray:
    picture = as_array("picture", picture)
    if picture.ndim != 2:
        raise ValueError(
            f"picture must be gray, shape (H, W), as to_gray makes it; got {describe(picture)}"
        )
    return as_brightness("picture", picture).astype(np.float32)


def _strokes(picture: NDArray) -> NDArray:
    """How much each pixel differs from the paper, from 0 to 1."""
    border = np.concatenate([picture[[0, -1]].ravel(), picture[:, [0, -1]].ravel()])
    paper = np.median(border)
    strokes = picture - paper
    if -strokes.min() > strokes.max():
        strokes = -strokes
    strokes -= 2 * np.median(abs(border - paper))
    most = strokes.max()
    return np.zeros_like(picture) if most <= EMPTY else strokes.clip(0) / most


def _fill_box(strokes: NDArray) -> NDArray:
    """The strokes resized until the longer side of their clear part is 20, and a pixel around."""
    clear = strokes > FAINT
    spans = [np.flatnonzero(clear.any(axis))[[0, -1]] + [0, 1] for axis in (1, 0)]
    sizes = [last - first for first, last in spans]
    targets = [max(1, round(n * BOX / max(sizes))) for n in sizes]
    borders = [n / target for n, target in zip(sizes, targets, strict=True)]
    margin = ceil(max(borders))
    (top, bottom), (left, right) = (
        (first + margin - border, last + margin + border)
        for (first, last), border in zip(spans, borders, strict=True)
    )
    rows, columns = (target + 2 for target in targets)
    return _resize(np.pad(strokes, margin), rows, columns, (left, top, right, bottom))


def _resize(
    image: NDArray, rows: int, columns: int, box: tuple[float, float, float, float] | None = None
) -> NDArray:
    picture = Image.fromarray(image)
    return np.array(picture.resize((columns, rows), Image.Resampling.BOX, box))


def _center_of_mass(image: NDArray) -> tuple[float, float]:
    """The mean row and column, weighted by brightness."""
    rows, columns = np.indices(image.shape)
    return np.average(rows, weights=image), np.average(columns, weights=image)
