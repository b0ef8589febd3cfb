"""Augmentation: each image is shifted at random, and nothing else is changed."""

import numpy as np
import pytest
from strategies import frozen

from helpers.network import random_shift

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
