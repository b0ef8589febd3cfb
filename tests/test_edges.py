"""Edge maps: vertical and horizontal edges, magnitude, direction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage
from strategies import LAYOUTS, frozen, laws, seeds, whole

from helpers import convolve, edge_maps, to_gray

FAMILIES = {"sobel": [1, 2, 1], "prewitt": [1, 1, 1], "scharr": [3, 10, 3]}
MAPS = ("vertical", "horizontal", "magnitude", "direction")
families = st.sampled_from(sorted(FAMILIES))
shapes = st.tuples(st.integers(1, 8), st.integers(1, 8))
rows, columns = np.indices((9, 11)) - np.reshape([4, 5], (2, 1, 1))
same = np.testing.assert_array_equal


@laws
@given(shapes, families, seeds)
def test_maps_equal_scipy(shape, family, seed):
    """A difference along one axis, a weighted mean along the other, the border continued."""
    image = whole(shape, seed)
    for name, axis in (("vertical", 1), ("horizontal", 0)):
        differences = ndimage.correlate1d(image, [-1, 0, 1], axis=axis, mode="nearest")
        expected = ndimage.correlate1d(differences, FAMILIES[family], axis=1 - axis, mode="nearest")
        same(getattr(edge_maps(image, family), name), expected)


@pytest.mark.parametrize(
    ("family", "filtered"),
    [
        ("sobel", ndimage.sobel),
        ("prewitt", ndimage.prewitt),
    ],
)
def test_named_families_are_those_of_scipy(family, filtered):
    """`scipy.ndimage.sobel` and `prewitt`, sign and all; sobel is the default."""
    image = whole((7, 10), 1)
    maps = edge_maps(image, family)
    same(maps.vertical, filtered(image, axis=1, mode="nearest"))
    same(maps.horizontal, filtered(image, axis=0, mode="nearest"))
    same(edge_maps(image).vertical, ndimage.sobel(image, axis=1, mode="nearest"))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("bright", "vertical", "horizontal", "direction"),
    [
        (columns > 0, 1, 0, 0),
        (columns < 0, -1, 0, np.pi),
        (rows > 0, 0, 1, np.pi / 2),
        (rows < 0, 0, -1, -np.pi / 2),
        (rows + columns > 0, 1, 1, np.pi / 4),
        (rows - columns > 0, -1, 1, 3 * np.pi / 4),
        (rows + columns < 0, -1, -1, -3 * np.pi / 4),
        (rows - columns < 0, 1, -1, -np.pi / 4),
    ],
)
def test_signs_and_directions(family, bright, vertical, horizontal, direction):
    """From dark to bright: 0 points right, π/2 down; the opposite edge has the opposite sign."""
    maps = edge_maps(bright.astype(np.float32), family)
    middle = 4, 5
    assert np.sign(maps.vertical[middle]) == vertical
    assert np.sign(maps.horizontal[middle]) == horizontal
    assert maps.direction[middle] == pytest.approx(direction)
    assert maps.magnitude[middle] > 0


def test_worked_by_hand():
    """A step of 8 gives 8 · (1 + 2 + 1) = 32 on both of its sides, and nowhere else."""
    step = [[0, 0, 8, 8]] * 3
    maps = edge_maps(step)
    assert maps.vertical.tolist() == [[0, 32, 32, 0]] * 3
    assert not maps.horizontal.any()
    assert (
        edge_maps(np.transpose(step)).horizontal.tolist()
        == np.transpose([[0, 32, 32, 0]] * 3).tolist()
    )


@laws
@given(shapes, families, seeds)
def test_transposing_swaps_vertical_and_horizontal(shape, family, seed):
    """Vertical edges of the transposed image are the horizontal edges, transposed."""
    image = whole(shape, seed)
    maps, transposed = edge_maps(image, family), edge_maps(image.T, family)
    same(transposed.vertical, maps.horizontal.T)
    same(transposed.horizontal, maps.vertical.T)
    same(transposed.magnitude, maps.magnitude.T)


@laws
@given(shapes, families, seeds)
def test_magnitude_and_direction_are_polar_coordinates(shape, family, seed):
    """magnitude·(cos, sin)(direction) = (vertical, horizontal); a negative keeps the magnitude."""
    image = whole(shape, seed)
    maps, negative = edge_maps(image, family), edge_maps(-image, family)
    np.testing.assert_allclose(maps.magnitude * np.cos(maps.direction), maps.vertical, atol=1e-12)
    np.testing.assert_allclose(maps.magnitude * np.sin(maps.direction), maps.horizontal, atol=1e-12)
    assert (abs(maps.direction) <= np.pi).all()
    same(negative.vertical, -maps.vertical)
    same(negative.magnitude, maps.magnitude)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("value", [0, 1, 200])
def test_a_flat_picture_has_no_edge(family, value):
    """Not even at its border; without an edge, the direction is 0."""
    maps = edge_maps(np.full((4, 6), value), family)
    for name in MAPS:
        assert not getattr(maps, name).any()
    fraction = edge_maps(np.full((4, 6), value / 255, np.float32), family)
    assert fraction.magnitude.max() < 1e-5


@pytest.mark.parametrize("size", [(1, 1), (1, 6), (6, 1)])
def test_thin_pictures(size):
    """A single row or column is a valid picture; across it there is no edge."""
    maps = edge_maps(whole(size, 2))
    assert maps.vertical.shape == maps.horizontal.shape == size
    assert size[1] > 1 or not maps.vertical.any()
    assert size[0] > 1 or not maps.horizontal.any()


def test_color_is_converted_to_gray_first():
    """(H, W, 3) gives the (H, W) maps of its brightness."""
    image = whole((5, 8, 3), 3)
    for name in MAPS:
        same(getattr(edge_maps(image), name), getattr(edge_maps(to_gray(image)), name))


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        ("float32", "float32"),
        ("float64", "float64"),
        ("float16", "float32"),
        ("uint8", "float32"),
    ],
)
def test_types(dtype, expected):
    """float32 stays float32; bytes neither overflow nor lose their sign."""
    maps = edge_maps(np.array([[200, 0]] * 2, dtype))
    assert all(getattr(maps, name).dtype == expected for name in MAPS)
    assert (maps.vertical == -800).all()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_image_is_never_changed(layout):
    """Any memory order, even read-only, gives the same maps."""
    image = LAYOUTS[layout](whole((5, 7), 4))
    before = image.copy()
    for name in MAPS:
        same(getattr(edge_maps(frozen(image)), name), getattr(edge_maps(before), name))
    same(image, before)


def test_ones_above_minus_ones_find_horizontal_edges():
    """Not vertical ones, as is sometimes stated: +1s on top, -1s below."""
    kernel = [[1, 1, 1], [0, 0, 0], [-1, -1, -1]]
    assert (convolve([[1] * 5] * 2 + [[0] * 5] * 2, kernel) == 3).all()
    assert not convolve([[1, 1, 0, 0]] * 5, kernel).any()
