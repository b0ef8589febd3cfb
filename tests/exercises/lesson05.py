"""Answers to the exercises of lesson 05."""

from functools import partial

import numpy as np

from exercises.answers import Answer
from exercises.edits import edited
from helpers import pool, pool_loops
from helpers.network import MaxPool


def by_views(image, size):
    """Another style: every window at once."""
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size), axis=(0, 1))
    return windows[::size, ::size].max(axis=(-2, -1))


def by_reshape(image, size):
    """Another style: each window gets axes of its own."""
    rows, columns = image.shape[0] // size, image.shape[1] // size
    cut = image[: rows * size, : columns * size]
    return cut.reshape(rows, size, columns, size, *image.shape[2:]).max(axis=(1, 3))


def in_lists(image, size):
    """Another style: plain Python, lists out."""
    return [
        [image[r : r + size, c : c + size].max(axis=(0, 1)).tolist()
         for c in range(0, len(image[0]) - size + 1, size)]
        for r in range(0, len(image) - size + 1, size)
    ]  # fmt: skip


def pixel_by_pixel(image, size, start):
    """The largest so far, from `start`."""
    channels = image.reshape(*image.shape[:2], -1)
    rows, columns, depth = len(image) // size, len(image[0]) // size, channels.shape[2]
    result = np.zeros((rows, columns, depth))
    for row, column, channel in np.ndindex(result.shape):
        largest = start
        for i, j in np.ndindex(size, size):
            largest = max(largest, channels[row * size + i, column * size + j, channel])
        result[row, column, channel] = largest
    return result.reshape((rows, columns) + image.shape[2:])


def max_layer(image, size):
    return MaxPool(size).forward(image[..., None] if image.ndim == 3 else image[..., None, None])


def only_whole(image, size):
    """Right where the size divides rows and columns."""
    rows, columns = image.shape[0] // size, image.shape[1] // size
    return image.reshape(rows, size, columns, size, *image.shape[2:]).max(axis=(1, 3))


def printed(image, size):
    print(end="")
    by_views(image, size)


def slip(*changes):
    return edited("05-my_pool", *changes)


KEPT = "window.max(axis=(0, 1))"

ANSWERS = [
    Answer("05-size", "a list", [50, 37], True),
    Answer("05-size", "an array", np.array([50, 37]), True),
    Answer("05-size", "the shape of an array", np.zeros((50, 37)).shape, True),
    Answer("05-size", "floats from //", (100.0 // 2, 75.0 // 2), True),
    Answer("05-size", "rounded up", (50, 38), False, "left out"),
    Answer("05-size", "divided with /", (100 / 2, 75 / 2), False, "no half column"),
    Answer("05-size", "rows and columns swapped", (37, 50), False, "rows come first"),
    Answer("05-size", "rows and columns swapped and rounded up", (38, 50), False, "rounds down"),
    Answer("05-size", "rows and columns swapped, with /", (37.5, 50), False, "rounds down"),
    Answer("05-size", "stride 1", (99, 74), False, "side by side"),
    Answer("05-size", "k lost", (98, 73), False, "side by side"),
    Answer("05-size", "one too few of each", (49, 36), False, "first window counts"),
    Answer("05-size", "one column too few", (50, 36), False, "one more fits"),
    Answer("05-size", "one too many of each", (51, 38), False, "need 102 rows"),
    Answer("05-size", "the question's own numbers", (100, 75), False, "before pooling"),
    Answer("05-size", "divided by 4", (25, 18.75), False, "not by 4"),
    Answer("05-size", "multiplied", (200, 150), False, "divide"),
    Answer("05-size", "one number of pixels", 50 * 37, False, "2 whole numbers"),
    Answer("05-size", "with channels", (50, 37, 3), False, "2 whole numbers"),
    Answer("05-size", "a text", "50, 37", False, "quotes"),
    Answer("05-overlap", "rows, columns", (27, 27), True),
    Answer("05-overlap", "a list", [27, 27], True),
    Answer("05-overlap", "half", (55 // 2, 56 // 2), False, "need column 56"),
    Answer("05-overlap", "half, with /", (55 / 2, 56 / 2), False, "loses two positions"),
    Answer("05-overlap", "not rounded", (27, 27.5), False, "rounds down"),
    Answer("05-overlap", "not rounded, without + 1", (26, 26.5), False, "the first position"),
    Answer("05-overlap", "the first position forgotten", (26, 26), False, "first position"),
    Answer("05-overlap", "rounded up", (28, 28), False, "do not fit"),
    Answer("05-overlap", "side by side", (55 // 3, 56 // 3), False, "every 2 pixels"),
    Answer("05-overlap", "side by side, rounded up", (19, 19), False, "every 2 pixels"),
    Answer("05-overlap", "stride 1", (53, 54), False, "skips every other"),
    Answer("05-overlap", "the question's own numbers", (55, 56), False, "before pooling"),
    Answer("05-overlap", "one number", 27, False, "2 whole numbers"),
    Answer("05-my_pool", "every window at once", by_views, True),
    Answer("05-my_pool", "reshaped", by_reshape, True),
    Answer("05-my_pool", "lists", in_lists, True),
    Answer("05-my_pool", "pixel by pixel from −∞", partial(pixel_by_pixel, start=-np.inf), True),
    Answer("05-my_pool", "single precision", lambda i, size: by_views(i, size).astype("f4"), True),
    Answer("05-my_pool", "the library's pool", pool, False, "pool"),
    Answer("05-my_pool", "a wrapper of pool", lambda image, size: pool(image, size), False, "pool"),
    Answer("05-my_pool", "a part of pool", partial(pool, mode="max"), False, "pool"),
    Answer("05-my_pool", "the library's loops", pool_loops, False, "pool_loops"),
    Answer("05-my_pool", "pool's list", lambda i, s: pool(i, s).tolist(), False, "pool"),
    Answer("05-my_pool", "a layer", lambda i, s: max_layer(i, s).reshape(by_views(i, s).shape),
           False, "course's own MaxPool.forward"),
    Answer("05-my_pool", "a result", by_views(np.ones((4, 4)), 2), False, "expected a function"),
    Answer("05-my_pool", "printed instead of returned", printed, False, "returns nothing"),
    Answer("05-my_pool", "pixel by pixel from 0", partial(pixel_by_pixel, start=0), False,
           "start from"),
    Answer("05-my_pool", "cut off at 0", slip((KEPT, f"np.maximum({KEPT}, 0)")), False, "start from"),
    Answer("05-my_pool", "mean", slip((".max(", ".mean(")), False, "mean"),
    Answer("05-my_pool", "min", slip((".max(", ".min(")), False, "smallest"),
    Answer("05-my_pool", "sum", slip((".max(", ".sum(")), False, "sum"),
    Answer("05-my_pool", "median", slip((KEPT, "np.median(window, axis=(0, 1))")), False, "median"),
    Answer("05-my_pool", "np.abs of the window", slip(("window.max", "np.abs(window).max")), False,
           "absolute"),
    Answer("05-my_pool", "np.abs of the result", lambda i, s: np.abs(by_views(i, s)), False, "sign"),
    Answer("05-my_pool", "the first pixel", slip((KEPT, "window[0, 0]")), False, "first pixel"),
    Answer("05-my_pool", "argmax", slip((KEPT, "window.reshape(size * size, -1).argmax(axis=0).squeeze()")),
           False, "argmax"),
    Answer("05-my_pool", "every second pixel", lambda i, s: i[: i.shape[0] // s * s : s,
                                                             : i.shape[1] // s * s : s],
           False, "first pixel"),
    Answer("05-my_pool", "forgot * size", slip(("row * size, column * size", "row, column")), False,
           "not at row and column"),
    Answer("05-my_pool", "forgot * size for columns", slip(("column * size", "column")), False,
           "columns start at"),
    Answer("05-my_pool", "forgot * size for rows", slip(("row * size", "row")), False,
           "rows start at"),
    Answer("05-my_pool", "stride 1", lambda i, s: pool(i, s, stride=1), False, "stride"),
    Answer("05-my_pool", "window too large", slip(("+ size", "+ size + 1")), False, "too large"),
    Answer("05-my_pool", "window too small", slip(("+ size", "+ size - 1")), False, "too small"),
    Answer("05-my_pool", "row and column swapped",
           slip(("row * size, column * size", "column * size, row * size")), False,
           "window are swapped"),
    Answer("05-my_pool", "result transposed", lambda i, s: by_views(i, s).swapaxes(0, 1), False,
           "result are swapped"),
    Answer("05-my_pool", "as many columns as rows",
           slip(("image.shape[1]", "image.shape[0]")), False, "must have shape (3, 2); got (3, 3)"),
    Answer("05-my_pool", "rows not divided", slip(("image.shape[0] // size", "image.shape[0]")), False,
           "window is empty"),
    Answer("05-my_pool", "always 2×2", lambda i, s: by_views(i, 2), False, "whatever `size`"),
    Answer("05-my_pool", "rounded up",
           slip(("image.shape[0] // size, image.shape[1] // size",
                 "-(-image.shape[0] // size), -(-image.shape[1] // size)")), False, "rounds down"),
    Answer("05-my_pool", "only sizes that divide", only_whole, False, "cannot reshape"),
    Answer("05-my_pool", "last row and column missing", lambda i, s: by_views(i, s)[:-1, :-1],
           False, "last row and column"),
    Answer("05-my_pool", "one number for all channels", slip((KEPT, "window.max()")), False, "mixed"),
    Answer("05-my_pool", "no room for channels", slip((" + image.shape[2:]", "")), False,
           "image.shape[2:]"),
    Answer("05-my_pool", "channels lost", slip((KEPT, "window.max()"), (" + image.shape[2:]", "")),
           False, "for each channel"),
    Answer("05-my_pool", "the first channel alone",
           lambda i, s: by_views(i if i.ndim == 2 else i[..., 0], s), False, "first channel"),
    Answer("05-my_pool", "integer result",
           slip(("image.shape[2:])", "image.shape[2:], int)")), False, "fractions are dropped"),
    Answer("05-my_pool", "return in the inner loop",
           slip(("    return", "            return")), False, "return"),
    Answer("05-my_pool", "return in the outer loop", slip(("    return", "        return")), False,
           "return"),
    Answer("05-my_pool", "no result", slip(("return result", "return")), False, "returns nothing"),
    Answer("05-my_pool", "a window alone", slip(("return result", "return window")), False,
           "shape"),
    Answer("05-my_pool", "one parameter", lambda image: image, False, "size"),
    Answer("05-my_pool", "a slip of the pen", slip(("rows, columns)", "row, columns)")), False,
           "UnboundLocalError"),
]  # fmt: skip
