"""One pixel of a convolution, taken apart."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from strategies import cases, scipy_pad, thorough, two, whole

from helpers import convolve, explain_pixel

same = np.testing.assert_array_equal


@thorough
@given(cases())
def test_the_parts_add_up_to_the_pixel_everywhere(case):
    """At every pixel: patch × weights = products; their sum, plus bias, is `convolve`'s pixel."""
    result = convolve(case.image, case.kernel, **case.options)
    for row, column in np.ndindex(case.geometry.stops):
        parts = explain_pixel(case.image, case.kernel, row, column, **case.options)
        same(parts.total, result[row, column])
        patch, weights = parts.patch, parts.kernel
        if case.kernel.ndim == 4:
            patch = patch[:, :, :, None]
        weights = weights.reshape(weights.shape + (1,) * (patch.ndim - weights.ndim))
        same(parts.products, patch * weights)
        sums = parts.products.sum(axis=tuple(range(min(case.kernel.ndim, 3))))
        same(sums + parts.bias, parts.total)


@thorough
@given(cases())
def test_the_patch_stands_at_top_and_left(case):
    """The patch is the padded image from (top, left) on, `dilation` apart; rows before columns."""
    image, kernel, options, geometry = case
    (down, right), (dy, dx) = two(geometry.stride), two(geometry.dilation)
    (before_rows, _), (before_columns, _) = geometry.widths
    around = scipy_pad(image.astype(float), geometry.widths, options["border"])
    for row, column in np.ndindex(geometry.stops):
        parts = explain_pixel(image, kernel, row, column, **options)
        assert (parts.top, parts.left) == (
            row * down - before_rows,
            column * right - before_columns,
        )
        window = around[parts.top + before_rows :: dy, parts.left + before_columns :: dx]
        same(parts.patch, window[: kernel.shape[0], : kernel.shape[1]])
        same(parts.kernel, kernel[::-1, ::-1] if options["flip"] else kernel)


def test_worked_by_hand():
    """The lower right corner of a 3 × 2 image, one cell of padding, stride (2, 1), bias 5."""
    parts = explain_pixel(
        [[1, 2], [3, 4], [6, 7]],
        [[1, 10], [100, 1000]],
        row=1,
        column=2,
        bias=5,
        stride=(2, 1),
        padding=1,
    )
    assert parts.patch.tolist() == [[4, 0], [7, 0]]
    assert parts.products.tolist() == [[4, 0], [700, 0]]
    assert (parts.total, parts.bias, parts.top, parts.left) == (709, 5, 1, 1)


def test_the_lesson_s_pixel():
    """192 under 4.5 is amplified, 64 under 0 is silenced, 0 under -1 adds nothing."""
    parts = explain_pixel([[0, 64], [0, 192]], [[-1, 0], [0, 4.5]], 0, 0)
    assert parts.products.tolist() == [[0, 0], [0, 864]]
    assert parts.total == 864


@pytest.mark.parametrize(
    ("over", "spans", "products", "total"),
    [
        ((), (), (2, 3), ()),
        ((3,), (), (2, 3, 3), (3,)),
        ((3, 4), (), (2, 3, 3, 4), (3, 4)),
        ((3,), (3,), (2, 3, 3), ()),
        ((3, 4), (3,), (2, 3, 3, 4), (4,)),
        ((3,), (3, 5), (2, 3, 3, 5), (5,)),
        ((3, 4), (3, 5), (2, 3, 3, 5, 4), (5, 4)),
    ],
)
def test_shapes(over, spans, products, total):
    """Space first, then channels, filters, images; the total has what follows (H, W)."""
    parts = explain_pixel(np.ones((6, 7) + over), np.ones((2, 3) + spans), 4, 4)
    assert parts.patch.shape == (2, 3) + over
    assert parts.products.shape == products
    assert np.shape(parts.total) == total


@pytest.mark.parametrize("position", [(np.int64(1), np.uint8(2)), (np.array(1), 2)])
def test_positions_may_be_numpy_integers(position):
    """A row found by argmax is as good as one that was typed."""
    image = whole((4, 5), 1)
    parts = explain_pixel(image, [[1]], *position)
    assert (parts.total, parts.top, parts.left) == (image[1, 2], 1, 2)


def test_a_weight_of_zero_hides_what_it_hides_in_the_picture():
    """A NaN under it adds nothing, here as there."""
    image, kernel = np.array([[1, np.nan], [3, 4]]), [[1, 0], [0, 2]]
    parts = explain_pixel(image, kernel, 0, 0)
    assert parts.total == convolve(image, kernel)[0, 0] == 9
    assert parts.products.tolist() == [[1, 0], [0, 8]] and np.isnan(parts.patch[0, 1])


def test_an_explanation_is_a_snapshot():
    """Writing into its patch leaves the image alone; its fields cannot be replaced."""
    image = np.ones((4, 5))
    parts = explain_pixel(image, [[1.0]], 0, 0)
    parts.patch[:] = 7
    assert (image == 1).all()
    with pytest.raises(FrozenInstanceError):
        parts.total = 0
