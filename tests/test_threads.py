"""One thread for matrix products inside the block, and as many as before afterwards."""

import gc
import os
import signal
import subprocess
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from helpers import convolve
from helpers._fast import threads
from helpers._fast.threads import one_thread, share_out

ROOT = Path(__file__).resolve().parent.parent


def in_a_thread(work):
    """Run `work` in a thread that ends, as threadpoolctl's limits depend on the calling thread."""
    thread = Thread(target=work)
    thread.start()
    thread.join()


@pytest.fixture
def counts():
    """The number of threads of each matrix library; two before the test."""
    np.ones((2, 2)) @ np.ones((2, 2))
    libraries = ThreadpoolController().select(user_api="blas")
    if not libraries.lib_controllers:
        pytest.skip("threadpoolctl knows no matrix library here (Accelerate on a Mac has none)")
    limits = []
    in_a_thread(lambda: limits.append(libraries.limit(limits=2)))
    yield lambda: {library["num_threads"] for library in libraries.info()}
    in_a_thread(limits[0].restore_original_limits)


def test_one_inside_and_as_before_outside(counts):
    assert counts() == {2}
    with one_thread():
        assert counts() == {1}
    assert counts() == {2}


def test_an_error_ends_the_block(counts):
    with pytest.raises(ZeroDivisionError), one_thread():
        raise ZeroDivisionError
    assert counts() == {2}


def test_a_block_inside_a_block(counts):
    with one_thread():
        with one_thread():
            assert counts() == {1}
        assert counts() == {1}
    assert counts() == {2}


def test_only_one_thread_is_inside_a_block(counts):
    """Overlapping blocks of two threads could restore each other's limit."""
    first_inside, second_inside, first_done = Event(), Event(), Event()

    def first():
        with one_thread():
            first_inside.set()
            overlap = second_inside.wait(0.2)
        first_done.set()
        return overlap

    def second():
        first_inside.wait(20)
        with one_thread():
            second_inside.set()
            first_done.wait(20)
            return counts()

    with ThreadPoolExecutor() as pool:
        one, other = pool.submit(first), pool.submit(second)
    assert not one.result() and other.result() == {1}
    assert counts() == {2}


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 40])
def test_shared_work_is_done_once(count):
    """Each part exactly once, for any number of parts."""
    done = []
    share_out(done.extend, range(count))
    assert sorted(done) == list(range(count))


def test_shared_work_that_fails_raises():
    """From either thread."""
    for bad in (20, 21):
        with pytest.raises(ZeroDivisionError):
            share_out(lambda parts, bad=bad: [1 / (part - bad) for part in parts], range(40))


def test_small_products_change_nothing(counts):
    """The libraries compute them in one thread anyway."""
    with one_thread(products=100):
        assert counts() == {2}
    with one_thread(products=1_000_000):
        assert counts() == {1}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_shares_its_work_too():
    """It starts a second thread of its own; otherwise it would wait forever."""
    share_out([].extend, range(40))
    locked, forked = Event(), Event()

    def hold():
        with one_thread():
            locked.set()
            forked.wait(20)

    thread = Thread(target=hold)
    thread.start()
    locked.wait(20)
    child = os.fork()
    if child == 0:
        done = []
        signal.alarm(20)  # ends the process with an error if it hangs
        with one_thread():
            share_out(done.extend, range(40))
        os._exit(0 if sorted(done) == list(range(40)) else 1)
    forked.set()
    thread.join()
    assert os.waitpid(child, 0)[1] == 0


def test_work_is_done_while_python_ends():
    """No thread can be started then."""
    code = """
import threading, time
from helpers._fast.threads import share_out
share_out([].extend, range(40))
def late():
    time.sleep(0.5)
    done = []
    share_out(done.extend, range(40))
    print(len(done))
threading.Thread(target=late).start()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "40\n" and done.stderr == ""


@pytest.fixture
def no_threads(monkeypatch):
    """No thread can start, as in a browser's Python; the number of attempts is counted."""
    attempts = []

    def start(thread):
        attempts.append(thread.name)
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    threads._second_thread.cache_clear()
    yield attempts
    threads._second_thread.cache_clear()


def test_where_no_thread_can_start_the_work_is_done_and_freed(no_threads):
    """In the calling thread; the work and its arrays are kept by nobody, and one attempt is enough."""
    for _ in range(4):
        array, done = np.ones(1000), []

        def work(parts, array=array, done=done):
            done.extend(part + array[0] for part in parts)

        share_out(work, range(40))
        assert sorted(done) == list(range(1, 41))
        kept = weakref.ref(array)
        del array, work
        gc.collect()
        assert kept() is None
    assert len(no_threads) == 1


def test_where_no_thread_can_start_convolutions_are_the_same(request):
    """Large enough to be shared by two threads elsewhere."""
    image = np.random.default_rng(0).random((900, 900, 3), np.float32)
    kernel = np.random.default_rng(1).random((3, 3), np.float32)
    shared = convolve(image, kernel)
    attempts = request.getfixturevalue("no_threads")
    np.testing.assert_array_equal(convolve(image, kernel), shared)
    assert attempts


def test_errstate_applies_to_both_threads():
    """Overflow raises in the second thread too, if the caller says so."""
    for row in (0, 150):  # in the first band and in the second
        image = np.zeros((4096, 300), np.float32)
        image[row] = 3e38
        with np.errstate(over="raise"), pytest.raises(FloatingPointError):
            convolve(image, [[10.0]])
