"""Judging `my_gradient` of lesson 07: the cases, and the mistakes that are recognized."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from helpers.convolution import convolve
from helpers.exercises.exercise import changed, is_function
from helpers.gradients import gradient_step, kernel_gradient

_PIXELS = (np.arange(42.0) ** 1.3 % 3).reshape(6, 7)
_CASES = [
    (_PIXELS, (np.arange(9.0) ** 1.7 % 3 - 1).reshape(3, 3), 4 * _PIXELS[1:5, 1:6] - 13),
    (_PIXELS, (np.arange(6.0) ** 1.7 % 3 - 1).reshape(2, 3), -2 * _PIXELS[:5, :5]),
    (_PIXELS, np.array([[0.5, -1], [2, 1.5]]), _PIXELS[1:, 1:] ** 2),
    (_PIXELS[:2], np.array([[1.5]]), _PIXELS[2:4]),
    (_PIXELS[:3, :2], np.array([[1.0, -2], [0, 1], [3, 1]]), np.array([[4.0]])),  # one position
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


def _after_step(rate: float) -> Callable:
    return lambda image, kernel, target: kernel - rate * _gradient(image, kernel, target)


def _of_the_image(image: NDArray, kernel: NDArray, target: NDArray) -> NDArray:
    error = convolve(image, kernel) - target
    padding = (kernel.shape[0] - 1, kernel.shape[1] - 1)
    return 2 / error.size * convolve(error, kernel, padding=padding, flip=True)


def _difference_quotient(step: float) -> Callable:
    """How much the loss grows if one weight grows by a step, divided by the step."""

    def quotient(image: NDArray, kernel: NDArray, target: NDArray) -> NDArray:
        curvature = kernel_gradient(image**2, np.ones(target.shape), kernel.shape) / 2
        return _gradient(image, kernel, target) + step * curvature

    return quotient


MISTAKES = [
    (_scaled(lambda i, k, t: -1), "the sign is wrong: the error is output minus target"),
    (_scaled(lambda i, k, t: t.size),
     "this is for the sum of the squares; divide by the number of positions"),
    (_scaled(lambda i, k, t: t.size / 2), "the sum is right; 2/N is missing"),
    (_scaled(lambda i, k, t: 0.5), "the factor 2, from the square, is missing"),
    (_scaled(lambda i, k, t: -0.5), "the factor 2, from the square, is missing, and the error is output minus target"),
    (_scaled(lambda i, k, t: t.size / k.size), "divide by the number of positions, not of weights"),
    (_scaled(lambda i, k, t: t.size / i.size), "divide by the number of positions, not of pixels"),
    (_scaled(lambda i, k, t: t.shape[1]),
     "divide by the number of positions, rows times columns, not by that of rows"),
    (_scaled(lambda i, k, t: t.shape[0]),
     "divide by the number of positions, rows times columns, not by that of columns"),
    (_scaled(lambda i, k, t: 1 / t.size), "it is divided by the number of positions twice"),
    (_scaled(lambda i, k, t: 2 // t.size * t.size / 2), "// rounds 2/N down to 0; divide with /"),
    *[(_scaled(lambda i, k, t, rate=rate: rate),
       "this is multiplied by a learning rate; return the gradient alone")
      for rate in (0.1, 0.01, -0.1, -0.01)],
    *[(_after_step(rate), "this is the kernel after a step; return the gradient alone")
      for rate in (1, 0.5, 0.1, 0.01)],
    *[(_after_step(-rate), "this is the kernel after a step uphill; return the gradient alone")
      for rate in (1, 0.5, 0.1, 0.01)],
    *[(_difference_quotient(step),
       "a weight that is moved by a step gives almost the gradient; sum error · pixel instead")
      for step in (1, 0.1, 0.01, 1e-3, 1e-4)],
    (changed(_gradient, lambda gradient: gradient[::-1, ::-1]),
     "it is rotated by 180°: weight (0, 0) is multiplied by the upper left pixel"),
    (changed(_gradient, lambda gradient: gradient[::-1]),
     "the rows of the result are in reverse order"),
    (changed(_gradient, lambda gradient: gradient[:, ::-1]),
     "the columns of the result are in reverse order"),
    (changed(_gradient, np.abs), "the minus signs are missing: a gradient can be negative"),
    (changed(_gradient, np.mean), "this is one number, the mean; each weight has a gradient of its own"),
    (changed(_gradient, np.sum), "this is one number, the sum; each weight has a gradient of its own"),
    (_with_error(lambda output, target: (output - target)[::-1, ::-1]),
     "the error is rotated by 180°; apply it without flipping"),
    (_with_error(lambda output, target: output), "the target is not subtracted"),
    (_with_error(lambda output, target: output + target), "the target is added; subtract it"),
    (_with_error(lambda output, target: -target), "the output of the kernel is missing"),
    (_with_error(lambda output, target: target), "the output of the kernel is missing"),
    (_with_error(lambda output, target: (output - target) ** 2),
     "each pixel is multiplied by the error, not by its square"),
    (_with_error(lambda output, target: np.abs(output - target)),
     "the sign of the error counts: no absolute value"),
    (_with_error(lambda output, target: np.sign(output - target)),
     "the size of the error counts, not its sign alone"),
    (lambda i, k, t: convolve(i, k) - t, "this is the error; the gradient has the kernel's shape"),
    (lambda i, k, t: (convolve(i, k) - t) ** 2,
     "these are the squares of the error; the gradient has the kernel's shape"),
    (lambda i, k, t: np.mean((convolve(i, k) - t) ** 2),
     "this is the loss; the gradient says how fast it grows with each weight"),
    (_of_the_image,
     "this is the gradient with respect to the image; that of the weights has the kernel's shape"),
]  # fmt: skip

judge = is_function(_gradient, _CASES, MISTAKES, library=(kernel_gradient, gradient_step))
