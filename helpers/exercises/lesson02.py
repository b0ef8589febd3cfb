"""The exercises of lesson 02: sizes, one pixel by hand, the loops, a shift upward."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from helpers.convolution import convolve
from helpers.exercises.exercise import Exercise, is_function, is_kernel, is_number, is_shape
from helpers.explanation import explain_pixel
from helpers.loops import convolve_loops

_COUNTING = np.arange(42.0).reshape(6, 7) ** 1.5
_ASYMMETRIC = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 10]])
_MIXED = np.array([[3, -1, 4, 1, 5], [9, -2, 6, -5, 3], [5, 8, -9, 7, 9], [3, 2, 3, -8, 4]])  # ints
_CASES = [
    (_COUNTING, _ASYMMETRIC),
    (_COUNTING, np.array([[1.0, -2, 0.5], [3, 0, 4]])),
    (_MIXED / 8, np.array([[1.0, 2], [0, -3]])),  # sums below 0 and above 0
    (_MIXED, np.array([[-0.5, 0.25, 1], [2, -1.5, 0.5], [1, 0, -2.25]])),
    (_COUNTING, np.array([[-1.0], [0], [1.5]])),
    (_COUNTING[:3, :4], _ASYMMETRIC),
    (_COUNTING[:3, :3], _ASYMMETRIC),
    (_COUNTING, np.array([[2.0]])),
    (_COUNTING[:2], np.array([[1.0, 3]])),
]


def _matrix_product(image: NDArray, kernel: NDArray) -> NDArray:
    return (sliding_window_view(image, kernel.shape) @ kernel).sum(axis=(2, 3))


def _weights_unused(image: NDArray, kernel: NDArray) -> NDArray:
    return sliding_window_view(image, kernel.shape).sum(axis=(2, 3))


def _products_added_unsigned(image: NDArray, kernel: NDArray) -> NDArray:
    return np.abs(sliding_window_view(image, kernel.shape) * kernel).sum(axis=(2, 3))


MISTAKES = [
    (lambda image, kernel: convolve(image, kernel, flip=True),
     "the kernel is rotated by 180°; apply it without flipping"),
    (lambda image, kernel: convolve(image, kernel.T), "rows and columns of the kernel are swapped"),
    (lambda image, kernel: convolve(image, kernel)[:-1, :-1],
     "the last row and column of positions are missing: n − k + 1"),
    (lambda image, kernel: convolve(image, kernel, padding="same"),
     "the result keeps the size of the image; leave out positions where the window does not fit"),
    (lambda image, kernel: convolve(image, kernel) / kernel.size,
     "the products are averaged; they should be summed"),
    (_matrix_product, "@ is the matrix product; * multiplies element by element"),
    (_weights_unused, "the pixels are added without the weights"),
    (_products_added_unsigned, "negative products are added without their sign"),
    (lambda image, kernel: convolve(image, np.abs(kernel)), "negative weights have lost their sign"),
]  # fmt: skip


def _moves_up(kernel: NDArray) -> str | None:
    weights = np.argwhere(np.abs(kernel) > 1e-6)
    if len(weights) == 0:
        return "a kernel of zeros makes every pixel 0; one weight must be 1"
    if len(weights) > 1:
        return f"{len(weights)} weights mix {len(weights)} pixels; all but one must be 0"
    row, column = weights[0]
    ways = [("down", "", "up")[row], ("to the right", "", "to the left")[column]]
    way = " and ".join(filter(None, ways))
    if abs(kernel[row, column] - 1) > 1e-6:
        return f"every pixel is multiplied by {kernel[row, column]:g}; the weight must be 1"
    return None if way == "up" else f"this kernel shifts the picture {way or 'nowhere'}"


EXERCISES = {
    "02-size": Exercise(
        is_shape(
            (198, 298),
            {(197, 297): "the first position counts too: count the positions of 3 pixels among 4",
             (200, 300): "at the border the window does not fit, so some positions are missing",
             (199, 299): "a window of 3 loses two positions along each axis, not one",
             (196, 296): "a window of 3 loses two positions along each axis, not four",
             (66, 100): "the window moves by one pixel, not by its own width"},
        ),
        right="Each axis loses one less than the size of the kernel: 200 − 3 + 1 and 300 − 3 + 1.",
        hint="Rows come first; their number is the height of the picture. Along 5 pixels, a window of 3"
        " can start at pixels 0, 1 and 2. Along 200?",
        solution="answer = (200 - 3 + 1, 300 - 3 + 1)  # 200 rows; the window starts at 0 to 200 - 3",
    ),
    "02-pixel": Exercise(
        is_number(
            8,
            {-8: "the kernel is applied without flipping",
             30: "products with negative weights are negative",
             19: "the negative weights count too",
             0: "0 comes from @, the matrix product; * multiplies element by element",
             -4: "rows and columns of the kernel are swapped",
             7: "the weights in the middle row are 2 and −2",
             23: "that is the sum of the pixels; multiply each by its weight first",
             8 / 9: "the products are summed, not averaged",
             2: "that is one row; add up all three"},
        ),
        right="Nine products, one sum.",
        hint="Multiply element by element: 3·1 + 0·0 + 1·(−1) for the first row. Then add up all nine.",
        solution="""# each pixel times its weight
answer = 3*1 + 0*0 + 1*(-1) + 5*2 + 2*0 + 4*(-2) + 6*1 + 0*0 + 2*(-1)""",
    ),
    "02-my_convolve": Exercise(
        is_function(
            convolve,
            _CASES,
            MISTAKES,
            library=[convolve, convolve_loops, explain_pixel],
        ),
        right="Your function convolves. Pass it to an explorer.",
        hint="n rows give n − kh + 1 output rows, and likewise for columns. For each row and column, take"
        " the window image[row:row + kh, column:column + kw], multiply it by the kernel, and sum.",
        solution="""def my_convolve(image, kernel):
    kh, kw = kernel.shape
    # the window fits at n - k + 1 positions; np.zeros holds fractions and negative numbers
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            window = image[row:row + kh, column:column + kw]
            result[row, column] = (window * kernel).sum()
    return result""",
    ),
    "02-up": Exercise(
        is_kernel(_moves_up),
        right="The 1 is below the center: each pixel takes its lower neighbor's value.",
        hint="Each pixel takes the value of the pixel under the 1. Where must that pixel be for the"
        " picture to move up?",
        solution="answer = [[0, 0, 0], [0, 0, 0], [0, 1, 0]]  # each pixel takes the one below it",
    ),
}  # fmt: skip
