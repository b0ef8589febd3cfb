"""Arrays given as pictures: shapes and scales that are accepted, and advice about the others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from refusals import refusal

from helpers import edge_maps, to_gray
from helpers.explorers.widgets.image_picker import ImagePicker
from helpers.figures import show_images
from helpers.picture_arrays import as_picture, shape_advice

same = np.testing.assert_array_equal


@settings(derandomize=True, deadline=None)
@given(arrays(np.uint8, st.sampled_from([(2, 3), (2, 3, 1), (2, 3, 3)])))
def test_bytes_are_divided_by_255(pixels):
    """As `load_image` does with those of a file; a mask of zeros and ones stays one."""
    expected = pixels / np.float32(255 if pixels.max() > 1 else 1)
    got = as_picture("image", pixels)
    assert got.dtype == np.float32
    same(got, expected[..., 0] if pixels.shape[2:] == (1,) else expected)


def test_other_types_are_not_taken_for_bytes():
    """Whole numbers to 255 may be anything; the advice is in the refusal."""
    for kind in (np.int64, np.uint16, np.float32):
        assert "from 0 to 1; got 0 to 255" in refusal(
            as_picture, "image", np.array([[0, 255]], kind)
        )


def test_the_picture_is_a_copy():
    pixels = np.array([[0.5, 1]], np.float32)
    as_picture("image", pixels)[:] = 0
    same(pixels, [[0.5, 1]])


@pytest.mark.parametrize(
    "shape, advice",
    [
        ((5, 7, 4), "drop the alpha channel, image[..., :3]"),
        ((5, 7, 2), "drop the alpha channel, image[..., 0]"),
        ((3, 5, 7), "np.moveaxis(image, 0, -1)"),
        ((1, 5, 7), "np.moveaxis(image, 0, -1)"),
        ((20, 5, 7), "for the first of several images, image[0]"),
        ((2, 5, 7, 3), "for the first of several images, image[0]"),
        ((2, 5, 7, 1), "for the first of several images, image[0]"),
        ((2, 3, 5, 7), "for the first of several images, np.moveaxis(image[0], 0, -1)"),
    ],
)
def test_advice_on_a_shape_works(shape, advice):
    """At every door where an array is to be a picture, and what is advised is accepted there."""
    image = np.full(shape, 0.5)
    assert shape_advice(image).endswith(advice)
    for door in (to_gray, edge_maps, ImagePicker, lambda array: show_images([array], ["a"])):
        assert refusal(door, image).endswith(advice)
        door(
            eval(
                advice.rpartition("images, ")[2].rpartition("channel, ")[2],
                {"image": image, "np": np},
            )
        )


def test_no_advice_where_nothing_is_likely():
    for shape in ((5, 7), (2, 5, 7, 9), (1, 1, 1, 1, 1)):
        assert shape_advice(np.zeros(shape)) == ""


def test_a_single_channel_is_gray_wherever_a_picture_is_expected():
    image = np.random.default_rng(0).random((20, 30, 1))
    same(to_gray(image), image[..., 0])
    same(edge_maps(image).vertical, edge_maps(image[..., 0]).vertical)
    same(ImagePicker(image).value, np.float32(image[..., 0]))
    (axes,) = [part for part in show_images([image], ["a"]).axes if part.get_title()]
    assert axes.images[0].get_array().shape == (20, 30)
