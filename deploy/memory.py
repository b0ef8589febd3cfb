"""How much memory a learner's server and its kernels have together, and an end to too much of it."""

import logging

import psutil


def memory(process: psutil.Process) -> int:
    """Return the bytes that would be free without a process; 0 if it has ended."""
    try:
        return process.memory_full_info().uss
    except psutil.NoSuchProcess:
        return 0


def end_largest_beyond(limit: int, server: int, log: logging.Logger) -> int | None:
    """If a server and all under it have more than `limit` bytes, end the largest that is under it.

    Returns the number of the process that was ended. Jupyter starts a kernel that ends again, and tells
    its learner so; the server, and the other kernels, go on.
    """
    try:
        under = psutil.Process(server).children(recursive=True)
        total = memory(psutil.Process(server))
    except psutil.NoSuchProcess:
        return None
    sizes = {process: memory(process) for process in under}
    total += sum(sizes.values())
    if total <= limit or not sizes:
        return None
    largest = max(sizes, key=sizes.__getitem__)
    log.warning("%d MB, %d allowed: process %d ends", total >> 20, limit >> 20, largest.pid)
    largest.kill()
    return largest.pid
