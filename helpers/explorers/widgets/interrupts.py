"""Interrupts of the kernel, heard between two steps of a work, so that no step is torn."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Interrupts:
    """Counts interrupts (SIGINT) from now on; only the main thread can hear them.

    Between cells Jupyter's kernel ignores interrupts, and while a cell runs they raise
    KeyboardInterrupt: both are put back when the work is over.
    """

    _present: "Interrupts | None" = None  # what the handler below reports to

    def __init__(self) -> None:
        self.count, self._working = 0, False

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Meanwhile an interrupt is only counted; a second one raises KeyboardInterrupt."""
        if not _on_main_thread():
            yield
            return
        Interrupts._present, self._working = self, True
        before = signal.signal(signal.SIGINT, _handle)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
            self._working = False

    def hear(self) -> None:
        """Count interrupts where they would be ignored, until `ignore`."""
        if _on_main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            Interrupts._present = self
            signal.signal(signal.SIGINT, _handle)

    def ignore(self) -> None:
        """Undo `hear`."""
        if _on_main_thread() and signal.getsignal(signal.SIGINT) is _handle:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def _handle(*_: Any) -> None:
    """One handler for all: a kernel may put it back after the work that set it is over."""
    present = Interrupts._present
    assert present is not None  # set before the handler
    present.count += 1
    if present.count > 1 and present._working:
        raise KeyboardInterrupt


def _on_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
