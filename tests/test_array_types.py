"""Arrays of every kind: the right numbers, or one line that says what to do."""

import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from strategies import cases, laws, seeds

from helpers import convolve, edge_maps, explain_pixel, load_image, pad, pool, to_gray, windows
from helpers._fast import tuning
from helpers.blur_kernels import box, gaussian
from helpers.explorers import EdgeExplorer, KernelExplorer, PoolingExplorer, WindowExplorer
from helpers.figures import show_images
from helpers.gradients import gradient_step, kernel_gradient, mean_squared_error
from helpers.loops import convolve_loops, pool_loops
from helpers.messages import describe
from helpers.network import Conv, Dense, Flatten, Network
from helpers.rendering import render
from helpers.sliding_windows import window_indices
from helpers.validation import as_array, as_positive, as_whole

same = np.testing.assert_array_equal
GRID = np.arange(42.0).reshape(6, 7) / 50
KERNEL = np.array([[1, -2], [0, 3]])

DOORS = {
    "convolve": lambda image: convolve(image, KERNEL),
    "its kernel": lambda image: convolve(GRID, image),
    "its bias": lambda image: convolve(GRID[..., None], np.ones((1, 1, 1, 7)), bias=image[0]),
    "convolve_loops": lambda image: convolve_loops(image, KERNEL),
    "explain_pixel": lambda image: explain_pixel(image, KERNEL, 0, 0),
    "pool": pool,
    "pool_loops": pool_loops,
    "pad": lambda image: pad(image, 1),
    "windows": lambda image: windows(image, 2),
    "to_gray": to_gray,
    "edge_maps": edge_maps,
    "mean_squared_error": lambda image: mean_squared_error(GRID, image),
    "gradient_step": lambda image: gradient_step(image, GRID, [[1]], 0.1),
    "render": render,
    "show_images": lambda image: show_images([image], ["masked"]),
    "EdgeExplorer": EdgeExplorer,
    "KernelExplorer": KernelExplorer,
    "WindowExplorer": lambda image: WindowExplorer(image, KERNEL),
    "PoolingExplorer": PoolingExplorer,
    "predict": lambda image: Network([Conv(1, 2), Flatten(), Dense(2)], (6, 7, 1)).predict([image]),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_mask_is_not_ignored(door):
    """One line says how to fill it. A masked array in which nothing is masked loses nothing."""
    masked = np.ma.array(GRID, mask=GRID < 0.1)
    with pytest.raises(ValueError, match=r"^[^\n]*must not be masked.*\.filled\(0\)$"):
        door(masked)
    door(masked.filled(0))
    door(np.ma.array(GRID))


def test_rows_with_a_mask_are_not_ignored():
    with pytest.raises(ValueError, match="must not be masked"):
        convolve([np.ma.array([1, 2], mask=[True, False]), [3, 4]], [[1]])


class Converted:
    """An object that NumPy can convert, as those of other libraries can be."""

    def __array__(self, dtype=None, copy=None):
        return GRID


class Failing:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("on another\ndevice")


def _matrix(array):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.matrix(array)


def _read_only(array):
    array = array.copy()
    array.setflags(write=False)
    return array


KINDS = {
    "float32": lambda array: array.astype("f4"),
    "float16": lambda array: array.astype("f2"),
    "longdouble": lambda array: array.astype("g"),
    "big-endian": lambda array: array.astype(">f4"),
    "big-endian ints": lambda array: array.astype(">i8"),
    "list": lambda array: array.tolist(),
    "tuple of rows": lambda array: tuple(array),
    "matrix": _matrix,
    "read-only": _read_only,
    "negative strides": lambda array: array[::-1, ::-1].copy()[::-1, ::-1],
    "every second": lambda array: np.repeat(array.repeat(2, 0), 3, 1)[::2, ::3],
    "unaligned": lambda array: np.ndarray(array.shape, "f8", b"?" + array.tobytes(), 1),
    "uint8": lambda array: array.astype("u1"),
    "int8": lambda array: array.astype("i1"),
    "uint64": lambda array: array.astype("u8"),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_of_array_gives_the_same_numbers(kind):
    """Whole numbers from 0 to 126, with negative weights: nothing wraps around."""
    whole = np.arange(42.0).reshape(6, 7) * 3
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for values in (whole[:, :7], whole[::2]):
            image = kind(np.ascontiguousarray(values))
            same(convolve(image, [[-9, 1], [2, -3]]), convolve_loops(values, [[-9, 1], [2, -3]]))
            same(convolve(values, kind(KERNEL.clip(0).astype(float))),
                 convolve_loops(values, KERNEL.clip(0)))  # fmt: skip
            for mode in ("max", "min", "mean"):
                same(pool(image, 2, mode=mode), pool_loops(values, 2, mode=mode))
            same(edge_maps(image).vertical, edge_maps(values).vertical)
            assert explain_pixel(image, KERNEL, 1, 1).total == convolve(values, KERNEL)[1, 1]


def test_an_object_that_numpy_can_convert():
    same(convolve(Converted(), KERNEL), convolve(GRID, KERNEL))


@pytest.mark.parametrize(
    ("value", "words"),
    {
        "complex": (GRID * 1j, "must hold real numbers; got an array of shape"),
        "dates": (GRID.astype("M8[s]"), "must hold real numbers"),
        "durations": (GRID.astype("m8[s]"), "must hold real numbers"),
        "records": (np.zeros((2, 2), [("a", int)]), "must hold real numbers"),
        "text": (GRID.astype(str), "must hold real numbers"),
        "objects": (GRID.astype(object), r"np.array\(image, dtype=float\)"),
        "fractions": ([[Fraction(1, 2)]], r"np.array\(image, dtype=float\)"),
        "beyond 64 bits": ([[2**70]], r"np.array\(image, dtype=float\)"),
        "beyond what Python prints": ([[10**5000]], r"np.array\(image, dtype=float\)"),
        "nothing": ([[None]], r"must hold real numbers; got \[\[None\]\]$"),
        "sparse": (sparse.eye_array(5), "must hold real numbers; got"),
        "no axes": (np.array(3.0), "must have at least 2 axes"),
        "on another device": (Failing(), "failed: on another device$"),
        "a generator": ((row for row in GRID), "must hold real numbers; got <generator"),
        "a bare row": (GRID[0], "must have at least 2 axes"),
    }.values(),
)
def test_what_is_no_array_of_real_numbers(value, words):
    for door in (pool, edge_maps, lambda image: convolve(image, KERNEL)):
        with pytest.raises((TypeError, ValueError), match=words) as caught:
            door(value)
        assert "\n" not in str(caught.value) and str(caught.value).startswith("image ")


def test_sums_beyond_64_bits_are_refused():
    """2⁶² · 2 would wrap around to −2⁶³; the largest number that fits is exact."""
    most = 2**62 - 1
    assert convolve([[most, most]], [[1, 1]], bias=1).tolist() == [[2**63 - 1]]
    assert convolve([[-most, most]], [[1, -1]]).tolist() == [[-2 * most]]
    assert convolve([[2**63 - 1]], np.ones((1, 1), int)).tolist() == [[2**63 - 1]]
    for image, kernel, bias in (
        ([[2**62]], [[2]], 0),
        ([[-(2**62), 2**62]], [[1, -1]], 0),
        ([[1]], [[1]], 2**63 - 1),
        ([[[2**62, 2**62]]], np.ones((1, 1, 2), int), 0),
    ):
        for call in (convolve, lambda *all: explain_pixel(*all[:2], 0, 0, all[2])):
            with pytest.raises(ValueError, match=r"fit into 64 bits.*pass image.astype\(float\)"):
                call(image, kernel, bias)
        floats = convolve(np.array(image, float), kernel, bias)
        assert floats.item() in (2.0**63, -(2.0**63))


def test_a_bias_that_leaves_no_room_is_named():
    """What is left for it is what the sums of the image do not need; that much is accepted."""
    most = 2**63 - 1 - 3 * 2
    with pytest.raises(ValueError, match=f"^bias must hold integers up to {most:,}, .*; got up to"):
        convolve([[3]], [[2]], bias=most + 1)
    assert convolve([[3]], [[2]], bias=most).item() == 2**63 - 1
    with pytest.raises(ValueError, match="^image must hold integers up to "):
        convolve([[2**62]], [[2]], bias=1)


@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint32", "int64", "bool"])
def test_small_integers_have_room(dtype):
    largest = 1 if dtype == "bool" else min(np.iinfo(dtype).max, 2**40)
    image = np.full((3, 3), largest, dtype)
    assert convolve(image, np.full((3, 3), -(2**19))).item() == -9 * 2**19 * largest


def test_unsigned_integers_of_64_bits_become_floats():
    assert convolve(np.full((1, 1), 2**64 - 1, np.uint64), [[2]]).item() == 2.0**65
    assert pool(np.full((2, 2), 2**64 - 1, np.uint64)).item() == 2**64 - 1


def test_weights_that_the_type_cannot_hold_are_refused():
    """1e300 in float32 would be infinite; an infinite weight is taken as it is."""
    image = np.ones((2, 2), np.float32)
    for arguments in ({"kernel": [[1e300]]}, {"kernel": [[1]], "bias": -1e300}):
        with pytest.raises(ValueError, match=r"must hold numbers that fit .* float32.*1e\+300"):
            convolve(image, **arguments)
        assert np.isfinite(convolve(image.astype(float), **arguments)).all()
    assert np.isinf(convolve(image, [[np.inf]])).all()


def small_tiles(monkeypatch):
    """Make every method take small images."""
    for name, value in {
        "TOEPLITZ_MIN_SAVING": 0,
        "TOEPLITZ_MIN_WIDTH": 1,
        "TOEPLITZ_ROWS": 2,
    }.items():
        monkeypatch.setattr(tuning, name, value)


@pytest.mark.parametrize("tiles", ["as they are", "small"])
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("kernel", ["whole", "separable", "with zeros", "summed", "bank"])
def test_a_bad_pixel_affects_its_windows_alone(kernel, wrong, tiles, monkeypatch):
    """As in the plain loop, whatever the method; a weight of 0 in a 2-D kernel skips its pixel."""
    if tiles == "small":
        small_tiles(monkeypatch)
    random = np.random.default_rng(3)
    color = random.integers(-9, 10, (50, 40, 3)).astype(np.float32)
    color[20, 17] = wrong
    kernels = {
        "whole": random.integers(1, 5, (3, 3)).astype(float),
        "separable": gaussian(9, 2.0).astype(float),
        "with zeros": np.diag([1.0, 2, 3]),
        "summed": random.integers(1, 5, (3, 3, 3)).astype(float),
        "bank": random.integers(1, 5, (3, 3, 3, 2)).astype(float),
    }
    weights = kernels[kernel]
    image = color if weights.ndim > 2 else color[..., 0]
    with np.errstate(invalid="ignore"):
        result = convolve(image, weights, stride=(1, 2), padding=4, border="reflect")
    inside = np.isfinite(pad(image, 4, "reflect"))
    inside = inside if inside.ndim == 2 else inside.all(axis=2)
    under = windows(inside, weights.shape[:2], stride=(1, 2))
    counted = weights != 0 if weights.ndim == 2 else np.ones(weights.shape[:2], bool)
    good = (under | ~counted).all(axis=(2, 3))
    finite = np.isfinite(result) if result.ndim == 2 else np.isfinite(result).all(axis=2)
    same(finite, good)
    clean = convolve(np.where(np.isfinite(image), image, 0), weights, 0, (1, 2), 4, 1, "reflect")
    np.testing.assert_allclose(result[good], clean[good], rtol=1e-5, atol=1e-4)
    assert np.array_equal(np.unique(result[~good]), [wrong], equal_nan=True)


@settings(laws, max_examples=60)
@given(seeds, st.sampled_from(["max", "min", "mean", "mixed"]), st.sampled_from([1, 2, 3]))
def test_a_nan_affects_the_windows_that_hold_it(seed, mode, stride):
    """They give NaN; all others are as without it."""
    random = np.random.default_rng(seed)
    image = random.integers(-9, 10, (9, 11)).astype(float)
    clean, image[random.integers(9), random.integers(11)] = image.copy(), np.nan
    options = {"size": (3, 2), "stride": stride, "mode": mode, "padding": 1}
    result, expected = pool(image, **options), pool(clean, **options)
    hit = pool(np.isnan(image), (3, 2), stride, padding=1)
    same(np.isnan(result), hit)
    same(result[~hit], expected[~hit])


@pytest.mark.parametrize(
    ("call", "name"),
    {
        "stride": (lambda n: convolve(GRID, KERNEL, stride=n), "stride"),
        "dilation": (lambda n: convolve(GRID, [[1]], dilation=n), "dilation"),
        "padding": (lambda n: convolve(GRID, KERNEL, padding=n), "padding"),
        "pool": (lambda n: pool(GRID, stride=n), "stride"),
        "pool, padding": (lambda n: pool(GRID, padding=n), "padding"),
        "brightest": (lambda n: pool(GRID, 1, dilation=n, mode="brightest"), "dilation"),
        "pad": (lambda n: pad(GRID, (0, n)), "padding"),
        "windows": (lambda n: windows(GRID, 1, dilation=n), "dilation"),
        "window_indices": (lambda n: window_indices(n, 3), "shape"),
        "box": (box, "size"),
        "gaussian": (lambda n: gaussian(n, 1), "size"),
        "size of an image": (lambda n: load_image("cat", size=n), "size"),
        "sigma": (lambda n: gaussian(3, n**99), "sigma"),
        "learning rate": (lambda n: gradient_step(GRID, GRID, [[1]], n**99), "learning_rate"),
        "gradient": (lambda n: kernel_gradient(GRID, GRID, n), "size"),
    }.values(),
)
@pytest.mark.parametrize("number", [10**30, 10**5000], ids=["30 digits", "5000 digits"])
def test_sizes_that_no_memory_holds(call, name, number):
    """One line, before anything is allocated."""
    with pytest.raises(ValueError, match=f"^{name}.* ") as caught:
        call(number)
    assert len(str(caught.value)) < 200 and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "call",
    [
        lambda n: pad(GRID, n),
        lambda n: pool(GRID, padding=n, size=2 * n),
        lambda n: convolve(GRID, KERNEL, padding=n),
        lambda n: window_indices((n, n), 3),
        box,
        lambda n: gaussian(n, 1),
    ],
)
def test_arrays_that_no_memory_holds(call):
    with pytest.raises(ValueError, match="too large: it takes an array of .* numbers"):
        call(10**8)


def test_a_large_stride_or_dilation_is_a_number_like_others():
    """A single position, a single weight: they change nothing."""
    same(convolve(GRID, [[1]], stride=10**9), GRID[:1, :1])
    same(convolve(GRID, [[2]], dilation=10**9), 2 * GRID)
    same(pool(GRID, 2, stride=10**9, mode="brightest"), [[GRID[1, 1]]])
    same(windows(GRID, 1, stride=10**9, dilation=10**9), [[[[0.0]]]])


@pytest.mark.parametrize("value, words", [
    (3.0, "got 3.0: write 3"), (np.float32(2), "got 2.0: write 2"), (-0.0, "got -0.0: write 0"),
    (2.5, "got 2.5"), (np.nan, "got nan"), (np.inf, "got inf"), ("3", "got '3'"),
])  # fmt: skip
def test_whole_numbers_with_a_decimal_point(value, words):
    with pytest.raises(TypeError, match=f"must be a whole number of at least 0; {words}$"):
        as_whole("padding", value, 0)


@pytest.mark.parametrize("number", [np.int64(2), np.uint8(2), np.array(2), True + 1])
def test_whole_numbers_of_every_type(number):
    same(convolve(GRID, KERNEL, stride=number), convolve(GRID, KERNEL, stride=2))
    assert type(as_whole("stride", number, 1)) is int


@pytest.mark.parametrize("value", [10**400, Fraction(10**400), 0, -0.0, np.nan, True, "1", 1j])
def test_what_is_no_positive_number(value):
    with pytest.raises(ValueError, match="rate must be a finite number above 0; got"):
        as_positive("rate", value)


class _Hostile:
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        if isinstance(self.text, BaseException):
            raise self.text
        return self.text


@pytest.mark.parametrize("value", [
    _Hostile(RuntimeError("no")), _Hostile(RecursionError()), _Hostile(3), _Hostile("long " * 10**6),
    _Hostile("two\nlines"), [[_Hostile(ValueError())]], list(range(10**6)), "x" * 10**7, 10**5000,
    {n: n for n in range(10**5)}, (np.eye(9),) * 10**5, np.zeros((1,) * 30), np.float32(0.1),
    np.zeros(2, [(f"field {n}", float) for n in range(999)]),
], ids=lambda value: type(value).__name__)  # fmt: skip
def test_a_description_is_short_and_never_fails(value):
    text = describe(value)
    assert 0 < len(text) < 200 and "\n" not in text
    with pytest.raises((TypeError, ValueError)) as caught:
        as_array("image", value, least_axes=99)
    assert "\n" not in str(caught.value)


def test_a_description_of_a_number_is_the_number():
    assert [describe(value) for value in (np.float64(2), np.int8(3), np.True_, 2.5)] == [
        "2.0", "3", "True", "2.5",
    ]  # fmt: skip


@settings(laws, max_examples=40)
@given(cases())
def test_explanations_agree_with_integers_too(case):
    """The last pixel's products add up to it, in the same type."""
    image, kernel, options, geometry = case
    result = convolve(image, kernel, **options)
    last = tuple(n - 1 for n in result.shape[:2])
    total = explain_pixel(image, kernel, *last, **options).total
    same(total, result[last])
