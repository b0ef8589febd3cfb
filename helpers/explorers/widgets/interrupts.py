"""Interrupts of the kernel, handled between two steps of a job, so that every step is completed."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Interrupts:
    """A counter of interrupts (SIGINT); only the main thread receives them.

    Between cells Jupyter's kernel ignores interrupts, and while a cell runs they raise
    KeyboardInterrupt: both handlers are restored when the job ends.
    """

    _current: "Interrupts | None" = None  # the counter of the handler below

    def __init__(self) -> None:
        self.count, self._working = 0, False

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count an interrupt; a second one raises KeyboardInterrupt."""
        if not _on_main_thread():
            yield
            return
        Interrupts._current, self._working = self, True
        before = signal.signal(signal.SIGINT, _handle)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
            self._working = False

    def listen(self) -> None:
        """Count interrupts that would be ignored, until `ignore`."""
        if _on_main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            Interrupts._current = self
            signal.signal(signal.SIGINT, _handle)

    def ignore(self) -> None:
        """Undo `listen`."""
        if _on_main_thread() and signal.getsignal(signal.SIGINT) is _handle:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def _handle(*_: Any) -> None:
    """Count an interrupt. One handler for all: a kernel may restore it after the job has ended."""
    present = Interrupts._current
    assert present is not None  # set before the handler
    present.count += 1
    if present.count > 1 and present._working:
        raise KeyboardInterrupt


def _on_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
