"""Strokes: which parts of the ink on a page belong to one digit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from helpers.network.components import connected
from helpers.network.paper import around, smooth

EMPTY = 0.1  # weaker ink counts as none
FAINT = 0.35  # of the strongest ink: fainter pixels of a photograph are no strokes
WEAK = 0.5  # of the strongest ink: parts that are weaker all over are no strokes
SPECK = 0.025  # of the longer side of the picture: smaller parts are no digit
NEAR = 0.18  # of the largest part's length: parts within this distance belong to it
NEAR_DRAWN = 0.25  # the same in a drawing, where all is meant to be seen
OUTLINE = 10  # times in the length: the soft outline of strokes on even paper
LARGE = 0.4  # of the largest part's length: another thing, too large to be ignored
FRAME = 0.1  # of the sides of its box: so near to them is all of a printed frame
HELD = 0.15  # of a frame's length: what is in it is longer
ALIKE = 0.8  # of the largest part's height: beside it, another digit

CUT = (
    "picture must show one whole digit, but strokes reach the border:"
    " crop to the digit, with paper all around"
)
TWO = "picture must show one digit, but two things in it are about equally large: crop to one digit"


@dataclass(frozen=True, eq=False)
class Part:
    """A connected part of the ink: its pixels (H, W) and their box; `at_border` if it is cut."""

    pixels: NDArray
    rows: tuple[int, int]  # first, and one past the last
    columns: tuple[int, int]
    level: float  # its ink, without its faint outline
    at_border: bool

    @property
    def length(self) -> int:
        """The longer side of its box."""
        return max(self.rows[1] - self.rows[0], self.columns[1] - self.columns[0])

    def is_beside(self, other: "Part") -> bool:
        """Whether it is about as high as another part, and wholly to its left or right."""
        heights = [part.rows[1] - part.rows[0] for part in (self, other)]
        apart = self.columns[0] >= other.columns[1] or other.columns[0] >= self.columns[1]
        return apart and min(heights) >= ALIKE * max(heights)

    def is_around(self, other: "Part") -> bool:
        """Whether another part is wholly inside its box."""
        return all(
            first < begin and end < last
            for (first, last), (begin, end) in (
                (self.rows, other.rows),
                (self.columns, other.columns),
            )
        )

    def is_rectangle(self) -> bool:
        """Whether it runs along the sides of its box, into all four corners, and nowhere else."""
        box = self.pixels[slice(*self.rows), slice(*self.columns)]
        rows, columns = (max(1, round(FRAME * n)) for n in box.shape)
        corners = [box[y, x] for y in _ends(rows) for x in _ends(columns)]
        inside = box[rows:-rows, columns:-columns]
        return not inside.any() and all(corner.any() for corner in corners)


def _ends(count: int) -> tuple[slice, slice]:
    return slice(count), slice(-count, None)


@dataclass(frozen=True, eq=False)
class Strokes:
    """The pixels above the threshold, and those that were chosen, (H, W) bool; `note` says how."""

    dark: NDArray
    chosen: NDArray
    level: float
    note: str


def choose(ink: NDArray, even: bool, drawing: bool) -> Strokes:
    """Choose the strokes of one digit.

    Parameters
    ----------
    ink : (H, W) array, 0 for paper
    even : bool, whether the paper is even; else faint parts are what is left of it
    drawing : bool, whether nothing is cut off at the border; else parts there are no strokes, or cut

    Raises
    ------
    ValueError : if what is left is not a single whole digit.
    """
    soft = smooth(ink)
    level = EMPTY if even else max(EMPTY, 6 * float(np.median(abs(soft))))
    parts = _parts(soft, level, drawing)
    strongest = _strongest(parts, ink)
    while strongest and not even and level < 0.3 * strongest:
        level = FAINT * strongest
        parts = _parts(soft, level, drawing)
        strongest = _strongest(parts, ink)
    if not strongest:
        return Strokes(soft > level, np.zeros(ink.shape, bool), level, "no strokes found")
    strong = [part for part in _unframed(parts) if even or part.level > WEAK * strongest]
    kept = _of_one_digit(strong, NEAR_DRAWN if drawing else NEAR)
    outline = max(1, kept[0].length // OUTLINE) if even else 2
    chosen = around(_together(kept), 2 * outline + 1, "max")
    return Strokes(soft > level, chosen, level, _note(kept, parts))


def _parts(soft: NDArray, level: float, drawing: bool) -> list[Part]:
    """The connected parts above a level, without single pixels."""
    numbers = connected(soft > level)
    areas = np.bincount(numbers[numbers > 0])
    least = (max(soft.shape) / 100) ** 2
    return [_part(numbers == k, soft, drawing) for k in np.flatnonzero(areas) if areas[k] >= least]


def _part(pixels: NDArray, soft: NDArray, drawing: bool) -> Part:
    spans = [np.flatnonzero(pixels.any(axis))[[0, -1]] + [0, 1] for axis in (1, 0)]
    (top, bottom), (left, right) = (map(int, span) for span in spans)
    at_border = top == 0 or left == 0 or bottom == soft.shape[0] or right == soft.shape[1]
    level = float(np.percentile(soft[pixels], 90))
    return Part(pixels, (top, bottom), (left, right), level, at_border and not drawing)


def _strongest(parts: list[Part], ink: NDArray) -> float:
    """The level of the strongest part that may be a digit; 0 if there is none."""
    large = [part for part in _unframed(parts) if part.length >= SPECK * max(ink.shape)]
    inner = [part.level for part in large if not part.at_border]
    if large and not inner:
        raise ValueError(CUT)
    return max(inner, default=0.0)


def _unframed(parts: list[Part]) -> list[Part]:
    """The parts without printed frames, each of which has a large part in it."""
    frames = [
        part
        for part in parts
        if any(part.is_around(other) and other.length > HELD * part.length for other in parts)
        and part.is_rectangle()
    ]
    return [part for part in parts if part not in frames]


def _of_one_digit(parts: list[Part], near: float) -> list[Part]:
    """The largest part and those near to it; another one must be smaller."""
    inner = [part for part in parts if not part.at_border]
    main = max(inner, key=lambda part: part.length * part.level)
    kept = _near(main, parts, near)
    far = [part for part in inner if part not in kept and part.length > LARGE * main.length]
    if far or any(part.is_beside(main) for part in kept[1:]):
        raise ValueError(TWO)
    return kept


def _near(main: Part, parts: list[Part], share: float) -> list[Part]:
    """The largest part, and those that are near to it or to one of these."""
    extent = 2 * max(1, round(share * main.length)) + 1
    kept = [main]
    while True:
        wide = around(_together(kept), extent, "max")
        close = [part for part in parts if part not in kept and (part.pixels & wide).any()]
        if any(part.at_border and part.length < 1.5 * main.length for part in close):
            raise ValueError(CUT)
        close = [part for part in close if not part.at_border]
        if not close:
            return kept
        kept += close


def _together(parts: list[Part]) -> NDArray:
    return np.any([part.pixels for part in parts], axis=0)


def _note(kept: list[Part], parts: list[Part]) -> str:
    count = len(parts) - len(kept)
    cut = sum(part.at_border for part in parts)
    text = "1 part" if len(kept) == 1 else f"{len(kept)} parts"
    if not count:
        return f"{text}, none dropped"
    return f"{text} kept, {count} dropped" + (f", {cut} of them at the border" if cut else "")
