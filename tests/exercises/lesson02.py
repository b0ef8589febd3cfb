"""Answers to the exercises of lesson 02."""

import builtins
from collections.abc import Callable
from fractions import Fraction
from functools import partial

import numpy as np

from exercises.answers import Answer
from helpers import convolve, convolve_loops, explain_pixel


def by_loops(
    pixel: Callable = lambda window, kernel: (window * kernel).sum(),
    start: Callable = lambda image, rows, columns: np.zeros((rows, columns)),
    less: int = 0,
):
    """A `my_convolve` in the style of the lesson, with one step exchanged for another."""

    def my_convolve(image, kernel):
        kh, kw = kernel.shape
        rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
        result = start(image, rows, columns)
        for row in range(rows - less):
            for column in range(columns - less):
                window = image[row : row + kh, column : column + kw]
                result[row, column] = pixel(window, kernel)
        return result

    return my_convolve


def sliding_windows(image, kernel):
    """Every window at once."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("rcij,ij->rc", windows, kernel)


def nested_lists(image, kernel):
    """Plain Python, lists in and out."""
    kh, kw = len(kernel), len(kernel[0])
    return [
        [sum(image[r + i][c + j] * kernel[i][j] for i in range(kh) for j in range(kw))
         for c in range(len(image[0]) - kw + 1)]
        for r in range(len(image) - kh + 1)
    ]  # fmt: skip


def weight_by_weight(image, kernel):
    """One shifted image per weight."""
    rows, columns = np.subtract(image.shape, kernel.shape) + 1
    return sum(
        kernel[i, j] * image[i : i + rows, j : j + columns] for i, j in np.ndindex(kernel.shape)
    )


def spoils_its_arguments(image, kernel):
    right = sliding_windows(image, kernel).copy()
    image[...], kernel[...] = 0, 0
    return right


def explained(image, kernel):
    rows, columns = np.subtract(image.shape, kernel.shape) + 1
    return [
        [explain_pixel(image, kernel, row, column).total for column in range(columns)]
        for row in range(rows)
    ]


def returns_in_the_inner_loop(image, kernel):
    result = np.zeros(np.subtract(image.shape, kernel.shape) + 1)
    for row, column in np.ndindex(result.shape):
        result[row, column] = convolve(image, kernel)[row, column]
        return result


def square_kernels_only(image, kernel):
    size = len(kernel)
    result = np.zeros((len(image) - size + 1, image.shape[1] - size + 1))
    for row, column in np.ndindex(result.shape):
        result[row, column] = (image[row : row + size, column : column + size] * kernel).sum()
    return result


def square_images_only(image, kernel):
    return by_loops()(image[:, : len(image)], kernel)


def like_the_image(image, rows, columns):
    return np.zeros_like(image)[:rows, :columns]


def sizes_swapped(image, kernel):
    right = sliding_windows(image, kernel)
    result = np.zeros(right.shape[::-1])
    for row, column in np.ndindex(right.shape):
        result[row, column] = right[row, column]
    return result


def fractions_as_range(image, kernel):
    return [[0 for column in range(len(image) / 1)] for row in range(2)]


def printed(image, kernel):
    print(convolve(image, kernel).shape)


def my_convolve(image, kernel): ...


def documented(image, kernel):
    """Convolve."""
    convolve(image, kernel)


CONVOLVE = "02-my_convolve"
ANSWERS = [
    Answer("02-size", "rows, columns", (198, 298), True),
    Answer("02-size", "a list", [198, 298], True),
    Answer("02-size", "an array", np.array([198, 298]), True),
    Answer("02-size", "the shape of an array", np.zeros((198, 298)).shape, True),
    Answer("02-size", "floats", (198.0, 298.0), True),
    Answer("02-size", "columns first", (298, 198), False, "rows come first"),
    Answer("02-size", "one position lost", (199, 299), False, "loses two"),
    Answer("02-size", "nothing lost", (200, 300), False, "border"),
    Answer("02-size", "k lost", (197, 297), False, "first position"),
    Answer("02-size", "two lost on each side", (196, 296), False, "not four"),
    Answer("02-size", "window by window", (66, 100), False, "moves by one pixel"),
    Answer("02-size", "rows right, columns off by one", (198, 297), False, "297 columns are one too few"),
    Answer("02-size", "larger", (202, 302), False, "202 rows are too many"),
    Answer("02-size", "one number", 198, False, "2 whole numbers"),
    Answer("02-size", "in quotes", "198, 298", False, "leave out the quotes"),
    Answer("02-size", "half a pixel", (198.5, 298), False, "sizes are whole numbers"),
    Answer("02-size", "three numbers", (198, 298, 1), False, "2 whole numbers"),
    Answer("02-size", "a set", {198, 298}, False, "2 whole numbers"),
    Answer("02-pixel", "the number", 8, True),
    Answer("02-pixel", "np.float32", np.float32(8), True),
    Answer("02-pixel", "an array without axes", np.array(8), True),
    Answer("02-pixel", "a fraction", Fraction(16, 2), True),
    Answer("02-pixel", "flipped", -8, False, "without flipping"),
    Answer("02-pixel", "without signs", 30, False, "negative"),
    Answer("02-pixel", "without the negative weights", 19, False, "count too"),
    Answer("02-pixel", "@ in place of *", 0, False, "matrix product"),
    Answer("02-pixel", "transposed", -4, False, "swapped"),
    Answer("02-pixel", "weights of 1 for 2", 7, False, "2 and −2"),
    Answer("02-pixel", "sum of the pixels", 23, False, "by its weight"),
    Answer("02-pixel", "mean", 0.889, False, "not averaged"),
    Answer("02-pixel", "first row", 2, False, "all three"),
    Answer("02-pixel", "off by one", 9, False, "9 is not it: it is one too large"),
    Answer("02-pixel", "off by a half", 8.5, False, "8.5 is not it: it is too large"),
    Answer("02-pixel", "far off", -100, False, "-100 is not it: it is too small"),
    Answer("02-pixel", "NaN", np.nan, False, "one number; got nan"),
    Answer("02-pixel", "in brackets", [8], False, "leave out the brackets"),
    Answer("02-pixel", "in an array", np.array([[8]]), False, "one number"),
    Answer("02-pixel", "in quotes", "8", False, "leave out the quotes"),
    Answer("02-pixel", "a complex number", 8 + 0j, False, "one number"),
    Answer("02-pixel", "a function", lambda: 8, False, "call the function"),
    Answer("02-pixel", "the products", [3, 0, -1, 10, 0, -8, 6, 0, -2], False, "one number"),
    Answer(CONVOLVE, "loops", by_loops(), True),
    Answer(CONVOLVE, "every window at once", sliding_windows, True),
    Answer(CONVOLVE, "nested lists", nested_lists, True),
    Answer(CONVOLVE, "weight by weight", weight_by_weight, True),
    Answer(CONVOLVE, "np.vdot", by_loops(np.vdot), True),
    Answer(CONVOLVE, "spoils its arguments", spoils_its_arguments, True),
    Answer(CONVOLVE, "the course's own", convolve, False, "own convolve"),
    Answer(CONVOLVE, "the course's own loops", convolve_loops, False, "own convolve_loops"),
    Answer(CONVOLVE, "the course's own, as a partial", partial(convolve, bias=0), False, "own convolve"),
    Answer(CONVOLVE, "the course's own, called", lambda i, k: convolve(i, k), False, "write the steps"),
    Answer(CONVOLVE, "explain_pixel in loops", explained, False, "own explain_pixel"),
    Answer(CONVOLVE, "np.abs of the result", lambda i, k: np.abs(convolve(i, k)), False, "lost their sign"),
    Answer(CONVOLVE, "np.maximum of the result and 0", lambda i, k: np.maximum(convolve(i, k), 0), False, "cut off at 0"),
    Answer(CONVOLVE, "max(0, …) per pixel", by_loops(lambda w, k: max(0, (w * k).sum())), False, "cut off at 0"),
    Answer(CONVOLVE, "abs per pixel", by_loops(lambda w, k: abs((w * k).sum())), False, "lost their sign"),
    Answer(CONVOLVE, "abs per product", by_loops(lambda w, k: np.abs(w * k).sum()), False, "negative products"),
    Answer(CONVOLVE, "abs of the weights", by_loops(lambda w, k: (w * abs(k)).sum()), False, "negative weights"),
    Answer(CONVOLVE, "cut off at 255", lambda i, k: convolve(i, k).clip(0, 255), False, "0 and 255"),
    Answer(CONVOLVE, "cut off at 1", lambda i, k: convolve(i, k).clip(0, 1), False, "0 and 1"),
    Answer(CONVOLVE, "negated", lambda i, k: -convolve(i, k), False, "every sign is reversed"),
    Answer(CONVOLVE, "@ in place of *", by_loops(lambda w, k: (w @ k).sum()), False, "@ is the matrix product"),
    Answer(CONVOLVE, "np.dot", by_loops(lambda w, k: np.dot(w, k).sum()), False, "@ is the matrix product"),
    Answer(CONVOLVE, "mean of the products", by_loops(lambda w, k: (w * k).mean()), False, "averaged"),
    Answer(CONVOLVE, "sum of the pixels", by_loops(lambda w, k: w.sum()), False, "without the weights"),
    Answer(CONVOLVE, "sum forgotten", by_loops(lambda w, k: w * k), False, "is .sum() or .max() missing?"),
    Answer(CONVOLVE, "a result of whole numbers", by_loops(start=lambda i, r, c: np.zeros((r, c), int)), False, "fractions are dropped"),
    Answer(CONVOLVE, "np.zeros_like of the image", by_loops(start=like_the_image), False, "fractions are dropped"),
    Answer(CONVOLVE, "rounded", lambda i, k: convolve(i, k).round(), False, "rounded"),
    Answer(CONVOLVE, "rounded to 2 digits", lambda i, k: convolve(i, k).round(2), False, "keep all digits"),
    Answer(CONVOLVE, "flipped", lambda i, k: convolve(i, k, flip=True), False, "rotated by 180°"),
    Answer(CONVOLVE, "kernel transposed", lambda i, k: convolve(i, k.T), False, "kernel are swapped"),
    Answer(CONVOLVE, "result transposed", lambda i, k: convolve(i, k).T, False, "result are swapped"),
    Answer(CONVOLVE, "off by one position", lambda i, k: convolve(i, k)[:-1, :-1], False, "last row and column"),
    Answer(CONVOLVE, "loops one too short", by_loops(less=1), False, "the loops end too early"),
    Answer(CONVOLVE, "padded", lambda i, k: convolve(i, k, padding="same"), False, "keeps the size of the image"),
    Answer(CONVOLVE, "return inside the loops", returns_in_the_inner_loop, False, "is return inside the loops"),
    Answer(CONVOLVE, "flat", lambda i, k: convolve(i, k).ravel(), False, "one long row"),
    Answer(CONVOLVE, "plus one", lambda i, k: convolve(i, k) + 1, False, "must be"),
    Answer(CONVOLVE, "never filled", by_loops(lambda w, k: 0), False, "every number is 0"),
    Answer(CONVOLVE, "another kernel", lambda i, k: convolve(i, np.tri(*k.shape)), False, "at (0, 0)"),
    Answer(CONVOLVE, "square kernels only", square_kernels_only, False, "kernel of shape (2, 3), square_kernels_only failed in line 5 of the function: ValueError"),
    Answer(CONVOLVE, "square images only", square_images_only, False, "must have shape"),
    Answer(CONVOLVE, "a list that grows", lambda i, k: [n for row in sliding_windows(i, k) for n in row], False, "one long row"),
    Answer(CONVOLVE, "rows and columns of np.zeros swapped", sizes_swapped, False, "are rows and columns swapped"),
    Answer(CONVOLVE, "a function inside, returned", lambda i, k: sliding_windows, False, "array of numbers; got <function"),
    Answer(CONVOLVE, "one number", lambda i, k: (i[: len(k), : len(k.T)] * k).sum(), False, "must have shape (4, 5); got ()"),
    Answer(CONVOLVE, "a fraction as a size", fractions_as_range, False, "// gives whole numbers"),
    Answer(CONVOLVE, "divides by zero", lambda i, k: 1 / 0, False, "<lambda> failed in line 1 of the function: ZeroDivisionError"),
    Answer(CONVOLVE, "misspelled", lambda i, k: np.zeros(k.shap), False, "AttributeError"),
    Answer(CONVOLVE, "leaves Python", lambda i, k: builtins.exit(), False, "SystemExit"),
    Answer(CONVOLVE, "one parameter", lambda image: image, False, "must take (image, kernel); it takes (image)"),
    Answer(CONVOLVE, "not written yet", my_convolve, False, "my_convolve returns nothing."),
    Answer(CONVOLVE, "printed instead of returned", printed, False, "is a return missing? print shows"),
    Answer(CONVOLVE, "return forgotten", documented, False, "is a return missing?"),
    Answer(CONVOLVE, "text", lambda i, k: "text", False, "array of numbers; got 'text'"),
    Answer(CONVOLVE, "rows of different lengths", lambda i, k: [[1], [1, 2]], False, "array of numbers"),
    Answer(CONVOLVE, "called", convolve(np.ones((3, 3)), np.ones((3, 3))), False, "without parentheses"),
    Answer("02-up", "below the middle", [[0, 0, 0], [0, 0, 0], [0, 1, 0]], True),
    Answer("02-up", "an array", np.array([[0, 0, 0], [0, 0, 0], [0, 1, 0]]), True),
    Answer("02-up", "floats", [[0.0, 0, 0], [0, 0, 0], [0, 1.0, 0]], True),
    Answer("02-up", "above the middle", [[0, 1, 0], [0, 0, 0], [0, 0, 0]], False, "down"),
    Answer("02-up", "right of it", [[0, 0, 0], [0, 0, 1], [0, 0, 0]], False, "left"),
    Answer("02-up", "left of it", [[0, 0, 0], [1, 0, 0], [0, 0, 0]], False, "right"),
    Answer("02-up", "the middle", [[0, 0, 0], [0, 1, 0], [0, 0, 0]], False, "nowhere"),
    Answer("02-up", "a corner", [[1, 0, 0], [0, 0, 0], [0, 0, 0]], False, "down and to the right"),
    Answer("02-up", "the corner below", [[0, 0, 0], [0, 0, 0], [0, 0, 1]], False, "up and to the left"),
    Answer("02-up", "2 below the middle", [[0, 0, 0], [0, 0, 0], [0, 2, 0]], False, "multiplied by 2"),
    Answer("02-up", "−1 below the middle", [[0, 0, 0], [0, 0, 0], [0, -1, 0]], False, "multiplied by -1"),
    Answer("02-up", "0 everywhere", np.zeros((3, 3)), False, "every pixel 0"),
    Answer("02-up", "a row of ones", [[0, 0, 0], [0, 0, 0], [1, 1, 1]], False, "3 weights mix 3 pixels"),
    Answer("02-up", "Sobel", [[-1, -2, -1], [0, 0, 0], [1, 2, 1]], False, "6 weights"),
    Answer("02-up", "one row", [0, 1, 0], False, "3×3"),
    Answer("02-up", "in one row", [0, 0, 0, 0, 0, 0, 0, 1, 0], False, "3×3"),
    Answer("02-up", "NaN", np.full((3, 3), np.nan), False, "finite"),
]  # fmt: skip
