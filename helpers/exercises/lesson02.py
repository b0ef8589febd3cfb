"""The exercises of lesson 02: sizes, one pixel by hand, the loops, a shift upwards."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.convolution import convolve
from helpers.exercises.exercise import Exercise, is_function, is_number, is_shape, numbers
from helpers.validation import describe

_COUNTING = np.arange(42.0).reshape(6, 7) ** 1.5
_ASYMMETRIC = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 10]])
_DOWN, _RIGHT = ("down", "", "up"), ("to the right", "", "to the left")
_CASES = [
    (_COUNTING, _ASYMMETRIC),
    (_COUNTING, np.array([[1.0, -2, 0.5], [3, 0, 4]])),
    (_COUNTING[:3, :4], _ASYMMETRIC),
    (_COUNTING, np.array([[2.0]])),
    (_COUNTING[:2], np.array([[1.0, 3]])),
]


def _transposed(image: NDArray, kernel: NDArray) -> NDArray:
    return convolve(image, kernel.T)


def _result_transposed(image: NDArray, kernel: NDArray) -> NDArray:
    return convolve(image, kernel).T


def _one_position_short(image: NDArray, kernel: NDArray) -> NDArray:
    return convolve(image, kernel)[:-1, :-1]


def _averaged(image: NDArray, kernel: NDArray) -> NDArray:
    return convolve(image, kernel) / kernel.size


def _flipped(image: NDArray, kernel: NDArray) -> NDArray:
    return convolve(image, kernel, flip=True)


def _moves_up(answer: Any) -> str | None:
    kernel = numbers(answer)
    if kernel is None or kernel.shape != (3, 3):
        return f"expected a kernel of 3×3 numbers; got {describe(answer)}"
    given = convolve(_COUNTING, kernel)
    for rows, columns in np.ndindex(3, 3):  # the position of the only 1
        if np.allclose(given, _COUNTING[rows : 4 + rows, columns : 5 + columns]):
            way = " and ".join(part for part in (_DOWN[rows], _RIGHT[columns]) if part)
            return None if way == "up" else f"this kernel shifts the picture {way or 'nowhere'}"
    return "this kernel does more than shift the picture"


EXERCISES = {
    "02-size": Exercise(
        is_shape(
            (198, 298),
            {
                (
                    197,
                    297,
                ): "the first position counts too: count the positions of 3 pixels among 4",
                (200, 300): "at the border the window does not fit, so some positions are missing",
                (298, 198): "rows come first",
                (199, 299): "a window of 3 loses two positions along each axis, not one",
            },
        ),
        right="Each axis loses one less than the size of the kernel: 200 − 3 + 1 and 300 − 3 + 1.",
        hint="Along 5 pixels, a window of 3 can start at pixels 0, 1 and 2. Along 200?",
        solution="answer = (200 - 3 + 1, 300 - 3 + 1)",
    ),
    "02-pixel": Exercise(
        is_number(
            8,
            {
                -8.0: "the kernel is applied without flipping",
                30.0: "products with negative weights are negative",
            },
        ),
        right="Nine products, one sum.",
        hint="Multiply element by element: 3·1 + 0·0 + 1·(−1) for the first row. Then add up all nine.",
        solution="answer = 3*1 + 0*0 + 1*(-1) + 5*2 + 2*0 + 4*(-2) + 6*1 + 0*0 + 2*(-1)",
    ),
    "02-my_convolve": Exercise(
        is_function(
            convolve,
            _CASES,
            [
                (_flipped, "the kernel is rotated by 180°; apply it without flipping"),
                (_transposed, "rows and columns of the kernel are swapped"),
                (_result_transposed, "rows and columns of the result are swapped"),
                (_one_position_short, "the last row and column of positions are missing"),
                (_averaged, "the products are averaged; they should be summed"),
            ],
        ),
        right="Your function convolves. Pass it to an explorer.",
        hint="n rows give n − kh + 1 output rows, and likewise for columns. For each row and column, take"
        " the window image[row:row + kh, column:column + kw], multiply it by the kernel, and sum.",
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
        right="The 1 is below the middle: each pixel takes its lower neighbor's value.",
        hint="Each pixel takes the value of the pixel under the 1. Where must that pixel be for the"
        " picture to move up?",
        solution="answer = [[0, 0, 0], [0, 0, 0], [0, 1, 0]]",
    ),
}
