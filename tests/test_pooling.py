"""Pooling against loops, SciPy, and its laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage
from strategies import LAYOUTS, frozen, geometries, laws, seeds, thorough, two, whole

from helpers import pool, pool_loops
from helpers.pooling_effects import fraction_unchanged, new_colors

REDUCE = {
    "max": np.max,
    "min": np.min,
    "mean": np.mean,
    "mixed": lambda cells, axis: (np.max(cells, axis) + np.mean(cells, axis)) / 2,
}
same = np.testing.assert_array_equal


def real_pixels(geometry):
    """For each position, the (rows, columns) of the window that are inside the image."""
    inside = [
        [
            [place for i in range(k) if 0 <= (place := position * step + i * apart - before) < n]
            for position in range(count)
        ]
        for n, k, step, apart, (before, _), count in zip(
            geometry.shape,
            two(geometry.size),
            two(geometry.stride),
            two(geometry.dilation),
            geometry.pad_width,
            geometry.output_shape,
            strict=True,
        )
    ]
    return {(r, c): (inside[0][r], inside[1][c]) for r, c in np.ndindex(geometry.output_shape)}


def options_of(geometry):
    return {
        "size": geometry.size,
        "stride": geometry.stride,
        "padding": geometry.padding,
        "dilation": geometry.dilation,
    }


@thorough
@given(
    geometries(),
    st.sampled_from(sorted(REDUCE)),
    st.sampled_from([(), (3,), (2, 3)]),
    seeds,
    st.sampled_from(["float64", "float32", "int64", "uint8", "bool"]),
    st.sampled_from(sorted(LAYOUTS)),
)
def test_every_pooling_equals_loops(geometry, mode, over, seed, dtype, layout):
    """Only image pixels count; a window without any raises an error that names padding."""
    image = frozen(LAYOUTS[layout](whole(geometry.shape + over, seed, dtype)))
    pixels = real_pixels(geometry)
    if not all(r and c for r, c in pixels.values()):
        with pytest.raises(ValueError, match="^padding must "):
            pool(image, mode=mode, **options_of(geometry))
        return
    result = pool(image, mode=mode, **options_of(geometry))
    assert result.shape == geometry.output_shape + over
    for place, (r, c) in pixels.items():
        expected = REDUCE[mode](image[np.ix_(r, c)].astype(float), (0, 1))
        np.testing.assert_allclose(result[place], expected, rtol=1e-6, atol=1e-6)


@laws
@given(geometries(), seeds, st.booleans())
def test_brightest_keeps_a_whole_pixel(geometry, seed, color):
    """The pixel of the window with the largest luma, never a color that is not in the window."""
    image = whole(geometry.shape + ((3,) if color else ()), seed, int)
    luma = image @ [299, 587, 114] if color else image
    pixels = real_pixels(geometry)
    if not all(r and c for r, c in pixels.values()):
        with pytest.raises(ValueError, match="^padding must "):
            pool(image, mode="brightest", **options_of(geometry))
        return
    result = pool(frozen(image), mode="brightest", **options_of(geometry))
    assert result.dtype == image.dtype
    for place, (r, c) in pixels.items():
        window = image[np.ix_(r, c)].reshape((-1,) + image.shape[2:])
        best = window[luma[np.ix_(r, c)].ravel() == luma[np.ix_(r, c)].max()]
        assert result[place].tolist() in best.tolist()


def test_brightest_takes_the_first_of_ties():
    """In row order; tested by the sign of zero, in gray and in color, also with padding."""
    for over in ((), (3,)):
        image = np.zeros((2, 4) + over)
        image[0, 0] = image[1, 3] = -0.0
        first = np.signbit(pool(image, mode="brightest"))
        assert first.reshape(2, -1)[:, 0].tolist() == [True, False]
        assert np.signbit(pool(image, 3, padding=1, mode="brightest")).flat[0]


@pytest.mark.parametrize("window", [[[1, np.nan], [3, 2]], [[np.nan, 9], [3, 2]]])
def test_brightest_keeps_nan(window):
    """As max does."""
    assert np.isnan(pool(window, mode="brightest")) and np.isnan(pool(window))
    assert pool(np.hstack([window, [[5, 6], [7, 8]]]), mode="brightest")[0, 1] == 8


def test_brightest_makes_no_new_color():
    """Red beside blue: the largest of each channel is purple, the brightest pixel is red."""
    image = np.array([[[1, 0, 0], [0, 0, 1]]], np.float32)
    assert pool(image, (1, 2)).tolist() == [[[1, 0, 1]]]
    assert pool(image, (1, 2), mode="brightest").tolist() == [[[1, 0, 0]]]


@pytest.mark.parametrize(
    ("image", "options", "expected"),
    [
        ([[4, 8], [-1, 2]], {}, [[8]]),
        ([[3, 3], [1, 9]], {}, [[9]]),
        ([[4, 8], [-1, 2]], {"mode": "min"}, [[-1]]),
        ([[4, 8], [-1, 2]], {"mode": "mean"}, [[3.25]]),
        ([[4, 8], [-1, 2]], {"mode": "mixed"}, [[5.625]]),
        ([[4, 8], [-1, 2]], {"mode": "brightest"}, [[8]]),
        ([[1, 5, 2, 4, 9]], {"size": (1, 2)}, [[5, 4]]),
        ([[1, 5, 2, 4, 9]], {"size": (1, 2), "stride": 1}, [[5, 5, 4, 9]]),
        ([[1, 5, 2, 4, 9]], {"size": (1, 2), "stride": 1, "dilation": (1, 3)}, [[4, 9]]),
        ([[1], [5], [2], [4]], {"size": (3, 1), "stride": (1, 2)}, [[5], [5]]),
        ([[-1, -5, -2]], {"size": (1, 2), "padding": (0, 1)}, [[-1, -2]]),
        ([[-1, -5, -2]], {"size": (1, 2), "padding": ((0, 0), (0, 1))}, [[-1, -2]]),
        ([[1, 5, 2]], {"size": (1, 2), "padding": "same", "mode": "mean"}, [[3, 2]]),
        ([[1, 5, 2]], {"size": (1, 2), "padding": (0, 1), "mode": "mean"}, [[1, 3.5]]),
        ([[1, 5, 2]], {"size": (1, 2), "padding": (0, 1), "mode": "min"}, [[1, 2]]),
    ],
)
def test_worked_by_hand(image, options, expected):
    """The lesson's windows first; then overlap, dilation, and padding, which never counts."""
    assert pool(image, **options).tolist() == expected


@pytest.mark.parametrize(
    ("shape", "size", "expected"),
    [
        ((8, 8), 2, (4, 4)),
        ((28, 28), 2, (14, 14)),
        ((14, 14), 2, (7, 7)),
        ((200, 200), 2, (100, 100)),
        ((7, 9), 2, (3, 4)),
        ((7, 9, 3), (2, 3), (3, 3, 3)),
        ((28, 26, 8, 5), 2, (14, 13, 8, 5)),
    ],
)
def test_sizes_and_channels(shape, size, expected):
    """28 → 14 → 7; the division rounds down; channels and images are kept."""
    assert pool(np.zeros(shape), size).shape == expected


@pytest.mark.parametrize(
    ("mode", "filtered"),
    [
        ("max", ndimage.maximum_filter),
        ("min", ndimage.minimum_filter),
    ],
)
@pytest.mark.parametrize("size", [(3, 3), (1, 5), (5, 3)])
def test_overlapping_windows_equal_scipy(mode, filtered, size):
    """With stride 1 and same size, max and min are `scipy.ndimage`'s with the nearest border."""
    image = np.random.default_rng(1).random((9, 12))
    same(pool(image, size, 1, mode, "same"), filtered(image, size, mode="nearest"))


@pytest.mark.parametrize("mode", ["mixed", "brightest", "median", None])
def test_loops_list_the_known_modes(mode):
    """In one line, as `pool` does."""
    with pytest.raises(ValueError, match="mode must be one of max, min, mean; got"):
        pool_loops(np.ones((4, 4)), mode=mode)


@pytest.mark.parametrize("name", ["size", "stride"])
@pytest.mark.parametrize("value", [(2, 2), "2", 0])
def test_loops_take_one_whole_number(name, value):
    """Pairs, which only `pool` accepts, are refused by name."""
    with pytest.raises((TypeError, ValueError), match=f"{name} must be a whole number"):
        pool_loops(np.ones((4, 4)), **{name: value})


@laws
@given(st.tuples(*[st.integers(4, 9)] * 2), st.integers(1, 4), st.integers(1, 5), seeds)
def test_fast_equals_loops(shape, size, stride, seed):
    """`pool` and the two plain loops give the same result; stride defaults to `size`."""
    image = whole(shape + (2,), seed)
    for mode in ("max", "min", "mean"):
        np.testing.assert_allclose(
            pool(image, size, stride, mode), pool_loops(image, size, stride, mode), atol=1e-12
        )
        np.testing.assert_allclose(
            pool(image, size, mode=mode), pool_loops(image, size, size, mode), atol=1e-12
        )
    same(pool(image), pool_loops(image))


@pytest.mark.parametrize(
    ("dtype", "low", "high"),
    [
        ("float16", -3, -1),
        ("float32", -3, -1),
        ("float64", -np.inf, np.inf),
        ("int8", -128, 127),
        ("uint8", 0, 255),
        ("int64", -(2**63), 2**63 - 1),
        ("bool", False, True),
    ],
)
def test_padding_is_never_the_maximum_or_minimum(dtype, low, high):
    """A maximum may be the lowest value of the type, a minimum the highest; types are kept."""
    for value, mode in ((low, "max"), (high, "min")):
        result = pool(np.full((3, 4), value, dtype), 3, 1, mode, padding=1)
        assert result.dtype == dtype
        same(result, np.full((3, 4), value, dtype))


@pytest.mark.parametrize("mode", ["mean", "mixed"])
@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        ("float16", "float32"),
        ("float32", "float32"),
        ("float64", "float64"),
        ("uint8", "float32"),
        ("bool", "float32"),
        ("int64", "float64"),
    ],
)
def test_a_mean_is_a_float_over_image_pixels(mode, dtype, expected):
    """Bytes do not overflow; the mean of ones is one, also in padded corners."""
    result = pool(np.ones((200, 130), dtype), (90, 60), 20, mode, padding=30)
    assert result.dtype == expected
    assert (result == 1).all()
    assert pool(np.full((9, 9), 100).astype("uint8"), 9, mode=mode).tolist() == [[100]]


@laws
@given(seeds, st.integers(0, 6), st.integers(0, 6))
def test_pooling_is_equivariant_to_shifts_by_a_stride_and_monotone(seed, down, right):
    """A shift by whole strides shifts the result; a brighter image never gives a darker result."""
    image = whole((8, 12), seed)
    moved = np.roll(image, (2 * down, 3 * right), (0, 1))
    for mode in ("max", "min", "mean", "mixed", "brightest"):
        result = pool(image, (2, 3), mode=mode)
        same(pool(moved, (2, 3), mode=mode), np.roll(result, (down, right), (0, 1)))
        assert (pool(np.maximum(image, moved), (2, 3), mode=mode) >= result).all()
    same(pool(image, (2, 3), mode="min"), -pool(-image, (2, 3)))


@pytest.mark.parametrize("mode", ["max", "min", "mean", "mixed", "brightest"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_inputs_are_never_changed(mode, layout):
    """The result has its own memory, even for windows of one pixel."""
    image = LAYOUTS[layout](whole((4, 6, 3), 5))
    before = image.copy()
    for size in (1, (1, 2), (2, 1), 2):
        pool(image, size, mode=mode)[:] = 99
        same(image, before)


@laws
@given(geometries(), seeds)
def test_a_new_color_is_not_in_its_window(geometry, seed):
    """True exactly where the maximum of each channel, as one color, is not in the window."""
    image = (
        whole(
            tuple(n + sum(w) for n, w in zip(geometry.shape, geometry.pad_width, strict=True))
            + (3,),
            seed,
        )
        // 7
    )  # few colors, so that both results occur
    moves = {"size": geometry.size, "stride": geometry.stride, "dilation": geometry.dilation}
    result, made = new_colors(frozen(image), **moves), pool(image, **moves)
    for place, (r, c) in real_pixels(
        geometry._replace(shape=image.shape[:2], pad_width=((0, 0), (0, 0)))
    ).items():
        colors = image[np.ix_(r, c)].reshape(-1, 3).tolist()
        assert result[place] == (made[place].tolist() not in colors)


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 2), (4, 4, 3, 2)])
def test_only_a_color_image_can_have_new_colors(shape):
    """Anything but (H, W, 3) is refused by name."""
    with pytest.raises(ValueError, match="^image must "):
        new_colors(np.ones(shape))


@pytest.mark.parametrize(
    ("before", "after", "tolerance", "fraction"),
    [
        ([[0.0, 0.5]], [[0.0, 0.7]], 0.05, 0.5),
        ([[0.0, 0.5]], [[0.0, 0.7]], 0.25, 1),
        ([[[0.0, 1.0]], [[1.0, 1.0]]], [[[0.0, 0.5]], [[1.0, 1.0]]], 0.05, 0.5),
        (np.array([[1, 9]], np.uint8), np.array([[2, 8]], np.uint8), 1, 1),
    ],
)
def test_fraction_unchanged_worked_by_hand(before, after, tolerance, fraction):
    """A pixel is unchanged if no channel changes by more than `tolerance`, up or down."""
    assert fraction_unchanged(np.array(before), np.array(after), tolerance) == fraction


def test_padding_is_never_the_brightest():
    """Not even if every pixel is minus infinity."""
    dark = np.full((4, 4), -np.inf)
    same(pool(dark, 2, mode="brightest", padding=1), pool(dark, 2, mode="max", padding=1))
