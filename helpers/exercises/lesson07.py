"""The exercises of lesson 07: how a weight moves, a kernel's gradient, and a learning rate."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.convolution import convolve
from helpers.exercises.exercise import Exercise, is_function, is_number, numbers
from helpers.gradients import gradient_step, kernel_gradient
from helpers.validation import describe

# 07-rate is tried on these: 50 steps from weights of 0 must bring the loss below the bound
RATE_IMAGE = np.array([[1.0, -1, 2, 0, 1]])
RATE_TARGET = np.array([[3.0, -4, 4, -1]])  # the output of the kernel 2, −1
RATE_STEPS, RATE_BOUND = 50, 0.001

_PIXELS = (np.arange(42.0) ** 1.3 % 3).reshape(6, 7)
_CASES = [
    (_PIXELS, (np.arange(9.0) ** 1.7 % 3 - 1).reshape(3, 3), 4 * _PIXELS[1:5, 1:6] - 13),
    (_PIXELS, (np.arange(6.0) ** 1.7 % 3 - 1).reshape(2, 3), -2 * _PIXELS[:5, :5]),
    (_PIXELS, np.array([[0.5, -1], [2, 1.5]]), _PIXELS[1:, 1:] ** 2),
    (_PIXELS[:2], np.array([[1.5]]), _PIXELS[2:4]),
]


def _gradient(image: NDArray, kernel: NDArray, target: NDArray) -> NDArray:
    return kernel_gradient(image, convolve(image, kernel) - target, kernel.shape)


def _scaled(factor: Callable) -> Callable:
    return lambda image, kernel, target: (
        _gradient(image, kernel, target) * factor(image, kernel, target)
    )


def _with_error(error: Callable) -> Callable:
    """The gradient with something else in place of the error."""
    return lambda image, kernel, target: kernel_gradient(
        image, error(convolve(image, kernel), target), kernel.shape
    )


def _loss_after(rate: float, steps: int = RATE_STEPS) -> float:
    kernel = np.zeros((1, 2))
    for _ in range(steps + 1):  # a step returns the loss before it
        kernel, loss = gradient_step(RATE_IMAGE, RATE_TARGET, kernel, rate)
    return loss


def _learns(answer: Any) -> str | None:
    number = numbers(answer)
    if number is None or number.ndim or not np.isfinite(number):
        return f"expected one number; got {describe(answer)}"
    rate = float(number)
    if rate <= 0:
        return "a learning rate is above 0: the step already goes against the gradient"
    start, loss = _loss_after(rate, steps=0), _loss_after(rate)
    if loss < RATE_BOUND:
        return None
    if not loss <= start:  # also if it is NaN
        return f"{rate:g} is too large: the loss grows from {start:g} to {loss:.3g}"
    if _loss_after(rate / 2) < loss:
        return f"{rate:g} is too large: each step goes too far, and the loss is still {loss:.3g}"
    return f"{rate:g} is too small: after {RATE_STEPS} steps the loss is still {loss:.3g}"


EXERCISES = {
    "07-direction": Exercise(
        is_number(
            -0.3,
            {0.3: "the output is too large, so the weight must go down: against the gradient",
             -0.15: "error² rises twice as fast as the error: learning rate · 2 · error · pixel",
             0.15: "error² rises twice as fast, and the weight goes down",
             -0.45: "the gradient of error² is 2 · error · pixel: the error, not its square",
             -0.6: "the pixel under the weight counts too: a pixel of 0.5 halves the gradient",
             -3.0: "the learning rate is 0.1: only a tenth of that",
             0.6: "the pixel counts too, and the weight goes down",
             3.0: "the learning rate is 0.1, and the weight goes down"},
        ),
        right="−learning rate · 2 · error · pixel: a weight on a bright pixel moves more.",
        hint="The gradient is 2 · error · pixel. The weight moves the other way, by the learning rate times"
        " that.",
        solution="answer = -0.1 * 2 * 3 * 0.5",
    ),
    "07-my_gradient": Exercise(
        is_function(
            _gradient,
            _CASES,
            [
                (_scaled(lambda i, k, t: -1), "the sign is wrong: the error is output minus target"),
                (_scaled(lambda i, k, t: t.size),
                 "this is for the sum of the squares; divide by the number of positions"),
                (_scaled(lambda i, k, t: t.size / 2), "the sum is right; 2/N is missing"),
                (_scaled(lambda i, k, t: 0.5), "the square's 2 is missing"),
                (_scaled(lambda i, k, t: t.size / k.size),
                 "divide by the number of positions, not of weights"),
                (_scaled(lambda i, k, t: t.size / i.size),
                 "divide by the number of positions, not of pixels"),
                (lambda i, k, t: _gradient(i, k, t)[::-1, ::-1],
                 "it is rotated by 180°: weight (0, 0) is multiplied by the upper left pixel"),
                (lambda i, k, t: _gradient(i, k, t).T, "rows and columns of the result are swapped"),
                (_with_error(lambda output, target: output), "the target is not subtracted"),
                (_with_error(lambda output, target: -target), "the output of the kernel is missing"),
                (_with_error(lambda output, target: (output - target) ** 2),
                 "each pixel is multiplied by the error, not by its square"),
            ],
        ),
        right="A kernel's gradient is a convolution: the image convolved with the error.",
        hint="error = convolve(image, kernel) - target. At every position, weight (i, j) contributes"
        " error · pixel; sum that, times 2, divided by the number of positions.",
        solution="""def my_gradient(image, kernel, target):
    error = convolve(image, kernel) - target
    return 2 / error.size * convolve(image, error)""",
    ),
    "07-rate": Exercise(
        _learns,
        right="Small enough not to overshoot, large enough to arrive: here, about 0.04 to 0.42.",
        hint="Try 1, then a tenth of it. Does the loss grow, or does it hardly fall?",
        solution="answer = 0.2",
    ),
}  # fmt: skip
