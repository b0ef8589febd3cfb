"""Page: where a page is in its photograph, if an even desk, or a frame, lies all around it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from helpers.network.components import connected
from helpers.network.paper import border_of, is_drawing, shrink, smooth

APART = 0.1  # of white: a page differs so much from the desk, and its ink from the page
SPREAD = 4  # times the median deviation of the desk's brightness, which a page exceeds
LEAST = 0.01  # of the picture: a smaller page is none
SOLID = 0.6  # of its box: strokes fill less, a page with strokes on it more
CORNER, CORNERS = 0.12, 0.65  # of the sides of the box; so much of its corners is page
ALONG = 0.3  # of the picture's border: what fills more of it is a desk
BESIDE = 0.3  # of the picture: what is smaller and at the border is a desk
EDGE = 3  # pixels of the page's edge, where it and the desk are mixed
PAGES = 3  # a page on a page on a page; no more

MIXED = (
    "picture must show a digit on paper, but most of it differs from its border: crop to the paper"
)


@dataclass(frozen=True)
class Box:
    """A rotated rectangle: its angle, and its least and greatest coordinates in rotated axes."""

    angle: float  # radians
    least: NDArray
    greatest: NDArray

    def rotated(self, rows: NDArray, columns: NDArray) -> NDArray:
        """The coordinates of points in the rotated axes, (2, ...)."""
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        return np.array([cos * rows - sin * columns, sin * rows + cos * columns])

    def back(self, points: NDArray) -> NDArray:
        """The rows and columns of points in the rotated axes, (2, ...)."""
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        return np.array([cos * points[0] + sin * points[1], cos * points[1] - sin * points[0]])


def page_of(picture: NDArray) -> tuple[NDArray, bool]:
    """Return the page that lies inside a photograph, shrunk, and whether it was cropped to.

    What is all around in a photograph may be a desk, the frame of a window or the border of a scan,
    and as even as paper. The page is what differs from it: one solid rectangle, also a rotated one,
    which strokes are not. A picture without one is its own page. Beside a rotated page, its edge
    goes on.

    Raises
    ------
    ValueError : if most of the picture differs from its border, but is not a rectangle.

    >>> desk = np.full((90, 90), 0.2)
    >>> desk[20:80, 10:70] = 1
    >>> desk[40:60, 38:42] = 0
    >>> page, cropped = page_of(desk)
    >>> page.shape, cropped, float(page[0, 0])
    ((54, 54), True, 1.0)
    """
    whole = picture.shape
    for _ in range(PAGES):
        small = shrink(picture)
        box = None if is_drawing(small) else _box(small)
        if box is None:
            break
        picture = _cropped(picture, box, -(-picture.shape[0] // small.shape[0]))
    return shrink(picture), picture.shape != whole


def _box(small: NDArray) -> Box | None:
    """Where the page is in a picture, without its edge; None if there is none."""
    border = border_of(small)
    desk = np.median(border)
    apart = max(APART, SPREAD * float(np.median(abs(border - desk))))
    numbers = connected(np.minimum(abs(smooth(small) - desk), abs(small - desk)) > apart)
    areas = np.bincount(numbers.ravel())
    areas[0] = 0
    if areas.max() < LEAST * small.size:
        return None
    part = numbers == areas.argmax()
    rows, columns = np.nonzero(part)
    box = _around(rows, columns)
    sides = box.greatest - box.least
    place = (box.rotated(rows, columns) - box.least[:, None] + 0.5) / (sides[:, None] + 1)
    corners = (np.minimum(place, 1 - place) < CORNER).all(axis=0).sum() / (2 * CORNER) ** 2
    area = np.prod(sides + 1)
    inner = Box(box.angle, box.least + EDGE, box.greatest - EDGE)
    empty = not _has_ink(small, inner)
    if rows.size < SOLID * area or corners < CORNERS * area:
        if rows.size > SOLID * small.size and not empty:
            raise ValueError(MIXED)
        return None
    along = border_of(part).mean()
    is_desk = along > ALONG or (along > 0 and area < BESIDE * small.size)
    return None if empty or is_desk else inner


def _around(rows: NDArray, columns: NDArray) -> Box:
    """The smallest box, at any half degree, around points; at 0 degrees if that is as small.

    The points are row by row. The first and the last of each row are as far out as any.
    """
    ends = np.flatnonzero(np.diff(rows, prepend=-1) | np.diff(rows, append=-1))
    rows, columns = rows[ends], columns[ends]
    boxes = []
    for angle in np.radians(np.arange(-90, 90) / 2):
        rotated = Box(angle, np.zeros(2), np.zeros(2)).rotated(rows, columns)
        boxes.append(Box(angle, rotated.min(axis=1), rotated.max(axis=1)))
    return min(boxes, key=lambda box: float(np.prod(box.greatest - box.least + 1)) + abs(box.angle))


def _has_ink(small: NDArray, box: Box) -> bool:
    """Whether anything in a box differs from most of it."""
    points = box.rotated(*np.indices(small.shape))
    least, greatest = box.least[:, None, None], box.greatest[:, None, None]
    inner = small[((points >= least) & (points <= greatest)).all(axis=0)]
    return bool(inner.size and (abs(inner - np.median(inner)) > APART).any())


def _cropped(picture: NDArray, box: Box, times: int) -> NDArray:
    """The part of a picture in a box of its pixels, shrunk; beside a rotated box, its edge goes on."""
    corners = box.back(np.array([
        [box.least[0], box.least[0], box.greatest[0], box.greatest[0]],
        [box.least[1], box.greatest[1], box.least[1], box.greatest[1]],
    ]))  # fmt: skip
    first = np.maximum(np.floor(corners.min(axis=1)).astype(int), 0)
    last = np.ceil(corners.max(axis=1)).astype(int) + 1
    part = picture[tuple(slice(times * a, times * b) for a, b in zip(first, last, strict=True))]
    if not box.angle:
        return part
    small = shrink(part)
    step = -(-part.shape[0] // small.shape[0]) / times
    rows, columns = (step * n + at for n, at in zip(np.indices(small.shape), first, strict=True))
    inside = box.rotated(rows, columns).clip(box.least[:, None, None], box.greatest[:, None, None])
    nearest = np.rint((box.back(inside) - first[:, None, None]) / step).astype(int)
    limits = np.array(small.shape)[:, None, None] - 1
    return small[tuple(nearest.clip(0, limits))]
