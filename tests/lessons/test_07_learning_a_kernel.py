"""Lesson 07: its exercises, and the numbers in its collapsed answers."""

import numpy as np
import pytest
from exercises.edits import edited

from helpers import KERNELS, convolve, load_image
from helpers.exercises import check
from helpers.exercises.lesson07 import RATE_IMAGE, RATE_TARGET
from helpers.explorers import KernelLearner
from helpers.gradients import gradient_step, kernel_gradient
from helpers.loss_surface import largest_rate, window_moments


def test_direction_is_a_step_of_gradient_descent():
    """The numbers of the exercises are those of the library."""
    step = kernel_gradient([[0.4]], [[3.0]], size=1).item()
    assert check("07-direction", -0.1 * step).startswith("Right.")


@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (2, 3), (4, 1), (4, 5)])
def test_published_gradient(shape):
    """It agrees with `kernel_gradient` for each size of the kernel."""
    rng = np.random.default_rng(0)
    image, kernel = rng.normal(size=(4, 5)), rng.normal(size=shape)
    target = rng.normal(size=convolve(image, kernel).shape)
    expected = kernel_gradient(image, convolve(image, kernel) - target, shape)
    np.testing.assert_allclose(edited("07-my_gradient")(image, kernel, target), expected)


def test_target_of_the_learning_rate():
    """It is the output of the kernel 2, −1, as the lesson states."""
    np.testing.assert_array_equal(convolve(RATE_IMAGE, np.array([[2, -1]])), RATE_TARGET)


def test_the_maps_are_alike_before_the_weights_are():
    """After 100 steps the loss is less than a hundredth; most often a weight is off by 0.1 or more."""
    furthest = []
    for seed in range(6):
        ours = KernelLearner("cat", "sobel_vertical", rate=5, seed=seed)
        ours.restart()  # as the cell does
        ours.runner.run(100)
        assert ours.history[-1][1] < ours.history[0][1] / 100
        furthest.append(np.abs(ours.weights.kernel - KERNELS["sobel_vertical"]).max())
    assert np.median(furthest) > 0.1 and furthest[4] > 0.1  # the lesson's seed is 4


@pytest.mark.parametrize("seed", range(3))
def test_every_kernel_is_found(seed):
    """All 18, from random weights, to 0.06 in 1,000 steps of gradient descent on the cat."""
    image = KernelLearner("cat").descent.task.image
    for name, target in KERNELS.items():
        kernel, output = np.random.default_rng(seed).uniform(-1, 1, (3, 3)), convolve(image, target)
        for _ in range(1000):
            kernel, _ = gradient_step(image, output, kernel, learning_rate=5)
        assert np.abs(kernel - target).max() < 0.06, name


@pytest.mark.parametrize("name", ["cat", "circles", "camera", "coffee", "coins", "stairs", "brick"])
@pytest.mark.parametrize("mean_left_in", [True, False])
def test_safe_learning_rates(name, mean_left_in):
    """Gradient descent converges below 1 / (9 · mean square of the values)."""
    photo = load_image(name, gray=True, size=(43, 64)).astype(float)
    photo = photo if mean_left_in else photo - photo.mean()
    assert 1 / (9 * (photo**2).mean()) < largest_rate(window_moments(photo))


def test_by_hand():
    """Three rows of −1, 0, 1 bring the loss below 0.02."""
    ours = KernelLearner("cat", "sobel_vertical")
    ours.weights.kernel = [[-1, 0, 1]] * 3
    assert round(ours.history[-1][1], 3) == 0.013


def test_the_numbers_of_the_learner():
    """10 is quicker than 1; at 14 the loss falls first, then diverges, as does 5 on flat areas."""
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
