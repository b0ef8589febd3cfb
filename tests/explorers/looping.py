"""An event loop as a notebook's kernel has it: interrupts are ignored between cells."""

import asyncio
import signal
import time
from contextlib import contextmanager

from helpers.explorers.widgets.runner import Runner


@contextmanager
def kernel_signals(handler=signal.SIG_IGN):
    """Meanwhile SIGINT is treated as a kernel treats it between cells."""
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def in_a_kernel(scene):
    """Run a coroutine function; whatever still runs at its end is paused."""

    async def act():
        try:
            await scene()
        finally:
            if Runner._current is not None:
                Runner._current.pause()
            await asyncio.sleep(0.05)

    with kernel_signals():
        asyncio.run(act())
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


async def until(true, seconds=20):
    """Wait, and let others work, until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.005)
