"""Answers to the exercises of lesson 07."""

from functools import partial

import numpy as np

from exercises.answers import Answer
from exercises.edits import edited
from helpers import KERNELS, convolve, load_image
from helpers.gradients import gradient_step, kernel_gradient, mean_squared_error

SOBEL = KERNELS["sobel_vertical"]


def by_loops(image, kernel, target):
    """Another style: plain Python, lists in and out."""
    image, kernel, target = image.tolist(), kernel.tolist(), target.tolist()
    kh, kw, rows, columns = len(kernel), len(kernel[0]), len(target), len(target[0])
    found = [[0.0] * kw for _ in range(kh)]
    for r in range(rows):
        for c in range(columns):
            error = -target[r][c]
            for i in range(kh):
                for j in range(kw):
                    error += image[r + i][c + j] * kernel[i][j]
            for i in range(kh):
                for j in range(kw):
                    found[i][j] += 2 * error * image[r + i][c + j] / (rows * columns)
    return found


def by_differences(image, kernel, target):
    """Another style: move each weight a little, in place, and see what the loss does."""
    found = np.zeros(kernel.shape)
    for place in np.ndindex(kernel.shape):
        losses = []
        for move in (1e-4, -2e-4):
            kernel[place] += move
            losses.append(mean_squared_error(convolve(image, kernel), target))
        kernel[place] += 1e-4
        found[place] = (losses[0] - losses[1]) / 2e-4
    return found


def by_windows(image, kernel, target):
    """Another style: all windows at once, in single precision."""
    image = image.astype(np.float32)
    view = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    error = np.einsum("rcij,ij->rc", view, kernel.astype(np.float32)) - target
    return np.einsum("rcij,rc->ij", view, error.astype(np.float32)) * 2 / target.size


def not_restored(image, kernel, target):
    """Differences without restoring the weight: later gradients use a changed kernel."""
    found = np.zeros(kernel.shape)
    before = mean_squared_error(convolve(image, kernel), target)
    for place in np.ndindex(kernel.shape):
        kernel[place] += 1e-2
        found[place] = (mean_squared_error(convolve(image, kernel), target) - before) / 1e-2
    return found


def one_sided(step):
    """Differences from the loss before the step."""

    def quotients(image, kernel, target):
        found = np.zeros(kernel.shape)
        before = mean_squared_error(convolve(image, kernel), target)
        for place in np.ndindex(kernel.shape):
            moved = kernel.copy()
            moved[place] += step
            found[place] = (mean_squared_error(convolve(image, moved), target) - before) / step
        return found

    return quotients


def of_the_image(image, kernel, target):
    """The gradient with respect to the image, window by window."""
    found = np.zeros(image.shape)
    error = convolve(image, kernel) - target
    for row, column in np.ndindex(error.shape):
        window = found[row : row + len(kernel), column : column + len(kernel[0])]
        window += 2 / error.size * error[row, column] * kernel
    return found


def from_library(image, kernel, target):
    return kernel_gradient(image, convolve(image, kernel) - target, kernel.shape)


def from_step(image, kernel, target):
    return kernel - gradient_step(image, target, kernel, learning_rate=1)[0]


def learned_on_negative():
    """What the steps of the lesson find."""
    photo = load_image("cat", gray=True, size=(43, 64)).astype(float)
    negative, kernel = 1 - photo, np.zeros((3, 3))
    for _ in range(300):
        kernel, _ = gradient_step(negative - negative.mean(), convolve(photo, SOBEL), kernel, 5)
    return kernel


def slip(*changes):
    return edited("07-my_gradient", *changes)


def on(change):
    """The right result, changed."""
    return lambda image, kernel, target: change(by_windows(image, kernel, target))


RATE, TWO, ERROR, PIXEL = 0.1, 2, 3, 0.4
SCALE, CONVOLVED = "2 / error.size", "convolve(image, error)"

ANSWERS = [
    Answer("07-direction", "a number", -0.24, True),
    Answer("07-direction", "step by step", -(RATE * TWO * ERROR * PIXEL), True),
    Answer("07-direction", "single precision", np.float32(-0.24), True),
    Answer("07-direction", "uphill", 0.24, False, "against the gradient"),
    Answer("07-direction", "forgot the 2", -RATE * ERROR * PIXEL, False, "the 2 of the square is"),
    Answer("07-direction", "forgot the 2, uphill", RATE * ERROR * PIXEL, False, "goes down"),
    Answer("07-direction", "forgot the pixel", -RATE * TWO * ERROR, False, "the pixel is"),
    Answer("07-direction", "forgot the pixel, uphill", RATE * TWO * ERROR, False, "goes down"),
    Answer("07-direction", "forgot the error", -RATE * TWO * PIXEL, False, "the error is"),
    Answer("07-direction", "the gradient", TWO * ERROR * PIXEL, False, "learning rate is"),
    Answer("07-direction", "the gradient, downhill", -TWO * ERROR * PIXEL, False, "learning rate is"),
    Answer("07-direction", "forgot 2 and pixel", -RATE * ERROR, False, "square and the pixel are"),
    Answer("07-direction", "error · pixel", ERROR * PIXEL, False, "rate and the 2"),
    *[
        Answer("07-direction", f"{sign * kept:g}", sign * kept, False, words)
        for kept, words in (
            (TWO * PIXEL, "the learning rate and the error are"),
            (TWO * ERROR, "the learning rate and the pixel are"),
            (RATE * PIXEL, "the 2 of the square and the error are"),
            (RATE * TWO, "the error and the pixel are"),
        )
        for sign in (-1, 1)
    ],
    Answer("07-direction", "forgot 2 and pixel, uphill", RATE * ERROR, False, "goes down"),
    Answer("07-direction", "error · pixel, downhill", -ERROR * PIXEL, False, "rate and the 2"),
    Answer("07-direction", "forgot the error, uphill", RATE * TWO * PIXEL, False, "goes down"),
    Answer("07-direction", "the error squared", -RATE * TWO * ERROR**2 * PIXEL, False,
           "not its square"),
    Answer("07-direction", "error² · pixel", -RATE * ERROR**2 * PIXEL, False, "not its square"),
    Answer("07-direction", "the pixel squared", -RATE * TWO * ERROR * PIXEL**2, False, "not squared"),
    Answer("07-direction", "divided by the pixel", -RATE * TWO * ERROR / PIXEL, False, "do not divide"),
    Answer("07-direction", "the rate", RATE, False, "learning rate alone"),
    Answer("07-direction", "minus the rate", -RATE, False, "learning rate alone, downhill"),
    Answer("07-direction", "the error", ERROR, False, "that is the error"),
    Answer("07-direction", "the pixel", PIXEL, False, "the pixel alone"),
    Answer("07-direction", "the new error", 3 - 0.24, False, "how much the weight moves"),
    Answer("07-direction", "rounded", -0.25, False, "-0.25 is not it"),
    Answer("07-direction", "in brackets", [-0.24], False, "leave out the brackets"),
    Answer("07-negative", "minus Sobel", -SOBEL, True),
    Answer("07-negative", "a list", [[1, 0, -1], [2, 0, -2], [1, 0, -1]], True),
    Answer("07-negative", "rotated by 180°", SOBEL[::-1, ::-1], True),
    Answer("07-negative", "learned", learned_on_negative(), True),
    Answer("07-negative", "Sobel", SOBEL, False, "every sign reversed"),
    Answer("07-negative", "1 − weight", 1 - SOBEL, False, "do not become 1 − weight"),
    Answer("07-negative", "horizontal", SOBEL.T, False, "horizontal edges"),
    Answer("07-negative", "minus horizontal", -SOBEL.T, False, "horizontal edges"),
    Answer("07-negative", "without signs", np.abs(SOBEL), False, "positive and negative"),
    Answer("07-negative", "halved", -SOBEL / 2, False, "largest weight is 1; it must be 2"),
    Answer("07-negative", "one row", [[1, 0, -1]], False, "3×3"),
    Answer("07-negative", "zeros", np.zeros((3, 3)), False, "a difference"),
    Answer("07-negative", "Prewitt", [[1, 0, -1]] * 3, False, "a difference"),
    Answer("07-my_gradient", "loops", by_loops, True),
    Answer("07-my_gradient", "differences", by_differences, True),
    Answer("07-my_gradient", "windows", by_windows, True),
    Answer("07-my_gradient", "a wrapper of kernel_gradient", from_library, False, "kernel_gradient"),
    Answer("07-my_gradient", "from gradient_step", from_step, False, "gradient_step"),
    Answer("07-my_gradient", "kernel_gradient", kernel_gradient, False, "kernel_gradient"),
    Answer("07-my_gradient", "an array", np.ones((3, 3)), False, "expected a function"),
    Answer("07-my_gradient", "sign", slip((SCALE, "-" + SCALE)), False, "sign is wrong"),
    Answer("07-my_gradient", "target minus output",
           slip(("convolve(image, kernel) - target", "target - convolve(image, kernel)")), False,
           "sign is wrong"),
    Answer("07-my_gradient", "a sum for the mean", slip((SCALE, "2")), False, "number of positions"),
    Answer("07-my_gradient", "forgot 2/N", slip((SCALE + " * ", "")), False, "2/N"),
    Answer("07-my_gradient", "forgot the 2", slip((SCALE, "1 / error.size")), False, "from the square, is missing"),
    Answer("07-my_gradient", "forgot the 2, sign", slip((SCALE, "-1 / error.size")), False,
           "from the square, is missing, and"),
    Answer("07-my_gradient", "2 // N", slip((SCALE, "2 // error.size")), False, "// rounds"),
    Answer("07-my_gradient", "divided by the weights", slip((SCALE, "2 / kernel.size")), False,
           "not of weights"),
    Answer("07-my_gradient", "divided by the pixels", slip((SCALE, "2 / image.size")), False,
           "not of pixels"),
    Answer("07-my_gradient", "divided by len", slip((SCALE, "2 / len(error)")), False, "that of rows"),
    Answer("07-my_gradient", "divided by the columns", slip((SCALE, "2 / error.shape[1]")), False,
           "that of columns"),
    Answer("07-my_gradient", "divided twice", slip((SCALE, "2 / error.size**2")), False, "twice"),
    Answer("07-my_gradient", "times a learning rate", slip((SCALE, "0.1 * 2 / error.size")), False,
           "learning rate"),
    Answer("07-my_gradient", "times minus a learning rate", slip((SCALE, "-0.01 * 2 / error.size")),
           False, "learning rate"),
    Answer("07-my_gradient", "the new kernel", slip((SCALE, "kernel - 0.1 * 2 / error.size")), False,
           "kernel after a step;"),
    Answer("07-my_gradient", "the new kernel, uphill",
           slip((SCALE, "kernel + 0.1 * 2 / error.size")), False, "uphill"),
    Answer("07-my_gradient", "rotated", on(lambda result: result[::-1, ::-1]), False,
           "rotated by 180°"),
    Answer("07-my_gradient", "upside down", on(lambda result: result[::-1]), False, "rows"),
    Answer("07-my_gradient", "mirrored", on(lambda result: result[:, ::-1]), False, "columns"),
    Answer("07-my_gradient", "transposed", on(np.transpose), False, "swapped"),
    Answer("07-my_gradient", "absolute values", on(np.abs), False, "minus signs"),
    Answer("07-my_gradient", "flip=True", slip((CONVOLVED, "convolve(image, error, flip=True)")), False,
           "error is rotated"),
    Answer("07-my_gradient", "mean over weights", on(np.mean), False, "the mean"),
    Answer("07-my_gradient", "sum over weights", on(np.sum), False, "the sum"),
    Answer("07-my_gradient", "forgot the target", slip((" - target", "")), False, "not subtracted"),
    Answer("07-my_gradient", "target added", slip((" - target", " + target")), False, "is added"),
    Answer("07-my_gradient", "forgot the output",
           slip(("error = convolve(image, kernel) - target", "error = -target")), False,
           "output of the kernel is missing"),
    Answer("07-my_gradient", "the squared error",
           slip((" - target", " - target\n    error = error**2")), False, "its square"),
    Answer("07-my_gradient", "np.abs of the error",
           slip(("convolve(image, kernel) - target", "np.abs(convolve(image, kernel) - target)")), False,
           "no absolute value"),
    Answer("07-my_gradient", "the sign of the error",
           slip(("convolve(image, kernel) - target", "np.sign(convolve(image, kernel) - target)")),
           False, "not its sign alone"),
    Answer("07-my_gradient", "the error", lambda i, k, t: convolve(i, k) - t, False, "this is the error"),
    Answer("07-my_gradient", "the loss", lambda i, k, t: ((convolve(i, k) - t) ** 2).mean(), False,
           "this is the loss"),
    Answer("07-my_gradient", "the squares", lambda i, k, t: (convolve(i, k) - t) ** 2, False,
           "squares of the error"),
    Answer("07-my_gradient", "of the image", of_the_image, False, "with respect to the image"),
    Answer("07-my_gradient", "a row is missing", on(lambda result: result[:-1]), False, "shape"),
    Answer("07-my_gradient", "padded", slip((CONVOLVED, "convolve(image, error, padding=1)")), False,
           "shape"),
    Answer("07-my_gradient", "the last row of positions is missing",
           lambda i, k, t: convolve(i[:-1], (convolve(i, k) - t)[:-1]) * 2 / t.size, False, "must be"),
    *[
        Answer("07-my_gradient", f"differences of one side, step {step}", one_sided(step), False,
               "almost the gradient")
        for step in (0.1, 0.01, 1e-3, 1e-4)
    ],
    Answer("07-my_gradient", "differences of one side, tiny", one_sided(1e-7), True),
    Answer("07-my_gradient", "differences that change the kernel", not_restored, False, "must be"),
    Answer("07-my_gradient", "integer result",
           on(lambda result: result.astype(int)), False, "fractions are dropped"),
    Answer("07-my_gradient", "two parameters", lambda i, k: convolve(i, k), False, "target"),
    Answer("07-my_gradient", "called wrongly", lambda i, k, t: partial(convolve, i)(), False,
           "TypeError"),
    Answer("07-my_gradient", "printed instead of returned", slip(("return", "print(end='') or None and")),
           False, "return"),
    *[
        Answer("07-rate", f"{rate:.2f}", rate, True)
        for rate in (0.04, 0.05, 0.1, 0.2, 0.3, 0.4, 0.42, 1 / 3, np.float32(0.25))
    ],
    Answer("07-rate", "an array of one number", np.array(0.15), True),
    Answer("07-rate", "1", 1, False, "too large: the loss grows from 10.5"),
    Answer("07-rate", "huge", 1e9, False, "beyond what a float"),
    Answer("07-rate", "too large for a float", 1e200, False, "beyond what a float"),
    Answer("07-rate", "a little too large", 0.45, False, "too large: the loss grows"),
    Answer("07-rate", "hardly too large", 0.44, False, "overshoots"),
    Answer("07-rate", "the lesson's own", 0.01, False,
           "too small: after 50 steps the loss is still 0.184"),
    Answer("07-rate", "a little too small", 0.03, False, "too small"),
    Answer("07-rate", "tiny", 1e-300, False, "too small"),
    Answer("07-rate", "zero", 0, False, "above 0"),
    Answer("07-rate", "negative", -0.2, False, "above 0"),
    Answer("07-rate", "not a number", np.nan, False, "one number; got nan"),
    Answer("07-rate", "in brackets", [0.2], False, "leave out the brackets"),
]  # fmt: skip
