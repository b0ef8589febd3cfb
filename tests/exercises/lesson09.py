"""Answers to the exercises of lesson 09."""

import numpy as np

from exercises.answers import Answer
from exercises.edits import edited
from helpers.exercises.lesson09 import SURE_CASES


def in_place(image, row, column, size):
    rows, columns = max(row, 0), max(column, 0)
    image[rows : max(row + size, 0), columns : max(column + size, 0)] = 0
    return image


def copied(image, row, column, size):
    return in_place(image.copy(), row, column, size)


def pixel_by_pixel(image, row, column, size):
    """Another style: each pixel of the square, if it is in the picture."""
    covered = np.array(image)
    for r in range(row, row + size):
        for c in range(column, column + size):
            if 0 <= r < len(image) and 0 <= c < len(image[0]):
                covered[r, c] = 0
    return covered.tolist()


def masked(image, row, column, size):
    """Another style: a mask, in single precision."""
    rows, columns = np.indices(image.shape[:2])
    inside = (rows >= row) & (rows < row + size) & (columns >= column) & (columns < column + size)
    return np.float32(np.where(inside.reshape(inside.shape + (1,) * (image.ndim - 2)), 0, image))


def padded(image, row, column, size):
    """Another style: room around the picture, cut off afterwards."""
    room = 20
    wide = np.pad(image, [(room, room)] * 2 + [(0, 0)] * (image.ndim - 2))
    wide[room + row : room + row + size, room + column : room + column + size] = 0
    return wide[room:-room, room:-room]


def moved_inside(image, row, column, size):
    """The square keeps its size."""
    row = max(min(row, image.shape[0] - size), 0)
    return copied(image, row, max(min(column, image.shape[1] - size), 0), size)


def without_return(image, row, column, size):
    in_place(image, row, column, size)


def slip(*changes):
    return edited("09-my_occlude", *changes)


def filled(value):
    """The square in another color."""
    return slip(("covered[rows, columns] = 0", f"covered[rows, columns] = {value}"))


def first_channel(image, row, column, size):
    if image.ndim == 2:
        return copied(image, row, column, size)
    return np.dstack([copied(image[..., 0], row, column, size), image[..., 1:]])


ROWS, COLUMNS = (
    "slice(max(row, 0), max(row + size, 0))",
    "slice(max(column, 0), max(column + size, 0))",
)

ANSWERS = [
    Answer("09-field", "a number", 10, True),
    Answer("09-field", "single precision", np.float32(10), True),
    Answer("09-field", "the last kernel alone", 3, False, "maps before"),
    Answer("09-field", "the first kernel alone", 5, False, "two layers follow"),
    Answer("09-field", "the pooling alone", 2, False, "pooling window alone"),
    Answer("09-field", "forgot the pooling", 5 + 3 - 1, False, "pooling between"),
    Answer("09-field", "pooling that does not spread", 8, False, "adds 4"),
    Answer("09-field", "forgot the pooling window", 9, False, "one row more"),
    Answer("09-field", "after two layers", 6, False, "one convolution follows"),
    Answer("09-field", "3 · 2 + 5", 11, False, "5 − 1 rows, not 5"),
    Answer("09-field", "3 · 2 · 2", 12, False, "that of the pooling"),
    Answer("09-field", "5 − 1 doubled", 14, False, "not doubled"),
    Answer("09-field", "5 · 3", 15, False, "not multiplied"),
    Answer("09-field", "5 · 2 · 3", 30, False, "not multiplied"),
    Answer("09-field", "pixels", 100, False, "count their rows"),
    Answer("09-field", "filters", 16, False, "number of filters"),
    Answer("09-field", "rows and columns", (10, 10), False, "one number"),
    Answer("09-my_occlude", "a copy", copied, True),
    Answer("09-my_occlude", "pixel by pixel", pixel_by_pixel, True),
    Answer("09-my_occlude", "a mask", masked, True),
    Answer("09-my_occlude", "padded", padded, True),
    Answer("09-my_occlude", "an array", np.zeros((6, 7)), False, "expected a function"),
    Answer("09-my_occlude", "in place", in_place, False, "changes its image"),
    Answer("09-my_occlude", "in place, not returned", without_return, False, "return"),
    Answer("09-my_occlude", "negative ends of slices",
           slip(("max(row + size, 0)", "row + size"), ("max(column + size, 0)", "column + size")), False,
           "max(row + size, 0)"),
    Answer("09-my_occlude", "negative ends for rows", slip(("max(row + size, 0)", "row + size")), False,
           "max(row + size, 0)"),
    Answer("09-my_occlude", "negative ends for columns",
           slip(("max(column + size, 0)", "column + size")), False, "max(column + size, 0)"),
    Answer("09-my_occlude", "negative slices",
           slip((ROWS, "slice(row, row + size)"), (COLUMNS, "slice(column, column + size)")), False,
           "start from max(row, 0)"),
    Answer("09-my_occlude", "negative starts for rows", slip(("max(row, 0)", "row")), False,
           "start from max(row, 0)"),
    Answer("09-my_occlude", "negative starts for columns", slip(("max(column, 0)", "column")), False,
           "max(column, 0)"),
    Answer("09-my_occlude", "negative slices for rows", slip((ROWS, "slice(row, row + size)")), False,
           "start from max(row, 0)"),
    Answer("09-my_occlude", "row cut off first", lambda i, r, c, s: copied(i, max(r, 0), max(c, 0), s),
           False, "keeps its size"),
    Answer("09-my_occlude", "moved inside", moved_inside, False, "moved into the picture"),
    Answer("09-my_occlude", "image unchanged", lambda i, r, c, s: i, False, "nothing is covered"),
    Answer("09-my_occlude", "zeros", lambda i, r, c, s: np.zeros_like(i), False, "everything"),
    Answer("09-my_occlude", "row and column swapped", lambda i, r, c, s: copied(i, c, r, s), False,
           "swapped"),
    Answer("09-my_occlude", "one pixel", lambda i, r, c, s: copied(i, r, c, 1), False, "one pixel"),
    Answer("09-my_occlude", "too large", lambda i, r, c, s: copied(i, r, c, s + 1), False, "too large"),
    Answer("09-my_occlude", "too small", lambda i, r, c, s: copied(i, r, c, s - 1), False, "too small"),
    Answer("09-my_occlude", "to size", slip(("row + size", "size"), ("column + size", "size")), False,
           "not at size"),
    Answer("09-my_occlude", "around its center",
           lambda i, r, c, s: copied(i, r - s // 2, c - s // 2, s), False, "upper left corner"),
    Answer("09-my_occlude", "one too far up and left", lambda i, r, c, s: copied(i, r - 1, c - 1, s),
           False, "a row too high and a column too far left"),
    Answer("09-my_occlude", "one too far down and right", lambda i, r, c, s: copied(i, r + 1, c + 1, s),
           False, "a row too low and a column too far right"),
    Answer("09-my_occlude", "a row too low", lambda i, r, c, s: copied(i, r + 1, c, s), False,
           "a row too low"),
    Answer("09-my_occlude", "a column too far right", lambda i, r, c, s: copied(i, r, c + 1, s), False,
           "a column too far right"),
    *[
        Answer("09-my_occlude", where, lambda i, r, c, s, move=move: copied(i, r + move[0], c + move[1], s),
               False, f"the square is {where}.")
        for move, where in (
            ((-1, 0), "a row too high"),
            ((0, -1), "a column too far left"),
            ((1, -1), "a row too low and a column too far left"),
            ((-1, 1), "a row too high and a column too far right"),
        )
    ],
    Answer("09-my_occlude", "whole rows", slip(("covered[rows, columns]", "covered[rows]")), False,
           "whole rows"),
    Answer("09-my_occlude", "whole columns", slip(("covered[rows, columns]", "covered[:, columns]")),
           False, "whole columns"),
    Answer("09-my_occlude", "the first channel", first_channel, False, "first channel"),
    Answer("09-my_occlude", "the rest covered", lambda i, r, c, s: i - copied(i, r, c, s), False,
           "other way around"),
    Answer("09-my_occlude", "the square alone", lambda i, r, c, s: i[max(r, 0) : max(r + s, 0),
                                                                    max(c, 0) : max(c + s, 0)],
           False, "square alone"),
    Answer("09-my_occlude", "a slice alone", lambda i, r, c, s: i[r : r + s, c : c + s], False,
           "square alone"),
    Answer("09-my_occlude", "white", filled(1), False, "filled with 1,"),
    Answer("09-my_occlude", "gray", filled(0.5), False, "filled with 0.5"),
    Answer("09-my_occlude", "white in bytes", filled(255), False, "filled with 255"),
    Answer("09-my_occlude", "minus one", filled(-1), False, "filled with -1"),
    Answer("09-my_occlude", "the mean", filled("image.mean()"), False, "filled with the mean"),
    Answer("09-my_occlude", "nothing there", filled("np.nan"), False, "filled with nan"),
    Answer("09-my_occlude", "another axis", lambda i, r, c, s: copied(i, r, c, s)[..., None], False,
           "axis too many"),
    Answer("09-my_occlude", "the picture grows", lambda i, r, c, s: np.pad(copied(i, r, c, s), s), False,
           "must have shape (6, 7); got (10, 11)"),
    Answer("09-my_occlude", "integers", lambda i, r, c, s: copied(i, r, c, s).astype(int), False,
           "whole numbers"),
    Answer("09-my_occlude", "an index too many", lambda i, r, c, s: i[r, c, s], False, "IndexError"),
    Answer("09-my_occlude", "no size", lambda image, row, column: image, False, "size"),
    Answer("09-sure", "a number", 2, True),
    Answer("09-sure", "a float", 2.0, True),
    Answer("09-sure", "the most confident", 0, False, "it is right"),
    Answer("09-sure", "the other mistake", 1, False, "0.55"),
    Answer("09-sure", "counted from 1", 3, False, "counted from 0"),
    Answer("09-sure", "counted from the end", -2, False, "from the top"),
    Answer("09-sure", "the label", 6, False, "label of that row"),
    Answer("09-sure", "the predicted digit", 8, False, "predicted there"),
    Answer("09-sure", "the probability", 0.8, False, "its probability"),
    Answer("09-sure", "the largest probability", 0.98, False, "a digit that is right"),
    Answer("09-sure", "the smaller probability", 0.55, False, "not the largest of the mistakes"),
    Answer("09-sure", "the row itself", SURE_CASES[2], False, "one number"),
    Answer("09-sure", "both mistakes", (1, 2), False, "one number"),
]  # fmt: skip
