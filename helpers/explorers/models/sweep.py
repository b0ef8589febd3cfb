"""The way of a window that sweeps over a picture: where it is at each step, and what it has painted."""

from functools import lru_cache
from typing import NamedTuple

SINGLE, PAUSES = 16, 3  # positions at the start, one after the other; steps at each of them
BANDS, MOVES = 12, 15  # of a large picture: bands of rows, and moves along each of them
FIRST_MOVES = 15  # along the rest of the first row


class Position(NamedTuple):
    """One step: the window is at (row, column); rows `top` to `bottom` are painted up to there."""

    row: int
    column: int
    top: int
    bottom: int  # the first row that is not painted


@lru_cache(maxsize=8)
def sweep_over(rows: int, columns: int) -> tuple[Position, ...]:
    """Return the positions of a sweep over an output of this size, row by row.

    It begins slowly: it stays at each of the first positions for some steps. The first row is swept
    alone; of the others, a large picture has more than can be swept one by one. Then a band of rows
    is painted at once, while the window passes along its middle.

    >>> [position[:2] for position in sweep_over(2, 3)[::3]]
    [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    """
    if rows * columns <= BANDS * MOVES:
        cells = [
            Position(row, column, row, row + 1) for row in range(rows) for column in range(columns)
        ]
        pauses = max(1, min(PAUSES, BANDS * MOVES // len(cells)))
        return tuple(position for position in cells for _ in range(pauses))
    single = range(min(SINGLE, columns))
    rest = [len(single) - 1 + at for at in _spread(columns - len(single), FIRST_MOVES)]
    first = [column for column in single for _ in range(PAUSES)] + rest
    positions = [Position(0, column, 0, 1) for column in first]
    edges = [1, *(1 + at for at in _spread(rows - 1, BANDS))]
    for top, bottom in zip(edges, edges[1:]):
        along = [at - 1 for at in _spread(columns, MOVES)]
        positions += [Position((top + bottom) // 2, column, top, bottom) for column in along]
    return tuple(positions)


def _spread(count: int, most: int) -> list[int]:
    """Return at most `most` whole numbers up to `count`, evenly apart, without zero."""
    parts = min(count, most)
    return [round(count * (k + 1) / parts) for k in range(parts)]


def band_end(positions: tuple[Position, ...], step: int) -> int:
    """Return the last step of the band after `step`, or −1 if the sweep is over by then.

    >>> band_end(sweep_over(2, 3), -1), band_end(sweep_over(2, 3), 8), band_end(sweep_over(2, 3), 9)
    (8, -1, -1)
    """
    tops = [position.top for position in positions[max(step + 1, 0) :]]
    end = step + tops.count(tops[0]) if tops else len(positions) - 1
    return end if end < len(positions) - 1 else -1
