"""Preprocessing: the learner's own picture as 28×28 pixels, the way MNIST's digits were made."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from helpers.messages import describe
from helpers.network.page import page_of
from helpers.network.paper import ink_on_paper, is_drawing, is_even
from helpers.network.strokes import choose
from helpers.validation import as_array, as_brightness, as_flag

SIDE, BOX = 28, 20  # pixels of a digit, and of the box that its strokes fill
MIDDLE = 14  # the row and the column of MNIST's centers of mass; counted from 0
STEPS = ("shrunk", "paper", "ink", "threshold", "strokes", "digit")  # from a picture to a digit
FAINT = 0.25  # of the strongest stroke: weaker pixels do not widen the box


@dataclass(frozen=True, eq=False)
class DigitStep:
    """A step on the way from a picture to a digit: its name, its result (H, W), and a remark."""

    name: str
    picture: NDArray  # float32 in [0, 1]
    note: str


def as_digit(picture: ArrayLike, centered: bool = True) -> NDArray:
    """Bring a drawing, or a photograph of one, to the form of an MNIST digit.

    Light, shade, printed lines, specks and what lies around the page are removed; dark strokes on
    bright paper become bright strokes on black. `digit_steps` shows how. Of the 10,000 test digits of
    MNIST, 99 % come back as they were; most of the others lose a speck, and three are refused.

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
    ValueError, TypeError : when `picture` is anything else, or `centered` is not a bool; also when the
        picture does not show one whole digit: strokes reach its border, two parts of it are
        about equally large, or most of it differs from its border and is not a page.

    Source: Y. LeCun and C. Cortes, The MNIST database of handwritten digits, 1998.

    >>> paper = np.ones((60, 90))
    >>> paper[10:30, 5:7] = 0
    >>> digit = as_digit(paper)
    >>> [int(axis.sum()) for axis in (digit, digit[4:24], digit[:, 14])]
    [40, 40, 20]
    """
    return digit_steps(picture, centered)[-1].picture


def digit_steps(picture: ArrayLike, centered: bool = True) -> tuple[DigitStep, ...]:
    """Return every step from a picture to a digit; the last one is `as_digit`.

    1. "shrunk": the page, cropped out of an even desk or frame around it, as means of squares, at
       most 280 pixels a side.
    2. "paper": the brightness of the paper behind the strokes.
    3. "ink": how much each pixel differs from the paper, without printed lines; the strongest is 1.
    4. "threshold": where the smoothed ink is strong enough for a stroke.
    5. "strokes": the ink of the parts that belong to one digit. Parts that are tiny, faint or at the
       border are dropped. In a drawing on black (0), strokes may reach the border.
    6. "digit": the strokes' bounding box, resized so that its longer side is 20 pixels, each the mean
       of those it covers; its center of mass is at row 14, column 14 of the 28×28 pixels, or as near to
       that as it fits.

    Parameters and errors are those of `as_digit`.

    >>> paper = np.ones((60, 90))
    >>> paper[10:30, 5:7] = 0
    >>> [step.name for step in digit_steps(paper)]
    ['shrunk', 'paper', 'ink', 'threshold', 'strokes', 'digit']
    """
    as_flag("centered", centered)
    small, cropped = page_of(_ready(picture))
    even = is_even(small)
    paper, ink = ink_on_paper(small, even)
    found = choose(ink, even, is_drawing(small))
    strokes = _scaled(np.where(found.chosen, ink, 0))
    digit = _centered(strokes) if centered and strokes.any() else _resize(strokes, SIDE, SIDE)
    where = "center of mass in the middle" if centered else "the whole picture"
    rows, columns = small.shape
    return (
        DigitStep("shrunk", small, f"{rows}×{columns} pixels" + ", cropped to the page" * cropped),
        DigitStep("paper", paper, "even paper" if even else "without its strokes"),
        DigitStep("ink", _scaled(ink), "what differs from the paper"),
        DigitStep("threshold", found.dark.astype(np.float32), f"ink above {found.level:.2f}"),
        DigitStep("strokes", strokes, found.note),
        DigitStep("digit", digit, f"28×28 pixels, {where}"),
    )


def _ready(picture: ArrayLike) -> NDArray:
    picture = as_array("picture", picture)
    if picture.ndim != 2:
        raise ValueError(
            f"picture must be gray, shape (H, W), as to_gray makes it; got {describe(picture)}"
        )
    return as_brightness("picture", picture).astype(np.float32)


def _scaled(ink: NDArray) -> NDArray:
    """The ink from 0 to 1, its strongest."""
    most = ink.max()
    return (ink.clip(0) / most if most > 0 else np.zeros_like(ink)).astype(np.float32)


def _centered(strokes: NDArray) -> NDArray:
    small = _fill_box(strokes)  # with a border of one pixel
    top, left = (
        min(max(round(MIDDLE + 1 - center), 0), SIDE + 2 - size)
        for center, size in zip(_center_of_mass(small), small.shape, strict=True)
    )
    digit = np.zeros((SIDE + 2, SIDE + 2), np.float32)
    digit[top : top + small.shape[0], left : left + small.shape[1]] = small
    return digit[1:-1, 1:-1].copy()


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
