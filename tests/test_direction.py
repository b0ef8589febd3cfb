"""Directions as colors: an even circle, brightness, the key that explains both."""

import numpy as np
import pytest
from oklab import light, oklab

from helpers.direction import direction_key, place_on_key, render_direction

RIGHT, DOWN, LEFT, UP = (242, 164, 63), (224, 66, 109), (130, 113, 231), (85, 203, 225)
RED_BLIND = [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]
GREEN_BLIND = [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]


def circle(count):
    """The colors of evenly spaced directions at full strength, (count, 3)."""
    angles = np.linspace(-np.pi, np.pi, count, endpoint=False)
    return render_direction(angles[None], np.ones((1, count))).pixels[0]


def test_direction_colors():
    """Right is orange, as in a signed map of vertical edges, left violet; −π and π are the same."""
    ways = np.array([[-np.pi, -np.pi / 2, 0], [np.pi / 2, np.pi, 0]])
    pixels = render_direction(ways, np.array([[4.0, 4, 4], [4, 4, 0]])).pixels.astype(int)
    assert np.abs(pixels - [[LEFT, UP, RIGHT], [DOWN, LEFT, (0, 0, 0)]]).max() <= 2


def test_hues_are_even():
    """Equal turns look equally different: steps in OKLab of one length, all in one plane."""
    colors = oklab(light(circle(15)))
    steps = np.linalg.norm(colors - np.roll(colors, 1, axis=0), axis=1)
    np.testing.assert_allclose(steps, 2 * 0.17 * np.sin(np.pi / 15), rtol=0.03)
    assert np.linalg.svd(colors - colors.mean(axis=0))[1][2] < 0.02


@pytest.mark.parametrize("eyes", [RED_BLIND, GREEN_BLIND], ids=["red-blind", "green-blind"])
def test_opposite_directions_differ_for_color_blind_readers(eyes):
    """Simulation by G. Machado and others, 2009: no way across an edge looks like the way back."""
    colors = oklab(np.clip(light(circle(16)) @ np.transpose(eyes), 0, 1))
    assert np.linalg.norm(colors - np.roll(colors, 8, axis=0), axis=1).min() > 0.15


def test_brightness_is_the_root_of_the_magnitude():
    """Lightness as we see it: a quarter of the magnitude looks half as light; 0 is black."""
    magnitude = np.array([[1.0, 4]])
    ((weak, strong),) = oklab(light(render_direction(np.zeros((1, 2)), magnitude).pixels))
    np.testing.assert_allclose(2 * weak, strong, atol=0.01)
    flat = render_direction(np.full((2, 3), 1.0), np.zeros((2, 3)))
    assert not flat.pixels.any()


def test_brightness_ends_where_a_scale_of_magnitudes_does():
    """Or at a limit; stronger edges are as bright as one at the limit, and the note names it."""
    magnitude = np.linspace(0, 1000, 1001).reshape(7, 143)
    view = render_direction(np.zeros((7, 143)), magnitude)
    assert view.note == "brightest: 990 or more"
    assert (view.pixels[-1, -11:] == view.pixels[-1, -11]).all()
    limited = render_direction(np.zeros((1, 3)), np.array([[1.0, 2, 4]]), limit=2.0)
    assert (limited.pixels[0, 1] == limited.pixels[0, 2]).all()
    assert (limited.pixels[0, 0] != limited.pixels[0, 1]).any() and "2 or more" in limited.note


def test_on_the_key_every_direction_lies_where_it_points():
    """Its color is that of the pictures, and brightness grows from the center outwards."""
    key = direction_key().pixels
    middle = len(key) // 2
    for angle in np.linspace(-np.pi, np.pi, 9):
        for share in (0.0, 0.3, 0.97, 1.0, 5.0):
            row, column = place_on_key(angle, share)
            expected = render_direction(np.array([[angle]]), np.array([[share]]), limit=1.0)
            near = key[row - 1 : row + 2, column - 1 : column + 2].reshape(-1, 3).astype(int)
            assert np.abs(near - expected.pixels[0, 0]).max(axis=1).min() <= 12, (angle, share)
    assert not key[middle, middle].any() and not key[0, 0].any()
    assert (key[middle, middle + 5 :: 10].astype(int).max(axis=-1)[:5] > 0).all()
    assert np.argmax(key[middle, -10] - key[middle, 9].astype(int)) == 0, (
        "right is redder than left"
    )
