"""Rounding errors: how large they can be, and that none of them is taken for an edge."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import laws, seeds

from helpers import KERNELS, convolve, edge_maps
from helpers.precision import rounding_error, significant
from helpers.rendering import render

SIDE = 40
FAMILIES = ("sobel", "prewitt", "scharr")
MAPS = ("vertical", "horizontal", "magnitude")
WHITE = (247, 247, 247)
quick = settings(laws, max_examples=60)
random = np.random.default_rng(5)
ROWS = {  # one row of numbers in [0, 1]; a picture repeats it, or stands it upright
    "constant": np.full(SIDE, 0.3),
    "ramp": np.linspace(0, 1, SIDE),
    "ramp of a third": np.linspace(0, 1 / 3, SIDE),
    "stripes": np.where(np.arange(SIDE) % 6 < 3, 0.1, 0.7),
    "random": random.random(SIDE),
    "random, computed": np.sqrt(random.random(SIDE)) * 0.7 + 0.1,
}
every_row = pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
every_type = pytest.mark.parametrize("dtype", ["float32", "float64"])
FACTORS = (1e-30, 1e-3, 1, 255, 1e6)


@quick
@given(seeds, st.sampled_from(["float32", "float64"]), st.sampled_from([(3, 3), (9, 9), (1, 12)]))
def test_the_bound_holds(seed, dtype, size):
    """Against sums of long doubles, for gray and for banks of filters, with a bias."""
    random = np.random.default_rng(seed)
    gray, colors = random.standard_normal((20, 30)), random.random((20, 30, 3))
    cases = (gray, size), (colors, size), (colors, (*size, 3)), (colors, (*size, 3, 2))
    for image, shape in cases:
        image = (image * 10.0 ** random.integers(-3, 4)).astype(dtype)
        kernel = random.standard_normal(shape).astype(dtype)
        bias = np.array(random.standard_normal(), dtype)
        exact = convolve(image.astype("g"), kernel.astype("g"), bias)
        error = np.abs(convolve(image, kernel, bias) - exact).max()
        assert error <= rounding_error(image, kernel, bias) / 2


def test_worked_by_hand():
    """Two weights: 5 roundings of eps each, of numbers up to 2 · 0.5 + 3 · 1 + 4."""
    eps = np.finfo(np.float32).eps
    image = np.array([[0.25, -0.5], [0.5, 0]], np.float32)
    assert rounding_error(image, [[1, -1]]) == (2 + 3) * eps * 2 * 0.5
    assert rounding_error(image, [[1, -1]], bias=-4) == (2 + 3) * eps * (2 * 0.5 + 4)
    assert rounding_error(image, [[1, -1]], inexact=0.25) == (2 + 3) * eps + 2 * 0.25
    bank = np.array([1.0, 2.0, -3.0]).reshape(1, 1, 1, 3)
    assert (
        rounding_error(image[..., None], bank) == (1 + 3) * eps * 3 * 0.5
    )  # of its largest filter


@pytest.mark.parametrize("dtype", ["uint8", "int16", "int64", "bool"])
def test_whole_numbers_are_exact(dtype):
    """Sums of whole numbers have no error, so the smallest of them counts."""
    image = np.array([[0, 1, 1], [0, 0, 1]]).astype(dtype)
    assert rounding_error(image, KERNELS["scharr_vertical"]) == 0
    assert rounding_error(image, [[1, -1]], bias=2) == 0
    assert rounding_error(image, [[0.1, -1]]) > 0 < rounding_error(image, [[1, -1]], bias=0.5)


def test_whole_numbers_in_floats_may_be_computed_ones():
    """They may have been rounded before, so only an image of an integer type has no error."""
    image = np.array([[0.0, 1, 1], [0, 0, 1]])
    assert rounding_error(image, [[1, -1]]) > 0 == rounding_error(image.astype(int), [[1, -1]])
    assert rounding_error(image.astype(int), [[1, -1]], inexact=0.25) == 0.5


def test_whole_numbers_beyond_the_digits_of_a_float_are_not():
    assert rounding_error(np.full((3, 3), 2**62), KERNELS["sobel_vertical"]) > 2**10


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_nothing_is_removed_from_numbers_that_are_not_finite(wrong):
    image = np.array([[1.0, wrong, 1]])
    assert rounding_error(image, [[1, -1]]) == 0 == rounding_error([[1.0, 2]], [[wrong]])
    same = np.testing.assert_array_equal
    same(significant(image, 0.5), image)


@every_type
@every_row
def test_constant_rows_or_columns_have_no_edges_across_them(row, dtype):
    """Exactly 0, at the border too, whatever the size of the numbers."""
    for factor, family in product(FACTORS, FAMILIES):
        image = np.tile((row * factor).astype(dtype), (SIDE, 1))
        across, along = edge_maps(image, family), edge_maps(image.T, family)
        assert not across.horizontal.any() and not along.vertical.any()
        np.testing.assert_array_equal(across.magnitude, np.abs(across.vertical))
        right, left = across.vertical >= 0, across.vertical < 0
        assert not across.direction[right].any()
        np.testing.assert_allclose(across.direction[left], np.pi)


@every_type
def test_a_constant_picture_has_no_direction(dtype):
    """Its direction is 0, and so is that of each color."""
    for image in (np.full((5, 5), 0.3, dtype), np.full((9, 13, 3), (0.1, 0.7, 0.3), dtype)):
        maps = edge_maps(image)
        assert not any(getattr(maps, name).any() for name in (*MAPS, "direction"))


@every_type
@pytest.mark.parametrize("difference", [1 / 255, 1e-4])
@pytest.mark.parametrize("family", FAMILIES)
def test_faint_edges_are_kept(dtype, difference, family):
    """A step, and a single pixel, of 1/255 or a ten-thousandth of the range."""
    step = np.full((SIDE, SIDE), 0.5, dtype)
    step[:, SIDE // 2 :] += np.array(difference, dtype)
    step[0, 0], step[-1, -1] = 0, 1
    middle = SIDE // 2, slice(SIDE // 2 - 1, SIDE // 2 + 1)
    weights = KERNELS[f"{family}_vertical"][:, 2].sum()
    np.testing.assert_allclose(edge_maps(step, family).vertical[middle], weights * difference, 2e-3)
    pixel = np.full((SIDE, SIDE), 0.5, dtype)
    pixel[8, 8] += np.array(difference, dtype)
    assert (edge_maps(pixel, family).magnitude[7:10, 7:10] > 0).sum() == 8


@every_type
@every_row
@pytest.mark.parametrize("name", ["laplacian", "outline", "sobel_horizontal", "horizontal_line"])
def test_rounding_errors_are_drawn_as_zero(row, dtype, name):
    """Where the exact sum is 0 everywhere, every pixel has the color of 0, and the scale fits none."""
    if name in ("laplacian", "outline"):
        row = np.linspace(row[0], row[-1], SIDE)  # a ramp has no second differences
    for factor, view in product(FACTORS, ("signed", "absolute", "ReLU")):
        image, kernel = np.tile((row * factor).astype(dtype), (SIDE, 1)), KERNELS[name]
        found = render(convolve(image, kernel), view, error=rounding_error(image, kernel))
        assert (found.pixels == (WHITE if view == "signed" else 0)).all()
        assert found.labels in (("-1", "0", "1"), ("0", "0.5", "1"))


@pytest.mark.parametrize("view", ["signed", "absolute", "ReLU"])
def test_only_what_cannot_be_seen_is_left_as_it_is(view):
    """On a long scale an error has the color of 0 anyway; on a short one it is set to 0."""
    for largest in (1, 255, 510, 513, 1e4):
        values = np.array([[1.0, -1, 0.5, 0, largest]])
        found = render(values, view, error=1).pixels[0]
        assert all((pixel == found[3]).all() for pixel in found[:3])
        assert largest == 1 or (found[4] != found[3]).any()


@pytest.mark.parametrize("bias", [-0.1, -0.7])
def test_a_bias_that_cancels_the_sum_leaves_zero(bias):
    """The mean of a constant picture minus the constant."""
    image, kernel = np.full((9, 9), -bias, np.float32), np.full((3, 3), 1 / 9, np.float32)
    error = rounding_error(image, kernel, bias)
    assert not significant(convolve(image, kernel, bias), error).any()


def test_gray_of_colors_is_as_constant_as_they_are():
    """The conversion rounds as well, and not every pixel alike."""
    image = np.tile(random.random((1, 301, 3), np.float32), (200, 1, 1))
    assert not edge_maps(image).horizontal.any()
