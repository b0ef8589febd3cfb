"""Runner: work in the background, one task at a time, and every way for it to stop."""

import asyncio
import os
import signal
import threading
import time
from contextlib import contextmanager

import pytest
from explorers import driving as page
from explorers.looping import in_a_kernel, kernel_signals, until
from refusals import is_one_line

from helpers.explorers.widgets.runner import PAUSED, SLICE, Runner


class Work:
    """Counts its steps, and calls a function at a given step."""

    def __init__(self, last=None, pause=0.0, at=None, do=None, **options):
        self.count, self.shown = 0, []
        self.last, self.time, self.at, self.do = last, pause, at, do
        self.runner = Runner(
            self.step, self.begin, lambda: self.shown.append(self.count), "a step", **options
        )

    def begin(self):
        self.count = 0

    def step(self):
        if self.count == self.last:
            return False
        time.sleep(self.time)
        if self.count == self.at:
            self.at = None
            self.do()
        self.count += 1
        return None


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


def fail(error):
    def do():
        raise error

    return do


def press(button):
    """Send what the page sends when a button is pressed."""
    page.move(button, press=True)


def test_steps_without_a_loop():
    """`run` does them at once and shows the result once."""
    work = Work()
    work.runner.run(5)
    press(work.runner.step)
    assert work.count == 6 and work.shown == [5, 6] and not work.runner.running


@pytest.mark.parametrize("steps", [-1, 1.5, "3", None, True])
def test_invalid_steps(steps):
    """One line; nothing is done."""
    work = Work()
    with pytest.raises((ValueError, TypeError), match="steps must be a whole number") as caught:
        work.runner.run(steps)
    assert is_one_line(str(caught.value)) and work.count == 0


def test_restart():
    """The work stops, starts again and is shown; an error is cleared."""

    async def scene():
        work = Work(pause=0.001)
        press(work.runner.toggle)
        await until(lambda: work.count > 3)
        work.runner.error = "an error"
        press(work.runner.restart_button)
        assert work.count == work.shown[-1] == 0
        assert not work.runner.running and work.runner.error == ""
        await asyncio.sleep(0.1)
        assert work.count == work.shown[-1] == 0

    in_a_kernel(scene)


def test_restart_on_another_thread_while_a_step_waits():
    """The step that waited for the lock is not done after the restart."""

    async def scene():
        work = Work(pause=0.001)
        work.runner.start()
        await until(lambda: work.count > 3)

        def restart():
            with work.runner.lock:
                time.sleep(0.1)  # by now the loop waits for the lock with its next step
                work.runner.restart()

        thread = threading.Thread(target=restart)
        thread.start()
        await until(lambda: not thread.is_alive())
        await asyncio.sleep(0.05)
        assert work.count == work.shown[-1] == 0

    in_a_kernel(scene)


def test_start_without_a_loop():
    """One line that says what to do; nothing is started."""
    work = Work()
    with pytest.raises(RuntimeError, match=r"event loop.*run\(steps\)") as caught:
        work.runner.start()
    assert is_one_line(str(caught.value))
    assert not work.runner.running and Runner._current is None


def test_start_and_pause():
    """It works and updates the view until paused; the buttons' labels say what they do."""

    async def scene():
        work = Work(pause=0.001)
        runner = work.runner
        assert runner.toggle.label == "start" and not runner.step.disabled
        press(runner.toggle)
        assert runner.running and runner.toggle.label == "pause" and runner.step.disabled
        await until(lambda: len(work.shown) >= 2)
        press(runner.toggle)
        assert not runner.running and runner.toggle.label == "start"
        await asyncio.sleep(0.1)
        count = work.count
        assert work.shown[-1] == count > work.shown[0] > 0 and Runner._current is None
        await asyncio.sleep(0.1)
        assert work.count == count

    in_a_kernel(scene)


def test_a_slice_leaves_the_loop_free():
    """Other tasks of the loop wait for one slice at most."""

    async def scene():
        work = Work(pause=0.001)
        work.runner.start()
        await until(lambda: work.count > 20)
        waits = []
        for _ in range(10):
            began = time.monotonic()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            waits.append(time.monotonic() - began)
        assert sorted(waits)[5] < 4 * SLICE

    in_a_kernel(scene)


def test_work_that_is_done():
    """It stops by itself and shows the end; starting again does no harm."""

    async def scene():
        work = Work(last=7)
        for _ in range(2):
            work.runner.start()
            await until(lambda: Runner._current is None)
            assert work.count == 7 == work.shown[-1]
            assert not work.runner.running and work.runner.error == ""

    in_a_kernel(scene)


@pytest.mark.parametrize("again", ["start", "new"])
def test_one_at_a_time(again):
    """Another one that starts, or is made when a cell is rerun, pauses the first."""

    async def scene():
        first = Work()
        first.runner.start()
        await until(lambda: first.count)
        second = Work()
        if again == "start":
            second.runner.start()
        assert not first.runner.running
        await asyncio.sleep(0.1)
        count = first.count
        await asyncio.sleep(0.1)
        assert first.count == count
        assert second.runner.running == (again == "start") == (second.count > 0)
        if again == "start":
            assert Runner._current is second.runner

    in_a_kernel(scene)


def test_pause_and_start_at_once():
    """There is one background task afterwards, not two."""

    async def scene():
        work = Work(pause=0.001)
        work.runner.start()
        await until(lambda: work.count)
        for _ in range(3):
            work.runner.pause()
            work.runner.start()
        await asyncio.sleep(0.05)
        tasks = [task for task in asyncio.all_tasks() if "_slices" in str(task.get_coro())]
        assert len(tasks) == 1 and work.runner.running and Runner._current is work.runner

    in_a_kernel(scene)


def test_the_pace():
    """Steps per second; a change takes effect at once, with no burst and no long wait."""

    async def scene():
        pace = [100]
        work = Work(pace=lambda: pace[0])
        work.runner.start()
        await asyncio.sleep(1)
        assert 40 <= work.count <= 110
        before, pace[0] = work.count, 20
        await asyncio.sleep(1)
        assert 8 <= work.count - before <= 30
        before, pace[0] = work.count, 1000
        await asyncio.sleep(0.5)
        assert 60 <= work.count - before <= 600

    in_a_kernel(scene)


@pytest.mark.parametrize("error, line", [
    (ValueError("this went\n\nwrong"), "this went wrong"),
    (ZeroDivisionError(), "ZeroDivisionError"),
    (RuntimeError("long " * 999), "long long"),
    (KeyboardInterrupt(), "interrupted"),
])  # fmt: skip
@pytest.mark.parametrize("way", ["background", "run"])
def test_an_error_in_the_work(error, line, way):
    """It pauses and reports the error in one line; starting again clears it."""

    async def scene():
        work = Work(at=3, do=fail(error), last=9)
        if way == "run":
            work.runner.run(9)
        else:
            work.runner.start()
            await until(lambda: not work.runner.running)
        assert work.count == 3 and line in work.runner.error
        assert is_one_line(work.runner.error)
        work.runner.start()
        assert work.runner.error == ""
        await until(lambda: work.count == 9)

    in_a_kernel(scene)


def test_an_error_in_showing():
    """It stops, and can be started again."""

    async def scene():
        runner = Runner(lambda: False, lambda: None, fail(ValueError("no picture")))
        runner.start()
        await until(lambda: Runner._current is None)
        assert not runner.running
        with pytest.raises(ValueError, match="no picture"):
            await runner._task

    in_a_kernel(scene)


@pytest.mark.parametrize("when", ["between slices", "in a step"])
def test_an_interrupt_between_cells(when):
    """A real signal pauses after the current step and is reported; the old handler is restored."""

    async def scene():
        work = Work(pause=0.002, at=5 if when == "in a step" else None, do=interrupt)
        work.runner.start()
        await until(lambda: work.count > 3)
        if when == "between slices":
            await asyncio.sleep(0.01)
            interrupt()
        await until(lambda: Runner._current is None)
        assert not work.runner.running and work.runner.error == PAUSED
        assert work.shown[-1] == work.count
        if when == "in a step":
            assert work.count == 6  # the step was completed
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        work.runner.start()
        assert work.runner.error == "" and work.runner.running
        await until(lambda: work.count > 20)

    in_a_kernel(scene)


def test_an_interrupt_while_a_cell_runs():
    """`run` ends after the current step; the kernel's own handler is restored."""
    with kernel_signals(signal.default_int_handler):
        work = Work(at=3, do=interrupt)
        work.runner.run(10)
        assert work.count == 4 and work.runner.error == PAUSED and work.shown == [4]
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        work.runner.run(10)
        assert work.count == 14 and work.runner.error == ""


def test_a_step_that_does_not_end():
    """A second interrupt stops it."""
    started = threading.Event()

    def forever():
        started.set()
        while True:
            time.sleep(0.001)

    def twice():
        started.wait(10)
        for _ in range(2):
            interrupt()
            time.sleep(0.05)

    with kernel_signals(signal.default_int_handler):
        work = Work(at=2, do=forever)
        thread = threading.Thread(target=twice)
        thread.start()
        work.runner.run(5)
        thread.join()
        assert work.count == 2 and is_one_line(work.runner.error)


def test_a_handler_that_the_kernel_restores():
    """The handler is restored after a cell that pauses the work; the next run can be interrupted."""

    async def scene():
        first, second = Work(), Work(pause=0.001)
        first.runner.start()
        await until(lambda: signal.getsignal(signal.SIGINT) is not signal.SIG_IGN)
        ours = signal.signal(signal.SIGINT, signal.default_int_handler)  # a cell begins
        first.runner.pause()
        await until(lambda: Runner._current is None)
        signal.signal(signal.SIGINT, ours)  # and ends
        interrupt()
        second.runner.start()
        await until(lambda: second.count > 3)
        await asyncio.sleep(0.01)
        interrupt()
        await until(lambda: not second.runner.running)
        assert second.runner.error == PAUSED

    in_a_kernel(scene)


def test_a_click_on_another_thread():
    """The work runs on the thread of the kernel's loop, so that interrupts reach it."""

    async def scene():
        threads = set()
        work = Work(pause=0.001, at=2, do=lambda: threads.add(threading.current_thread()))
        clicking = threading.Thread(target=lambda: press(work.runner.toggle))
        clicking.start()
        clicking.join()
        assert work.runner.running
        await until(lambda: work.count > 10)
        assert threads == {threading.main_thread()}
        interrupt()
        await until(lambda: not work.runner.running)

    in_a_kernel(scene)


def test_the_lock_is_held_during_a_step():
    """Another thread that takes the lock never acts in the middle of a step."""

    async def scene():
        inside, torn = [False], []

        def step():
            inside[0] = True
            time.sleep(0.002)
            inside[0] = False

        runner = Runner(step, lambda: None, lambda: torn.append(inside[0]))

        def look():
            for _ in range(10):
                with runner.lock:
                    torn.append(inside[0])
                time.sleep(0.003)

        runner.start()
        looking = threading.Thread(target=look)
        looking.start()
        await until(lambda: not looking.is_alive())
        assert len(torn) >= 10 and not any(torn)

    in_a_kernel(scene)


def test_changes_are_sent_in_one_batch():
    """The buttons' labels and the error change in one batch each; no batch stays open in between."""

    async def scene():
        batches, sent = [], []

        @contextmanager
        def batch():
            batches.append(1)
            yield
            batches.pop()

        work = Work(at=3, do=fail(ValueError("wrong")), batch=batch)
        runner = work.runner
        for part in (runner.toggle, runner.step):
            part.observe(lambda change: sent.append(len(batches)))
        runner.observe(lambda change: sent.append(len(batches)), "error")
        runner.start()
        await until(lambda: not runner.running)
        assert len(sent) >= 7 and min(sent) > 0 and not batches

    in_a_kernel(scene)
