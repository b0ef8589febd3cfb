"""Photographs of digits are read, whatever else is on the page; what is no single digit is refused."""

import numpy as np
import pytest
from digit_photographs import KINDS, TOLD, photograph
from scipy import ndimage

from helpers.network import Network, as_digit, load_digits
from helpers.network.components import connected
from helpers.network.preprocessing import STEPS, digit_steps
from helpers.picture_files import FOLDER

COUNT, LONGEST = 40, 500
CUT, TWO = (
    "^picture must show one whole digit, .*border",
    "^picture must show one digit, .* two things",
)


@pytest.fixture(scope="module")
def digits():
    images, labels = load_digits("test")
    return images[:COUNT], labels[:COUNT]


@pytest.fixture(scope="module")
def network():
    return Network.load(FOLDER / "digits" / "network.npz")


def prediction(network, picture):
    """The class and its probability; None if the picture is refused."""
    try:
        digit = as_digit(picture)
    except ValueError as error:
        assert str(error).startswith("picture must show one") and "\n" not in str(error)
        return None, 0
    probabilities = network.predict(digit[None])[0]
    return int(probabilities.argmax()), probabilities.max()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "12 megapixels"])
def test_photographs_of_each_kind(kind, digits, network):
    """Of 40, at least 36 are read, at most one is wrong and sure; cut or beside another: told."""
    images, labels = digits
    found = [prediction(network, photograph(kind, images, n, 5, LONGEST)) for n in range(COUNT)]
    right = sum(read == label for (read, _), label in zip(found, labels, strict=True))
    told = sum(read is None for read, _ in found)
    sure = sum(
        read not in (None, label) and probability >= 0.9
        for (read, probability), label in zip(found, labels, strict=True)
    )
    assert right + (told if kind in TOLD else 0) >= 36 and sure <= 1
    assert told <= 2 or kind in TOLD


def test_twelve_megapixels(digits, network):
    images, labels = digits
    for number in (0, 1):
        picture = photograph("12 megapixels", images, number)
        assert picture.size > 8e6 and prediction(network, picture)[0] == labels[number]


def test_digits_of_mnist_come_back(digits):
    """Every twentieth test digit: at most 1 % refused, 98 % unchanged."""
    images = load_digits("test")[0][::20]
    changed = refused = 0
    for digit in images:
        try:
            changed += abs(as_digit(digit) - digit).max() >= 0.01
        except ValueError:
            refused += 1
    assert refused <= 0.01 * len(images) and changed <= 0.02 * len(images)


def test_a_drawing_on_black_may_reach_its_border(digits):
    """Cropped to its strokes, without any black around, it is brought back."""
    for digit in digits[0]:
        rows, columns = (np.flatnonzero(digit.any(axis)) for axis in (1, 0))
        cropped = digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        if np.median(cropped) == 0:  # or else the strokes may be the paper
            np.testing.assert_allclose(as_digit(cropped), as_digit(digit), atol=1e-5)


def one_gray_pixel(value, shape=(368, 368)):
    picture = np.ones(shape)
    picture[0, 0] = value
    return picture


def test_one_gray_pixel_changes_nothing(digits):
    """In the corner of a white sheet, far from the digit."""
    for digit in digits[0][:10]:
        sheet = one_gray_pixel(1)
        sheet[40:264, 90:314] = 1 - np.kron(digit, np.ones((8, 8)))
        clean = as_digit(sheet)
        np.testing.assert_array_equal(as_digit(np.minimum(sheet, one_gray_pixel(0.6))), clean)


def test_bright_strokes_on_a_dark_board(digits, network):
    """Chalk, with light from one side and noise: the negative of a page."""
    images, labels = (part[:20] for part in digits)
    for kind in ("clean", "side light", "noise"):
        found = [
            prediction(network, 1 - photograph(kind, images, n, 6, LONGEST)) for n in range(20)
        ]
        right = sum(read == label for (read, _), label in zip(found, labels, strict=True))
        assert right >= 18


@pytest.mark.parametrize("desk, width", [(0.3, 20), (0, 1), (0.6, 400), (0.98, 60)])
def test_an_even_desk_is_no_paper(desk, width, digits):
    """From a frame of one pixel to most of the picture: the digit is that of the page alone."""
    for digit in digits[0][:6]:
        page = 0.8 - 0.7 * np.pad(np.kron(digit, np.ones((9, 9))), 60)
        found, alone = as_digit(np.pad(page, width, constant_values=desk)), as_digit(page)
        assert np.corrcoef(found.ravel(), alone.ravel())[0, 1] > 0.9


def test_a_round_page_is_refused(digits):
    """It differs from its border, and is no rectangle: its strokes cannot be told from it."""
    page = 1 - np.pad(np.kron(digits[0][0], np.ones((8, 8))), 90)
    rows, columns = np.indices(page.shape) - page.shape[0] / 2
    with pytest.raises(
        ValueError, match="^picture must show a digit on paper, .*crop to the paper"
    ):
        as_digit(np.where(np.hypot(rows, columns) < 200, page, 0.3))


def sheet(*strokes, shape=(120, 160)):
    """Dark rectangles (top, bottom, left, right) on white."""
    page = np.ones(shape, np.float32)
    for top, bottom, left, right in strokes:
        page[top:bottom, left:right] = 0
    return page


@pytest.mark.parametrize("strokes, reason", [
    ([(60, 120, 70, 78)], CUT), ([(0, 60, 70, 78)], CUT), ([(40, 48, 90, 160)], CUT),
    ([(30, 90, 40, 48), (30, 90, 110, 118)], TWO),
    ([(30, 90, 40, 48), (30, 90, 53, 61)], TWO),  # near, but as high and beside it
    ([(10, 50, 70, 78), (70, 110, 70, 78)], TWO),
])  # fmt: skip
def test_what_is_no_single_digit_is_refused(strokes, reason):
    with pytest.raises(ValueError, match=reason):
        as_digit(sheet(*strokes))


def test_parts_near_to_each_other_are_one_digit():
    """Such as the bar of a broken 5; a small thing far from it is dropped."""
    bar, bowl = (30, 38, 60, 90), (45, 90, 60, 68)
    found = digit_steps(sheet(bar, bowl, (100, 105, 140, 146)))
    strokes = {step.name: step for step in found}["strokes"]
    np.testing.assert_array_equal(strokes.picture, 1 - sheet(bar, bowl))
    assert strokes.note == "2 parts kept, 1 dropped"


def test_the_steps_end_in_the_digit(digits):
    """Each is a float32 picture in [0, 1] with a remark; the last is `as_digit`."""
    picture = photograph("desk", digits[0], 0, 5, LONGEST)
    steps = digit_steps(picture)
    assert tuple(step.name for step in steps) == STEPS
    for step in steps:
        assert step.picture.dtype == np.float32 and step.note
        assert step.picture.min() >= 0 and step.picture.max() <= 1
    np.testing.assert_array_equal(steps[-1].picture, as_digit(picture))
    whole = digit_steps(picture, centered=False)
    np.testing.assert_array_equal(whole[-1].picture, as_digit(picture, centered=False))


@pytest.mark.parametrize("shape", [(1, 1), (7, 40), (33, 20)])
@pytest.mark.parametrize("share", [0, 0.1, 0.4, 0.6, 1])
def test_connected_parts(shape, share):
    """Numbered as by SciPy, up to the order."""
    mask = np.random.default_rng(3).random(shape) < share
    ours, (expected, count) = connected(mask), ndimage.label(mask, np.ones((3, 3)))
    assert {*ours[mask]} == {*range(1, count + 1)} and not ours[~mask].any()
    assert len({*zip(ours[mask].tolist(), expected[mask].tolist(), strict=True)}) == count
