"""Runner: repeats a piece of work in the background, a slice at a time, so that the page stays awake."""

import asyncio
import threading
import time

import ipywidgets
from traitlets import Bool, Unicode

from helpers.explorers.base import button, one_line
from helpers.explorers.widgets.interrupts import Interrupts
from helpers.validation import as_whole

SLICE = 0.03  # seconds of work between two looks at what the learner did
BREATH = 0.004  # seconds left to the kernel for that
PICTURE = 0.1  # seconds from picture to picture: more cannot be followed by eye
PAUSED = "paused by an interrupt; start goes on"


class Runner(ipywidgets.Box):
    """A button to start and pause, and one for a single step.

    Parameters
    ----------
    work : function() that does one step; it returns False when there is nothing more to do
    show : function() that shows where the work stands
    step_help : str, what a step is
    pace : function() that gives how many steps a second to do; as many as there is time for, if
        left out

    `running` says whether it works by itself; `run(steps)` works at once, without a page. Only one
    runner runs at a time: starting another, or running its cell again, pauses this one. So does an
    interrupt of the kernel; a second one breaks off a step that does not end. `lock` is held during
    every step: the page's messages may come on another thread.
    """

    running = Bool(False)
    error = Unicode()  # why the work stopped by itself
    _present = None  # the runner that runs

    def __init__(self, work, show, step_help, pace=None):
        self._work, self._show, self._pace = work, show, pace
        self.lock = threading.RLock()
        self._home = _running_loop()  # the kernel's own: a click may come from another
        self._task = None
        self.toggle = button("start", "", self._press, "90px", button_style="primary")
        self.step = button("step", step_help, lambda: self.run(1), "70px")
        super().__init__([self.toggle, self.step], layout={"grid_gap": "0 8px"})
        self.observe(self._label, "running")
        self._label()
        if Runner._present is not None:
            Runner._present.pause()

    def _press(self):
        if self.running:
            self.pause()
        else:
            self.start()

    def _label(self, change=None):
        self.toggle.description = "pause" if self.running else "start"
        self.toggle.tooltip = "Stop here; start goes on" if self.running else "Go on by itself"
        self.step.disabled = self.running

    def start(self):
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
        self.error, self.running = "", True
        if loop is here:
            self._begin()
        else:
            loop.call_soon_threadsafe(self._begin)

    def pause(self):
        """Stop after the step at hand."""
        self.running = False

    def run(self, steps):
        """Do some steps now, and show where they led.

        Raises
        ------
        ValueError, TypeError : when `steps` is no whole number of at least 0.
        """
        steps = as_whole("steps", steps, least=0)
        self.error = ""
        self._repeat(range(steps), Interrupts())
        self._show_now()

    def _begin(self):
        self._task = asyncio.get_running_loop().create_task(self._slices())

    async def _slices(self):
        me, interrupts = asyncio.current_task(), Interrupts()
        shown = self._looked = time.monotonic()
        self._due = 1.0  # steps that the pace allows by now
        try:
            while self.running and self._task is me:
                self._repeat(self._turns(), interrupts)
                if time.monotonic() - shown > PICTURE:
                    self._show_now()
                    shown = time.monotonic()
                interrupts.hear()
                await asyncio.sleep(BREATH)
        finally:
            interrupts.ignore()
            if self._task is me:  # else it was started anew, and goes on
                self.running = False
                if Runner._present is self:
                    Runner._present = None
                self._show_now()

    def _repeat(self, turns, interrupts):
        """Work until the turns, the work or our luck runs out."""
        try:
            with interrupts.waiting():
                for _ in turns:
                    if interrupts.count:
                        break
                    with self.lock:
                        more = self._work()
                    if more is False:
                        self.running = False
                        break
            if interrupts.count:
                self.running, self.error = False, PAUSED
        except (Exception, KeyboardInterrupt) as error:
            self.running, self.error = False, one_line(error)

    def _turns(self):
        """Turns until the slice is over, or until the pace says to wait."""
        until = time.monotonic() + SLICE
        if self._pace is not None:
            now, pace = time.monotonic(), self._pace()
            most = max(1.0, 2 * pace * SLICE)  # where work is slow, nothing is made up for
            self._due = min(self._due + pace * (now - self._looked), most)
            self._looked = now
        while self.running and time.monotonic() < until:
            if self._pace is not None:
                if self._due < 1:
                    return
                self._due -= 1
            yield

    def _show_now(self):
        with self.lock:
            self._show()


def _running_loop():
    """The event loop that runs on this thread, or None."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
