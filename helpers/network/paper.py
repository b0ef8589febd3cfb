"""Paper: a photograph of a page without its light, its lines and its squares; what is left is ink."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from helpers.pooling import pool

LONGEST = 280  # pixels of the longer side, ten for each of a digit's; larger photographs are shrunk
TINY = 64  # pixels of the longer side; up to here nothing is smoothed, as in MNIST's digits
EVEN, MOSTLY = 0.01, 0.94  # paper is even if this much of its border is this near to the median
WINDOW = 3  # the window that finds the paper is a third of the shorter side, wider than any stroke
DARKEST = 0.6  # of bright paper; darker places, such as a desk, are not brightened further

SEGMENTS = 8  # pieces of a line that crosses the page
STEEPEST = 3  # pixels up or down from one piece to the next
MISSING = 30  # percent of a line that strokes or a desk may hide
THIN = 64  # a line on even paper is thinner than two of so many parts of the page
CROSSED = 60  # percent of a line on even paper that a digit may cross
DARKER = 1.7  # times the line: pixels so dark are strokes that cross it


def shrink(picture: NDArray) -> NDArray:
    """Return the means of equal squares, so that the longer side is at most 280 pixels."""
    times = -(-max(picture.shape) // LONGEST)
    return picture if times == 1 else np.array(Image.fromarray(picture).reduce(times))


def around(picture: NDArray, size: int | tuple[int, int], mode: str) -> NDArray:
    """Return the maximum, minimum or mean of the window around each pixel, of odd size."""
    sides = (size, size) if isinstance(size, int) else size
    return pool(np.pad(picture, [(n // 2, n // 2) for n in sides], "edge"), size, 1, mode)


def smooth(picture: NDArray) -> NDArray:
    """Return means of 3×3 pixels, against noise; tiny pictures are unchanged."""
    return around(picture, 3, "mean") if max(picture.shape) > TINY else picture


def border_of(picture: NDArray) -> NDArray:
    """Return the pixels along the four sides."""
    return np.concatenate([picture[[0, -1]].ravel(), picture[:, [0, -1]].ravel()])


def is_drawing(picture: NDArray) -> bool:
    """Whether most of the picture, and of its border, is black (0), as in no photograph of a page."""
    return not np.median(picture) and not np.median(border_of(picture))


def is_even(picture: NDArray) -> bool:
    """Whether the paper has one brightness all around, as in a drawing."""
    border = border_of(picture)
    return is_drawing(picture) or bool(np.mean(abs(border - np.median(border)) <= EVEN) >= MOSTLY)


def ink_on_paper(picture: NDArray, even: bool) -> tuple[NDArray, NDArray]:
    """Return the paper behind the strokes, and the ink: how much each pixel differs from it.

    The paper is bright if the strokes are dark, or dark if they are bright. Where it is not even, it
    is found by closing (or opening): the strokes vanish in the maximum of a window that is wider
    than they are, and the minimum of these maxima puts the edges of shadows back in their place.
    There, ink is relative to the brightness of the paper, so that it is as strong in a shadow.

    Source: J. Serra, Image Analysis and Mathematical Morphology, 1982 (closing, top-hat).

    >>> page = np.full((9, 99), 0.5)
    >>> page[4, 30:50] = 0.2
    >>> paper, ink = ink_on_paper(page, even=True)
    >>> float(paper.min()), round(float(ink.max()), 2)
    (0.5, 0.3)
    """
    if even:
        paper = np.full_like(picture, np.median(border_of(picture)))
        ink = picture - paper
        ink = -ink if -ink.min() > ink.max() else ink
        return paper, ink if is_drawing(picture) else without_lines(ink, even=True)
    soft = smooth(picture)
    if _is_darker_than_strokes(soft):
        paper = _opened(soft, _window(picture, WINDOW))
        ink, light = picture - paper, 1 - paper
    else:
        paper = _closed(soft, _window(picture, WINDOW))
        ink, light = paper - picture, paper
    ink = ink / np.maximum(light, DARKEST * np.percentile(light, 90))
    return paper, without_lines(ink - np.median(ink), even=False)


def _window(picture: NDArray, times: int) -> int:
    return min(picture.shape) // (2 * times) * 2 + 1


def _closed(picture: NDArray, window: int) -> NDArray:
    """The minimum of the maxima of all windows that contain a pixel, also beyond the border."""
    beyond = np.pad(picture, window - 1, constant_values=-np.inf)
    return pool(pool(beyond, window, 1, "max"), window, 1, "min")


def _opened(picture: NDArray, window: int) -> NDArray:
    return -_closed(-picture, window)


def _is_darker_than_strokes(picture: NDArray) -> bool:
    """Whether bright strokes differ more from what is around than dark ones, over several widths.

    Strokes are what a narrow window fills; the paper between them needs a wider one.
    """
    over = picture - around(picture, _window(picture, WINDOW), "mean")
    bright, dark = over.clip(0) ** 2, over.clip(None, 0) ** 2
    score = 0.0
    for times in (24, 12, 6, 3):
        window = _window(picture, times)
        score += float(((picture - _opened(picture, window)) * bright).sum())
        score -= float(((_closed(picture, window) - picture) * dark).sum())
    return score > 0


def without_lines(ink: NDArray, even: bool) -> NDArray:
    """Return the ink without printed lines that cross the page, horizontal or vertical, tilted or not.

    Where the paper is even, a line is thin and reaches the border on both sides, as no stroke does.
    """
    lines = np.maximum(_lines(ink, even), _lines(ink.T, even).T)
    return np.where(ink < DARKER * lines, np.minimum(ink, 0), ink)


def _lines(ink: NDArray, even: bool) -> NDArray:
    """How dark the line is that crosses the page through each pixel from left to right.

    A page is divided into segments. A pixel of a segment is as dark as most of its row is there; a
    line is as dark as it is in most segments, and, on even paper, at both of its ends.
    """
    missing = CROSSED if even else MISSING
    if even:
        window = (len(ink) // THIN * 2 + 1, 1)
        ink = ink - around(around(ink, window, "min"), window, "max")
    rows, columns = ink.shape
    width = -(-columns // SEGMENTS)
    padded = np.pad(around(ink, (3, 1), "max"), ((0, 0), (0, width * SEGMENTS - columns)), "edge")
    dark = np.percentile(padded.reshape(rows, SEGMENTS, width), MISSING, axis=2)
    ends = around(ink[:, [0, -1]], (5, 1), "max")
    found, middle = np.zeros_like(dark), np.arange(SEGMENTS) - (SEGMENTS - 1) / 2
    for slope in range(-STEEPEST, STEEPEST + 1):
        at = np.arange(rows)[:, None] + np.rint(slope * middle).astype(int)
        at = at.clip(0, rows - 1)
        line = np.percentile(np.take_along_axis(dark, at, 0), missing, axis=1)
        if even:
            line = np.minimum(line, ends[at[:, [0, -1]], [0, 1]].min(axis=1))
        np.maximum.at(found, (at, np.arange(SEGMENTS)), line[:, None])
    return np.repeat(around(found, (3, 1), "max"), width, axis=1)[:, :columns]
