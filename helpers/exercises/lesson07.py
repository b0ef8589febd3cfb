"""The exercises of lesson 07: which way a weight moves, a kernel's gradient, and a rate."""

import numpy as np

from helpers.convolution import convolve
from helpers.exercises.exercise import Exercise, is_function, is_number, numbers
from helpers.gradients import descend, kernel_gradient
from helpers.validation import describe

# what 07-rate is tried on: 50 steps from weights of 0 must bring the loss below the bound
RATE_IMAGE = np.array([[1.0, -1, 2, 0, 1]])
RATE_TARGET = np.array([[3.0, -4, 4, -1]])  # the answers of the kernel 2, −1
RATE_STEPS, RATE_BOUND = 50, 0.001

_PIXELS = (np.arange(42.0) ** 1.3 % 3).reshape(6, 7)
_CASES = [
    (_PIXELS, (np.arange(9.0) ** 1.7 % 3 - 1).reshape(3, 3), 4 * _PIXELS[1:5, 1:6] - 13),
    (_PIXELS, (np.arange(6.0) ** 1.7 % 3 - 1).reshape(2, 3), -2 * _PIXELS[:5, :5]),
    (_PIXELS, np.array([[0.5, -1], [2, 1.5]]), _PIXELS[1:, 1:] ** 2),
    (_PIXELS[:2], np.array([[1.5]]), _PIXELS[2:4]),
]


def _gradient(image, kernel, target):
    return kernel_gradient(image, convolve(image, kernel) - target, kernel.shape)


def _scaled(factor):
    return lambda image, kernel, target: (
        _gradient(image, kernel, target) * factor(image, kernel, target)
    )


def _blamed(error):
    """The gradient, if another thing is taken for the error."""
    return lambda image, kernel, target: kernel_gradient(
        image, error(convolve(image, kernel), target), kernel.shape
    )


def _loss_after(rate, steps=RATE_STEPS):
    kernel = np.zeros((1, 2))
    for _ in range(steps + 1):  # a step tells the loss before it
        kernel, loss = descend(RATE_IMAGE, RATE_TARGET, kernel, rate)
    return loss


def _learns(answer):
    rate = numbers(answer)
    if rate is None or rate.ndim or not np.isfinite(rate):
        return f"expected one number; got {describe(answer)}"
    rate = float(rate)
    if rate <= 0:
        return "a rate is above 0: the step already goes against the gradient"
    start, loss = _loss_after(rate, steps=0), _loss_after(rate)
    if loss < RATE_BOUND:
        return None
    if not loss <= start:  # it may be no number any more
        return f"{rate:g} is too large: the loss grows from {start:g} to {loss:.3g}"
    if _loss_after(rate / 2) < loss:
        return f"{rate:g} is too large: each step goes too far, and the loss is still {loss:.3g}"
    return f"{rate:g} is too small: after {RATE_STEPS} steps the loss is still {loss:.3g}"


EXERCISES = {
    "07-direction": Exercise(
        is_number(
            -0.3,
            {0.3: "the answer is too large, so the weight must go down: against the gradient",
             -0.15: "error² rises twice as fast as the error: rate · 2 · error · pixel",
             0.15: "error² rises twice as fast, and the weight goes down",
             -0.45: "the gradient of error² is 2 · error · pixel: the error, not its square",
             -0.6: "the pixel under the weight counts too: at 0.5 it is to blame for half",
             -3.0: "the rate is 0.1: only a tenth of that way",
             0.6: "the pixel counts too, and the weight goes down",
             3.0: "the rate is 0.1, and the weight goes down"},
        ),
        right="−rate · 2 · error · pixel: a bright pixel's weight moves more.",
        hint="The gradient is 2 · error · pixel. The weight goes the other way, by rate times that.",
        solution="answer = -0.1 * 2 * 3 * 0.5",
    ),
    "07-my_gradient": Exercise(
        is_function(
            _gradient,
            _CASES,
            [
                (_scaled(lambda i, k, t: -1), "the sign is wrong: the error is answer minus target"),
                (_scaled(lambda i, k, t: t.size),
                 "this is for the sum of the squares; divide by the number of stops"),
                (_scaled(lambda i, k, t: t.size / 2), "the sum is right; 2/N is missing"),
                (_scaled(lambda i, k, t: 0.5), "the square's 2 is missing"),
                (_scaled(lambda i, k, t: t.size / k.size),
                 "divide by the number of stops, not of weights"),
                (_scaled(lambda i, k, t: t.size / i.size),
                 "divide by the number of stops, not of pixels"),
                (lambda i, k, t: _gradient(i, k, t)[::-1, ::-1],
                 "it is turned by half a turn: weight (0, 0) lies on the upper left pixel"),
                (lambda i, k, t: _gradient(i, k, t).T, "rows and columns of the result are swapped"),
                (_blamed(lambda answers, target: answers), "the target is not subtracted"),
                (_blamed(lambda answers, target: -target), "the kernel's own answers are missing"),
                (_blamed(lambda answers, target: (answers - target) ** 2),
                 "each pixel counts times the error, not times its square"),
            ],
        ),
        right="A kernel's gradient is a convolution: the error is the kernel that slides.",
        hint="error = convolve(image, kernel) - target. Weight (i, j) is to blame for error · pixel"
        " at every stop; sum that, times 2, divided by the number of stops.",
        solution="""def my_gradient(image, kernel, target):
    error = convolve(image, kernel) - target
    return 2 / error.size * convolve(image, error)""",
    ),
    "07-rate": Exercise(
        _learns,
        right="Small enough not to overshoot, large enough to arrive. Here about 0.04 to 0.42 do.",
        hint="Try 1, then a tenth of it. Does the loss grow, or does it hardly fall?",
        solution="answer = 0.2",
    ),
}  # fmt: skip
