"""Changes to images: against scipy and by hand, one order for all pixels, bad arguments."""

import numpy as np
import pytest
from scipy import ndimage
from strategies import frozen

from helpers.network import change_images, has_margin, random_changes, shuffle_pixels

IMAGES = frozen(np.random.default_rng(0).random((3, 8, 6, 2), np.float32))
GRAY = frozen(IMAGES[..., 0])


def by_scipy(image, degrees=0.0, factor=1.0, right=0.0):
    """Rotate, resize and shift one (H, W) image, linear between pixels and into zeros around it."""
    cos, sin = np.cos(np.radians(degrees)) / factor, np.sin(np.radians(degrees)) / factor
    matrix = np.array([[cos, sin], [-sin, cos]])  # rows and columns
    center = (np.array(image.shape) - 1) / 2
    offset = center - matrix @ (center + [0, right])
    return ndimage.affine_transform(image, matrix, offset, order=1, mode="constant")


@pytest.mark.parametrize(
    ("change", "amount", "options"),
    [("shift", amount, {"right": amount}) for amount in (-7, -2, 0, 0.25, 3)]
    + [("rotation", amount, {"degrees": amount}) for amount in (-100, -30, 0, 12.5)]
    + [("size", amount, {"factor": amount}) for amount in (0.4, 0.7, 1, 1.3)],
)
def test_moved_pixels_are_those_of_scipy(change, amount, options):
    """Shift, rotation and size, in every channel of every image."""
    found = change_images(IMAGES, change, amount)
    right = [[by_scipy(image[..., k], **options) for k in (0, 1)] for image in IMAGES]
    right = np.moveaxis(right, 1, -1)
    inside = ndimage.minimum_filter(
        by_scipy(np.ones((8, 6)), **options) > 0.999, 3, mode="constant"
    )
    assert found.dtype == np.float32 and found.shape == IMAGES.shape
    np.testing.assert_allclose(found[:, inside], right[:, inside], atol=1e-5)
    np.testing.assert_array_equal(change_images(GRAY, change, amount), found[..., 0])


def test_whole_shifts_and_quarter_turns_are_exact():
    """Zeros come in from the left; a positive rotation is counterclockwise."""
    shifted = change_images(GRAY, "shift", 2)
    np.testing.assert_array_equal(shifted, np.pad(GRAY, ((0, 0), (0, 0), (2, 0)))[:, :, :-2])
    square = GRAY[:, :6]
    turned = change_images(square, "rotation", 90)
    np.testing.assert_allclose(turned, np.rot90(square, axes=(1, 2)), atol=1e-6)


@pytest.mark.parametrize("amount", [-2, -1, 0, 1, 3])
def test_thickness_is_a_maximum_or_a_minimum(amount):
    """Of the square around each pixel, as large as the amount; the border does not count."""
    size = 2 * abs(amount) + 1
    filtered = ndimage.maximum_filter if amount > 0 else ndimage.minimum_filter
    right = [filtered(image, size, mode="nearest") for image in GRAY]
    np.testing.assert_array_equal(change_images(GRAY, "thickness", amount), right)


@pytest.mark.parametrize("amount", [-1.25, 0.5, 1.75])
def test_a_fraction_of_thickness_mixes_two_pictures(amount):
    """Those of the whole numbers around it."""
    low, high = np.floor(amount), np.ceil(amount)
    pair = [change_images(GRAY, "thickness", whole) for whole in (low, high)]
    mixed = (high - amount) * pair[0] + (amount - low) * pair[1]
    np.testing.assert_allclose(change_images(GRAY, "thickness", amount), mixed, atol=1e-6)


def test_noise_has_its_standard_deviation_and_its_seed():
    """It is clipped to [0, 1]; the seed alone determines it."""
    gray = np.full((40, 20, 20), 0.5)
    noisy = change_images(gray, "noise", 0.1)
    assert abs(noisy.std() - 0.1) < 0.002 and abs(noisy.mean() - 0.5) < 0.002
    wild = change_images(gray, "noise", 5)
    assert wild.min() == 0 and wild.max() == 1
    np.testing.assert_array_equal(noisy, change_images(gray, "noise", 0.1))
    assert not np.array_equal(noisy, change_images(gray, "noise", 0.1, seed=1))
    np.testing.assert_array_equal(change_images(GRAY, "noise", 0), GRAY)


def test_pixels_have_one_new_order():
    """The same for every image and channel, by the seed; no pixel is lost."""
    places = np.arange(48).reshape(1, 8, 6, 1)
    order = shuffle_pixels(places)[0, :, :, 0].ravel()
    assert sorted(order) == list(range(48)) and not np.array_equal(order, np.arange(48))
    flat = IMAGES.reshape(3, 48, 2)
    np.testing.assert_array_equal(shuffle_pixels(IMAGES).reshape(3, 48, 2), flat[:, order])
    assert not np.array_equal(shuffle_pixels(places, seed=1), shuffle_pixels(places))


@pytest.mark.parametrize(("row", "column"), [(0, 0), (1, 2), (3, 5), (7, 3)])
def test_a_margin_is_as_wide_as_the_nearest_pixel_allows(row, column):
    """One bright pixel: the margin reaches up to it, and no further."""
    image = np.zeros((1, 8, 6))
    image[0, row, column] = 0.1
    rows, columns = min(row, 7 - row), min(column, 5 - column)
    assert has_margin(image, rows, columns).tolist() == [True]
    assert has_margin(image, rows + 1, columns).tolist() == [False]
    assert has_margin(image, rows, columns + 1).tolist() == [False]


def test_random_changes_differ_by_image_and_are_those_of_the_seed():
    """Equal images become different ones, in [0, 1]; about one in 32 stays as it is."""
    images = np.zeros((200, 28, 28, 1), np.float32)
    images[:, 8:20, 12:16] = 1
    first, again, other = (
        random_changes(images, np.random.default_rng(seed)) for seed in (0, 0, 1)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    kept = (first == images).all(axis=(1, 2, 3))
    assert 1 <= kept.sum() <= 20
    assert len(np.unique(first.reshape(200, -1), axis=0)) > 180
    assert first.dtype == np.float32 and first.min() >= 0 and first.max() <= 1
    bright = (first > 0.7).sum(axis=(1, 2, 3))
    assert bright.min() < 48 < bright.max()  # smaller or thinner, larger or thicker


@pytest.mark.parametrize(
    ("function", "arguments", "name"),
    [
        (change_images, (GRAY, "turn", 1), "change"),
        (change_images, (GRAY, "shift", np.nan), "amount"),
        (change_images, (GRAY, "shift", "1"), "amount"),
        (change_images, (GRAY, "size", 0), "amount of size"),
        (change_images, (GRAY, "noise", -0.1), "amount of noise"),
        (change_images, (GRAY[0], "shift", 1), "images"),
        (change_images, (IMAGES[None], "shift", 1), "images"),
        (change_images, (GRAY * np.nan, "shift", 1), "images"),
        (change_images, (GRAY, "noise", 0.1, -1), "seed"),
        (shuffle_pixels, (GRAY[0],), "images"),
        (shuffle_pixels, (GRAY, 0.5), "seed"),
        (has_margin, (GRAY, -1, 0), "rows"),
        (has_margin, (GRAY, 0, None), "columns"),
        (random_changes, (GRAY, np.random.default_rng(0)), "images"),
        (random_changes, (IMAGES, 0), "rng"),
    ],
)
def test_a_bad_argument_is_named(function, arguments, name):
    """What was expected, and what came."""
    with pytest.raises((ValueError, TypeError), match=rf"^{name} .*must .*got "):
        function(*arguments)
