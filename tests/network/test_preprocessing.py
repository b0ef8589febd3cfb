"""A picture is converted to a digit as MNIST's were: MNIST's own digits are recovered anywhere."""

import numpy as np
import pytest
from PIL import Image

from helpers.network import as_digit, load_digits


@pytest.fixture(scope="module")
def digits():
    return load_digits("test")[0]


def center(digit):
    """The mean row and column, weighted by brightness."""
    return np.array([digit.sum(1) @ np.arange(28), digit.sum(0) @ np.arange(28)]) / digit.sum()


def put(digit, times, top, left, shape):
    """The digit on black, each pixel enlarged to times × times, its corner at (top, left)."""
    large = np.kron(digit, np.ones((times, times), np.float32))
    picture = np.zeros(shape, np.float32)
    picture[top : top + large.shape[0], left : left + large.shape[1]] = large
    return picture


def test_mnist_digits_are_unchanged(digits):
    """Of 1,000 digits, 98 % are recovered up to rounding, and none is shifted by a whole pixel."""
    found = np.array([as_digit(digit) for digit in digits[:1000]])
    assert (abs(found - digits[:1000]).max(axis=(1, 2)) < 0.01).mean() > 0.98
    moved = [abs(center(a) - center(b)).max() for a, b in zip(found, digits, strict=False)]
    assert max(moved) < 1


@pytest.mark.parametrize("times", [1, 2, 3])
def test_place_and_size_do_not_matter(digits, times):
    """Enlarged, and anywhere in a black picture of any size, the result is the same."""
    for number, digit in enumerate(digits[:50]):
        picture = put(digit, times, 3 * number % 50, 7 * number % 30, (140, 117))
        np.testing.assert_allclose(as_digit(picture), as_digit(digit), atol=1e-5)


def test_interpolated_enlargement_gives_almost_the_same_digit(digits):
    """Enlarged 2.5 times with interpolation: within one pixel, with a small difference."""
    for digit in digits[:50]:
        large = np.asarray(Image.fromarray(digit).resize((70, 70), Image.Resampling.BILINEAR))
        picture = np.pad(large, ((40, 9), (5, 70)))
        found = as_digit(picture)
        assert abs(center(found) - center(digit)).max() <= 1
        assert abs(found - digit).mean() < 0.1
        assert found.sum() == pytest.approx(digit.sum(), rel=0.3)


@pytest.mark.parametrize("shape", [(80, 4), (4, 80), (40, 40), (7, 20), (200, 120)])
def test_longer_side_fills_twenty_pixels(shape):
    """A solid rectangle keeps its proportions; its center is at row 14, column 14."""
    picture = np.pad(np.ones(shape), ((5, 30), (40, 2)))
    digit = as_digit(picture)
    rows, columns = (max(1, round(20 * n / max(shape))) for n in shape)
    lit = np.argwhere(digit > 0.5)
    assert (lit.max(axis=0) - lit.min(axis=0) + 1).tolist() == [rows, columns]
    assert digit.sum() == pytest.approx(rows * columns, rel=0.15)
    assert abs(center(digit) - 14).max() <= 0.5


def test_centered_by_mass_not_by_bounding_box():
    """A thick foot under a thin line is moved up: its center of mass is in the middle, nothing is lost."""
    picture = np.zeros((60, 60))
    picture[10:50, 29:31] = 1
    picture[42:50, 25:35] = 1
    digit = as_digit(picture)
    assert digit.sum() == pytest.approx(picture.sum() / 4)
    assert abs(center(digit) - 14).max() <= 0.5
    assert np.flatnonzero(digit.any(axis=1))[[0, -1]].tolist() == [1, 20]


def test_far_center_of_mass_stops_at_the_border():
    """With all mass at one end, the strokes stay inside the 28 × 28 pixels."""
    picture = np.zeros((20, 20))
    picture[:16, 10] = 1
    picture[16:, :] = 1
    digit = as_digit(np.pad(picture, 10))
    assert digit.sum() == picture.sum()
    assert digit[0].sum() == 1 and digit[20:].sum() == 0


@pytest.mark.parametrize("paper, pen", [(1, 0), (0.9, 0.2), (0.45, 0.1), (0.2, 0.8), (0.3, 0.6)])
def test_paper_and_pen_of_any_brightness(digits, paper, pen):
    """Bright paper is inverted, gray paper becomes black, the pen becomes white."""
    for digit in digits[:20]:
        picture = paper + (pen - paper) * put(digit, 2, 9, 30, (90, 100))
        np.testing.assert_allclose(as_digit(picture), as_digit(digit), atol=1e-5)


def test_shaded_and_grainy_paper(digits):
    """The digit is found on paper that is brighter on one side and noisy, as in a photograph."""
    rng = np.random.default_rng(0)
    for digit in digits[:20]:
        clean = put(digit, 7, 40, 60, (300, 320))
        shade = np.linspace(-0.05, 0.05, 320) + rng.normal(0, 0.01, clean.shape)
        found = as_digit((0.75 - 0.5 * clean + shade).clip(0, 1))
        assert abs(center(found) - 14).max() <= 0.6
        assert found.sum() == pytest.approx(digit.sum(), rel=0.2)
        assert found[digit == 0].mean() < 0.1


def test_stroke_may_touch_the_border():
    """A line through the whole picture touches its border and is still a line."""
    picture = np.zeros((40, 40))
    picture[:, 18:22] = 1
    digit = as_digit(picture)
    assert digit.sum() == 40 and (digit[4:24].sum(axis=1) == 2).all()


@pytest.mark.parametrize("centered", [True, False])
@pytest.mark.parametrize("value", [0, 0.3, 1])
@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (50, 9)])
def test_empty_picture_is_black(centered, value, shape):
    """Paper without strokes, of any brightness, becomes a black digit."""
    digit = as_digit(np.full(shape, value, float), centered=centered)
    assert digit.shape == (28, 28) and digit.dtype == np.float32 and not digit.any()


def test_without_centering_the_position_is_kept(digits):
    """The whole picture is resized: each pixel is the mean of the pixels it covers."""
    digit = digits[1]  # its brightest value is 1
    np.testing.assert_array_equal(as_digit(digit, centered=False), digit)
    np.testing.assert_allclose(
        as_digit(np.kron(digit, np.ones((5, 10))), centered=False), digit, atol=1e-6
    )
    corner = put(digit, 2, 0, 84, (140, 140))
    found = as_digit(corner, centered=False)
    assert found[:12, 16:].sum() == found.sum() > 0


def test_input_is_never_changed(digits):
    """Whatever its type, the caller's array is unchanged."""
    for kind in (bool, np.uint8, np.float32, float):
        picture = np.kron(digits[0] > 0.5, np.ones((3, 2))).astype(kind)
        kept = picture.copy()
        digit = as_digit(picture)
        assert (picture == kept).all() and picture.dtype == kind
        assert digit.dtype == np.float32 and digit.flags.owndata and digit.max() == 1


@pytest.mark.parametrize("centered", [True, False])
@pytest.mark.parametrize("times", [0, 1])
def test_the_digit_is_writable(digits, times, centered):
    """Centered or not, with strokes or without."""
    digit = as_digit(times * digits[0], centered)
    digit[0, 0] = 0.5
    assert digit[0, 0] == 0.5


@pytest.mark.parametrize(
    "picture, wanted",
    [
        (np.zeros((5, 5, 3)), "picture must be gray, shape (H, W), as to_gray makes it; got an"),
        (np.full((5, 5), 255), "picture must hold values from 0 to 1; got 255 to 255"),
        (
            np.full((5, 5), np.nan),
            "picture must hold values from 0 to 1; got NaN or infinity in 25 of 25 places",
        ),
        (np.zeros((0, 5)), "picture must not be empty; got shape (0, 5)"),
        (np.zeros(5), "picture must have at least 2 axes"),
        ([["a"]], "picture must hold real numbers"),
    ],
)
def test_an_invalid_picture_is_refused(picture, wanted):
    """One line names the picture, what was expected and what was given."""
    with pytest.raises((ValueError, TypeError)) as caught:
        as_digit(picture)
    assert str(caught.value).startswith(wanted)


def test_an_invalid_centered_is_refused():
    with pytest.raises(TypeError, match="^centered must be True or False; got 'no'$"):
        as_digit(np.zeros((5, 5)), centered="no")
