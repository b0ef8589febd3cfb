"""Stripes: their period and angle, the gain of a kernel, and aliases, against FFT peaks."""

import numpy as np
import pytest
from refusals import is_one_line

from helpers import KERNELS, box, convolve, pool
from helpers.stripes import frequency, gain, seen_at_step, stripes

RANDOM = np.random.default_rng(0).normal(size=(3, 3))


def peak(picture):
    """The (rows, columns) frequency of the strongest wave in a picture, in periods per pixel."""
    window = np.outer(*(np.hanning(n) for n in picture.shape))
    size = 512
    spectrum = np.abs(np.fft.fft2((picture - picture.mean()) * window, (size, size)))
    place = np.unravel_index(spectrum.argmax(), spectrum.shape)
    return np.array([at if at <= size // 2 else at - size for at in place]) / size


def apart(one, other):
    """How far two frequencies are apart; a wave has its own and the opposite one, and whole turns."""
    ways = [np.subtract(one, np.multiply(sign, other)) for sign in (1, -1)]
    return min(np.hypot(*(way - np.round(way))) for way in ways)


@pytest.mark.parametrize("wave", ["sine", "square"])
def test_by_hand(wave):
    """Bright in the middle of a period, dark half a period on; columns for 0°, rows for 90°."""
    row = stripes((2, 6), 3, wave=wave)
    expected = [1, 0.25, 0.25] if wave == "sine" else [1, 0, 0]
    np.testing.assert_allclose(row, [expected * 2] * 2, atol=1e-6)
    np.testing.assert_allclose(stripes((6, 2), 3, 90, wave), row.T, atol=1e-6)
    assert row.dtype == np.float32


def test_a_shift_by_a_period():
    np.testing.assert_allclose(stripes(9, 4.3, 20, offset=1), stripes(9, 4.3, 20), atol=1e-5)
    np.testing.assert_allclose(
        stripes((1, 8), 4, offset=0.25)[0, :7], stripes((1, 8), 4)[0, 1:], atol=1e-6
    )


@pytest.mark.parametrize("period, angle", [(2.5, 0), (3, 30), (7, 45), (5.2, 100), (12, 170)])
def test_period_and_angle(period, angle):
    """The peak of the spectrum is at the frequency."""
    down, right = np.sin(np.radians(angle)) / period, np.cos(np.radians(angle)) / period
    np.testing.assert_allclose(frequency(period, angle), (down, right))
    assert apart(peak(stripes((90, 110), period, angle)), (down, right)) < 2e-3


@pytest.mark.parametrize("kernel", [box(3), KERNELS["sobel_vertical"], RANDOM, RANDOM[:2]])
@pytest.mark.parametrize("period, angle", [(2, 0), (3, 0), (2.7, 35), (6, 90), (11, 160)])
def test_gain_is_what_convolve_does(kernel, period, angle):
    """The mean square over all shifts of the stripes, which has no chance in it."""
    shifts = np.arange(12) / 12
    outputs = [convolve(stripes(24, period, angle, offset=shift), kernel) for shift in shifts]
    inputs = [stripes(outputs[0].shape, period, angle, offset=shift) for shift in shifts]
    flat = convolve(np.full((24, 24), 0.5), kernel).mean()
    measured = np.sqrt(np.mean(np.square(np.subtract(outputs, flat))))
    measured /= np.sqrt(np.mean(np.square(np.subtract(inputs, 0.5))))
    assert gain(kernel, period, angle) == pytest.approx(measured, abs=1e-5)


def test_gain_by_hand():
    """A box of three removes period 3 and leaves a third of period 2; a flat area keeps the sum."""
    assert gain(box(3), 3) == pytest.approx(0, abs=1e-7)
    assert gain(box(3), 2) == pytest.approx(1 / 3, abs=1e-7)
    assert gain(RANDOM, 1e9) == pytest.approx(abs(RANDOM.sum()), abs=1e-6)
    assert gain(KERNELS["sobel_vertical"], 8, 90) == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("step", [1, 2, 3, 4])
@pytest.mark.parametrize("period, angle", [(3, 0), (3, 30), (5, 0), (5.3, 117), (2.2, 64), (9, 45)])
@pytest.mark.parametrize("how", ["stride", "mean"])
def test_what_a_step_shows(period, angle, step, how):
    """The strongest wave in the output is the one foretold."""
    image = stripes(step * 90, period, angle)
    output = image[::step, ::step] if how == "stride" else pool(image, step, mode="mean")
    seen = seen_at_step(period, angle, step)
    if np.isinf(seen.period):
        assert output.std() < 1e-5
        return
    foretold = [step * per_pixel for per_pixel in frequency(*seen)]
    assert apart(peak(output), foretold) < 3e-3
    assert max(np.abs(foretold)) <= 0.5 + 1e-6 and 0 <= seen.angle < 180


def test_aliases_by_hand():
    assert seen_at_step(3, 0, 2) == (6, 0) and seen_at_step(3, 0, 4) == (12, 0)
    assert seen_at_step(3, 0, 3) == (np.inf, 0) and seen_at_step(3, 90, 2) == (6, 90)
    assert seen_at_step(8, 0, 4) == (8, 0) and seen_at_step(7.9, 0, 4).period > 8
    assert seen_at_step(6, 30) == (6, 30) and seen_at_step(6, 210) == (6, 30)


@pytest.mark.parametrize("function, arguments, words", [
    (stripes, (0, 3), "shape must be a whole number of at least 1; got 0"),
    (stripes, (10**6, 3), "shape is too large"),
    (stripes, (5, 0), "period must be a finite number above 0; got 0"),
    (stripes, (5, 3, "x"), "angle"),
    (stripes, (5, 3, 0, "saw"), "wave must be one of sine, square; got 'saw'"),
    (gain, ([1, 2], 3), "kernel"),
    (gain, (np.ones((2, 2, 2)), 3), "kernel must be (kh, kw)"),
    (gain, (np.eye(3), -1), "period"),
    (seen_at_step, (3, 0, 1.5), "step must be a whole number"),
    (seen_at_step, (np.inf, 0, 2), "period"),
])  # fmt: skip
def test_refusals(function, arguments, words):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError)) as caught:
        function(*arguments)
    assert words in str(caught.value) and is_one_line(str(caught.value))
