"""Page messages on their own thread: a change made during an update takes effect."""

import threading
import time

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture
from explorers.looping import in_a_kernel, until
from scipy import signal

from helpers import KERNELS, convolve
from helpers.explorers import (
    BankExplorer,
    ChannelExplorer,
    EdgeExplorer,
    KernelExplorer,
    KernelLearner,
    PoolingExplorer,
    StripeExplorer,
    ValleyExplorer,
    WindowExplorer,
)
from helpers.explorers.models.kernel_descent import mse_gradient

PATIENCE = 20  # seconds
GRAY, COLOR = picture(9, 12), picture(9, 12, 3)


def put(part, **state):
    """A function that changes one control of an explorer, such as "stride"."""

    def change(ours):
        for name, value in state.items():
            setattr(getattr(ours, part), name, value)

    return change


CASES = {
    "kernel": (
        lambda: KernelExplorer(GRAY),
        put("weights", kernel=np.eye(3)),
        [put("stride", number=2), put("preset", value="emboss"), put("view", value="signed")],
    ),
    "window": (
        lambda: WindowExplorer(np.eye(6), np.ones((3, 3))),
        put("weights", kernel=np.eye(3)),
        [put("stride", number=2), put("position_control", number=3), put("output", cursor=(1, 2))],
    ),
    "pooling": (
        lambda: PoolingExplorer(np.eye(8)),
        put("mode", value="mean"),
        [put("size", number=3), put("right", number=1), lambda ours: ours._paint([(0, 1)], [5])],
    ),
    "channels": (
        lambda: ChannelExplorer(COLOR),
        put("bias", number=1),
        [put("preset", value="blue areas"), put("relu", value=False)],
    ),
    "edges": (
        lambda: EdgeExplorer(GRAY),
        put("family", value="scharr"),
        [lambda ours: page.move(ours.views["image"], cursor=[2, 3])],
    ),
    "bank": (
        lambda: BankExplorer(GRAY),
        put("picker", value=GRAY.T),
        [put("filter", index=2), lambda ours: page.move(ours.output_views[0], cursor=[1, 1])],
    ),
    "stripes": (
        StripeExplorer,
        put("period", number=3.0),
        [put("stride", number=2), put("pooling", value="max"), put("over_angle", value=30.0)],
    ),
    "valley": (
        lambda: ValleyExplorer(GRAY),
        put("rate", number=1.0),
        [put("target", value="laplacian"), lambda ours: page.move(ours.bowl, cursor=[9, 9])],
    ),
    "learner": (
        lambda: KernelLearner(GRAY),
        put("rate", number=1.0),
        [put("weights", kernel=np.eye(3)), put("target", value="laplacian")],
    ),
}


class Gate:
    """Lets every thread pass; once it is closed, the next thread waits."""

    def __init__(self):
        self.shut, self.reached, self.opened = False, threading.Event(), threading.Event()

    def pass_through(self):
        if self.shut:
            self.shut = False
            self.reached.set()
            self.opened.wait(PATIENCE)


def at_once(ours, gate, first, second):
    """Make the second change while the update for the first waits at a gate."""
    gate.shut = True
    threads = [threading.Thread(target=change, args=(ours,)) for change in (first, second)]
    threads[0].start()
    assert gate.reached.wait(PATIENCE)
    threads[1].start()
    time.sleep(0.05)
    gate.opened.set()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.mark.parametrize(
    "build, first, second",
    [(build, first, second) for build, first, seconds in CASES.values() for second in seconds],
    ids=[f"{name} {k}" for name, case in CASES.items() for k in range(len(case[2]))],
)
def test_a_change_during_an_update_takes_effect(build, first, second):
    """Everything shown is as if the change came after the update."""
    ours, twin, gate = build(), build(), Gate()
    update = ours.update
    ours.update = lambda: (update(), gate.pass_through())
    at_once(ours, gate, first, second)
    first(twin)
    second(twin)
    assert ours.problem == "" and page.seen(ours) == page.seen(twin)


def test_a_change_during_a_slow_function():
    """The control and the picture agree in the end."""
    gate = Gate()

    def my_convolve(image, kernel, **options):
        gate.pass_through()
        return convolve(image, kernel, **options)

    ours = KernelExplorer(GRAY, convolve=my_convolve)
    at_once(ours, gate, put("weights", kernel=np.eye(3)), put("stride", number=2))
    np.testing.assert_allclose(ours.result, page.expected_output(GRAY, np.eye(3), stride=2))
    assert ours.stride.number == 2 and ours.problem == ""


def test_weights_set_during_a_slow_gradient():
    """The running update does not reset them."""
    gate = Gate()

    def my_gradient(image, kernel, target):
        gate.pass_through()
        return mse_gradient(image, kernel, target)

    ours = KernelLearner(GRAY, gradient=my_gradient)
    at_once(ours, gate, put("rate", number=1.0), put("weights", kernel=np.eye(3)))
    np.testing.assert_array_equal(ours.weights.kernel, np.eye(3))


def test_many_threads_and_a_training():
    """There is no deadlock, and the final view is consistent."""

    async def scene():
        ours = KernelLearner(GRAY, rate=0.5)
        changes = [
            lambda n: put("rate", number=0.1 + n / 100)(ours),
            lambda n: put("weights", kernel=np.full((3, 3), n / 50))(ours),
            lambda n: put("target", value=list(KERNELS)[n % 5])(ours),
            lambda n: ours.spoil(),
            lambda n: ours.restart() if n % 5 == 0 else ours.runner.run(1),
            lambda n: ours.runner.start(),
            lambda n: ours._repr_mimebundle_(),
        ]
        threads = [
            threading.Thread(target=lambda change=change: [change(n) for n in range(20)])
            for change in changes
        ]
        ours.pace.number = 1000
        ours.runner.start()
        for thread in threads:
            thread.start()
        await until(lambda: not any(thread.is_alive() for thread in threads), PATIENCE)
        ours.runner.pause()
        await until(lambda: ours.runner._task.done())
        ours.refresh()
        error = np.float64(ours.weights.kernel - KERNELS[ours.target.value])
        loss = (signal.correlate2d(GRAY - GRAY.mean(), error, "valid") ** 2).mean()
        assert ours.problem == "" and ours.history[-1][1] == pytest.approx(loss, rel=1e-3)

    in_a_kernel(scene)
