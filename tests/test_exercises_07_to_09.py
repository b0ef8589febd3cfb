"""The checkers of lessons 07 to 09 accept every right answer and refuse every wrong one, saying why."""

import math

import numpy as np
import pytest

from helpers import convolve
from helpers.exercises import check
from helpers.exercises.lesson07 import RATE_IMAGE, RATE_TARGET
from helpers.exercises.lesson09 import SURE_CASES, SURE_LABELS
from helpers.gradients import kernel_gradient, mean_squared_error
from helpers.network import Conv, MaxPool, Network, receptive_field, top_losses
from helpers.network.model import softmax


def gradient(image, kernel, target):
    return kernel_gradient(image, convolve(image, kernel) - target, kernel.shape)


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
    """Differences that forget to move the weight back: later weights see another kernel."""
    found = np.zeros(kernel.shape)
    before = mean_squared_error(convolve(image, kernel), target)
    for place in np.ndindex(kernel.shape):
        kernel[place] += 1e-2
        found[place] = (mean_squared_error(convolve(image, kernel), target) - before) / 1e-2
    return found


def stable(scores):
    return np.exp(scores - np.max(scores)) / np.sum(np.exp(scores - np.max(scores)))


def with_math(scores):
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def in_place(image, row, column, size):
    image[max(row, 0) : row + size, max(column, 0) : column + size] = 0
    return image


def copied(image, row, column, size):
    return in_place(image.copy(), row, column, size)


def pixel_by_pixel(image, row, column, size):
    covered = np.array(image)
    for r in range(row, row + size):
        for c in range(column, column + size):
            if 0 <= r < len(image) and 0 <= c < len(image[0]):
                covered[r, c] = 0
    return covered.tolist()


def masked(image, row, column, size):
    rows, columns = np.indices(image.shape[:2])
    inside = (rows >= row) & (rows < row + size) & (columns >= column) & (columns < column + size)
    return np.float32(np.where(inside.reshape(inside.shape + (1,) * (image.ndim - 2)), 0, image))


def wrapped(image, row, column, size):
    covered = image.copy()
    covered[row : row + size, column : column + size] = 0
    return covered


RIGHT = [
    ("07-direction", -0.3),
    ("07-direction", np.float32(-0.3)),
    ("07-direction", -(0.1 * 2 * 3 * 0.5)),
    ("07-my_gradient", gradient),
    ("07-my_gradient", by_loops),
    ("07-my_gradient", by_differences),
    ("07-my_gradient", by_windows),
    *[
        ("07-rate", rate)
        for rate in (0.04, 0.05, 0.1, 0.2, 0.3, 0.4, 0.42, 1 / 3, np.float32(0.25))
    ],
    ("07-rate", np.array(0.15)),
    ("08-parameters", 12_832),
    ("08-parameters", 12_832.0),
    ("08-parameters", np.int64(5 * 5 * 16 * 32 + 32)),
    ("08-shape", (5, 5)),
    ("08-shape", [5.0, 5]),
    ("08-shape", np.array([5, 5])),
    ("08-shape", np.zeros((5, 5)).shape),
    ("08-steps", 391),
    ("08-steps", math.ceil(50_000 / 128)),
    ("08-steps", np.ceil(50_000 / 128)),
    ("08-my_softmax", softmax),
    ("08-my_softmax", stable),
    ("08-my_softmax", with_math),
    ("08-my_softmax", lambda scores: stable(scores.astype(np.float32))),
    ("09-field", 10),
    ("09-field", np.float32(10)),
    ("09-my_occlude", copied),
    ("09-my_occlude", pixel_by_pixel),
    ("09-my_occlude", masked),
    ("09-sure", 2),
    ("09-sure", 2.0),
    ("09-sure", top_losses(SURE_CASES, SURE_LABELS, 1)[0]),
]

WRONG = [
    ("07-direction", 0.3, "against the gradient"),
    ("07-direction", -0.15, "twice as fast"),
    ("07-direction", 0.15, "twice as fast"),
    ("07-direction", -0.6, "halves"),
    ("07-direction", 0.6, "goes down"),
    ("07-direction", -3, "tenth"),
    ("07-direction", -0.45, "not its square"),
    ("07-direction", -0.2, "-0.2 is not it"),
    ("07-direction", [-0.3], "one number"),
    ("07-my_gradient", np.ones((3, 3)), "expected a function"),
    ("07-my_gradient", lambda i, k, t: -gradient(i, k, t), "sign"),
    ("07-my_gradient", lambda i, k, t: kernel_gradient(i, t - convolve(i, k), k.shape), "sign"),
    ("07-my_gradient", lambda i, k, t: 2 * convolve(i, convolve(i, k) - t), "number of positions"),
    ("07-my_gradient", lambda i, k, t: convolve(i, convolve(i, k) - t), "2/N"),
    ("07-my_gradient", lambda i, k, t: convolve(i, convolve(i, k) - t) / t.size, "2 is missing"),
    ("07-my_gradient", lambda i, k, t: 2 * convolve(i, convolve(i, k) - t) / k.size, "of weights"),
    ("07-my_gradient", lambda i, k, t: 2 * convolve(i, convolve(i, k) - t) / i.size, "of pixels"),
    ("07-my_gradient", lambda i, k, t: gradient(i, k, t)[::-1, ::-1], "rotated by 180°"),
    ("07-my_gradient", lambda i, k, t: gradient(i, k, t).T, "swapped"),
    ("07-my_gradient", lambda i, k, t: gradient(i, k, t)[::-1], "must be"),
    ("07-my_gradient", lambda i, k, t: gradient(i, k, t)[:, ::-1], "must be"),
    ("07-my_gradient", lambda i, k, t: convolve(i, convolve(i, k) - t, flip=True) * 2 / t.size,
     "must be"),
    ("07-my_gradient", lambda i, k, t: convolve(i, convolve(i, k)) * 2 / t.size, "not subtracted"),
    ("07-my_gradient", lambda i, k, t: convolve(i, -t) * 2 / t.size, "output of the kernel is missing"),
    ("07-my_gradient", lambda i, k, t: convolve(i, (convolve(i, k) - t) ** 2) * 2 / t.size,
     "its square"),
    ("07-my_gradient", lambda i, k, t: convolve(i, np.abs(convolve(i, k) - t)) * 2 / t.size,
     "must be"),
    ("07-my_gradient", lambda i, k, t: gradient(i, k, t)[:-1], "shape"),
    ("07-my_gradient", lambda i, k, t: convolve(i, convolve(i, k) - t, padding=1), "shape"),
    ("07-my_gradient", lambda i, k, t: convolve(i[:-1], convolve(i, k)[:-1] - t[:-1]) * 2 / t.size,
     "must be"),
    ("07-my_gradient", lambda i, k, t: convolve(i, k) - t, "shape"),
    ("07-my_gradient", lambda i, k, t: k - 0.1 * gradient(i, k, t), "must be"),
    ("07-my_gradient", not_restored, "must be"),
    ("07-my_gradient", lambda i, k, t: gradient(i, k, t).mean(), "shape"),
    ("07-my_gradient", lambda i, k, t: gradient(i, k), "TypeError"),
    ("07-my_gradient", lambda i, k, t: print(), "nothing yet"),
    ("07-rate", 1, "too large: the loss grows from 10.5"),
    ("07-rate", 1e9, "too large"),
    ("07-rate", 1e200, "too large"),
    ("07-rate", 0.45, "too large: the loss grows"),
    ("07-rate", 0.44, "goes too far"),
    ("07-rate", 0.01, "too small: after 50 steps the loss is still 0.184"),
    ("07-rate", 0.03, "too small"),
    ("07-rate", 1e-300, "too small"),
    ("07-rate", 0, "above 0"),
    ("07-rate", -0.2, "above 0"),
    ("07-rate", np.nan, "one number"),
    ("07-rate", [0.2], "one number"),
    ("08-parameters", 832, "all 16 maps"),
    ("08-parameters", 800, "all 16 maps"),
    ("08-parameters", 12_800, "bias"),
    ("08-parameters", 13_312, "not one per slice"),
    ("08-parameters", 12_816, "not 16 over 32"),
    ("08-parameters", 401, "there are 32"),
    ("08-parameters", 12_833, "12833 is not it"),
    ("08-shape", (7, 7), "lose rows"),
    ("08-shape", (6, 6), "loses 2"),
    ("08-shape", (4, 4), "not k"),
    ("08-shape", (10, 10), "second pooling"),
    ("08-shape", (11, 11), "first pooling"),
    ("08-shape", (22, 22), "halves"),
    ("08-shape", (5, 5, 16), "2 whole numbers"),
    ("08-shape", 5, "2 whole numbers"),
    ("08-steps", 390, "left over"),
    ("08-steps", 50_000 / 128, "not full"),
    ("08-steps", 50_000, "not one per digit"),
    ("08-steps", 392, "392 is not it"),
    ("08-my_softmax", softmax(np.array([1.0, 2])), "expected a function"),
    ("08-my_softmax", lambda s: np.exp(s) / np.exp(s).sum(), "subtract the largest"),
    ("08-my_softmax", lambda s: [math.exp(x) / sum(map(math.exp, s)) for x in s], "subtract the la"),
    ("08-my_softmax", lambda s: np.exp(s - 1000) / np.exp(s - 1000).sum(), "must be"),
    ("08-my_softmax", lambda s: np.exp(s - s.mean()) / np.exp(s - s.mean()).sum(), "subtract the la"),
    ("08-my_softmax", lambda s: softmax(np.clip(s, -50, 50)), "must be"),
    ("08-my_softmax", np.exp, "add up to 1"),
    ("08-my_softmax", lambda s: np.exp(s - s.max()), "add up to 1"),
    ("08-my_softmax", lambda s: s / s.sum(), "raise e"),
    ("08-my_softmax", lambda s: np.log(softmax(s)), "logarithms"),
    ("08-my_softmax", lambda s: softmax(-s), "largest score"),
    ("08-my_softmax", lambda s: softmax(s)[::-1], "largest score"),
    ("08-my_softmax", lambda s: 2.0**s / (2.0**s).sum(), "base is e"),
    ("08-my_softmax", lambda s: (s == s.max()) * 1.0, "only the largest score"),
    ("08-my_softmax", lambda s: softmax(s).max(), "shape"),
    ("08-my_softmax", lambda s: np.sort(softmax(s)), "must be"),
    ("09-field", 7, "pooling between"),
    ("09-field", 8, "adds 4"),
    ("09-field", 9, "one row more"),
    ("09-field", 14, "not doubled"),
    ("09-field", 30, "do not multiply"),
    ("09-field", 3, "maps before"),
    ("09-field", (10, 10), "one number"),
    ("09-my_occlude", np.zeros((6, 7)), "expected a function"),
    ("09-my_occlude", in_place, "copy"),
    ("09-my_occlude", wrapped, "max(row, 0)"),
    ("09-my_occlude", lambda i, r, c, s: i, "nothing is covered"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, c, r, s), "swapped"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, r, c, s + 1), "too large"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, r, c, s - 1), "too small"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, r - s // 2, c - s // 2, s), "upper left corner"),
    ("09-my_occlude", lambda i, r, c, s: i - copied(i, r, c, s), "other way round"),
    ("09-my_occlude", lambda i, r, c, s: i[r : r + s, c : c + s], "square alone"),
    ("09-my_occlude", lambda i, r, c, s: np.where(copied(i, r, c, s) == 0, 1, i), "with 1"),
    ("09-my_occlude", lambda i, r, c, s: np.where(copied(i, r, c, s) == 0, 0.5, i), "must be"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, max(r, 0), max(c, 0), s), "must be"),
    ("09-my_occlude", lambda i, r, c, s: copied(i, r, c, s)[..., None], "shape"),
    ("09-my_occlude", lambda i, r, c, s: np.pad(i, s)[r:, c:], "shape"),
    ("09-my_occlude", lambda i, r, c, s: i[r, c, s], "IndexError"),
    ("09-sure", 0, "it is right"),
    ("09-sure", 1, "0.55"),
    ("09-sure", 3, "counted from 0"),
    ("09-sure", -2, "-2 is not it"),
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answers(name, answer):
    """In another form, type or style."""
    assert check(name, answer).startswith("Right.")


@pytest.mark.parametrize("name, answer, reason", WRONG)
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value", "ignore:divide by zero")
def test_wrong_answers(name, answer, reason):
    """Refused in one line that says why."""
    line = check(name, answer)
    assert line.startswith("Not yet:") and reason in line and "\n" not in line


def test_numbers_are_the_networks_own():
    """What is asked in numbers is what the library finds."""
    stack = Network([Conv(16, 5), MaxPool(2), Conv(32, 5)], (28, 28, 1))
    seen = Network([Conv(8, 5), MaxPool(2), Conv(16, 3)], (28, 28, 1))
    assert check("09-field", receptive_field(seen, 2, 4, 4).rows).startswith("Right.")
    assert check("08-parameters", stack.layers[2].parameters["weights"].size + 32).startswith(
        "Right."
    )
    deep = Network([Conv(8, 5), MaxPool(2), Conv(16, 3), MaxPool(2)], (28, 28, 1))
    assert check("08-shape", deep.shapes[-1][:2]).startswith("Right.")
    step = kernel_gradient([[0.5]], [[3.0]], size=1).item()
    assert check("07-direction", -0.1 * step).startswith("Right.")


def test_cases_are_as_the_lessons_tell():
    """Rows of probabilities add up to 1; the rate's target is what the kernel 2, −1 gives."""
    np.testing.assert_allclose(SURE_CASES.sum(axis=1), 1)
    np.testing.assert_array_equal(convolve(RATE_IMAGE, np.array([[2, -1]])), RATE_TARGET)
