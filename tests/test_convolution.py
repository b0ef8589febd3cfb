"""Convolution against SciPy, by hand, and its laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage, signal
from strategies import LAYOUTS, by_scipy, cases, frozen, geometries, laws, plain, seeds, two, whole

from helpers import convolve, convolve_loops, pad

BORDERS = {"zero": "constant", "edge": "nearest", "reflect": "mirror", "wrap": "wrap"}
shapes = st.tuples(st.integers(4, 9), st.integers(4, 9))
kernels = st.tuples(st.integers(1, 4), st.integers(1, 4))
same = np.testing.assert_array_equal


@laws
@given(cases())
def test_every_convolution_equals_scipy(case):
    """Any channels, filters, batch, type, layout, stride, padding, dilation, border, flip, bias."""
    same(convolve(case.image, case.kernel, **case.options), by_scipy(case))


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("size", [(3, 3), (1, 4), (2, 5), (4, 2), (7, 6)])
def test_same_size_equals_ndimage(border, size):
    """padding="same" is `scipy.ndimage.correlate`; an even kernel's middle is its upper left."""
    image, kernel = whole((8, 11), 1), whole(size, 2)
    origin = [-1 if k % 2 == 0 else 0 for k in size]
    expected = ndimage.correlate(image, kernel, mode=BORDERS[border], origin=origin)
    same(convolve(image, kernel, padding="same", border=border), expected)


@pytest.mark.parametrize(
    ("image", "kernel", "options", "expected"),
    [
        ([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0], [0, -1]], {}, [[-4, -4], [-4, -4]]),
        ([[1, 2, 3], [4, 5, 6]], [[10, 1]], {}, [[12, 23], [45, 56]]),
        ([[1, 2, 3], [4, 5, 6]], [[10], [1]], {}, [[14, 25, 36]]),
        ([[1, 2, 3], [4, 5, 6]], [[10, 1]], {"flip": True}, [[21, 32], [54, 65]]),
        ([[1, 2, 3], [4, 5, 6]], [[10, 1]], {"bias": -2}, [[10, 21], [43, 54]]),
        ([[1, 2, 3, 4]], [[10, 1]], {"stride": (3, 2)}, [[12, 34]]),
        ([[1, 2, 3, 4, 5]], [[10, 1]], {"stride": 2}, [[12, 34]]),
        ([[1, 2, 3, 4]], [[10, 1]], {"dilation": (5, 2)}, [[13, 24]]),
        ([[1, 2]], [[10, 1]], {"padding": (0, 1)}, [[1, 12, 20]]),
        ([[1, 2]], [[10, 1]], {"padding": ((1, 0), (0, 2))}, [[0, 0, 0], [12, 20, 0]]),
        ([[1, 2]], [[10, 1]], {"padding": "same"}, [[12, 20]]),
        ([[1, 2]], [[10, 1]], {"padding": (0, 1), "border": "wrap"}, [[21, 12, 21]]),
        (
            [[0, 64, 0], [0, 192, 0], [0, 0, 0]],
            [[-1, 0, -1], [0, 4.5, 0], [-1, 0, -1]],
            {},
            [[864]],
        ),
        ([[[1, 2], [3, 4]]], [[[1, 10], [100, 1000]]], {}, [[4321]]),
        ([[[1, 2], [3, 4]]], [[10, 1]], {}, [[[13, 24]]]),
        ([[[1, 2]]], [[[[1, 10, 0], [1, 100, 1]]]], {"bias": [0, 1, 2]}, [[[3, 211, 4]]]),
    ],
)
def test_worked_by_hand(image, kernel, options, expected):
    """Multiply element by element, then sum; lists are accepted."""
    same(convolve(image, kernel, **options), expected)


@pytest.mark.parametrize("over", [(), (3,), (3, 2)])
def test_identity(over):
    """A single 1 in the middle returns the image, in memory of its own."""
    image = whole((5, 7) + over, 3)
    result = convolve(image, [[0, 0, 0], [0, 1, 0], [0, 0, 0]], padding="same")
    same(result, image)
    assert not np.shares_memory(convolve(image, [[1]]), image)


@laws
@given(kernels, seeds, st.integers(-9, 9), st.sampled_from(["edge", "reflect", "wrap"]))
def test_a_flat_area_becomes_the_sum_of_the_weights(size, seed, value, border):
    """Constant in, constant out, times the sum of the weights."""
    kernel = whole(size, seed)
    flat = convolve(np.full((5, 6), value), kernel, padding="same", border=border)
    same(flat, np.full((5, 6), value * kernel.sum()))


@laws
@given(shapes, kernels, seeds, st.integers(-3, 3))
def test_linearity_and_bias(shape, size, seed, factor):
    """Linear in the image, linear in the kernel; a bias is added once to every sum."""
    (a, b), (k, m) = whole((2,) + shape, seed), whole((2,) + size, seed + 1)
    same(convolve(a + factor * b, k), convolve(a, k) + factor * convolve(b, k))
    same(convolve(a, k + factor * m), convolve(a, k) + factor * convolve(a, m))
    same(convolve(a, k, bias=factor), convolve(a, k) + factor)


@laws
@given(shapes, kernels, seeds, st.integers(0, 9), st.integers(0, 9))
def test_a_shifted_image_gives_a_shifted_result(shape, size, seed, down, right):
    """Translation equivariance: shift, then convolve = convolve, then shift (with border wrap)."""
    image, kernel = whole(shape, seed), whole(size, seed + 1)
    moved = convolve(np.roll(image, (down, right), (0, 1)), kernel, padding="same", border="wrap")
    result = convolve(image, kernel, padding="same", border="wrap")
    same(moved, np.roll(result, (down, right), (0, 1)))


@laws
@given(geometries(), seeds)
def test_transposing_swaps_rows_and_columns(geometry, seed):
    """Transposed image, kernel and options give the transposed result."""
    image, kernel = whole(geometry.shape, seed), whole(two(geometry.size), seed + 1)
    moves = {
        "stride": two(geometry.stride),
        "padding": geometry.pad_width,
        "dilation": two(geometry.dilation),
    }
    swapped = {name: value[::-1] for name, value in moves.items()}
    same(convolve(image.T, kernel.T, **swapped), convolve(image, kernel, **moves).T)


@laws
@given(shapes, kernels, seeds)
def test_flip_is_mathematical_convolution(shape, size, seed):
    """flip=True rotates the kernel by 180°: `scipy.signal.convolve2d`, channels and filters in place."""
    image, kernel = whole(shape, seed), whole(size, seed + 1)
    same(convolve(image, kernel, flip=True), signal.convolve2d(image, kernel, "valid"))
    bank = whole(size + (2, 3), seed + 2)
    stack = whole(shape + (2,), seed + 3)
    same(convolve(stack, bank, flip=True), convolve(stack, bank[::-1, ::-1]))


@laws
@given(shapes, kernels, seeds)
def test_a_bank_is_its_filters_and_a_batch_its_images(shape, size, seed):
    """Filters, images and channels can be computed one at a time; channels are summed."""
    images, bank = whole(shape + (3, 2), seed), whole(size + (3, 4), seed + 1)
    result = convolve(images, bank)
    for f, n in np.ndindex(4, 2):
        same(result[:, :, f, n], convolve(images[..., n], bank[..., f]))
    one = sum(convolve(images[:, :, c, 0], bank[:, :, c, 0]) for c in range(3))
    same(result[:, :, 0, 0], one)


@pytest.mark.parametrize("over", [(), (3,)])
@pytest.mark.parametrize("line", [[1, 4, 6, 4, 1], [0, 1, 0, -3, 0, 0.5], [1, 1, 1, 1]])
def test_separable_kernels(over, line):
    """Separable kernels are applied in two passes; a weight of 0 still skips NaN."""
    kernel = np.outer(line, line[::-1]) / 7
    image = whole((31, 29) + over, 1)
    image[9, 9] = np.nan
    for options in ({}, {"stride": (2, 3), "dilation": (3, 2)}, {"padding": 4, "border": "wrap"}):
        result = convolve(image, kernel, bias=1, **options)
        stride, dilation = options.get("stride", (1, 1)), options.get("dilation", (1, 1))
        padded = pad(image, options.get("padding", 0), options.get("border", "zero"))
        expected = np.ones_like(result)
        for i, j in np.argwhere(kernel):
            part = padded[i * dilation[0] :: stride[0], j * dilation[1] :: stride[1]]
            expected += kernel[i, j] * part[: len(result), : result.shape[1]]
        np.testing.assert_allclose(result, expected, rtol=1e-12, atol=1e-12)
        single = convolve(image.astype("float32"), kernel, bias=1, **options)
        np.testing.assert_allclose(single, expected, rtol=1e-5, atol=2e-4)


def test_an_almost_separable_kernel():
    """A small difference in one weight is not lost."""
    kernel = np.full((6, 6), 0.1)
    kernel[1, 4] += 1e-9
    impulse = np.zeros((11, 11))
    impulse[5, 5] = 1
    same(convolve(impulse, kernel, flip=True), kernel)


@pytest.mark.parametrize(("over", "spans"), [((3,), ()), ((3,), (3,)), ((3, 2), (3, 5))])
def test_images_larger_than_a_band_of_rows(over, spans):
    """Bands of rows join without a seam: in tall images, in wide ones, in rows longer than a band."""
    for shape, stride in [
        ((200, 310), (1, 1)),
        ((321, 207), (2, 3)),
        ((9_001, 11), (1, 2)),
        ((5, 17_000), (1, 2)),
    ]:
        image, kernel = whole(shape + over, 4, "float32"), whole((3, 2) + spans, 5, "float32")
        expected = by_scipy(plain(image, kernel, 1, stride))
        same(convolve(image, kernel, bias=1, stride=stride), expected)


@laws
@given(shapes, kernels, st.sampled_from([(), (3,)]), st.integers(1, 3), st.integers(0, 2), seeds)
def test_fast_equals_loops(shape, size, over, stride, padding, seed):
    """`convolve` and the two plain loops give the same result."""
    image, kernel = whole(shape + over, seed), whole(size + over, seed + 1)
    options = {"bias": seed % 7, "stride": stride, "padding": padding}
    same(convolve(image, kernel, **options), convolve_loops(image, kernel, **options))
    for few in ({}, {"padding": 6, "dilation": stride}):
        same(convolve(image, kernel, **few), convolve_loops(image, kernel, **few))


@pytest.mark.parametrize(
    ("image", "kernel"),
    [
        ((6, 6, 3), (3, 3)),
        ((6, 6, 3), (3, 3, 1)),
        ((6, 6, 1), (3, 3, 3)),
        ((6, 6), (3, 3, 3)),
    ],
)
def test_loops_refuse_to_mix_channels(image, kernel):
    """A kernel that does not span the channels is refused, not broadcast along the wrong axis."""
    with pytest.raises(ValueError, match="kernel|image"):
        convolve_loops(np.ones(image), np.ones(kernel))


@pytest.mark.parametrize("dtype, value", [("uint8", 200), ("float16", 300.0), ("int8", -100)])
def test_loops_do_not_overflow(dtype, value):
    """They sum in float64, whatever the type of the image."""
    image, kernel = np.full((2, 3), value, dtype), np.full((2, 2), 2, dtype)
    same(convolve_loops(image, kernel), np.full((1, 2), 8.0 * value))


def test_a_large_stride_needs_no_large_matrix():
    """One output row: a Toeplitz matrix for several would hold billions of zeros."""
    image, kernel = whole((3, 200_000), 1, "float32"), np.ones((3, 3))
    same(convolve(image, kernel, stride=(10**9, 1)), by_scipy(plain(image, kernel, 0, 1)))


@pytest.mark.parametrize("name", ["stride", "padding", "dilation"])
@pytest.mark.parametrize("value", [(2, 2), "same", 1.5, -1])
def test_loops_take_one_whole_number(name, value):
    """Pairs and names, which only `convolve` accepts, are refused by name."""
    with pytest.raises((TypeError, ValueError), match=f"{name} must be a whole number"):
        convolve_loops(np.ones((5, 5)), np.ones((2, 2)), **{name: value})


def test_large_unsigned_integers():
    """A uint64 that no int64 can hold does not become negative."""
    same(convolve(np.array([[2**63 + 2048]], np.uint64), [[1]]), [[float(2**63 + 2048)]])


@pytest.mark.parametrize(
    ("image", "kernel", "expected"),
    [
        ("float32", "float64", "float32"),
        ("float32", "int64", "float32"),
        ("float16", "float16", "float32"),
        ("float64", "float32", "float64"),
        ("uint8", "float32", "float32"),
        ("uint8", "float64", "float64"),
        ("bool", "float16", "float32"),
        ("uint8", "uint8", "int64"),
        ("bool", "bool", "int64"),
        ("int32", "int8", "int64"),
    ],
)
@pytest.mark.parametrize("spans", [(), (2,), (2, 3)])
def test_types(image, kernel, expected, spans):
    """A float image decides the type; integers with integer weights stay integers."""
    result = convolve(np.ones((3, 4, 2), image), np.ones((2, 2) + spans, kernel), bias=1)
    assert result.dtype == expected
    assert (result == (5 if spans == () else 9)).all()


@pytest.mark.parametrize(
    "image, kernel, expected",
    [
        ("uint8", "int64", "float64"),
        ("int64", "float32", "float64"),
        ("float32", "int8", "float32"),
    ],
)
def test_a_float_bias(image, kernel, expected):
    """Integers become floats; a float image keeps its type."""
    for bias in (0.5, [0.5, 0.5]):
        result = convolve(np.ones((3, 4, 2), image), np.ones((2, 2, 2, 2), kernel), bias)
        assert result.dtype == expected and (result == 8.5).all()


@pytest.mark.parametrize("spans", [(), (3,), (3, 2)])
def test_bytes_do_not_overflow(spans):
    """255 · 255 nine times is 585,225 per channel."""
    white = np.full((4, 5, 3), 255, np.uint8)
    result = convolve(white, np.full((3, 3) + spans, 255, np.uint8))
    assert (result == 585_225 * (3 if spans else 1)).all()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_inputs_are_never_changed(layout):
    """Read-only inputs are accepted, and the result shares no memory with them."""
    image, bank, bias = LAYOUTS[layout](whole((6, 7, 2, 3), 6)), whole((1, 1, 2, 2), 7), np.ones(2)
    before = [array.copy() for array in (image, bank, bias)]
    for kernel, offset in [(bank, bias), (bank[..., 0], 1), (bank[..., 0, 0], 1)]:
        for padding in (0, 1):
            result = convolve(frozen(image), frozen(kernel), frozen(np.array(offset)), 1, padding)
            result[:] = 99
    assert all(map(np.array_equal, (image, bank, bias), before))


@pytest.mark.parametrize("border", BORDERS)
def test_real_numbers_keep_their_precision(border):
    """Within rounding, for a kernel of 31 × 17 weights in float32."""
    random = np.random.default_rng(8)
    image, kernel = random.random((40, 50), np.float32), random.random((31, 17), np.float32)
    expected = ndimage.correlate(image.astype(float), kernel.astype(float), mode=BORDERS[border])
    result = convolve(image, kernel, padding="same", border=border)
    np.testing.assert_allclose(result, expected, rtol=2e-6)
    same(result, convolve(pad(image, (15, 8), border), kernel))
