"""The named kernels do what their descriptions say; the two families match SciPy."""

import warnings

import numpy as np
import pytest
from scipy import ndimage, signal
from strategies import whole

from helpers import KERNEL_NOTES, KERNELS, box, convolve, gaussian

FINDERS = {
    name
    for name in KERNELS
    if name.startswith(
        ("sobel", "prewitt", "scharr", "diagonal", "laplacian", "outline", "vertical", "horizontal")
    )
}
VERTICAL = ["sobel_vertical", "prewitt_vertical", "scharr_vertical"]
HORIZONTAL = ["sobel_horizontal", "prewitt_horizontal", "scharr_horizontal"]
rows, columns = np.indices((5, 5)) - 2
DOT = (rows == 0) & (columns == 0)


def response(name, picture):
    """The output of the kernel at the center of a 5 × 5 picture."""
    return convolve(picture.astype(np.float32), KERNELS[name])[1, 1]


def test_the_kernels_of_the_lessons_exist():
    """All presets of the lessons exist, each with one description."""
    assert list(KERNEL_NOTES) == list(KERNELS)
    assert set(KERNELS) == FINDERS | {
        "identity",
        "box_blur",
        "gaussian_blur",
        "sharpen",
        "emboss",
        "shift_right",
    }
    assert len(FINDERS) == 12


@pytest.mark.parametrize("name", KERNELS)
def test_every_kernel_is_a_read_only_3_by_3(name):
    """float32, read-only, described in one sentence; edge kernels sum to 0, the others to 1."""
    kernel = KERNELS[name]
    assert (kernel.shape, kernel.dtype) == ((3, 3), np.float32)
    with pytest.raises(ValueError, match="read-only"):
        kernel[1, 1] = 5
    assert kernel.sum() == pytest.approx(0 if name in FINDERS else 1, abs=1e-6)
    note = KERNEL_NOTES[name]
    assert note[0].isupper() and note.endswith(".") and len(note) < 100


@pytest.mark.parametrize("name", sorted(FINDERS))
def test_a_flat_area_has_no_edge(name):
    """An edge kernel gives 0 on a flat area of any brightness."""
    assert response(name, np.full((5, 5), 7)) == 0


@pytest.mark.parametrize(
    ("vertical", "horizontal"),
    [
        *zip(VERTICAL, HORIZONTAL, strict=True),
        ("vertical_line", "horizontal_line"),
    ],
)
def test_horizontal_is_vertical_transposed(vertical, horizontal):
    """Vertical and horizontal kernels are transposed; the two diagonals are mirrored."""
    np.testing.assert_array_equal(KERNELS[horizontal], KERNELS[vertical].T)
    np.testing.assert_array_equal(KERNELS["diagonal_up"], np.flipud(KERNELS["diagonal_down"]))


@pytest.mark.parametrize(
    ("name", "picture", "sign"),
    [
        *((name, columns > 0, 1) for name in VERTICAL),
        *((name, columns < 0, -1) for name in VERTICAL),
        *((name, rows > 0, 0) for name in VERTICAL),
        *((name, rows > 0, 1) for name in HORIZONTAL),
        *((name, rows < 0, -1) for name in HORIZONTAL),
        *((name, columns > 0, 0) for name in HORIZONTAL),
        ("diagonal_down", columns > rows, 1),
        ("diagonal_down", columns < rows, -1),
        ("diagonal_down", rows + columns > 0, 0),
        ("diagonal_down", rows == columns, 0),
        ("diagonal_up", rows + columns > 0, 1),
        ("diagonal_up", rows + columns < 0, -1),
        ("diagonal_up", columns > rows, 0),
        ("diagonal_up", rows == -columns, 0),
        ("vertical_line", columns == 0, 1),
        ("vertical_line", columns == 1, -1),
        ("vertical_line", rows == 0, 0),
        ("vertical_line", columns > 0, -1),
        ("horizontal_line", rows == 0, 1),
        ("horizontal_line", rows == -1, -1),
        ("horizontal_line", columns == 0, 0),
        ("horizontal_line", rows > 0, -1),
        ("laplacian", DOT, -1),
        ("laplacian", rows > 0, 1),
        ("laplacian", columns >= 0, -1),
        ("outline", DOT, 1),
        ("outline", rows > 0, -1),
        ("outline", columns >= 0, 1),
    ],
)
def test_edge_kernels_do_what_their_descriptions_say(name, picture, sign):
    """Positive for the edge in the description, negative for the opposite edge, 0 for the other axis."""
    assert np.sign(response(name, picture)) == sign


def test_identity_and_shift():
    """Identity returns the image; shift_right shifts it by one pixel, with a zero from the left."""
    image = whole((4, 6), 1)
    np.testing.assert_array_equal(convolve(image, KERNELS["identity"], padding="same"), image)
    moved = convolve(image, KERNELS["shift_right"], padding="same")
    np.testing.assert_array_equal(moved[:, 1:], image[:, :-1])
    assert not moved[:, 0].any()


def test_blurs_equal_scipy():
    """Box blur is `uniform_filter`; Gaussian blur is 1 2 1 along rows, then along columns."""
    image = whole((6, 9), 2)
    blurred = {
        name: convolve(image, KERNELS[name], padding="same", border="edge")
        for name in ("box_blur", "gaussian_blur")
    }
    soft = image
    for axis in (0, 1):
        soft = ndimage.correlate1d(soft, [0.25, 0.5, 0.25], axis=axis, mode="nearest")
    expected = {"box_blur": ndimage.uniform_filter(image, 3, mode="nearest"), "gaussian_blur": soft}
    for name, result in blurred.items():
        np.testing.assert_allclose(result, expected[name], atol=1e-5)


def test_sharpen_and_laplacian():
    """Sharpening subtracts the Laplacian; the outline is 9 times the difference from the mean."""
    image = whole((6, 9), 3)
    result = {
        name: convolve(image, kernel, padding="same", border="edge")
        for name, kernel in KERNELS.items()
    }
    np.testing.assert_array_equal(result["laplacian"], ndimage.laplace(image, mode="nearest"))
    np.testing.assert_array_equal(result["sharpen"], image - result["laplacian"])
    np.testing.assert_allclose(result["outline"], 9 * (image - result["box_blur"]), atol=1e-4)


def test_emboss_is_lit_from_the_upper_left():
    """A raised square: bright along its upper and left side, dark along its lower and right one."""
    raised = np.zeros((10, 10))
    raised[3:7, 3:7] = 1
    relief = convolve(raised, KERNELS["emboss"], padding="same") - raised
    for bright, dark in (((3, 3), (6, 6)), ((3, 5), (6, 5)), ((5, 3), (5, 6))):
        assert relief[bright] > 0 > relief[dark]


@pytest.mark.parametrize("size", [1, 2, 3, (1, 4), (5, 2), (7, 7)])
def test_box_is_the_plain_mean(size):
    """All weights equal, their sum 1, shape (rows, columns)."""
    kernel = box(size)
    assert kernel.shape == (size if isinstance(size, tuple) else (size, size))
    assert kernel.dtype == np.float32
    np.testing.assert_allclose(kernel, 1 / kernel.size)
    assert np.ptp(kernel) == 0


@pytest.mark.parametrize("sigma", [0.3, 0.85, 1, np.float32(2.5), 40])
@pytest.mark.parametrize("size", [1, 2, 3, (1, 4), (5, 2), (7, 9)])
def test_gaussian_equals_scipy(size, sigma):
    """The outer product of `scipy.signal.windows.gaussian`: separable, symmetric, sum 1."""
    kernel = gaussian(size, sigma)
    shape = size if isinstance(size, tuple) else (size, size)
    down, across = (signal.windows.gaussian(n, float(sigma)) for n in shape)
    expected = np.outer(down, across)
    np.testing.assert_allclose(kernel, expected / expected.sum(), rtol=1e-5, atol=1e-12)
    assert (kernel.dtype, kernel.shape) == (np.float32, shape)
    np.testing.assert_array_equal(kernel, kernel[::-1, ::-1])
    separated = np.outer(kernel.sum(1), kernel.sum(0))
    np.testing.assert_allclose(kernel, separated, rtol=1e-5, atol=1e-12)
    assert kernel.sum() == pytest.approx(1, abs=1e-6)


def test_gaussian_blurs_as_scipy_does():
    """Convolving with it is `scipy.ndimage.gaussian_filter` cut off at the same radius."""
    image = np.random.default_rng(4).random((12, 15))
    result = convolve(image, gaussian((9, 9), 1.7), padding="same", border="edge")
    expected = ndimage.gaussian_filter(image, 1.7, radius=4, mode="nearest")
    np.testing.assert_allclose(result, expected, atol=1e-6)


def test_gaussian_falls_to_61_percent_at_sigma():
    """At a distance of sigma a weight is exp(-1/2) of the center's."""
    kernel = gaussian((1, 7), sigma=2)
    assert kernel[0, 5] / kernel[0, 3] == pytest.approx(np.exp(-0.5), rel=1e-5)


@pytest.mark.parametrize("sigma", [1e-100, 1e-3, 0.02, 1e6])
@pytest.mark.parametrize("size", [2, 3, (4, 5)])
def test_gaussian_of_any_width_sums_to_1(size, sigma):
    """Even if sigma is much smaller than a pixel or much larger than the size; never NaN."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kernel = gaussian(size, sigma)
    assert kernel.sum() == pytest.approx(1, abs=1e-6)
    middle = kernel[(kernel.shape[0] - 1) // 2, (kernel.shape[1] - 1) // 2]
    assert middle == kernel.max()
