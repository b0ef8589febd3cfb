"""A learner's own function in an explorer: whatever it does, one clear line or its picture."""

import sys
from functools import partial

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same

from helpers import KERNELS, convolve, convolve_loops
from helpers.explorers import KernelExplorer, WindowExplorer

IMAGE = picture(7, 11)
WHOLE = np.arange(35).reshape(5, 7) % 8
SHAPES = {KernelExplorer: (5, 9), WindowExplorer: (3, 5)}


def build(explorer, convolve):
    if explorer is KernelExplorer:
        return KernelExplorer(IMAGE, "sharpen", convolve=convolve)
    return WindowExplorer(WHOLE, KERNELS["sharpen"], convolve=convolve)


class Switch:
    """A right function until `bad` is set, then that one."""

    __name__ = "my_convolve"
    bad = None

    def __call__(self, image, kernel, **options):
        return (self.bad or convolve)(image, kernel, **options)


def forever(image, kernel):
    return forever(image, kernel)


def raises(error):
    def run(image, kernel, **options):
        raise error

    return run


WRONG = {
    "raises": (raises(RuntimeError("so it goes")), "RuntimeError: so it goes"),
    "raises in many lines": (raises(ValueError("one\ntwo\n\nthree")), "one two three"),
    "raises at length": (raises(ValueError("long " * 999)), "long long"),
    "raises HTML": (raises(ValueError("<img src=x>")), "<img src=x>"),
    "leaves": (lambda *_, **__: sys.exit(2), "SystemExit"),
    "is stopped": (raises(KeyboardInterrupt()), "stopped"),
    "returns nothing": (lambda *_, **__: None, "is there a return?"),
    "returns a number": (lambda *_, **__: 3.0, "shape ()"),
    "returns the image": (lambda image, *_, **__: image, "shape"),
    "returns it on its side": (lambda *a, **o: convolve(*a, **o).T, "shape"),
    "returns a channel more": (lambda *a, **o: convolve(*a, **o)[..., None], "shape"),
    "returns strings": (lambda *a, **o: convolve(*a, **o).astype(str), "numbers"),
    "returns ragged rows": (lambda *_, **__: [[1, 2], [3]], "numbers"),
    "returns complex numbers": (lambda *a, **o: convolve(*a, **o) + 1j, "numbers"),
    "returns NaN": (lambda *a, **o: convolve(*a, **o) * np.nan, "finite"),
    "returns infinity": (lambda *a, **o: convolve(*a, **o) + np.inf, "finite"),
    "takes one argument": (lambda image: image, "argument"),
    "calls itself for ever": (forever, "recursion"),
    "yields": (lambda *_, **__: (row for row in WHOLE), "numbers"),
}


@pytest.mark.parametrize("explorer", SHAPES)
@pytest.mark.parametrize("bad, words", WRONG.values(), ids=WRONG)
def test_what_goes_wrong_is_told_in_one_line(explorer, bad, words):
    """The last good state stays as it was, and the next good answer clears the line."""
    function = Switch()
    ours = build(explorer, function)
    before, result = page.seen(ours), ours.result.copy()
    function.bad = bad
    ours.weights.kernel = KERNELS["outline"]
    assert page.is_one_line(ours.problem) and words in ours.problem
    assert ours.problem in page.told(ours.message)
    assert page.seen(ours) == before
    same(ours.result, result)
    function.bad = None
    ours.weights.kernel = KERNELS["emboss"]
    assert ours.problem == "" and ours.message.value == ""
    assert page.seen(ours) != before


@pytest.mark.parametrize("explorer", SHAPES)
@pytest.mark.parametrize("bad, words", WRONG.values(), ids=WRONG)
def test_what_goes_wrong_from_the_start_is_told_too(explorer, bad, words):
    """Until the function works, the course's own answer is shown, and the line says so."""
    ours = build(explorer, bad)
    assert words in ours.problem and "the course's own answer" in ours.problem
    same(ours.result, build(explorer, convolve).result)


@pytest.mark.parametrize("explorer", SHAPES)
@pytest.mark.parametrize("value", [None, 3, "sobel", KERNELS["sharpen"]], ids=str)
def test_what_is_no_function(explorer, value):
    """The line names the parameter."""
    with pytest.raises((ValueError, TypeError), match="convolve must be a function"):
        build(explorer, value)


def mutates(image, kernel):
    answer = convolve(image, kernel)
    image[:], kernel[:] = 0, 7
    return answer


def prints(image, kernel):
    print("look", image.shape)
    return convolve(image, kernel)


class Callable:
    def __call__(self, image, kernel):
        return convolve(image, kernel)


RIGHT = {
    "mutates its inputs": mutates,
    "prints": prints,
    "lambda": lambda image, kernel: convolve(image, kernel),
    "partial": partial(convolve, bias=0),
    "callable object": Callable(),
    "loops": convolve_loops,
    "float16": lambda image, kernel: convolve(image, kernel).astype(np.float16),
}


@pytest.mark.parametrize("explorer", SHAPES)
@pytest.mark.parametrize("function", RIGHT.values(), ids=RIGHT)
def test_any_kind_of_function_will_do(explorer, function):
    """The answer is the one that the library gives, and nothing is said about it."""
    ours = build(explorer, function)
    image = IMAGE if explorer is KernelExplorer else WHOLE
    np.testing.assert_allclose(ours.result, page.answers(image, KERNELS["sharpen"]), rtol=1e-3)
    assert ours.problem == "" and ours.result.shape == SHAPES[explorer]
    assert not any("Your function" in text for text in page.seen(ours) if isinstance(text, str))
    same(ours.weights.kernel, KERNELS["sharpen"])
    same(ours.image, image)


@pytest.mark.parametrize("explorer", SHAPES)
def test_a_wrong_answer_is_told_next_to_the_sum(explorer):
    """The picture is the function's own; the sum says what it should be there."""
    ours = build(explorer, lambda image, kernel: convolve(image, kernel) + 2)
    position = ours.output.pointed
    right = page.answers(ours.image, KERNELS["sharpen"])[position]
    assert f"= {right:g}. Your function gives {right + 2:g} here." in page.told(ours.products.total)
    if explorer is KernelExplorer:
        same(ours.output.picture, page.as_photo(page.answers(IMAGE, KERNELS["sharpen"]) + 2))


def test_the_line_counts_from_the_def():
    """Where the learner's own code stopped, however deep the error lies."""

    def my_convolve(image, kernel):
        size = image.shape
        return np.zeros(size) + np.ones(3)[size[0]]

    problem = build(KernelExplorer, my_convolve).problem
    assert "my_convolve stopped in its line 3: IndexError" in problem


@pytest.mark.parametrize("explorer", SHAPES)
def test_an_array_that_is_used_again(explorer):
    """A function that fills the same array each time does not change the last good answer."""
    shared = np.zeros(SHAPES[explorer])

    def fill(image, kernel):
        shared[:] = convolve(image, kernel)
        return shared if kernel[1, 1] else None

    ours = build(explorer, fill)
    result = ours.result.copy()
    ours.weights.kernel = KERNELS["sobel_vertical"]
    assert "is there a return?" in ours.problem
    same(ours.result, result)
