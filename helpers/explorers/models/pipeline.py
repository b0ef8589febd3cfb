"""The stages of a network side by side: one size for the cells of all maps, columns of maps in each."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

GAP = 1  # cells between two maps
LARGEST_CELL, SMALLEST_CELL = 8.0, 2.0  # CSS pixels
SMALLEST_IMAGE = 56  # CSS pixels of the longer side; a large image has smaller cells for it
IMAGE, STAGE = 84, 56  # CSS pixels, least width of the first stage and of the others
BETWEEN, END = 32, 20  # CSS pixels, between two stages, after the last one; see pipeline.css
BESIDE = 6  # up to so many stages stand beside the drawing and the probabilities; see pipeline.css
FINER = 0.97  # a step to smaller cells


class Arrangement(NamedTuple):
    """How many maps of each stage are side by side, and the size of a cell in CSS pixels, at most."""

    across: list[int]
    cell: float


def arrange_stages(shapes: Sequence[tuple[int, ...]], width: float, height: float) -> Arrangement:
    """Return the arrangement with the largest cells that fits into `width` × `height` CSS pixels.

    Every cell of every stage has the same size, so that the shrinking of the maps is seen. The
    maps of a stage are stacked, in several columns if they are too many. If nothing fits, the cells
    are as small as can still be seen, and the page scrolls.

    Parameters
    ----------
    shapes : (H, W, C) of the maps of each stage; the first is the image, which is one picture

    >>> arrange_stages([(28, 28, 1), (26, 26, 8), (13, 13, 8)], 420, 430).across
    [1, 2, 1]
    """
    smallest = min(SMALLEST_CELL, SMALLEST_IMAGE / max(shapes[0][:2]))
    cell = LARGEST_CELL
    while True:
        across = [1, *(_across(shape, cell, height) for shape in shapes[1:])]
        columns = [side(shape[1], count) for shape, count in zip(shapes, across)]
        needed = sum(max(least, cell * n) for least, n in zip(_least(shapes), columns))
        tall = cell * shapes[0][0] > height
        if cell <= smallest or (not tall and needed + _gaps(shapes) <= width):
            return Arrangement(across, cell)
        cell = max(cell * FINER, smallest)


def _least(shapes: Sequence[tuple[int, ...]]) -> list[int]:
    return [IMAGE, *[STAGE] * (len(shapes) - 1)]


def _gaps(shapes: Sequence[tuple[int, ...]]) -> int:
    return BETWEEN * (len(shapes) - 1) + END


def _across(shape: tuple[int, ...], cell: float, height: float) -> int:
    """Return the number of columns of maps: the fewest that fit the height, and fill their room."""
    rows, columns, count = shape
    stacked = max(1, int((height / cell + GAP) // (rows + GAP)))
    filling = int((STAGE / cell + GAP) // (columns + GAP))
    across = min(count, max(ceil(count / stacked), filling))
    return ceil(count / ceil(count / across))  # no column that stays empty


def side(length: int, count: int) -> int:
    """Return the cells along `count` maps of this length and the gaps between them.

    >>> side(5, 3)
    17
    """
    return count * (length + GAP) - GAP


def cell_size(shapes: Sequence[tuple[int, ...]], arrangement: Arrangement) -> str:
    """Return the size of a cell as CSS: as large as the room allows, not above the arrangement's.

    A stage is never narrower than its title. Whichever stages are counted as wide, n columns of
    cells fit into what the others leave: the smallest of these sizes fits all.
    """
    across, most = arrangement
    columns = [side(shape[1], count) for shape, count in zip(shapes, across)]
    stages = sorted(zip(columns, _least(shapes)), key=lambda stage: stage[1] / stage[0])
    rooms = []
    for count in range(1, len(stages) + 1):
        fixed = sum(least for _, least in stages[count:]) + _gaps(shapes)
        rooms.append(f"(100cqi - {fixed}px) / {sum(wide for wide, _ in stages[:count])}")
    least = min(SMALLEST_CELL, most)
    return f"clamp({least:.3g}px, min({', '.join(rooms)}), {most:.3g}px * var(--shrink, 1))"
