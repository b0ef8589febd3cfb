"""Runner: repeats a piece of work in the background, a slice at a time, so that the page stays awake."""

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

SLICE = 0.03  # seconds of work between two looks at what the learner did
BREATH = 0.004  # seconds left to the kernel for that
PICTURE = 0.1  # seconds from picture to picture: more cannot be followed by eye
PAUSED = "paused by an interrupt; start goes on"


class Runner(HasTraits):
    """A button to start and pause, one for a single step, and one to begin again.

    Parameters
    ----------
    work : function() that does one step; it returns False when there is nothing more to do
    begin : function() that goes back to where the work began
    show : function() that shows where the work stands
    step_help, restart_help : str, what a step does, and what beginning again
    pace : function() that returns how many steps to do per second; as many as there is time for, if
        left out
    batch : function() that returns a context in which all that changes on the page goes together

    `running` says whether it works by itself; `run(steps)` works at once, without a page. Only one
    runner runs at a time: starting another, or running its cell again, pauses this one. So does an
    interrupt of the kernel; a second one breaks off a step that does not end. `lock` is held during
    every step: the page's messages may come on another thread.
    """

    running = Bool(False)
    error = Unicode()  # why the work stopped by itself
    _present: "Runner | None" = None  # the runner that runs

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
        self._work, self._begin_again, self._show = work, begin, show
        self._pace = None if pace is None else Pace(pace)
        self._batch = batch
        self.lock = threading.RLock()
        self._home = _running_loop()  # the kernel's own: a click may come from another
        self._task: asyncio.Task | None = None
        self.toggle = Button("start", "", self._press, primary=True, style={"width": "64px"})
        self.step = Button("step", step_help, lambda: self.run(1))
        self.restart_button = Button("restart", restart_help, self.restart)
        self.box = row(self.toggle, self.step, self.restart_button, align_items="center")
        self._label()
        self.observe(self._tell, "running")
        if Runner._present is not None:
            Runner._present.pause()

    def _press(self) -> None:
        if self.running:
            self.pause()
        else:
            self.start()

    def _label(self) -> None:
        self.toggle.label = "pause" if self.running else "start"
        self.toggle.help = "Stop here; start goes on" if self.running else "Go on by itself"
        self.step.disabled = self.running

    def _tell(self, change: Any) -> None:
        with self._batch():
            self._label()

    def start(self) -> None:
        """Work in the background until `pause`, or until the work is done.

        Raises
        ------
        RuntimeError : where no event loop runs, as one does in a notebook.
        """
        if self.running:
            return
        here = _running_loop()
        loop = self._home if self._home and self._home.is_running() else here
        if loop is None:
            raise RuntimeError(
                "start() needs a running event loop, as a notebook has one; without it, use run(steps)"
            )
        if Runner._present is not None:
            Runner._present.pause()
        Runner._present = self
        with self._batch():
            self.error, self.running = "", True
        if loop is here:
            self._begin()
        else:
            loop.call_soon_threadsafe(self._begin)

    def pause(self) -> None:
        """Stop after the present step."""
        self.running = False

    def restart(self) -> None:
        """Pause, and begin again."""
        self.pause()
        with self.lock, self._batch():
            self.error = ""
            self._begin_again()
            self._show()

    def run(self, steps: int) -> None:
        """Do some steps now, and show where they led.

        Raises
        ------
        ValueError, TypeError : when `steps` is not a whole number of at least 0.
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
                interrupts.hear()
                await asyncio.sleep(BREATH)
        finally:
            interrupts.ignore()
            if self._task is me:  # else it was started anew, and goes on
                if Runner._present is self:
                    Runner._present = None
                self._report(stopped or "")

    def _repeat(
        self, turns: Iterable, interrupts: Interrupts, goes_on: Callable[[], bool] = lambda: True
    ) -> str | None:
        """Work until the turns are over, and return None; or why it stopped, "" if it is done."""
        more = None
        try:
            with interrupts.waiting():
                for _ in turns:
                    if interrupts.count:
                        break
                    with self.lock:
                        if not goes_on():  # paused, by another thread, while we waited
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
        """Show where the work stands; if it stopped, that goes to the page together with it."""
        with self.lock, self._batch():
            if stopped is not None:
                self.running, self.error = False, stopped
            self._show()

    def _turns(self) -> Iterator[None]:
        """Turns until the slice is over, or until the pace says to wait."""
        until = time.monotonic() + SLICE
        if self._pace is not None:
            self._pace.look()
        while self.running and time.monotonic() < until:
            if self._pace is not None and not self._pace.take():
                return
            yield


class Pace:
    """Lets through so many steps per second, as `pace()` says."""

    def __init__(self, pace: Callable[[], float]):
        self._pace = pace

    def begin(self) -> None:
        """Let the first step through."""
        self._due, self._looked = 1.0, time.monotonic()

    def look(self) -> None:
        """Add the steps that are due by now; where work is slow, nothing is made up for."""
        now, pace = time.monotonic(), self._pace()
        most = max(1.0, 2 * pace * SLICE)
        self._due = min(self._due + pace * (now - self._looked), most)
        self._looked = now

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
