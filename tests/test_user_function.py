"""Any function of the user: its numbers, or one line with its name, whatever it does."""

import asyncio
import re
import sys
import threading
import tracemalloc
from concurrent.futures import CancelledError
from functools import partial, wraps

import numpy as np
import pytest
from refusals import refusal
from scipy import sparse

from helpers import convolve, convolve_loops
from helpers.user_function import call

IMAGE = np.random.default_rng(2).integers(-9, 10, (6, 7)).astype(float)
KERNEL = np.array([[1.0, -2], [0, 3], [4, 1]])
OUTPUT = convolve(IMAGE, KERNEL)
HUGE = 15_000


def run(function, **options):
    arguments = {"image": IMAGE, "kernel": KERNEL}
    return call(function, arguments, options, OUTPUT.shape)


def returns(value):
    """A function that returns this value."""

    def my_convolve(image, kernel):
        return value

    return my_convolve


def raises(error):
    def my_convolve(image, kernel):
        raise error

    return my_convolve


class Array:
    """An object whose `__array__` gives something, or raises it."""

    def __init__(self, given):
        self.given = given

    def __array__(self, dtype=None, copy=None):
        if isinstance(self.given, BaseException):
            raise self.given
        return self.given


class Text:
    """An object with a repr that is long, or raises."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        if isinstance(self.text, BaseException):
            raise self.text
        return self.text


class Liar(list):
    def __len__(self):
        return 10**9


class Sequence:
    def __len__(self):
        return 3

    def __getitem__(self, place):
        raise ArithmeticError("no item")


class Spiteful(np.ndarray):
    """An array whose operators, and conversions, fail."""

    def _refuse(self, *arguments, **options):
        raise RuntimeError("do not touch")

    __array_ufunc__ = __array_function__ = __eq__ = __ne__ = __bool__ = __float__ = _refuse
    __add__ = __mul__ = __abs__ = __len__ = __iter__ = astype = copy = _refuse


class SilentError(Exception):
    def __str__(self):
        raise RuntimeError("no message")


def forever(image, kernel):
    return forever(image, kernel)


def deep(image, kernel, left=100):
    return convolve(image, kernel) if left == 0 else deep(image, kernel, left - 1)


async def waits(image, kernel):
    return OUTPUT


def yields(image, kernel):
    yield OUTPUT


async def yields_later(image, kernel):
    yield OUTPUT


def in_line_three(image, kernel):
    rows = len(image)
    return IMAGE[rows, 0]


UNSHOWN = Text(RuntimeError())


def unshown(image=UNSHOWN):
    return image


def logged(function):
    @wraps(function)
    def wrapper(*arguments, **options):
        return function(*arguments, **options)

    return wrapper


class Callable:
    def __init__(self, result=OUTPUT):
        self.result = result

    def __call__(self, image, kernel):
        if isinstance(self.result, Exception):
            raise self.result
        return self.result

    def method(self, image, kernel):
        return self(image, kernel)


class Nameless(Callable):
    @property
    def __name__(self):
        raise RuntimeError("no name")


def on_a_thread(image, kernel):
    found = []
    thread = threading.Thread(target=lambda: found.append(convolve(image, kernel)))
    thread.start()
    thread.join()
    return found[0]


def changes_its_arguments(image, kernel):
    output = convolve(image, kernel)
    image[:], kernel[:] = np.nan, 0
    return output


def prints(image, kernel):
    print("look\n" * 5)
    print("here", file=sys.stderr)
    return convolve(image, kernel)


def strict(image, kernel):
    np.seterr(all="raise")
    return convolve(image, kernel)


RIGHT = {
    "plain loops": convolve_loops,
    "lambda": lambda image, kernel: convolve(image, kernel),
    "partial": partial(convolve, bias=0),
    "object": Callable(),
    "method": Callable().method,
    "object without a name": Nameless(),
    "decorated": logged(convolve),
    "any arguments": lambda *arguments: convolve(*arguments),
    "list": returns(OUTPUT.tolist()),
    "tuples": returns(tuple(map(tuple, OUTPUT))),
    "float32": returns(OUTPUT.astype(np.float32)),
    "float16": returns(OUTPUT.astype(np.float16)),
    "ints": returns(OUTPUT.astype(int)),
    "big-endian": returns(OUTPUT.astype(">f4")),
    "read-only": returns(np.broadcast_to(OUTPUT, OUTPUT.shape)),
    "reversed": returns(OUTPUT[::-1, ::-1].copy()[::-1, ::-1]),
    "an object NumPy can convert": returns(Array(OUTPUT)),
    "subclass with spiteful operators": returns(OUTPUT.view(Spiteful)),
    "nothing masked": returns(np.ma.array(OUTPUT)),
    "changes its arguments": changes_its_arguments,
    "prints": prints,
    "works on a thread": on_a_thread,
    "calls itself": deep,
    "sets NumPy's errors": strict,
}

WRONG = {
    "nothing": (returns(None), "my_convolve returned None.*is a return statement missing?"),
    "a number": (returns(3.0), r"\(4, 6\) for image \(6, 7\), kernel \(3, 2\); got shape \(\)"),
    "its image": (lambda image, kernel: image, r"shape \(4, 6\) .* got shape \(6, 7\)"),
    "no numbers": (returns(np.zeros((4, 0))), "what my_convolve returns must not be empty"),
    "text": (returns("array"), "what my_convolve returns must hold real numbers; got 'array'"),
    "bytes": (returns(b"array"), "must hold real numbers"),
    "a dictionary": (returns({"out": OUTPUT}), "must hold real numbers"),
    "a function": (returns(convolve), "must hold real numbers; got <function"),
    "a class": (returns(Array), "must hold real numbers|failed"),
    "ragged rows": (returns([[1, 2], [3]]), "its rows differ in length"),
    "rows of None": (returns([[None] * 6] * 4), "must hold real numbers"),
    "complex numbers": (returns(OUTPUT + 1j), "must hold real numbers"),
    "objects": (returns(OUTPUT.astype(object)), "must hold real numbers"),
    "a mask": (returns(np.ma.array(OUTPUT, mask=OUTPUT > 0)), r"must not be masked.*filled\(0\)"),
    "a sparse array": (returns(sparse.eye_array(4, 6)), "must hold real numbers"),
    "NaN": (returns(OUTPUT * np.nan), "my_convolve must return finite numbers"),
    "infinity": (returns(OUTPUT + np.inf), "my_convolve must return finite numbers"),
    "an iterator": (returns(iter(OUTPUT)), "must hold real numbers"),
    "a generator": (yields, "yields must return .* write return instead of yield"),
    "a coroutine": (waits, "waits must be an ordinary function: write def instead of async def"),
    "an async generator": (yields_later, "yields_later must return .* instead of yield"),
    "a failing array": (returns(Array(RuntimeError("on the\nGPU"))), "failed: on the GPU"),
    "an array that exits": (returns(Array(SystemExit(3))), "what my_convolve returns .* failed: 3"),
    "an array without memory": (returns(Array(MemoryError())), "what my_convolve .* MemoryError"),
    "a sequence that fails": (returns(Sequence()), "what my_convolve returns"),
    "a length that lies": (returns(Liar([1])), "what my_convolve returns|my_convolve must return"),
    "a failing repr": (returns(Text(RuntimeError())), "what my_convolve returns .* got <Text inst"),
    "a repr of 10 MB": (returns(Text("x" * 10**7)), r"got Text x+\.\.\."),
    "a repr in lines": (returns(Text("two\n\nlines")), "got two lines"),
    "raises": (raises(RuntimeError("so it goes")), "my_convolve failed in line 2 .*: so it goes"),
    "raises in lines": (raises(ValueError("one\n two")), "ValueError: one two$"),
    "raises at length": (raises(ValueError("long " * 10**6)), "ValueError: long long"),
    "raises without a message": (raises(ValueError()), "of the function: ValueError$"),
    "raises without text": (raises(SilentError()), "of the function: SilentError$"),
    "exits": (lambda image, kernel: sys.exit(2), "failed in line 1 of the function: SystemExit: 2"),
    "is cancelled": (raises(CancelledError("enough")), "CancelledError: enough"),
    "is cancelled in a task": (raises(asyncio.CancelledError()), "CancelledError"),
    "ends a generator": (raises(GeneratorExit("over")), "GeneratorExit: over"),
    "stops an iteration": (raises(StopIteration()), "StopIteration"),
    "a group of errors": (raises(BaseExceptionGroup("two", [SystemExit()])), "BaseExceptionGroup"),
    "runs out of memory": (raises(MemoryError()), "my_convolve failed .*: MemoryError$"),
    "calls itself forever": (forever, "forever failed in line 2 .*: RecursionError"),
    "one parameter": (lambda image: image, r"<lambda> must take \(image, kernel\); it takes \(image\)$"),
    "no parameters": (lambda: OUTPUT, r"must take \(image, kernel\)"),
    "three parameters": (lambda image, kernel, bias: image, r"must take .*; it takes \(image, kernel, bias\)$"),
    "a class of one argument": (Array, r"Array must take \(image, kernel\)"),
    "a ufunc": (np.sqrt, "sqrt failed"),
    "a ufunc of two": (np.add, "add failed: ValueError: operands could not be broadcast"),
    "a parameter without a repr": (unshown, "unshown failed: TypeError: unshown.* 1 positional"),
    "a builtin": (len, "len must take|len failed: TypeError"),
    "a type error of its own": (lambda image, kernel: image + {}, "failed in line 1 .* TypeError"),
    "a decorated failure": (logged(in_line_three), "in_line_three failed in line 3 .*IndexError"),
    "a partial failure": (partial(in_line_three), "partial failed in line 3 .*IndexError"),
    "an object's failure": (Callable(KeyError("key")), "Callable failed in line 3 .*KeyError"),
    "a method's failure": (Callable(KeyError("key")).method, "method failed in line 2 .*KeyError"),
    "a name that fails": (Nameless(KeyError("key")), "Nameless failed .*KeyError"),
}  # fmt: skip


@pytest.mark.parametrize("function", RIGHT.values(), ids=RIGHT)
def test_the_right_numbers_whatever_they_come_in(function):
    """As a float64 array of the function's own numbers; its arguments are copies."""
    image, kernel = IMAGE.copy(), KERNEL.copy()
    output = run(function)
    assert type(output) is np.ndarray and output.dtype == float and output.flags.writeable
    np.testing.assert_array_equal(output, OUTPUT)
    assert not np.shares_memory(output, OUTPUT)
    assert np.array_equal(IMAGE, image) and np.array_equal(KERNEL, kernel)


@pytest.mark.parametrize(("function", "words"), WRONG.values(), ids=WRONG)
@pytest.mark.filterwarnings("error")
def test_anything_else_is_one_line_with_the_name_of_the_function(function, words):
    line = refusal(run, function)
    assert re.search(words, line), line


def test_an_interrupt_is_an_interrupt():
    for function in (raises(KeyboardInterrupt()), returns(Array(KeyboardInterrupt()))):
        with pytest.raises(KeyboardInterrupt):
            run(function)


def test_options_that_the_function_does_not_take():
    line = refusal(run, convolve_without_options, stride=2, border="edge")
    assert line.startswith("convolve_without_options must take (image, kernel, stride=…, border=…)")


def convolve_without_options(image, kernel):
    return convolve(image, kernel)


@pytest.mark.parametrize("given", [
    np.broadcast_to(np.float32(1), (HUGE, HUGE)),
    np.broadcast_to(np.array("text"), (HUGE, HUGE)),
    Array(np.broadcast_to(1.0, (HUGE, HUGE))),
], ids=["numbers", "text", "converted"])  # fmt: skip
def test_a_view_of_225_million_numbers_is_refused_without_a_copy(given):
    """Type and shape are looked at first."""
    tracemalloc.start()
    line = refusal(run, returns(given))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2**20 and "15000, 15000" in line and "my_convolve" in line


def test_the_same_array_each_time():
    """What was returned before stays."""
    shared = np.zeros(OUTPUT.shape)

    def fill(image, kernel):
        shared[:] += convolve(image, kernel)
        return shared

    first = run(fill)
    run(fill)
    np.testing.assert_array_equal(first, OUTPUT)


def test_a_view_of_its_arguments():
    np.testing.assert_array_equal(run(lambda image, kernel: image[:4, :6]), IMAGE[:4, :6])


def test_numpys_settings_are_as_before():
    before = np.geterr()
    run(strict)
    refusal(run, lambda image, kernel: np.seterr(all="raise") and None)
    assert np.geterr() == before


def test_numbers_that_are_not_finite_before_the_function():
    """Its image is to blame, not the function."""
    image = np.full(IMAGE.shape, np.nan)
    with pytest.raises(ValueError, match="^the image for convolve must hold finite numbers"):
        call(convolve, {"image": image, "kernel": KERNEL}, {}, OUTPUT.shape)
