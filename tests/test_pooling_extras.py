"""Edge cases of new_colors and fraction_unchanged; their laws are in test_pooling.py."""

import numpy as np
import pytest

from helpers import load_image, pool
from helpers.pooling_effects import fraction_unchanged, new_colors

RED, BLUE, BOTH = [1, 0, 0], [0, 0, 1], [1, 0, 1]


@pytest.mark.parametrize("window, is_new", [
    ([[RED, BLUE]], True), ([[RED], [BLUE]], True), ([[RED, RED]], False),
    ([[BLUE, BOTH]], False), ([[RED, BLUE], [BLUE, BOTH]], False),
    ([[RED, BLUE], [BLUE, RED]], True),
])  # fmt: skip
@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int8, np.float32])
def test_one_window(window, is_new, dtype):
    """Magenta is new only if no pixel is magenta."""
    window = np.array(window, dtype)
    assert new_colors(window, window.shape[:2]).tolist() == [[is_new]]


def test_one_pixel_has_no_new_color():
    """Nor has a picture of a single color; windows that do not fit are ignored."""
    image = np.random.default_rng(0).random((6, 7, 3))
    assert not new_colors(image, 1).any()
    assert not new_colors(np.ones((5, 7, 3)), 2, 1).any()
    assert new_colors(image, (2, 3)).shape == (3, 2)


@pytest.mark.parametrize("size, stride, dilation", [
    (2, None, 1), ((1, 3), 1, 2), (3, (2, 1), (1, 2)),
])  # fmt: skip
def test_a_photograph_is_not_changed(size, stride, dilation):
    """The result has the shape of the pooled picture, whatever the memory order."""
    image = load_image("coffee", size=(20, 30))
    before = image.copy()
    found = new_colors(image, size, stride, dilation)
    pooled = pool(image, size, stride, dilation=dilation)
    assert found.dtype == bool and found.shape == pooled.shape[:2]
    across = np.asfortranarray(image)
    np.testing.assert_array_equal(new_colors(across, size, stride, dilation), found)
    np.testing.assert_array_equal(image, before)


@pytest.mark.parametrize("arguments, name", [
    ((None,), "image"), (([["a"]],), "image"), ((np.ones((4, 4)),), "image"),
    ((np.ones((4, 4, 3)), 0), "size|kernel"), ((np.ones((4, 4, 3)), 5), "size|kernel"),
    ((np.ones((4, 4, 3)), 2, 0), "stride"), ((np.ones((4, 4, 3)), 2, 2, 0), "dilation"),
])  # fmt: skip
def test_invalid_arguments_are_named(arguments, name):
    """The error names the parameter."""
    with pytest.raises((ValueError, TypeError), match=f"^({name})"):
        new_colors(*arguments)


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64, np.float32])
def test_equal_images_are_unchanged(dtype):
    """If every pixel differs, none is unchanged, in either order."""
    image = (np.arange(15).reshape(3, 5) % 2).astype(dtype)
    other = (1 - image.astype(int)).astype(dtype)
    assert fraction_unchanged(image, image) == 1
    assert fraction_unchanged(image, other) == fraction_unchanged(other, image) == 0


def test_one_channel_changes_the_pixel():
    """Of two rows and three columns, one pixel of six."""
    before = np.zeros((2, 3, 3), np.float32)
    after = before.copy()
    after[1, 2, 1] = 0.06
    assert (
        fraction_unchanged(before, after) == 5 / 6 and fraction_unchanged(before, after, 0.1) == 1
    )


@pytest.mark.parametrize("before, after, name", [
    (np.ones((2, 3)), np.ones((3, 2)), "after"), (np.ones((2, 3)), np.ones((1, 3)), "after"),
    (np.ones((2, 3, 3)), np.ones((2, 3)), "after"), (None, np.ones((2, 3)), "before"),
    (np.ones((2, 3)), [["a"]], "after"),
])  # fmt: skip
def test_pictures_of_other_shapes_cannot_be_compared(before, after, name):
    """Not even where NumPy could broadcast one."""
    with pytest.raises((ValueError, TypeError), match=f"^{name} must "):
        fraction_unchanged(before, after)
