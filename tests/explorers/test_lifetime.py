"""Explorers that can no longer be used are closed: each rule, in a real Jupyter kernel."""

import os
from pathlib import Path

import ipywidgets.widgets.widget as registry
import numpy as np
import pytest
from IPython import get_ipython
from jupyter_client.manager import start_new_kernel

from helpers.explorers import (
    BankExplorer,
    CameraExplorer,
    ChangeExplorer,
    ChannelExplorer,
    ClassifierExplorer,
    EdgeExplorer,
    FilterExplorer,
    InsideExplorer,
    KernelExplorer,
    KernelLearner,
    NetworkBuilder,
    NudgeExplorer,
    ParameterCounter,
    PixelExplorer,
    PoolingExplorer,
    StripeExplorer,
    TrainingExplorer,
    UnitExplorer,
    ValleyExplorer,
    WindowExplorer,
)
from helpers.network import Conv, Dense, Flatten, Network

ROOT = Path(__file__).parents[2]
IMAGE = np.arange(30).reshape(5, 6) / 30
DIGITS = np.zeros((20, 28, 28), np.float32), np.arange(20) % 10
SMALL = Network([Conv(2, 3), Flatten(), Dense(10)], input_shape=(28, 28, 1), seed=0)
KINDS = {
    BankExplorer: lambda: BankExplorer(IMAGE),
    ChangeExplorer: lambda: ChangeExplorer({"small": SMALL}, DIGITS),
    CameraExplorer: CameraExplorer,
    ChannelExplorer: lambda: ChannelExplorer(np.stack([IMAGE] * 3, axis=-1)),
    ClassifierExplorer: ClassifierExplorer,
    EdgeExplorer: lambda: EdgeExplorer(IMAGE),
    FilterExplorer: lambda: FilterExplorer(SMALL, *DIGITS),
    InsideExplorer: lambda: InsideExplorer(SMALL, DIGITS),
    KernelExplorer: lambda: KernelExplorer(IMAGE),
    KernelLearner: lambda: KernelLearner(IMAGE),
    NetworkBuilder: NetworkBuilder,
    NudgeExplorer: lambda: NudgeExplorer(SMALL, DIGITS),
    ParameterCounter: ParameterCounter,
    PixelExplorer: lambda: PixelExplorer(IMAGE),
    PoolingExplorer: lambda: PoolingExplorer(IMAGE),
    StripeExplorer: StripeExplorer,
    TrainingExplorer: lambda: TrainingExplorer(DIGITS, DIGITS),
    ValleyExplorer: lambda: ValleyExplorer(IMAGE),
    UnitExplorer: lambda: UnitExplorer(SMALL, DIGITS[0]),
    WindowExplorer: lambda: WindowExplorer(IMAGE, np.ones((2, 2))),
}
SET_UP = """
import gc, weakref
import numpy as np
import ipywidgets.widgets.widget as registry
from helpers.explorers import KernelExplorer, ParameterCounter
from helpers.explorers.base import Explorer
from IPython.display import clear_output
def explorers():
    return [w for w in registry._instances.values() if isinstance(w, Explorer)]
def set_on_page(value):
    for explorer in explorers():
        explorer._view_count = int(value)
"""
MAKE = "ParameterCounter()"


class Notebook:
    """A kernel, and cells run as JupyterLab runs them, each with its id."""

    def __init__(self, client):
        self.client = client
        self.run("set-up", SET_UP)
        self.names = self.run("set-up", "print(sorted(globals()))")

    def run(self, cell, code, deleted=()):
        """Run a cell, reporting the deleted ones; return its printed output."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {},
                   "allow_stdin": False, "stop_on_error": False}  # fmt: skip
        metadata = {"cellId": cell, "deletedCells": list(deleted)}
        sent = self.client.session.msg("execute_request", content, metadata=metadata)
        self.client.shell_channel.send(sent)
        said = []
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            kind, content = message["msg_type"], message["content"]
            assert kind != "error", content["traceback"]
            if kind == "status" and content["execution_state"] == "idle":
                return "".join(said).strip()
            if kind == "stream":
                said.append(content["text"])

    @property
    def open(self):
        """How many explorers are open."""
        return int(self.run("count", "print(len(explorers()))"))


@pytest.fixture(scope="module")
def kernel():
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    manager, client = start_new_kernel(env={**os.environ, "PYTHONPATH": paths})
    yield Notebook(client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def notebook(kernel):
    """The kernel, without explorers and variables of other tests."""
    kernel.run("tidy", "for explorer in explorers(): explorer.close()\ndel explorer"
               if kernel.open else "pass")  # fmt: skip
    kernel.run("tidy", f"for name in set(globals()) - {{*{kernel.names}}}:\n"
               "    if not name.startswith('_'): del globals()[name]")  # fmt: skip
    assert kernel.open == 0
    return kernel


def test_a_cell_that_runs_again_closes_its_explorer(notebook):
    for _ in range(3):
        notebook.run("a", MAKE)
        assert notebook.open == 1
    notebook.run("a", "1")
    assert notebook.open == 0


def test_a_cell_that_fails_closes_what_it_displayed_before(notebook):
    notebook.run("a", MAKE)
    with pytest.raises(AssertionError):
        notebook.run("a", "1 / 0")
    assert notebook.open == 0


def test_other_cells_close_nothing(notebook):
    notebook.run("a", MAKE)
    notebook.run("b", MAKE)
    assert notebook.open == 2


def test_an_explorer_that_another_cell_displays_stays_until_that_one_runs(notebook):
    notebook.run("a", f"e = {MAKE}\ne")
    notebook.run("b", "display(e)")
    notebook.run("a", "del e")
    assert notebook.open == 1
    notebook.run("b", "1")
    assert notebook.open == 0


def test_a_deleted_cell_closes_its_explorer_with_the_next_run(notebook):
    notebook.run("a", MAKE)
    notebook.run("b", "1", deleted=["a"])
    assert notebook.open == 0


def test_a_cell_that_was_cut_and_pasted_keeps_its_explorer(notebook):
    notebook.run("a", MAKE)
    notebook.run("b", "set_on_page(True)")
    notebook.run("b", "1", deleted=["a"])
    assert notebook.open == 1
    notebook.run("a", "1")
    assert notebook.open == 0


def test_clearing_the_output_closes_nothing(notebook):
    notebook.run("a", MAKE + "\nclear_output()")
    notebook.run("b", "set_on_page(False)")
    assert notebook.open == 1


@pytest.mark.parametrize(
    "hold",
    [
        "kept = e",
        "_kept = e",
        "kept = [1, (2, {'three': [e]})]",
        "kept = {e}",
        "class Box: pass\nkept = Box(); kept.inner = Box(); kept.inner.explorer = e",
        "kept = e.refresh",
        "import ipywidgets; kept = ipywidgets.VBox([e])",
        "kept = [e]; kept.append(kept)",
    ],
)
def test_an_explorer_that_a_variable_holds_stays_until_it_does_not(notebook, hold):
    notebook.run("a", f"e = {MAKE}\ndisplay(e)\n{hold}\ndel e")
    notebook.run("a", "1")
    assert notebook.open == 1
    notebook.run("b", "kept = _kept = None")
    assert notebook.open == 0


def test_a_cell_that_rebinds_its_variable_closes_the_old_explorer(notebook):
    for _ in range(3):
        notebook.run("a", f"e = {MAKE}\ne")
        assert notebook.open == 1
    assert notebook.run("b", "print(e.comm is not None)") == "True"


def test_a_variable_that_is_rebound_in_another_cell_keeps_the_explorer_on_the_page(notebook):
    notebook.run("a", f"e = {MAKE}\ne")
    notebook.run("b", "e = None")
    assert notebook.open == 1


def test_the_history_of_outputs_does_not_keep_a_closed_explorer(notebook):
    notebook.run("a", f"{MAKE}")
    notebook.run("b", "gone = weakref.ref(explorers()[0])")
    notebook.run("c", "[_]")  # Out also holds it inside a list
    notebook.run("a", "1")
    assert notebook.run("b", "print(gone())") == "None"
    assert notebook.run("d", "5\n") == "" and notebook.run("b", "print(_)") == "5"


def test_without_cell_ids_nothing_is_closed(notebook):
    notebook.run(None, MAKE)
    notebook.run(None, MAKE)
    assert notebook.open == 2


def test_thirty_runs_leave_the_widgets_of_one_and_no_extra_memory(notebook):
    notebook.run("b", "def rss():\n    gc.collect()\n"
                 "    return int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6\n"
                 if Path("/proc/self/statm").exists() else "rss = lambda: 0")  # fmt: skip
    measure = "print(len(registry._instances), rss())"
    for _ in range(2):
        notebook.run("a", "KernelExplorer('cat')")
    widgets, memory = map(float, notebook.run("b", measure).split())
    for _ in range(30):
        notebook.run("a", "KernelExplorer('cat')")
    after, now = map(float, notebook.run("b", measure).split())
    assert after <= 2 * widgets
    assert now - memory <= 10


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_close_closes_every_widget_of_an_explorer(kind):
    before = set(registry._instances)
    explorer = KINDS[kind]()
    assert set(registry._instances) > before
    explorer.close()
    assert set(registry._instances) == before
    explorer.close()  # closing again does nothing


def test_close_pauses_a_runner_first():
    learner = KernelLearner(IMAGE)
    learner.runner.running = True
    learner.close()
    assert not learner.runner.running


def test_a_closed_explorer_says_so_when_it_is_displayed(capsys):
    explorer = ParameterCounter()
    explorer.close()
    explorer._ipython_display_()
    assert capsys.readouterr().out.startswith("This ParameterCounter is closed")


def test_outside_ipython_nothing_is_remembered():
    assert get_ipython() is None
    ParameterCounter()._ipython_display_()
