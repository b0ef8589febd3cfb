"""Threads: work shared between two cores, and matrix products that keep to one."""

import os
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import copy_context
from functools import cache
from threading import RLock

from threadpoolctl import ThreadpoolController

ALONE = 262_144  # multiplications; OpenBLAS gives fewer than these to one thread by itself
FEW = 16  # parts that are not worth a second thread
_turn = RLock()  # blocks of two threads that overlapped could not tell what to restore


@cache
def _controller():
    """Look for the matrix library that NumPy brought along. It takes milliseconds, so once."""
    return ThreadpoolController()


@contextmanager
def one_thread(products=ALONE):
    """Let the matrix products inside this block run on one thread.

    `products` is how many numbers a product multiplies at most; few do not need us, and 0.01 ms is
    saved.

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
    if products < ALONE:
        yield
    else:
        with _turn, _controller().limit(limits=1, user_api="blas"):
            yield


def share_out(work, parts, worth=None):
    """Call `work` here and in a second thread, both with an iterator that hands out `parts` once.

    NumPy lets other threads run while it computes on an array. To wake a thread takes about 0.05
    ms: say whether the parts are `worth` it; if left out, a few are not. `work` must not care which
    parts are done first.

    >>> done = []
    >>> share_out(done.extend, range(40))
    >>> sorted(done) == list(range(40))
    True
    """
    if not (len(parts) >= FEW if worth is None else worth):
        return work(parts)
    parts = iter(parts)  # whoever is done first takes the next: the other core may be busy
    try:
        other = _second().submit(copy_context().run, work, parts)  # with the caller's errstate
    except RuntimeError:  # Python is about to end, and starts no more
        return work(parts)
    try:
        work(parts)
    finally:
        wait([other])
    other.result()


@cache
def _second():
    """The second thread, started when it is needed for the first time."""
    return ThreadPoolExecutor(1)


def _begin_anew():
    """A forked process has lost the thread, and may have been made while another held the turn."""
    global _turn
    _turn = RLock()
    _second.cache_clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
