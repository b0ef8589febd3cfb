"""Lesson 07: its exercises, and the numbers in its collapsed answers."""

import numpy as np
import pytest
from exercise_verdicts import assert_right, assert_wrong

from helpers import KERNELS, convolve
from helpers.exercises.lesson07 import RATE_IMAGE, RATE_TARGET
from helpers.explorers import KernelLearner
from helpers.gradients import kernel_gradient, mean_squared_error


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
    """Differences without restoring the weight: later gradients use a changed kernel."""
    found = np.zeros(kernel.shape)
    before = mean_squared_error(convolve(image, kernel), target)
    for place in np.ndindex(kernel.shape):
        kernel[place] += 1e-2
        found[place] = (mean_squared_error(convolve(image, kernel), target) - before) / 1e-2
    return found


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
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answer(name, answer):
    """Also in another form, type or style."""
    assert_right(name, answer)


@pytest.mark.parametrize("name, answer, reason", WRONG)
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value", "ignore:divide by zero")
def test_wrong_answer(name, answer, reason):
    """One line names the mistake."""
    assert_wrong(name, answer, reason)


def test_direction_is_a_step_of_gradient_descent():
    """The numbers of the exercises are those of the library."""
    step = kernel_gradient([[0.5]], [[3.0]], size=1).item()
    assert_right("07-direction", -0.1 * step)


def test_target_of_the_learning_rate():
    """It is the output of the kernel 2, −1, as the lesson states."""
    np.testing.assert_array_equal(convolve(RATE_IMAGE, np.array([[2, -1]])), RATE_TARGET)


def test_the_numbers_of_the_learner():
    """The right column is learned first; 10 is quicker than 1; 14 diverges, as does 5 on flat areas."""
    ours = KernelLearner("cat", "sobel_vertical", rate=5)
    ours.runner.run(100)
    assert np.allclose(ours.weights.kernel[:, 2], [1, 2, 1], atol=0.05)
    losses = {}
    for rate in (1, 10):
        ours = KernelLearner("cat", "sobel_vertical", rate=rate)
        ours.runner.run(100)
        losses[rate] = ours.history[-1][1]
    assert losses[10] < losses[1]
    ours = KernelLearner("cat", "sobel_vertical", rate=14)
    ours.runner.run(8)
    losses = [loss for _, loss in ours.history]
    assert min(losses) < losses[0] and losses[-1] > min(losses)
    for image, rate, runs_away in (("cat", 14, True), ("circles", 5, True), ("circles", 1, False)):
        ours = KernelLearner(image, "sobel_vertical", rate=rate)
        ours.runner.run(100)
        assert ("went beyond ±12" in ours.problem) == runs_away


def test_the_circles():
    """At learning rate 1, every weight is within 0.1 of its target after 2,000 steps, not after 200."""
    ours = KernelLearner("circles", "sobel_vertical", rate=1)
    for steps, right in ((200, False), (1800, True)):
        ours.runner.run(steps)
        assert (np.abs(ours.weights.kernel - KERNELS["sobel_vertical"]).max() < 0.1) == right
