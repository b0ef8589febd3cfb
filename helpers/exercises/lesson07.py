"""The exercises of lesson 07: how a weight moves, a negative, a kernel's gradient, a learning rate."""

from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

from helpers.exercises import my_gradient
from helpers.exercises.exercise import Exercise, is_kernel, is_number, one_number
from helpers.gradients import gradient_step
from helpers.kernels import KERNELS

# 07-rate is tried on these: 50 steps from weights of 0 must bring the loss below the bound
RATE_IMAGE = np.array([[1.0, -1, 2, 0, 1]])
RATE_TARGET = np.array([[3.0, -4, 4, -1]])  # the output of the kernel 2, −1
RATE_STEPS, RATE_BOUND = 50, 0.001

_FACTORS = {"learning rate": 0.1, "2 of the square": 2.0, "error": 3.0, "pixel": 0.4}
_STEP = -prod(_FACTORS.values())


def _missing_factors() -> dict[float, str]:
    """What is wrong with the product of some of the factors, with either sign."""
    reasons = {-_STEP: "the output is too large, so the weight must go down: against the gradient"}
    for count in (1, 2):
        for left_out in combinations(_FACTORS, count):
            step = _STEP / prod(_FACTORS[name] for name in left_out)
            names = " and ".join(f"the {name}" for name in left_out)
            reasons[step] = f"{names} {'is' if count == 1 else 'are'} missing from the product"
            reasons[-step] = f"{reasons[step]}, and the weight goes down"
    return reasons


def _loss_after(rate: float, steps: int = RATE_STEPS) -> float:
    kernel = np.zeros((1, 2))
    for _ in range(steps + 1):  # a step returns the loss before it
        kernel, loss = gradient_step(RATE_IMAGE, RATE_TARGET, kernel, rate)
    return loss


def _learns(rate: float) -> str | None:
    if rate <= 0:
        return "a learning rate is above 0: the step already goes against the gradient"
    start, loss = _loss_after(rate, steps=0), _loss_after(rate)
    if loss < RATE_BOUND:
        return None
    if not np.isfinite(loss):
        return f"{rate:g} is too large: the loss grows from {start:g} beyond what a float can hold"
    if loss > start:
        return f"{rate:g} is too large: the loss grows from {start:g} to {loss:.3g}"
    if _loss_after(rate / 2) < loss:
        return f"{rate:g} is too large: each step overshoots, and the loss is still {loss:.3g}"
    return f"{rate:g} is too small: after {RATE_STEPS} steps the loss is still {loss:.3g}"


_SOBEL = KERNELS["sobel_vertical"]
_NEAR = 0.15  # gradient descent comes this near in some hundred steps


def _finds_edges_of_negative(kernel: NDArray) -> str | None:
    """What is wrong with a kernel that should give Sobel's output on the negative of an image."""
    for other, reason in (
        (_SOBEL, "on the negative, Sobel's kernel gives the edge map with every sign reversed"),
        (1 - _SOBEL, "the pixels become 1 − pixel; the weights do not become 1 − weight"),
        (-_SOBEL.T, "it finds horizontal edges; those of the edge map are vertical"),
        (_SOBEL.T, "it finds horizontal edges; those of the edge map are vertical"),
        (np.abs(_SOBEL), "it needs positive and negative weights: they add up to 0"),
    ):
        if np.allclose(kernel, other, atol=_NEAR):
            return reason
    if np.allclose(kernel, -_SOBEL, atol=_NEAR):
        return None
    largest = np.abs(kernel).max()
    if largest and np.allclose(kernel / largest, -_SOBEL / 2, atol=_NEAR):
        return f"the signs are right, but its largest weight is {largest:g}; it must be 2"
    return "its output on the negative is not the edge map: what does 1 − pixel do to a difference?"


EXERCISES = {
    "07-direction": Exercise(
        is_number(
            _STEP,
            {**_missing_factors(),
             -0.72: "the gradient of error² is 2 · error · pixel: the error, not its square",
             -0.36: "the gradient of error² is 2 · error · pixel: the error, not its square",
             -0.096: "the pixel counts once, not squared",
             -0.1: "that is the learning rate alone, downhill",
             0.1: "that is the learning rate alone",
             3.0: "that is the error; it also matters how bright the pixel is",
             0.4: "that is the pixel alone",
             -1.5: "multiply by the pixel; do not divide by it",
             2.76: "that is a new error; the question is by how much the weight moves"},
        ),
        right="−learning rate · 2 · error · pixel: a weight on a bright pixel moves more.",
        hint="The gradient is 2 · error · pixel. The weight moves the other way, by the learning rate times"
        " that.",
        solution="""# The output is too large, so the weight goes down: against the gradient 2 · error · pixel.
answer = -0.1 * 2 * 3 * 0.4""",
    ),
    "07-negative": Exercise(
        is_kernel(_finds_edges_of_negative),
        right="Every step in brightness changes sign, so every weight does: minus Sobel.",
        hint="In the negative, a step from dark to bright goes from bright to dark. What must change in the"
        " kernel so that its output is the same?",
        solution="""# 1 − photo minus its mean is −(photo minus its mean): minus in the image, minus in the kernel
answer = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]""",
    ),
    "07-my_gradient": Exercise(
        my_gradient.judge,
        right="A kernel's gradient is a convolution: 2/N times the image convolved with the error.",
        hint="error = convolve(image, kernel) - target. At every position, weight (i, j) contributes"
        " error · pixel. Multiply the sum by 2, and divide by the number of positions.",
        solution="""def my_gradient(image, kernel, target):
    error = convolve(image, kernel) - target
    # weight (i, j) meets a pixel at each position: the sum of error · pixel is a convolution
    return 2 / error.size * convolve(image, error)  # 2 from the square, 1/N from the mean""",
    ),
    "07-rate": Exercise(
        one_number(_learns),
        right="Small enough to converge, large enough to arrive in 50 steps: here, about 0.04 to 0.42.",
        hint="Try 1, then a tenth of it. Does the loss grow, or does it hardly fall?",
        solution="answer = 0.2  # at 1 the loss grows, at 0.01 it is still 0.18 after 50 steps",
    ),
}  # fmt: skip
