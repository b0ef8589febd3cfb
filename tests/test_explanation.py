"""One output pixel of a convolution, step by step."""

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
    for row, column in np.ndindex(case.geometry.output_shape):
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
def test_the_patch_begins_at_top_and_left(case):
    """The patch is every `dilation`-th pixel of the padded image from (top, left) on."""
    image, kernel, options, geometry = case
    (down, right), (dy, dx) = two(geometry.stride), two(geometry.dilation)
    (before_rows, _), (before_columns, _) = geometry.pad_width
    padded = scipy_pad(image.astype(float), geometry.pad_width, options["border"])
    for row, column in np.ndindex(geometry.output_shape):
        parts = explain_pixel(image, kernel, row, column, **options)
        assert (parts.top, parts.left) == (
            row * down - before_rows,
            column * right - before_columns,
        )
        window = padded[parts.top + before_rows :: dy, parts.left + before_columns :: dx]
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


def test_the_pixel_of_the_lesson():
    """192 · 4.5 is 864; 64 · 0 and 0 · -1 add nothing."""
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
    """Space first, then channels, filters, images; the total has the axes after (H, W)."""
    parts = explain_pixel(np.ones((6, 7) + over), np.ones((2, 3) + spans), 4, 4)
    assert parts.patch.shape == (2, 3) + over
    assert parts.products.shape == products
    assert np.shape(parts.total) == total


@pytest.mark.parametrize("position", [(np.int64(1), np.uint8(2)), (np.array(1), 2)])
def test_positions_may_be_numpy_integers(position):
    """Such as a row found by argmax."""
    image = whole((4, 5), 1)
    parts = explain_pixel(image, [[1]], *position)
    assert (parts.total, parts.top, parts.left) == (image[1, 2], 1, 2)


def test_a_weight_of_zero_skips_nan():
    """As in `convolve`."""
    image, kernel = np.array([[1, np.nan], [3, 4]]), [[1, 0], [0, 2]]
    parts = explain_pixel(image, kernel, 0, 0)
    assert parts.total == convolve(image, kernel)[0, 0] == 9
    assert parts.products.tolist() == [[1, 0], [0, 8]] and np.isnan(parts.patch[0, 1])


@pytest.mark.parametrize("border", ["zero", "edge", "reflect", "wrap"])
@pytest.mark.parametrize("spans", [(), (3,), (3, 2)])
def test_only_the_patch_is_read(border, spans):
    """An image of 10¹² pixels, stored as one: a copy, a cast or a scan of it would never finish."""
    image = np.broadcast_to(np.array([1, 2, 3], np.uint8), (10**6, 10**6, 3))
    kernel = np.ones((3, 3) + spans, np.float32)
    parts = explain_pixel(image, kernel, 0, 10**6 - 1, padding="same", border=border)
    assert parts.patch.shape == (3, 3, 3) and (parts.top, parts.left) == (-1, 10**6 - 2)
    in_image = 4 if border == "zero" else 9
    expected = in_image * np.array([1, 2, 3]) if not spans else np.full(spans[1:], in_image * 6)
    same(parts.total, expected)


def test_an_explanation_is_independent_of_the_image():
    """Writing into its patch does not change the image; its fields are frozen."""
    image = np.ones((4, 5))
    parts = explain_pixel(image, [[1.0]], 0, 0)
    parts.patch[:] = 7
    assert (image == 1).all()
    with pytest.raises(FrozenInstanceError):
        parts.total = 0
