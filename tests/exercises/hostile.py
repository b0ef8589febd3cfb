"""Answers that are no answers: none may be accepted, stop `check`, or change anything."""

import asyncio
import itertools
import sys

import numpy as np


class Breaks:
    """An object that raises an error whenever it is used."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("touched")

    __eq__ = __bool__ = __len__ = __repr__ = __iter__ = __float__ = __getattr__ = __array__


class CallableBreaks(Breaks):
    """It can be called, and that is all."""

    def __call__(self, *args):
        return 4


class Mute(Exception):
    """An error that cannot even be shown."""

    def __str__(self):
        raise self


class Plain:
    """A class is callable, but no function."""

    def __init__(self, *args):
        pass


OBJECTS = [
    Breaks(), CallableBreaks(), object(), {}, set(), "", "4", b"\x00", [], [[1], [1, 2]], [[Breaks()]], (..., ...),
    1j, True, np.True_, float("nan"), float("inf"), -np.inf, 10**400, np.array(["a"]), np.array(1j),
    np.zeros((0, 3)), np.full((3, 3), np.nan), np.full((3, 3, 3), np.inf),
    np.broadcast_to(0.0, (40_000, 40_000)), np.ones((3, 3), bool), "identity\n" * 999,
    print, type, Plain, sys, lambda: None,
]  # fmt: skip


def _raises(error):
    def function(*args):
        raise error

    return function


def recursive(*args):
    """Calls itself without an end."""
    return recursive(*args)


def many_lines(*args):
    """An error of many long lines."""
    raise ValueError("line\n" * 9999)


def spoils(*args):
    """Fills its arguments with 99 and returns the first."""
    for each in args:
        if isinstance(each, np.ndarray):
            each[...] = 99
    return args[0]


def long_name(*args, default="x" * 9999):
    raise ValueError


long_name.__name__ = "long\n" * 999


def many_parameters(a, b, c, d, e, f, g, h, i="x" * 9999):
    return a


FUNCTIONS = {
    "raises an error": _raises(ValueError("no")),
    "raises an error without words": _raises(KeyError()),
    "raises an error that cannot be shown": _raises(Mute()),
    "raises an error of many lines": many_lines,
    "has a long name": long_name,
    "has many parameters": many_parameters,
    "leaves Python": lambda *args: sys.exit(),
    "is canceled": _raises(asyncio.CancelledError()),
    "closes a generator": _raises(GeneratorExit()),
    "runs out of memory": _raises(MemoryError()),
    "calls itself": recursive,
    "returns nothing": lambda *args: None,
    "returns the three dots": lambda *args: ...,
    "returns text": lambda *args: "text",
    "returns text of digits": lambda *args: "4",
    "returns itself": lambda *args: recursive,
    "returns an object that breaks": lambda *args: Breaks(),
    "returns NaN": lambda *args: np.full((4, 5), np.nan),
    "returns infinity": lambda *args: np.inf,
    "returns complex numbers": lambda *args: np.full((4, 5), 1j),
    "returns booleans": lambda *args: np.ones((4, 5), bool),
    "returns a ragged list": lambda *args: [[1], [1, 2]],
    "returns an endless generator": lambda *args: itertools.count(),
    "returns a huge array": lambda *args: np.broadcast_to(0.0, (40_000, 40_000)),
    "returns an empty array": lambda *args: np.zeros((0, 3)),
    "returns a number too large for a float": lambda *args: 10**400,
    "spoils its arguments": spoils,
}
