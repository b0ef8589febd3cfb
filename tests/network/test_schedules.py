"""Schedules: where they start, turn and end."""

import numpy as np
import pytest

from helpers.network import one_cycle
from helpers.network.schedules import WARM_UP


def test_one_cycle_rises_and_falls():
    """From 0 straight up to 1, then down to 0; half-way down at the middle of the rest."""
    assert one_cycle(0) == 0 and one_cycle(WARM_UP) == 1
    assert one_cycle(1) == pytest.approx(0, abs=1e-15)
    assert one_cycle(WARM_UP / 4) == pytest.approx(0.25)
    assert one_cycle((1 + WARM_UP) / 2) == pytest.approx(0.5)


def test_one_cycle_has_one_top_and_no_jump():
    """It rises up to the top and falls after it, by little at a time, and stays from 0 to 1."""
    shares = np.linspace(0, 1, 1001)
    factors = np.array([one_cycle(share) for share in shares])
    moves = np.diff(factors)
    assert (moves[shares[1:] < WARM_UP] > 0).all() and (moves[shares[:-1] > WARM_UP] < 0).all()
    assert np.abs(moves).max() < 0.0051
    assert factors.min() >= 0 and factors.max() <= 1
