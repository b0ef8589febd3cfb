"""Learning a kernel: the gradient against finite differences and convolution; gradient descent."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import LAYOUTS, frozen, laws, seeds, whole

from helpers import KERNELS, convolve, load_image
from helpers.gradients import gradient_step, kernel_gradient, mean_squared_error

SOBEL = KERNELS["sobel_vertical"]
same, close = np.testing.assert_array_equal, np.testing.assert_allclose


def test_mean_squared_error_by_hand():
    """The squares of 1, −2, 0 and 3 sum to 14; their mean is 3.5. The order does not matter."""
    output, target = [[1, 2], [3, 4]], [[0, 4], [3, 1]]
    assert mean_squared_error(output, target) == mean_squared_error(target, output) == 3.5
    assert type(mean_squared_error(np.float32(output), np.float32(target))) is float
    assert mean_squared_error(target, target) == 0


def test_small_unsigned_numbers_do_not_wrap():
    """For uint8, 3 − 250 is −247."""
    assert (
        mean_squared_error(np.full((2, 2), 3, np.uint8), np.full((2, 2), 250, np.uint8)) == 247**2
    )


@laws
@given(seeds, st.integers(1, 9), st.integers(1, 8), st.integers(1, 4), st.integers(1, 5))
def test_gradient_is_a_convolution(seed, rows, columns, kh, kw):
    """2/N · convolve(image, error): the error is the kernel. Exact for integers."""
    image = frozen(whole((rows + kh - 1, columns + kw - 1), seed))
    error = frozen(whole((rows, columns), seed + 1))
    found = kernel_gradient(image, error, size=(kh, kw))
    close(found, 2 / error.size * convolve(image, error), rtol=1e-14)
    assert found.shape == (kh, kw)


@pytest.mark.parametrize("shape", [(3, 3), (2, 5), (7, 1), (1, 1), (8, 9)])
def test_gradient_equals_finite_differences(shape):
    """Each weight's central difference of the loss, for kernels up to the whole image."""
    rng = np.random.default_rng(4)
    image, kernel = rng.normal(size=(8, 9)), rng.normal(size=shape)
    target = rng.normal(size=convolve(image, kernel).shape)
    found = kernel_gradient(image, convolve(image, kernel) - target, shape)
    for place in np.ndindex(shape):
        moved = np.zeros(shape)
        moved[place] = 1e-5
        rise = mean_squared_error(convolve(image, kernel + moved), target)
        rise -= mean_squared_error(convolve(image, kernel - moved), target)
        close(found[place], rise / 2e-5, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_memory_order_does_not_matter(layout):
    """Any memory layout of the image and the error."""
    image, error = (frozen(LAYOUTS[layout](whole(shape, 5))) for shape in ((9, 8), (7, 6)))
    close(kernel_gradient(image, error), 2 / error.size * convolve(image, error), rtol=1e-14)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(np.float32, np.float32), (np.float64, np.float64), (np.uint8, np.float32), (int, np.float64)],
)
def test_gradient_keeps_float_types(kind, expected):
    """Floats keep their precision; integers and lists become floats."""
    image, error = np.arange(20).reshape(4, 5).astype(kind), np.arange(6).reshape(2, 3).astype(kind)
    found = kernel_gradient(image, error)
    assert found.dtype == expected
    close(found, kernel_gradient(image.tolist(), error.tolist()), rtol=1e-6)


def test_gradient_is_quick():
    """Below 2 ms for 256 × 256 float32 pixels, in the best of twenty runs."""
    rng = np.random.default_rng(0)
    image, error = rng.random((256, 256), np.float32), rng.random((254, 254), np.float32)
    spans = []
    for _ in range(20):
        start = time.perf_counter()
        kernel_gradient(image, error)
        spans.append(time.perf_counter() - start)
    assert min(spans) < 2e-3


def test_one_step_by_hand():
    """Outputs 7 and 12, targets 5 and 11: with errors 2 and 1 the gradient is (2·1 + 1·2, 2·2 + 1·3)."""
    image, target, kernel = (frozen(np.array(grid)) for grid in ([[1, 2, 3]], [[5, 11]], [[3, 2]]))
    after, loss = gradient_step(image, target, kernel, learning_rate=0.1)
    close(after, [[3 - 0.4, 2 - 0.7]])
    assert loss == 2.5 and type(loss) is float
    same(kernel, [[3, 2]])


@pytest.mark.parametrize("start", [np.zeros((3, 3)), np.zeros((3, 3), np.float32), [[0] * 3] * 3])
def test_gradient_descent_finds_sobel(start):
    """From a photograph and its edge map alone; the loss never rises."""
    image = load_image("coins", gray=True, size=64)
    image = frozen(image - image.mean())
    target = frozen(convolve(image, SOBEL))
    kernel, losses = start, []
    for _ in range(600):
        kernel, loss = gradient_step(image, target, kernel, learning_rate=3)
        losses.append(loss)
    close(kernel, SOBEL, atol=0.01)
    assert losses[0] == pytest.approx(float(np.mean(target.astype(float) ** 2)), rel=1e-5)
    assert np.all(np.diff(losses) <= 1e-9) and losses[-1] < 1e-5 * losses[0]


@pytest.mark.filterwarnings("error")
def test_a_learning_rate_too_large_diverges_without_a_warning():
    """Beyond 2 / the largest eigenvalue, the loss grows at each step until it overflows."""
    image = load_image("coins", gray=True, size=64)
    target = convolve(image, SOBEL)
    view = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    most = 2 / np.linalg.eigvalsh(2 * view.T @ view / len(view))[-1]
    for rate, grows in ((1.1 * most, True), (0.9 * most, False)):
        kernel, losses = np.zeros((3, 3)), []
        for _ in range(400):
            kernel, loss = gradient_step(image, target, kernel, rate)
            losses.append(loss)
        assert (not np.isfinite(losses[-1])) if grows else (losses[-1] < losses[0])


GRAY = np.ones((6, 7))


@pytest.mark.parametrize(
    ("message", "call"),
    [
        (r"target must have the shape of output, \(2, 2\); got", lambda: mean_squared_error(np.ones((2, 2)), np.ones((4, 1)))),
        ("output must hold real numbers", lambda: mean_squared_error("cat", GRAY)),
        (r"error must be \(4, 5\), .* 3×3 .*\(6, 7\)", lambda: kernel_gradient(GRAY, GRAY)),
        (r"error must be \(5, 4\), .* 2×4 ", lambda: kernel_gradient(GRAY, GRAY[:4, :5], (2, 4))),
        ("size spans 7 rows", lambda: kernel_gradient(GRAY, GRAY, (7, 3))),
        ("size must .*got 0", lambda: kernel_gradient(GRAY, GRAY, 0)),
        ("image must have rows and columns only; .*3\\)",
         lambda: kernel_gradient(np.ones((6, 7, 3)), GRAY)),
        ("error must have rows and columns", lambda: kernel_gradient(GRAY, np.ones((4, 5, 3)))),
        (r"target must have the shape of output, \(4, 5\); .*\(6, 7\)", lambda: gradient_step(GRAY, GRAY, SOBEL, 0.1)),
        ("kernel must have rows and columns",
         lambda: gradient_step(GRAY, GRAY[2:, 2:], np.ones((3, 3, 1)), 0.1)),
        ("image must have rows and columns",
         lambda: gradient_step(np.ones((6, 7, 3)), GRAY[2:, 2:], SOBEL, 0.1)),
        ("learning_rate must be a finite number above 0; got 0", lambda: gradient_step(GRAY, GRAY[2:, 2:], SOBEL, 0)),
        ("learning_rate must be a finite number above 0; got nan",
         lambda: gradient_step(GRAY, GRAY[2:, 2:], SOBEL, float("nan"))),
        ("learning_rate must be a finite number above 0; got 'fast'",
         lambda: gradient_step(GRAY, GRAY[2:, 2:], SOBEL, "fast")),
        ("learning_rate must be a finite number above 0; got True",
         lambda: gradient_step(GRAY, GRAY[2:, 2:], SOBEL, True)),
    ],
)  # fmt: skip
def test_invalid_arguments_are_named(message, call):
    """One line names the argument, what was expected, and what was given."""
    with pytest.raises((ValueError, TypeError), match=f"^{message}") as caught:
        call()
    assert "\n" not in str(caught.value)
