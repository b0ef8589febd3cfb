"""Random moves on every explorer: after each, all that is shown is what the library computes."""

from itertools import count
from types import SimpleNamespace

import pytest
from explorers.random_moves.game import Fault, Game
from explorers.random_moves.explorers import ORACLES

from helpers import explorers
from helpers.explorers.widgets import runner


@pytest.fixture
def heard(caplog, capfd, monkeypatch):
    """A function that returns what was printed or logged since its last call."""
    ticks = count(step=0.01)
    clock = SimpleNamespace(monotonic=lambda: next(ticks))
    monkeypatch.setattr(runner, "time", clock)  # both, so that a run can be repeated
    monkeypatch.setattr(runner, "PAUSE", 0)

    def hear():
        printed = "".join(capfd.readouterr()) + caplog.text
        caplog.clear()
        return printed

    return hear


def test_every_explorer_has_an_oracle():
    """An explorer that is added later is tested as well."""
    assert set(ORACLES) == set(explorers.__all__)


def test_random_moves(pytestconfig, heard):
    """No exception escapes, nothing is printed or logged, and nothing shown is wrong."""
    moves, seed = pytestconfig.getoption("moves"), pytestconfig.getoption("seed")
    Game(seed, moves, heard=heard).play()
