"""The exercises of lesson 02: sizes, one pixel by hand, the loops, and which weight is "up"."""

import numpy as np

from helpers.convolution import convolve
from helpers.exercises.exercise import Exercise, is_function, is_number, is_shape, numbers
from helpers.validation import describe

_COUNTING = np.arange(42.0).reshape(6, 7) ** 1.5
_LOPSIDED = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 10]])
_DOWN, _RIGHT = ("down", "", "up"), ("to the right", "", "to the left")
_CASES = [
    (_COUNTING, _LOPSIDED),
    (_COUNTING, np.array([[1.0, -2, 0.5], [3, 0, 4]])),
    (_COUNTING[:3, :4], _LOPSIDED),
    (_COUNTING, np.array([[2.0]])),
    (_COUNTING[:2], np.array([[1.0, 3]])),
]


def _transposed(image, kernel):
    return convolve(image, kernel.T)


def _result_transposed(image, kernel):
    return convolve(image, kernel).T


def _one_stop_short(image, kernel):
    return convolve(image, kernel)[:-1, :-1]


def _averaged(image, kernel):
    return convolve(image, kernel) / kernel.size


def _flipped(image, kernel):
    return convolve(image, kernel, flip=True)


def _moves_up(answer):
    kernel = numbers(answer)
    if kernel is None or kernel.shape != (3, 3):
        return f"expected a kernel of 3×3 numbers; got {describe(answer)}"
    given = convolve(_COUNTING, kernel)
    for rows, columns in np.ndindex(3, 3):  # where the only 1 would stand
        if np.allclose(given, _COUNTING[rows : 4 + rows, columns : 5 + columns]):
            way = f"{_DOWN[rows]} and {_RIGHT[columns]}".removeprefix(" and ").removesuffix(" and ")
            return None if way == "up" else f"this kernel moves the picture {way or 'nowhere'}"
    return "this kernel does more than move the picture"


EXERCISES = {
    "02-size": Exercise(
        is_shape(
            (198, 298),
            {
                (197, 297): "the first stop counts too: count the stops of 3 cells over 4",
                (200, 300): "at the rim the window does not fit, so some stops are missing",
                (298, 198): "rows come first",
                (199, 299): "a window of 3 loses two stops along each axis, not one",
            },
        ),
        right="Each axis loses one less than the kernel's width: 200 − 3 + 1 and 300 − 3 + 1.",
        hint="Along 5 pixels a window of 3 can start at pixels 0, 1 and 2. Along 200?",
        solution="answer = (200 - 3 + 1, 300 - 3 + 1)",
    ),
    "02-pixel": Exercise(
        is_number(
            8,
            {
                -8.0: "the weights lie on the window as they stand, they are not turned",
                30.0: "products with negative weights are negative",
            },
        ),
        right="Nine products, one sum.",
        hint="Multiply cell by cell: 3·1 + 0·0 + 1·(−1) for the first row. Then add up all nine.",
        solution="answer = 3*1 + 0*0 + 1*(-1) + 5*2 + 2*0 + 4*(-2) + 6*1 + 0*0 + 2*(-1)",
    ),
    "02-my_convolve": Exercise(
        is_function(
            convolve,
            _CASES,
            [
                (_flipped, "the kernel is turned by half a turn; lay it on as it stands"),
                (_transposed, "rows and columns of the kernel are swapped"),
                (_result_transposed, "rows and columns of the result are swapped"),
                (_one_stop_short, "the last row and column of stops are missing"),
                (_averaged, "the products are averaged; they should be summed"),
            ],
        ),
        right="Your function convolves. Plug it into an explorer.",
        hint="Of n rows n − kh + 1 are left, and so with columns. For each row and column: cut the window out with"
        " image[row:row + kh, column:column + kw], multiply by the kernel, sum.",
        solution="""def my_convolve(image, kernel):
    kh, kw = kernel.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            window = image[row:row + kh, column:column + kw]
            result[row, column] = (window * kernel).sum()
    return result""",
    ),
    "02-up": Exercise(
        _moves_up,
        right="The 1 stands below the middle: each pixel takes its lower neighbor's value.",
        hint="Each pixel becomes the pixel under the 1. For the picture to move up, from where"
        " must each pixel take its value?",
        solution="answer = [[0, 0, 0], [0, 0, 0], [0, 1, 0]]",
    ),
}
