"""Threads: work shared between two cores, and matrix products that stay on one."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import copy_context
from functools import cache
from threading import RLock

from threadpoolctl import ThreadpoolController

SINGLE_THREADED = 262_144  # multiplications, below which OpenBLAS uses one thread anyway
MIN_PARTS = 16  # parts of work that are worth a second thread
_lock = RLock()  # overlapping blocks of two threads could not tell which limit to restore


@cache
def _controller() -> ThreadpoolController:
    """Find NumPy's matrix library. The search takes milliseconds, so it is done once."""
    return ThreadpoolController()


@contextmanager
def one_thread(products: int = SINGLE_THREADED) -> Iterator[None]:
    """Let the matrix products inside this block run on one thread.

    The matrix products of a lesson are small. When two threads share one, the thread that ends
    first keeps its core busy until the other ends too; if a browser needs that core, a product of
    10 ms can take 500.

    `products` is the number of multiplications of the largest matrix product. Below
    `SINGLE_THREADED` nothing needs to be done, which saves 0.01 ms. Blocks can be nested. Only one
    thread at a time can be inside, so a block should contain matrix products and nothing that waits.

    Source: threadpoolctl, https://github.com/joblib/threadpoolctl

    >>> import numpy as np
    >>> with one_thread():
    ...     np.array([[1, 2], [3, 4]]) @ np.array([1, 1])
    array([3, 7])
    """
    if products < SINGLE_THREADED:
        yield
    else:
        with _lock, _controller().limit(limits=1, user_api="blas"):
            yield


def share_out(
    work: Callable[[Iterable], object], parts: Sequence, shared: bool | None = None
) -> None:
    """Call `work` in this thread and in a second one; together they get each of the `parts` once.

    NumPy lets other threads run while it computes on an array. Waking a thread takes about 0.05 ms,
    so `shared` says whether the work is worth it; if left out, it is for `MIN_PARTS` parts. The
    parts may be done in any order.

    >>> done = []
    >>> share_out(done.extend, range(40))
    >>> sorted(done) == list(range(40))
    True
    """
    if not (len(parts) >= MIN_PARTS if shared is None else shared):
        work(parts)
        return
    pool = _second_thread()
    if pool is None:
        work(parts)
        return
    remaining = iter(parts)  # the thread that is free takes the next: the other core may be busy
    try:
        # The copied context carries the caller's np.errstate.
        other = pool.submit(copy_context().run, work, remaining)
    except RuntimeError:  # Python is shutting down and takes no more work
        work(remaining)
        return
    try:
        work(remaining)
    finally:
        wait([other])
    other.result()


@cache
def _second_thread() -> ThreadPoolExecutor | None:
    """Return the second thread, started when it is needed for the first time.

    None where no thread can start, as in a browser's Python. An executor would keep in its queue
    whatever it could not start a thread for, so its first task is one that holds no arrays.
    """
    pool = ThreadPoolExecutor(1)
    try:
        pool.submit(int)
    except RuntimeError:
        return None
    return pool


def _reset_after_fork() -> None:
    """Replace what a forked process cannot use: the second thread, and a lock another thread held."""
    global _lock
    _lock = RLock()
    _second_thread.cache_clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_reset_after_fork)
