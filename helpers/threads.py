"""Threads: work shared between two cores, and matrix products that keep to one."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import cache
from threading import RLock

from threadpoolctl import ThreadpoolController

FEW = 16  # parts that are not worth a second thread
_turn = RLock()  # blocks of two threads that overlapped could not tell what to restore


@cache
def _controller():
    """Look for the matrix library that NumPy brought along. It takes milliseconds, so once."""
    return ThreadpoolController()


@contextmanager
def one_thread():
    """Let the matrix products inside this block run on one thread.

    The products of a lesson are small. When they are shared out, a thread that is done keeps its
    core busy until the other is done too; if a browser wants that core, a product of 10 ms can
    take 500. Blocks may lie inside each other. Threads take turns, so a block should hold
    products and nothing that waits.

    Source: threadpoolctl, https://github.com/joblib/threadpoolctl

    >>> import numpy as np
    >>> with one_thread():
    ...     np.array([[1, 2], [3, 4]]) @ np.array([1, 1])
    array([3, 7])
    """
    with _turn, _controller().limit(limits=1, user_api="blas"):
        yield


def share_out(work, parts, worth=None):
    """Call `work` with half of `parts` here, and with the other half in a second thread.

    NumPy lets other threads run while it computes on an array. Starting a thread takes about 0.1
    ms: say whether the parts are `worth` it; if left out, a few are not. `work` must not care which
    parts are done first.

    >>> done = []
    >>> share_out(done.extend, range(40))
    >>> sorted(done) == list(range(40))
    True
    """
    if not (len(parts) >= FEW if worth is None else worth):
        return work(parts)
    with ThreadPoolExecutor(1) as second:  # it ends here: a forked process has no lost thread
        half = second.submit(copy_context().run, work, parts[1::2])  # and the caller's errstate
        work(parts[::2])
    half.result()
