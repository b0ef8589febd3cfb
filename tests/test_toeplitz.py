"""The methods of `convolve`: each must give the same result as the others."""

import numpy as np
import pytest
from hypothesis import given
from strategies import LAYOUTS, by_scipy, cases, frozen, laws, plain, whole

from helpers import convolve, gaussian
from helpers._fast import tuning

same = np.testing.assert_array_equal


@pytest.fixture(scope="module", autouse=True)
def by_matrices():
    """Convolve with Toeplitz matrices in all tests of this module, however small the image."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tuning, "TOEPLITZ_MIN_SAVING", -np.inf)
        patch.setattr(tuning, "TOEPLITZ_MAX_ROW", np.inf)
        yield


@laws
@given(cases())
def test_toeplitz_equals_scipy(case):
    """Any channels, type, layout, stride, padding, dilation, border, flip, bias."""
    same(convolve(case.image, case.kernel, **case.options), by_scipy(case))


@pytest.mark.parametrize("over", [(), (3,)])
@pytest.mark.parametrize("stride", [(1, 1), (1, 3), (2, 1), (3, 2)])
@pytest.mark.parametrize("shared_above", [0, np.inf])
def test_strips_join_without_a_seam(over, stride, shared_above, monkeypatch):
    """Full strips and the rows left over, in one thread and in two."""
    monkeypatch.setattr(tuning, "TOEPLITZ_SHARED", shared_above)
    monkeypatch.setattr(tuning, "TOEPLITZ_GROUP", 1000)
    for rows in (5, 18, 19, 700):
        image, kernel = whole((rows, 43) + over, 4, "float32"), whole((4, 3), 5, "float32")
        same(convolve(image, kernel, 1, stride), by_scipy(plain(image, kernel, 1, stride)))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_nan_and_infinity_stay_in_their_windows(bad, dtype, monkeypatch):
    """A weight of 0 skips them; other windows are not affected."""
    image, kernel = whole((40, 30, 3), 1, dtype), whole((3, 5), 2, dtype)
    kernel[1, 1:3] = 0
    image[17, 9, 1] = bad
    result = convolve(image, kernel)
    assert 0 < np.count_nonzero(~np.isfinite(result)) <= np.count_nonzero(kernel)
    monkeypatch.setattr(tuning, "TOEPLITZ_MIN_SAVING", np.inf)
    same(result, convolve(image, kernel))


def test_a_weight_that_underflows_to_zero_skips_nan():
    """A narrow Gaussian's corner is 0, though its row and its column are not."""
    kernel, image = gaussian(9, 0.35), np.zeros((9, 9), np.float32)
    image[0, 0] = np.nan
    assert kernel[0, 0] == 0 and kernel[0, 4] and kernel[4, 0]
    assert convolve(image, kernel)[0, 0] == 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_inputs_are_never_changed(layout):
    """Read-only inputs are accepted, and the result shares no memory with them."""
    image, kernel = LAYOUTS[layout](whole((6, 7, 2), 6)), whole((3, 2), 7)
    before = image.copy(), kernel.copy()
    result = convolve(frozen(image), frozen(kernel))
    result[:] = 99
    same(image, before[0])
    same(kernel, before[1])


def test_empty_columns_and_kernels():
    """A kernel of zeros gives zeros."""
    image = whole((9, 8), 3)
    assert not convolve(image, np.zeros((3, 3))).any()
    same(convolve(image, [[0, 1, 0], [0, 2, 0]]), image[:-1, 1:-1] + 2 * image[1:, 1:-1])
