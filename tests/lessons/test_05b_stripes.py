"""Lesson 05b: the numbers in its collapsed answers, as its explorers show them."""

import numpy as np
import pytest

from helpers.explorers import StripeExplorer
from helpers.stripes import seen_at_step


def left(kernel, period, angle=0, pooling="none", size=2, shift=0.0):
    explorer = StripeExplorer(kernel, period, angle)
    explorer.pooling.value, explorer.size.number, explorer.shift.number = pooling, size, shift
    return explorer.contrast


def test_blur():
    """A third of period 2, half from 4.8 upward; 0.15 of period 3 at 45°; a Gaussian removes period 2."""
    assert left("box_blur", 2) == pytest.approx(1 / 3, abs=0.005)
    after = StripeExplorer("box_blur").computed.over_period
    assert [place for place, value in zip(after.places, after.after) if value > 0.5][0] == 4.8
    assert f"{left('box_blur', 3, 45):.2f}" == "0.15"
    assert left("gaussian_blur", 2) < 0.005


def test_edge_kernels():
    """Nothing at 90°, half at 60°; an even curve; the highest and the lowest angle of a diagonal kernel."""
    assert left("sobel_vertical", 12, 90) < 0.005
    assert left("sobel_vertical", 12, 60) / left("sobel_vertical", 12) == pytest.approx(
        0.5, abs=0.02
    )
    after = StripeExplorer("laplacian", 12).computed.over_angle.after
    assert max(after) < 1.05 * min(after)
    after = StripeExplorer("laplacian", 2).computed.over_angle.after
    assert (round(min(after), 1), round(max(after), 1)) == (4.0, 6.4)
    curve = StripeExplorer("diagonal_down", 12).computed.over_angle
    assert curve.places[int(np.argmax(curve.after))] == 135
    assert curve.places[int(np.argmin(curve.after))] == 45 and min(curve.after) < 0.005
    fine = StripeExplorer("diagonal_down", 3).computed.over_angle
    highest = [
        place for place, value in zip(fine.places, fine.after) if np.isclose(value, max(fine.after))
    ]
    assert set(highest) <= {0, 90, 180} and 90 in highest


def test_aliases():
    """One gray of period 3 at stride 3; above 8, stride 4 keeps the period; an alias at an angle."""
    assert np.isinf(seen_at_step(3, step=3).period)
    assert seen_at_step(8.1, step=4).period == 8.1 and seen_at_step(7.9, step=4).period > 8.1
    assert seen_at_step(5, step=4) == (20, 0)
    assert [round(each, 2) for each in seen_at_step(3, 30, 2)] == [3.72, 141.74]


def test_pooling():
    """0.14 against 0.44; of period 3 half, against nearly 0 to nearly 1."""
    pair = [left("identity", 2.2, pooling=mode) for mode in ("mean", "max")]
    assert [f"{each:.2f}" for each in pair] == ["0.14", "0.44"]
    for shift in (0, 0.3, 0.45):
        assert left("identity", 3, pooling="mean", shift=shift) == pytest.approx(0.5, abs=0.02)
    assert left("identity", 3, pooling="max", shift=0.3) < 0.1
    assert left("identity", 3, pooling="max", shift=0.45) > 0.9


def test_stripes_that_look_ten_times_as_wide():
    """Period 2.2 does, and a Gaussian blur leaves 0.02 of it."""
    explorer = StripeExplorer("gaussian_blur", 2.2)
    explorer.stride.number = 4
    assert seen_at_step(2.2, step=4).period == pytest.approx(22)
    assert f"{explorer.contrast:.2f}" == "0.02"
