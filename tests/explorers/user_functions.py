"""The explorers that convolve with the learner's function, and what such a function may do."""

import sys
from asyncio import CancelledError
from functools import partial
from typing import NamedTuple

import numpy as np
from explorers import driving as page
from explorers.driving import picture

from helpers import KERNELS, convolve, convolve_loops
from helpers.encoding import encode_png
from helpers.explorers import (
    BankExplorer,
    ChannelExplorer,
    EdgeExplorer,
    KernelExplorer,
    WindowExplorer,
)

SLICES = np.random.default_rng(3).integers(-3, 4, (3, 3, 3)).astype(float)
FAMILIES = ["prewitt", "scharr"]


class UserOfFunction(NamedTuple):
    """An explorer, the names of the computed arrays, and a change that calls the function again."""

    explorer: type
    arguments: tuple  # before `convolve`
    computed: tuple  # names of arrays of the explorer, or of its maps
    change: callable
    calls: int  # of the function, for one picture

    def build(self, convolve):
        return self.explorer(*self.arguments, convolve=convolve)

    def outputs(self, explorer):
        """Everything that the function computed, as arrays."""
        source = explorer.maps if self.explorer is EdgeExplorer else explorer
        return [np.array(getattr(source, name)) for name in self.computed]


def _new_weights(weights, number):
    weights.kernel = KERNELS[["outline", "emboss"][number]]


def _new_picture(explorer, number):
    pixels = np.uint8(20 * picture(9, 13, seed=number + 5))
    page.upload(explorer.picker, f"{number}.png", encode_png(pixels))


USERS = {
    "kernel": UserOfFunction(
        KernelExplorer, (picture(7, 11), "sharpen"), ("result",),
        lambda ours, number: _new_weights(ours.weights, number), 1),
    "window": UserOfFunction(
        WindowExplorer, (np.arange(35).reshape(5, 7) % 8, KERNELS["sharpen"]), ("result",),
        lambda ours, number: _new_weights(ours.weights, number), 1),
    "edge": UserOfFunction(
        EdgeExplorer, (picture(7, 11),), ("vertical", "horizontal", "magnitude", "direction"),
        lambda ours, number: setattr(ours.family, "value", FAMILIES[number]), 2),
    "channel": UserOfFunction(
        ChannelExplorer, (picture(7, 11, 3), SLICES), ("maps", "result", "feature_map"),
        lambda ours, number: _new_weights(ours.weights[1], number), 3),
    "bank": UserOfFunction(BankExplorer, (picture(9, 13),), ("maps", "output_maps"), _new_picture, 16),
}  # fmt: skip


class Switch:
    """A correct function until `bad` is set, then that one."""

    __name__ = "my_convolve"
    bad = None

    def __call__(self, image, kernel, **options):
        return (self.bad or convolve)(image, kernel, **options)


def _forever(image, kernel):
    return _forever(image, kernel)


async def _waits(image, kernel, **options):
    return convolve(image, kernel)


def _raises(error):
    def run(image, kernel, **options):
        raise error

    return run


def _mutates(image, kernel):
    output = convolve(image, kernel)
    image[:], kernel[:] = 0, 7
    return output


def _prints(image, kernel):
    print("look", image.shape)
    return convolve(image, kernel)


class _Callable:
    def __call__(self, image, kernel):
        return convolve(image, kernel)


WRONG = {
    "raises": (_raises(RuntimeError("so it goes")), "RuntimeError: so it goes"),
    "raises in many lines": (_raises(ValueError("one\ntwo\n\nthree")), "one two three"),
    "raises at length": (_raises(ValueError("long " * 999)), "long long"),
    "raises HTML": (_raises(ValueError("<img src=x>")), "<img src=x>"),
    "leaves": (lambda *_, **__: sys.exit(2), "SystemExit"),
    "is cancelled": (_raises(CancelledError("enough")), "CancelledError: enough"),
    "is stopped": (_raises(KeyboardInterrupt()), "interrupted"),
    "returns nothing": (lambda *_, **__: None, "is a return statement missing?"),
    "returns a number": (lambda *_, **__: 3.0, "shape ()"),
    "returns the image": (lambda image, *_, **__: image, "shape"),
    "returns it on its side": (lambda *a, **o: convolve(*a, **o).T, "shape"),
    "returns a channel more": (lambda *a, **o: convolve(*a, **o)[..., None], "shape"),
    "returns strings": (lambda *a, **o: convolve(*a, **o).astype(str), "numbers"),
    "returns ragged rows": (lambda *_, **__: [[1, 2], [3]], "numbers"),
    "returns complex numbers": (lambda *a, **o: convolve(*a, **o) + 1j, "numbers"),
    "returns NaN": (lambda *a, **o: convolve(*a, **o) * np.nan, "finite"),
    "returns infinity": (lambda *a, **o: convolve(*a, **o) + np.inf, "finite"),
    "returns a mask": (lambda *a, **o: np.ma.masked_less(convolve(*a, **o), 9e9), ".filled(0)"),
    "returns a huge view": (lambda *_, **__: np.broadcast_to(1.0, (15_000, 15_000)), "15000"),
    "takes one argument": (lambda image: image, "takes"),
    "waits": (_waits, "write def instead of async def"),
    "calls itself forever": (_forever, "recursion"),
    "yields": (lambda *_, **__: (row for row in range(5)), "numbers"),
}

RIGHT = {
    "mutates its inputs": _mutates,
    "prints": _prints,
    "lambda": lambda image, kernel: convolve(image, kernel),
    "partial": partial(convolve, bias=0),
    "callable object": _Callable(),
    "loops": convolve_loops,
    "float16": lambda image, kernel: convolve(image, kernel).astype(np.float16),
}
