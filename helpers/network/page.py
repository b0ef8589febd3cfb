"""Page: where a page is in its photograph, if an even desk, or a frame, lies all around it."""

import numpy as np
from numpy.typing import NDArray

from helpers.network.components import connected
from helpers.network.paper import border_of, is_drawing, shrink, smooth

APART = 0.1  # of white: a page differs so much from the desk, and its ink from the page
SPREAD = 4  # times the median deviation of the desk's brightness, which a page exceeds
LEAST = 0.05  # of the picture: a smaller page is none
SOLID = 0.6  # of its box: strokes fill less, a page with strokes on it more
CORNER, CORNERS = 8, 0.7  # an eighth of the sides; so much of the box's corners is page
EDGE = 2  # pixels of the page's edge, where it and the desk are mixed
PAGES = 3  # a page on a page on a page; no more


def page_of(picture: NDArray) -> tuple[NDArray, bool]:
    """Return the page that lies inside a photograph, shrunk, and whether it was cropped to.

    What is all around in a photograph may be a desk, the frame of a window or the border of a scan,
    and as even as paper. The page is what differs from it: one solid rectangle with ink on it,
    which strokes are not. A picture without one is its own page.

    >>> desk = np.zeros((90, 90))
    >>> desk[20:80, 10:70] = 1
    >>> desk[40:60, 38:42] = 0
    >>> page, cropped = page_of(desk)
    >>> page.shape, cropped, float(page[0, 0])
    ((56, 56), True, 1.0)
    """
    whole = picture.shape
    for _ in range(PAGES):
        small = shrink(picture)
        box = None if is_drawing(small) else _box(small)
        if box is None:
            break
        times = -(-picture.shape[0] // small.shape[0])
        picture = picture[tuple(slice(times * first, times * last) for first, last in box)]
    return shrink(picture), picture.shape != whole


def _box(small: NDArray) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first and last row and column of the page in a picture, without its edge."""
    border = border_of(small)
    desk = np.median(border)
    apart = max(APART, SPREAD * float(np.median(abs(border - desk))))
    numbers = connected(abs(smooth(small) - desk) > apart)
    areas = np.bincount(numbers.ravel())
    areas[0] = 0
    if areas.max() < LEAST * small.size:
        return None
    part = numbers == areas.argmax()
    (top, bottom), (left, right) = (
        np.flatnonzero(part.any(axis))[[0, -1]] + [0, 1] for axis in (1, 0)
    )
    part = part[top:bottom, left:right]
    box = ((int(top) + EDGE, int(bottom) - EDGE), (int(left) + EDGE, int(right) - EDGE))
    inner = small[slice(*box[0]), slice(*box[1])]
    has_ink = inner.size and (abs(inner - np.median(inner)) > APART).any()
    return box if has_ink and part.mean() >= SOLID and _corners(part) >= CORNERS else None


def _corners(part: NDArray) -> float:
    """How much of the four corners is filled."""
    rows, columns = (-(-n // CORNER) for n in part.shape)
    return float(np.mean([
        part[at, beside].mean()
        for at in (slice(rows), slice(-rows, None))
        for beside in (slice(columns), slice(-columns, None))
    ]))
