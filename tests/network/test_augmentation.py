"""Augmentation: each image is shifted at random, and nothing else is changed."""

import numpy as np
import pytest
from refusals import is_one_line
from strategies import frozen

from helpers.network import Augmentation, random_shift

IMAGES = frozen(np.random.default_rng(0).random((300, 7, 5, 2), np.float32) + 1)


def shifted_by_loops(image, down, right):
    """One (H, W, C) image, shifted pixel by pixel."""
    rows, columns, _ = image.shape
    result = np.zeros_like(image)
    for row in range(rows):
        for column in range(columns):
            if 0 <= row - down < rows and 0 <= column - right < columns:
                result[row, column] = image[row - down, column - right]
    return result


@pytest.mark.parametrize("radius", [0, 1, 2])
def test_every_image_is_shifted_within_the_radius(radius):
    """Each image is shifted as a whole, all channels alike; every shift is about equally frequent."""
    moved = random_shift(IMAGES, np.random.default_rng(1), radius)
    assert moved.shape == IMAGES.shape and moved.dtype == np.float32
    ways = range(-radius, radius + 1)
    counts = {(down, right): 0 for down in ways for right in ways}
    for image, found in zip(IMAGES, moved, strict=True):
        fits = [way for way in counts if np.array_equal(shifted_by_loops(image, *way), found)]
        assert len(fits) == 1
        counts[fits[0]] += 1
    expected = len(IMAGES) / len(counts)
    assert all(expected / 3 < count < expected * 2 for count in counts.values())


def test_the_seed_determines_the_shifts():
    """The same seed gives the same shifts, another one does not."""
    runs = [random_shift(IMAGES, np.random.default_rng(seed)) for seed in (3, 3, 4)]
    np.testing.assert_array_equal(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])


@pytest.mark.parametrize(
    ("name", "value"),
    [("images", bad) for bad in (IMAGES[..., 0], IMAGES[0, 0], IMAGES[:0], 5, "x", None)]
    + [("rng", bad) for bad in (0, None, np.random, np.random.RandomState(0))]
    + [("radius", bad) for bad in (-1, 0.5, True, "1", None, (1, 1), 5, 10**9)],
)
def test_invalid_arguments_are_refused(name, value):
    """One line that names the argument."""
    arguments = {"images": IMAGES, "rng": np.random.default_rng(0), "radius": 1}
    with pytest.raises((ValueError, TypeError), match=f"^{name} must ") as caught:
        random_shift(**arguments | {name: value})
    assert "\n" not in str(caught.value)


ONLY = {"shift": 3.0, "rotation": 30.0, "size": 0.3, "thickness": 1.0, "noise": 0.2}
STROKES = np.zeros((40, 28, 28, 1), np.float32)
STROKES[:, 10:18, 12:15] = 1


def augmented(seed=0, **amounts):
    amounts = dict.fromkeys(ONLY, 0.0) | amounts
    return Augmentation(**amounts)(STROKES, np.random.default_rng(seed))


def centers(images):
    rows, columns = np.indices(images.shape[1:3])
    weights = images[..., 0]
    total = weights.sum(axis=(1, 2))
    return np.stack([(weights * n).sum(axis=(1, 2)) / total for n in (rows, columns)], axis=1)


def test_no_amount_is_no_change():
    np.testing.assert_allclose(augmented(), STROKES, atol=1e-6)


def test_shifts_reach_as_far_as_they_may_and_no_further():
    moved = centers(augmented(shift=3.0)) - centers(STROKES)
    assert 2 < np.abs(moved).max() <= 3.01 and moved.min() < -1 and moved.max() > 1
    assert np.abs(centers(augmented(rotation=30.0, size=0.3)) - centers(STROKES)).max() < 0.3


def test_sizes_and_thicknesses_vary_both_ways():
    ink = STROKES[0].sum()
    for name in ("size", "thickness"):
        sums = augmented(**{name: ONLY[name]}).sum(axis=(1, 2, 3))
        assert sums.min() < 0.8 * ink and sums.max() > 1.2 * ink
    sizes = augmented(size=0.3).sum(axis=(1, 2, 3)) / ink  # areas
    assert sizes.min() >= 0.7**2 - 0.05 and sizes.max() <= 1.3**2 + 0.05


def test_more_of_an_amount_is_more_of_the_same_change():
    """The random numbers do not depend on the amounts, so that a control moves a picture steadily."""
    once, twice = (centers(augmented(shift=amount)) - centers(STROKES) for amount in (1.5, 3.0))
    np.testing.assert_allclose(2 * once, twice, atol=0.02)


def test_noise_has_the_deviation_of_its_image():
    deviations = (augmented(noise=0.2) - STROKES)[:, :8].std(axis=(1, 2, 3))
    assert deviations.min() < 0.03 and 0.09 < deviations.max() < 0.13  # half is cut off below 0


def test_an_augmentation_refuses_what_is_no_batch():
    for images, rng in ((STROKES[0], np.random.default_rng(0)), (STROKES, 0)):
        with pytest.raises((ValueError, TypeError)) as error:
            Augmentation()(images, rng)
        assert is_one_line(str(error.value))
