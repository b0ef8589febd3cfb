"""Random moves on every explorer: after each, all that is shown is what the library computes."""

from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pytest
from explorers.random_moves.explorers import ORACLES
from explorers.random_moves.game import Fault, Game

from helpers import explorers
from helpers.explorers import (
    BankExplorer,
    ChannelExplorer,
    EdgeExplorer,
    KernelExplorer,
    ParameterCounter,
    PixelExplorer,
    PoolingExplorer,
    WindowExplorer,
)
from helpers.explorers.widgets import runner


@pytest.fixture
def heard(caplog, capfd, monkeypatch, tmp_path):
    """A function that returns what was printed or logged since its last call."""
    monkeypatch.chdir(tmp_path)  # a button may save files
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


def _stale(compute):
    """Returns what it computed first, whatever the controls are."""
    first = {}
    return lambda self, controls: first.setdefault(id(self), compute(self, controls))


def _transposed(compute):
    def run(self, controls):
        view = compute(self, controls)
        return replace(view, result=view.result.swapaxes(0, 1))

    return run


def _failing(method):
    def run(self, *given):
        method(self, *given)
        raise KeyError("so it goes")

    return run


PLANTED = {
    "a stale output": (KernelExplorer, "compute", _stale),
    "another explorer's stale output": (ParameterCounter, "compute", _stale),
    "a transposed output": (PoolingExplorer, "compute", _transposed),
    "an update that is not sent": (
        EdgeExplorer, "_note_change",
        lambda note: lambda self, change: None if change["name"] == "marks" else note(self, change)),
    "an exception in the message handler": (WindowExplorer, "settle", _failing),
    "an exception in an observer": (PixelExplorer, "_explain", _failing),
    "an error that is reported without need": (ChannelExplorer, "_apply", _failing),
    "a print": (
        BankExplorer, "_choose", lambda choose: lambda *given: print("here") or choose(*given)),
}  # fmt: skip


@pytest.mark.parametrize("explorer, method, spoil", PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(explorer, method, spoil, heard, monkeypatch):
    """A tester that never fails would prove nothing; the report says how to repeat the run."""
    monkeypatch.setattr(explorer, method, spoil(getattr(explorer, method)))
    game = Game(seed=1, count=200, names=(explorer.__name__,), heard=heard)
    with pytest.raises(
        Fault, match=rf"(?s)repeat: --seed 1 --moves \d+.*\n  {explorer.__name__}\("
    ):
        game.play()
    heard()
