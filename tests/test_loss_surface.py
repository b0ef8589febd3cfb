"""The loss over a kernel's weights: moments, loss and largest rate against convolution and descent."""

import numpy as np
import pytest
from refusals import is_one_line
from scipy import signal

from helpers.gradients import gradient_step
from helpers.loss_surface import largest_rate, loss_of_offset, window_moments

RNG = np.random.default_rng(3)


@pytest.mark.parametrize("size", [(3, 3), (1, 2), (2, 4)])
def test_the_loss_is_that_of_a_convolution(size):
    """For offsets of any size, since the loss is quadratic in the weights."""
    image, offsets = RNG.normal(size=(9, 8)), RNG.normal(size=(5, *size)) * 10
    expected = [(signal.correlate2d(image, offset, "valid") ** 2).mean() for offset in offsets]
    found = loss_of_offset(window_moments(image, size), offsets.reshape(5, -1))
    np.testing.assert_allclose(found, expected, rtol=1e-10)


@pytest.mark.parametrize("factor, falls", [(0.99, True), (1.01, False)])
def test_the_largest_rate(factor, falls):
    """Just below it the error of every kernel gets smaller in the end; just above it grows."""
    image, kernel = RNG.normal(size=(9, 8)), RNG.normal(size=(2, 2))
    rate = factor * largest_rate(window_moments(image, 2))
    losses = []
    for _ in range(600):
        kernel, loss = gradient_step(image, np.zeros((8, 7)), kernel, rate)
        losses.append(loss)
    assert (losses[-1] < losses[300]) == falls


def test_a_flat_image_has_no_largest_rate():
    """No rate climbs where there is no slope."""
    assert largest_rate(window_moments(np.zeros((4, 4)))) == np.inf


@pytest.mark.parametrize(
    "call",
    [
        lambda: window_moments(np.zeros((4, 4, 3))),
        lambda: window_moments(np.zeros((2, 2))),
        lambda: loss_of_offset(np.zeros((2, 3)), [1, 2]),
        lambda: loss_of_offset(np.zeros((2, 2)), [1, 2, 3]),
        lambda: largest_rate(np.zeros(4)),
    ],
)
def test_invalid_input(call):
    """One clear line."""
    with pytest.raises((ValueError, TypeError)) as error:
        call()
    assert is_one_line(str(error.value))
