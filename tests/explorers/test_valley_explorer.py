"""ValleyExplorer: the map against convolutions, the ball against finite differences, limits, input."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture
from refusals import is_one_line
from scipy import signal

from helpers import KERNELS
from helpers.explorers import ValleyExplorer
from helpers.explorers.models.valley import CELLS, RADIUS, cell_of, loss_map, moments_of, offset_of

IMAGE = picture(14, 11)
STRIPES = np.tile(np.random.default_rng(1).uniform(0, 1, 20), (9, 1))
CELLS_OF = ((0, 2), (1, 2)), ((1, 1), (2, 0))


def loss_at(image, cells, offset):
    """The loss where two weights differ from the target's, by scipy."""
    kernel = np.zeros((3, 3))
    for cell, number in zip(cells, offset, strict=True):
        kernel[cell] = number
    return (signal.correlate2d(image - image.mean(), kernel, "valid") ** 2).mean()


@pytest.mark.parametrize("cells", CELLS_OF)
def test_the_map_is_exact(cells):
    """Every place tried has the loss that the convolution of its kernel has."""
    loss = loss_map(moments_of(IMAGE - IMAGE.mean(), cells))
    for row, column in [(0, 0), (0, CELLS - 1), (160, 160), (33, 287)]:
        expected = loss_at(IMAGE, cells, offset_of((row, column)))
        np.testing.assert_allclose(loss[row, column], expected, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("cells", CELLS_OF)
def test_a_step_goes_against_the_gradient(cells):
    """The gradient by finite differences; the other seven weights stay the target's."""
    ours = ValleyExplorer(IMAGE, weights=cells, rate=0.3)
    before = np.array(ours.valley.offset)
    slopes = [
        loss_at(IMAGE, cells, before + shift) - loss_at(IMAGE, cells, before - shift)
        for shift in np.eye(2) / 2
    ]
    ours.runner.run(1)
    np.testing.assert_allclose(ours.valley.offset, before - 0.3 * np.array(slopes), rtol=1e-4)
    np.testing.assert_allclose(ours.loss, loss_at(IMAGE, cells, ours.valley.offset), rtol=1e-4)
    moved = ours.valley.kernel != KERNELS["sobel_vertical"]
    assert set(zip(*map(tuple, np.nonzero(moved)))) == set(cells)


@pytest.mark.parametrize("image", [IMAGE, STRIPES, "camera", "cat"])
def test_the_limit_of_the_rate(image):
    """Below it the ball comes down to where it rests; above it the ball leaves the map."""
    ours = ValleyExplorer(image, rate=1)
    limit = ours.limit
    first = ours.loss
    ours.rate.number = 0.9 * limit
    ours.runner.run(60)
    assert not ours.problem and ours.loss < first / 10
    ours.runner.restart()
    ours.rate.number = 1.2 * limit
    ours.runner.run(60)
    assert "leaves the map" in ours.problem
    assert max(map(abs, ours.valley.offset)) <= RADIUS


def test_stripes_make_a_flat_valley():
    """Weights in one column see the same pixel: only their sum is learned, from any place."""
    ours = ValleyExplorer(STRIPES, rate=2)
    places = []
    for start in ((-3, 1), (2, 3)):
        ours.put(*start)
        ours.runner.run(200)
        places.append(ours.valley.offset)
        assert ours.loss < 1e-9 and abs(sum(ours.valley.offset)) < 1e-3
        assert np.diff(start) == pytest.approx(np.diff(ours.valley.offset), abs=1e-5)
    assert np.abs(np.subtract(*places)).max() > 1
    assert "by 1.00 along it" in ours.line.value


def test_the_ball_is_dragged():
    """It goes where the pointer is, and stays pinned; its path and its steps begin anew."""
    ours = ValleyExplorer(IMAGE, rate=0.3)
    ours.runner.run(5)
    page.move(ours.bowl, cursor=[40, 200], pinned=False)
    assert ours.bowl.pinned and ours.bowl.cursor == (40, 200)
    assert ours.valley.offset == pytest.approx(offset_of((40, 200)))
    assert ours.valley.count == 0 and len(ours.valley.path) == 1
    assert cell_of(ours.valley.offset) == pytest.approx((40, 200))
    assert ours.bowl.reading == f"loss {ours.loss:.3g}"


def test_another_bowl():
    """Another photograph, target or pair of weights puts the ball back; the same weight twice fails."""
    ours = ValleyExplorer("camera", rate=1)
    limit = ours.limit
    for control, value in ((ours.picker.name, "cat"), (ours.target, "laplacian"),
                           (ours.across, (2, 0))):  # fmt: skip
        ours.runner.run(3)
        control.value = value
        assert ours.valley.count == 0
    assert ours.limit > limit
    ours.up.value = (2, 0)
    assert "the same weight twice" in ours.problem and is_one_line(ours.problem)
    before, cell = ours.valley, ours.bowl.cursor
    page.move(ours.bowl, cursor=[40, 200], pinned=False)  # no valley to put the ball on
    assert ours.valley is before and ours.bowl.cursor == cell and ours.bowl.pinned
    assert "the same weight twice" in ours.problem
    ours.up.value = (0, 0)
    assert ours.problem == ""


@pytest.mark.parametrize(
    "options",
    [
        {"image": np.zeros((2, 9))},
        {"target": "no such"},
        {"weights": 3},
        {"weights": ((0, 0), (0, 0))},
        {"weights": ((0, 0), (0, 3))},
        {"rate": 0},
        {"controls": ["stride"]},
    ],
)
def test_invalid_input(options):
    """One clear line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match=next(iter(options))) as error:
        ValleyExplorer(**{"image": IMAGE, **options})
    assert is_one_line(str(error.value))


def test_the_limit_is_told_to_who_goes_beyond_it():
    """Before, the learner can still predict it; the factor of a step is told at every rate."""
    ours = ValleyExplorer("camera")
    assert "the weights' error by −0.52 across the valley and by 0.96 along it." in ours.line.value
    assert "climbs" not in ours.line.value
    ours.rate.number = 7
    assert ours.line.value.endswith(f"A rate above {ours.limit:.3g} climbs.")


@pytest.mark.parametrize("cells", CELLS_OF)
def test_the_axes(cells):
    """They name the weights, and end where the weights of the map end."""
    ours = ValleyExplorer(IMAGE, weights=cells)
    for axis, cell in zip(ours.bowl.axes, cells, strict=True):
        target = KERNELS["sobel_vertical"][cell]
        assert axis == [f"{target - RADIUS:g}", f"weight {cell}", f"{target + RADIUS:g}"]


def test_a_place_beyond_the_map():
    """An error; the ball stays."""
    ours = ValleyExplorer(IMAGE)
    with pytest.raises(ValueError, match="from -4 to 4"):
        ours.put(5, 0)
    assert ours.valley.offset == (-3, 1)
