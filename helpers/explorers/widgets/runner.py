"""Runner: repeats a step in the background, in time slices, so that the page stays responsive."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from typing import Any

from traitlets import Bool, HasTraits, Unicode

from helpers.explorers.models.user_function import one_line
from helpers.explorers.widgets.controls import Button
from helpers.explorers.widgets.element import row
from helpers.explorers.widgets.interrupts import Interrupts
from helpers.validation import as_whole

SLICE = 0.03  # seconds of work before the kernel handles messages
PAUSE = 0.004  # seconds for the kernel to handle messages
PICTURE = 0.06  # seconds between two pictures
PAUSED = "paused by an interrupt; press start to continue"
UNSEEN = "paused, since its page was closed or opened again; press start to continue"


class Runner(HasTraits):
    """A button to start and pause, one for a single step, and one to restart.

    Parameters
    ----------
    work : function() that does one step; it returns False if none is left
    begin : function() that resets the work
    show : function() that shows the current state
    step_help, restart_help : str, tooltips of these buttons
    pace : function() that returns the number of steps per second; as many as possible if left out
    batch : function() that returns a context in which all changes are sent to the page together

    `running` is True while steps are repeated in the background; `run(steps)` does them at once,
    without a page. Only one runner runs at a time: starting another, or running its cell again,
    pauses this one. So does an interrupt of the kernel; a second one stops a step that does not
    end. `lock` is held during every step: messages from the page may arrive on another thread.
    """

    running = Bool(False)
    error = Unicode()  # why it stopped, if not by pause
    _current: "Runner | None" = None  # the runner that is running

    def __init__(
        self,
        work: Callable,
        begin: Callable,
        show: Callable,
        step_help: str = "",
        restart_help: str = "",
        pace: Callable[[], float] | None = None,
        batch: Callable = nullcontext,
    ):
        super().__init__()
        self._work, self._reset, self._show = work, begin, show
        self._pace = None if pace is None else Pace(pace)
        self._batch = batch
        self.lock = threading.RLock()
        self._kernel_loop = _running_loop()  # a click may arrive in another loop
        self._task: asyncio.Task | None = None
        self._why = ""  # it was paused
        self.toggle = Button("start", "", self._press, primary=True, style={"width": "64px"})
        self.step = Button("step", step_help, lambda: self.run(1))
        self.restart_button = Button("restart", restart_help, self.restart)
        self.box = row(self.toggle, self.step, self.restart_button, align_items="center")
        self._label_buttons()
        self.observe(self._update_buttons, "running")
        if Runner._current is not None:
            Runner._current.pause()

    def _press(self) -> None:
        if self.running:
            self.pause()
        else:
            self.start()

    def _label_buttons(self) -> None:
        self.toggle.label = "pause" if self.running else "start"
        self.toggle.help = "Pause; start continues" if self.running else "Run until paused"
        self.step.disabled = self.running

    def _update_buttons(self, change: Any) -> None:
        with self._batch():
            self._label_buttons()

    def start(self) -> None:
        """Run in the background until `pause`, or until no step is left.

        Raises
        ------
        RuntimeError : if no event loop is running; in a notebook there is one.
        """
        if self.running:
            return
        here = _running_loop()
        loop = self._kernel_loop if self._kernel_loop and self._kernel_loop.is_running() else here
        if loop is None:
            raise RuntimeError(
                "start() needs a running event loop, as in a notebook; otherwise use run(steps)"
            )
        if Runner._current is not None:
            Runner._current.pause()
        Runner._current = self
        with self._batch():
            self.error, self._why, self.running = "", "", True
        if loop is here:
            self._begin()
        else:
            loop.call_soon_threadsafe(self._begin)

    def pause(self, why: str = "") -> None:
        """Stop after the current step; `why` is shown as an error."""
        if self.running:
            self._why, self.running = why, False

    def restart(self) -> None:
        """Pause, and reset the work."""
        self.pause()
        with self.lock, self._batch():
            self.error = ""
            self._reset()
            self._show()

    def run(self, steps: int) -> None:
        """Do some steps now, and show the result.

        Raises
        ------
        ValueError, TypeError : if `steps` is not a whole number of at least 0.
        """
        steps = as_whole("steps", steps, least=0)
        self.error = ""
        self._report(self._repeat(range(steps), Interrupts()))

    def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._slices())

    async def _slices(self) -> None:
        me, interrupts, stopped = asyncio.current_task(), Interrupts(), None
        shown = time.monotonic()
        if self._pace is not None:
            self._pace.begin()
        try:
            while self.running and self._task is me:
                stopped = self._repeat(self._turns(), interrupts, lambda: self.running)
                if stopped is not None:
                    break
                if time.monotonic() - shown > PICTURE:
                    self._report(None)
                    shown = time.monotonic()
                interrupts.listen()
                await asyncio.sleep(PAUSE)
        finally:
            interrupts.ignore()
            if self._task is me:  # not if it was started again meanwhile
                if Runner._current is self:
                    Runner._current = None
                self._report(stopped or self._why)

    def _repeat(
        self, turns: Iterable, interrupts: Interrupts, goes_on: Callable[[], bool] = lambda: True
    ) -> str | None:
        """Do a step per turn and return None, or why it stopped; "" if no step is left."""
        more = None
        try:
            with interrupts.waiting():
                for _ in turns:
                    if interrupts.count:
                        break
                    with self.lock:
                        if not goes_on():  # paused by another thread while waiting for the lock
                            break
                        more = self._work()
                    if more is False:
                        break
        except (Exception, KeyboardInterrupt) as error:
            return one_line(error)
        if interrupts.count:
            return PAUSED
        return "" if more is False else None

    def _report(self, stopped: str | None) -> None:
        """Show the current state, together with why it stopped, if it did."""
        with self.lock, self._batch():
            if stopped is not None:
                self.running, self.error = False, stopped
            self._show()

    def _turns(self) -> Iterator[None]:
        """Yield turns until the time slice ends, or the pace requires to wait."""
        until = time.monotonic() + SLICE
        if self._pace is not None:
            self._pace.look()
        while self.running and time.monotonic() < until:
            if self._pace is not None and not self._pace.take():
                return
            yield


class Pace:
    """Limits the number of steps per second to `pace()`."""

    def __init__(self, pace: Callable[[], float]):
        self._pace = pace

    def begin(self) -> None:
        """Allow the first step."""
        self._due, self._last_look = 1.0, time.monotonic()

    def look(self) -> None:
        """Add the steps that are due by now; if steps are slow, missed ones are not made up for."""
        now, pace = time.monotonic(), self._pace()
        most = max(1.0, 2 * pace * SLICE)
        self._due = min(self._due + pace * (now - self._last_look), most)
        self._last_look = now

    def take(self) -> bool:
        """Take a step, if one is due."""
        if self._due < 1:
            return False
        self._due -= 1
        return True


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """The event loop that runs on this thread, or None."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
