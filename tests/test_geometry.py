"""Sizes, padding and windows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    BORDERS,
    LAYOUTS,
    frozen,
    geometries,
    laws,
    one_or_two,
    scipy_pad,
    seeds,
    two,
    whole,
)

from helpers import convolve, output_size, pad, pool, windows
from helpers.padding import source_indices
from helpers.sliding_windows import window_indices


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"size": 28, "kernel": 3}, 26),
        ({"size": 5, "kernel": 5}, 1),
        ({"size": 7, "kernel": 2, "stride": 3}, 2),
        ({"size": 224, "kernel": 7, "stride": 2, "padding": 3}, 112),
        ({"size": 28, "kernel": 5, "padding": "valid"}, 24),
        ({"size": 28, "kernel": 5, "padding": "same"}, 28),
        ({"size": 7, "kernel": 3, "stride": 2, "padding": "same"}, 4),
        ({"size": 10, "kernel": 3, "dilation": 4}, 2),
        ({"size": 9, "kernel": 3, "dilation": 4}, 1),
        ({"size": (480, 640), "kernel": 5, "stride": 2}, (238, 318)),
        ({"size": 6, "kernel": (1, 3)}, (6, 4)),
        ({"size": 6, "kernel": 3, "stride": (1, 2)}, (4, 2)),
        ({"size": 6, "kernel": 3, "padding": (1, 0)}, (6, 4)),
        ({"size": 6, "kernel": 3, "padding": ((1, 0), (0, 3))}, (5, 7)),
        ({"size": 6, "kernel": 3, "dilation": (1, 2)}, (4, 2)),
        ({"size": [6, 7], "kernel": np.array([2, 3]), "stride": np.int64(1)}, (5, 5)),
    ],
)
def test_sizes_worked_by_hand(arguments, expected):
    """floor((n + padding - extent) / stride) + 1; an int for ints, a pair if any argument is a pair."""
    result = output_size(**arguments)
    assert result == expected
    assert all(type(count) is int for count in np.atleast_1d(result).tolist())
    assert type(result) is type(expected)


@laws
@given(geometries(), seeds)
def test_output_size_counts_the_positions_of_every_operation(geometry, seed):
    """Positions are counted by `range`; convolving and pooling give as many."""
    shape, size, stride, padding, dilation, pad_width, output_shape = geometry
    moves = {"stride": stride, "dilation": dilation}
    assert two(output_size(shape, size, padding=padding, **moves)) == output_shape
    image = whole(shape, seed)
    assert convolve(image, np.ones(two(size)), padding=padding, **moves).shape == output_shape
    assert windows(pad(image, pad_width), size, **moves).shape == output_shape + two(size)
    if not any(map(any, pad_width)):
        assert pool(image, size, padding=padding, **moves).shape == output_shape


@laws
@given(st.integers(1, 30), st.integers(1, 6), st.integers(1, 5), st.integers(1, 3))
def test_same_gives_the_size_divided_by_the_stride_rounded_up(n, kernel, stride, dilation):
    """ "same": ceil(n / stride) positions, whatever the kernel."""
    count = output_size(n, kernel, stride, "same", dilation)
    assert (count - 1) * stride < n <= count * stride


@pytest.mark.parametrize(
    ("kernel", "stride", "n", "before", "after"),
    [
        (3, 1, 5, 1, 1),
        (2, 1, 5, 0, 1),
        (4, 1, 5, 1, 2),
        (3, 2, 6, 0, 1),
        (3, 2, 7, 1, 1),
        (5, 3, 7, 2, 2),
        (5, 3, 8, 1, 2),
        (1, 2, 6, 0, 0),
        (2, 3, 5, 0, 0),
    ],
)
def test_same_puts_the_extra_pixel_at_the_end(kernel, stride, n, before, after):
    """ "same" is the least padding that suffices; if the total is odd, the extra pixel goes at the end."""
    image = np.arange(1, n + 1)
    padded = np.concatenate([np.zeros(before), image, np.zeros(after)])
    weights = 10 ** np.arange(kernel)
    expected = [
        padded[i : i + kernel] @ weights for i in range(0, len(padded) - kernel + 1, stride)
    ]
    across = convolve(image[None, :], weights[None, :], stride=(1, stride), padding="same")
    down = convolve(image[:, None], weights[:, None], stride=(stride, 1), padding="same")
    np.testing.assert_array_equal(across[0], expected)
    np.testing.assert_array_equal(down[:, 0], expected)


@pytest.mark.parametrize(
    ("border", "expected"),
    [
        ("zero", [0, 0, 1, 2, 3, 0, 0, 0]),
        ("edge", [1, 1, 1, 2, 3, 3, 3, 3]),
        ("reflect", [3, 2, 1, 2, 3, 2, 1, 2]),
        ("wrap", [2, 3, 1, 2, 3, 1, 2, 3]),
    ],
)
def test_borders_worked_by_hand(border, expected):
    """Two cells before [1, 2, 3] and three after; along columns and along rows."""
    assert pad([[1, 2, 3]], ((0, 0), (2, 3)), border).tolist() == [expected]
    assert pad([[1], [2], [3]], ((2, 3), (0, 0)), border)[:, 0].tolist() == expected


@laws
@given(
    st.tuples(*[st.integers(1, 5)] * 2),
    st.sampled_from([(), (3,), (2, 3)]),
    one_or_two(0, 7) | st.tuples(*[st.tuples(*[st.integers(0, 7)] * 2)] * 2),
    st.sampled_from(sorted(BORDERS)),
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from(["float32", "float64", "uint8", "int16", "bool"]),
    seeds,
)
def test_pad_equals_scipy(shape, over, padding, border, layout, dtype, seed):
    """Any padding, even beyond the image's own size; the type and the channels are kept."""
    image = frozen(LAYOUTS[layout](whole(shape + over, seed, dtype)))
    pad_width = tuple(two(sides) for sides in two(padding))
    result = pad(image, padding, border)
    assert result.dtype == image.dtype
    np.testing.assert_array_equal(result, scipy_pad(image.astype(float), pad_width, border))


@pytest.mark.parametrize("padding", [0, "valid", ((0, 0), (0, 0)), 1])
def test_pad_returns_a_copy(padding):
    """Writing into the padded image does not change the image, even if nothing is added."""
    image = np.ones((2, 3))
    pad(image, padding)[:] = 7
    assert (image == 1).all()


@laws
@given(geometries(), st.sampled_from([(), (3,), (2, 3)]), st.sampled_from(sorted(LAYOUTS)), seeds)
def test_each_window_is_a_slice_of_the_image(geometry, over, layout, seed):
    """windows(image)[row, column] starts at row·stride, column·stride; its pixels are `dilation` apart."""
    image = frozen(LAYOUTS[layout](pad(whole(geometry.shape + over, seed), geometry.pad_width)))
    (kh, kw), (down, right), (dy, dx) = map(
        two, (geometry.size, geometry.stride, geometry.dilation)
    )
    result = windows(image, geometry.size, geometry.stride, geometry.dilation)
    assert result.shape == geometry.output_shape + (kh, kw) + over
    for row, column in np.ndindex(geometry.output_shape):
        top, left = row * down, column * right
        window = image[top : top + dy * kh : dy, left : left + dx * kw : dx]
        np.testing.assert_array_equal(result[row, column], window[:kh, :kw])


@laws
@given(geometries(), st.sampled_from(sorted(BORDERS)), seeds)
def test_window_indices_are_the_pixels_of_the_windows(geometry, border, seed):
    """The image at these indices gives the windows; -1 stands for a padded zero."""
    shape, size, stride, padding, dilation, pad_width, output_shape = geometry
    indices = window_indices(shape, size, stride, padding, dilation, border)
    image = 10 + whole(shape, seed)  # no pixel of the image is zero
    found = np.where(indices < 0, 0, image.ravel()[indices])
    padded = scipy_pad(image, pad_width, border)
    np.testing.assert_array_equal(found, windows(padded, size, stride, dilation))
    assert indices.shape == output_shape + two(size)
    assert indices.min() >= (-1 if border == "zero" else 0)
    assert window_indices((1, 3), (1, 2)).tolist() == [[[[0, 1]], [[1, 2]]]]
    assert window_indices((1, 1), 1, padding=(0, 1)).ravel().tolist() == [-1, 0, -1]


@laws
@given(st.integers(1, 6), st.tuples(*[st.integers(0, 15)] * 2), st.sampled_from(sorted(BORDERS)))
def test_source_indices_are_the_pixels_that_padding_repeats(length, sides, border):
    """Padding by index gives what `pad` gives, even beyond the image's own size."""
    row = np.arange(1, length + 1)
    indices = source_indices(np.arange(-sides[0], length + sides[1]), length, border)
    assert indices.min() >= (-1 if border == "zero" else 0) and indices.max() < length
    padded = np.where(indices < 0, 0, row[indices])
    np.testing.assert_array_equal(padded, pad(row[None], ((0, 0), sides), border)[0])


def test_windows_are_read_only_views():
    """No pixel is copied, and none can be changed through a window."""
    image = np.zeros((4, 5))
    view = windows(image, 2)
    assert np.shares_memory(view, image)
    with pytest.raises(ValueError, match="read-only"):
        view[0, 0] = 1
