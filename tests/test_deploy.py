"""A class's memory limit: the largest kernel ends when a learner's processes have too much together."""

import importlib.util
import json
import logging
import subprocess
import sys
import tokenize
from pathlib import Path

import psutil
import pytest

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
SERVER = """
import subprocess, sys
kept = [subprocess.Popen([sys.executable, "-c", size]) for size in sys.argv[1:]]
print(*(each.pid for each in kept), flush=True)
sys.stdin.read()
for each in kept:
    each.kill()
"""
# a process that holds so many MB, and says when it does
HOLD = "import sys, time; kept = b'x' * ({} << 20); print('there', file=sys.stderr, flush=True); time.sleep(600)"
log = logging.getLogger("hub")


@pytest.fixture(scope="module")
def limit_of():
    """`end_largest_beyond` of the hub's folder, which is no package."""
    spec = importlib.util.spec_from_file_location("memory_of_learners", DEPLOY / "memory.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.end_largest_beyond


@pytest.fixture(scope="module")
def server():
    """A stand-in for a server, with kernels that hold 80 and 30 MB; their numbers."""
    command = [sys.executable, "-c", SERVER, HOLD.format(80), HOLD.format(30)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        kernels = [int(number) for number in process.stdout.readline().split()]
        assert [process.stderr.readline() for _ in kernels] == ["there\n"] * 2
        yield process.pid, kernels
        process.stdin.close()


def test_within_the_limit_nothing_ends(limit_of, server):
    pid, kernels = server
    assert limit_of(500 << 20, pid, log) is None
    assert all(map(psutil.pid_exists, kernels))


def test_beyond_it_the_largest_kernel_ends(limit_of, server, caplog):
    """Neither the server nor the small kernel, though both together had too much."""
    pid, (large, small) = server
    assert limit_of(100 << 20, pid, log) == large
    psutil.wait_procs([psutil.Process(large)] if psutil.pid_exists(large) else [], timeout=5)
    assert "100 allowed" in caplog.text and psutil.Process(small).is_running()
    assert limit_of(100 << 20, pid, log) is None


def test_a_server_that_has_ended_is_no_error(limit_of):
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    assert limit_of(1, done.pid, log) is None


def test_nobody_gets_in_by_default():
    """The hub listens on this machine alone, with a password that is made, not written down."""
    with tokenize.open(DEPLOY / "jupyterhub_config.py") as file:
        source = file.read()
    assert 'c.JupyterHub.bind_url = "http://127.0.0.1:8000"' in source
    assert "user_password = password()" in source and "dummy" not in source


def test_a_learners_jupyterlab_asks_nobody_for_news():
    """Its extension for that is off, and the hub tells each server where this is written."""
    folder = DEPLOY / "jupyter" / "labconfig"
    off = json.loads((folder / "page_config.json").read_text(encoding="utf-8"))
    assert off["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"]
    with tokenize.open(DEPLOY / "jupyterhub_config.py") as file:
        assert '"JUPYTER_CONFIG_PATH": str(HERE / "jupyter")' in file.read()
