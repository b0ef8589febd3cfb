"""An event loop like that of a notebook's kernel: interrupts are ignored between cells."""

import asyncio
import signal
import time
from contextlib import contextmanager

from helpers.explorers.widgets.runner import Runner


@contextmanager
def kernel_signals(handler=signal.SIG_IGN):
    """Handle SIGINT in the block as a kernel handles it between cells."""
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def in_a_kernel(scene):
    """Run a coroutine function; work still running at its end is paused."""

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
    """Wait, letting other tasks run, until a condition is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.005)
