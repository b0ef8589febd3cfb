"""Layers that pool: the `pool` of the photographs, and whom to blame afterwards."""

import numpy as np

from helpers._fast.im2row import rows_first
from helpers.geometry import plan
from helpers.network.layer import Layer, expect_maps
from helpers.pooling import pool
from helpers.validation import as_pair


class Pool(Layer):
    """Windows of maps, side by side, each replaced by one number; what `MaxPool` and `MeanPool` share."""

    def __init__(self, size):
        super().__init__()
        self.size = as_pair("size", size, least=1)

    @property
    def settings(self):
        return [list(self.size)]

    def build(self, shape, rng):
        expect_maps(shape)
        stops, _ = plan(shape[:2], self.size, self.size, 0, 1, name="size")
        return (*stops, shape[2])


class MaxPool(Pool):
    """The largest of each window, as `pool` finds it; only the winner, the first of equals, is blamed.

    The pixels of a row play first, one after the other against the best so far, then the rows'
    winners. Who beat whom is kept for `backward`.
    """

    def forward(self, x):
        best, in_rows = play(x, self.size[1], axis=1)
        answer, in_columns = play(best, self.size[0], axis=0)
        self.seen = best.shape, in_columns, x.shape, in_rows
        return answer

    def backward(self, gradient):
        between, in_columns, shape, in_rows = self.seen
        gradient = blame_winners(gradient, in_columns, between, axis=0)
        return blame_winners(gradient, in_rows, shape, axis=1)


def lines(x, size, axis):
    """The first of every `size` lines along an axis, the second, and so on; what is left over in none."""
    end = x.shape[axis] // size * size
    return [x[(slice(None),) * axis + (slice(first, end, size),)] for first in range(size)]


def play(x, size, axis):
    """Return the largest of every `size` numbers along an axis, and where each beat those before it."""
    best, *others = lines(x, size, axis)
    wins = []
    for other in others:
        wins.append(other > best)
        best = np.maximum(best, other)
    return best, wins


def blame_winners(gradient, wins, shape, axis):
    """Hand the blame of each answer to the number that won in `play`; the last game is looked at first."""
    height, width, channels, batch = shape
    by_input = rows_first(np.empty((height, channels, width, batch), gradient.dtype))
    size, left = len(wins) + 1, gradient
    first, *others = lines(by_input, size, axis)
    for other, won in zip(reversed(others), reversed(wins)):
        np.multiply(left, won, out=other)
        left = np.subtract(left, other, out=first)
    if not others:
        first[...] = gradient
    used = gradient.shape[axis] * size
    by_input[(slice(None),) * axis + (slice(used, None),)] = 0  # what stood in no window
    return by_input


class MeanPool(Pool):
    """The mean of each window, as `pool` finds it; every pixel of it is blamed alike."""

    def forward(self, x):
        self.seen = x.shape
        return pool(x, self.size, mode="mean")

    def backward(self, gradient):
        height, width, channels, batch = self.seen
        by_input = rows_first(np.zeros((height, channels, width, batch), gradient.dtype))
        share = gradient / np.float32(self.size[0] * self.size[1])
        for row in lines(by_input, self.size[0], axis=0):
            for cells in lines(row, self.size[1], axis=1):
                cells[...] = share
        return by_input
