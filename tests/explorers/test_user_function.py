"""A learner's own function in an explorer: whatever it does, one clear line or its picture."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.borrowing import BORROWERS, RIGHT, WRONG, Switch
from explorers.driving import picture, same

from helpers import KERNELS, convolve
from helpers.explorers import (
    BankExplorer,
    ChannelExplorer,
    KernelExplorer,
    KernelLearner,
    PoolingExplorer,
    WindowExplorer,
)

every_borrower = pytest.mark.parametrize("borrower", BORROWERS.values(), ids=BORROWERS)


def same_answers(some, others):
    for one, other in zip(some, others, strict=True):
        same(one, other)


@every_borrower
@pytest.mark.parametrize("bad, words", WRONG.values(), ids=WRONG)
def test_what_goes_wrong_is_told_in_one_line(borrower, bad, words):
    """The last good state stays as it was, and the next good answer clears the line."""
    function = Switch()
    ours = borrower.build(function)
    before, answers = page.seen(ours), borrower.answers(ours)
    function.bad = bad
    borrower.change(ours, 0)
    assert page.is_one_line(ours.problem) and words in ours.problem
    assert ours.problem in page.told(ours.message)
    assert page.seen(ours) == before
    same_answers(borrower.answers(ours), answers)
    function.bad = None
    borrower.change(ours, 1)
    assert ours.problem == "" and ours.message.value == ""
    assert page.seen(ours) != before


@every_borrower
@pytest.mark.parametrize("bad, words", WRONG.values(), ids=WRONG)
def test_what_goes_wrong_from_the_start_is_told_too(borrower, bad, words):
    """Until the function works, the course's own answer is shown, and the line says so."""
    ours = borrower.build(bad)
    assert words in ours.problem and "the course's own answer" in ours.problem
    assert "?." not in ours.problem
    same_answers(borrower.answers(ours), borrower.answers(borrower.build(convolve)))


@every_borrower
def test_once_it_works_every_picture_is_its_own(borrower):
    """Nothing of the course's own answer, shown until then, is left."""
    function = Switch()
    function.bad = WRONG["returns nothing"][0]
    ours, twin = borrower.build(function), borrower.build(lambda *a: 2 * convolve(*a))
    function.bad = lambda *a: 2 * convolve(*a)
    for explorer in (ours, twin):
        borrower.change(explorer, 0)
    assert ours.problem == ""
    same_answers(borrower.answers(ours), borrower.answers(twin))


@pytest.mark.parametrize("build, expected", {
    "kernel": (lambda own: KernelExplorer(np.zeros((2, 2)), convolve=own), "kernel.* fit"),
    "window": (lambda own: WindowExplorer(np.ones((2, 2)), np.ones((3, 3)), own), "kernel.* fit"),
    "channel": (lambda own: ChannelExplorer(np.zeros((2, 2, 3)), convolve=own), "kernel.* fit"),
    "bank": (lambda own: BankExplorer(np.zeros((4, 4)), own), "kernel.* fit"),
    "pooling": (lambda own: PoolingExplorer([[5]], pool=own), "size.* fit"),
    "learner": (lambda own: KernelLearner(np.zeros((2, 2)), gradient=own), "kernel.* fit"),
}.values(), ids=["kernel", "window", "channel", "bank", "pooling", "learner"])  # fmt: skip
@pytest.mark.parametrize("own", [convolve, lambda *_, **__: None], ids=["right", "wrong"])
def test_a_picture_that_is_too_small_is_no_fault_of_the_function(build, expected, own):
    """Where the library has no answer either, there is no explorer, but an error."""
    with pytest.raises(ValueError, match=expected) as caught:
        build(own)
    assert page.is_one_line(str(caught.value))


@every_borrower
@pytest.mark.parametrize("value", [None, 3, "sobel", KERNELS["sharpen"]], ids=str)
def test_what_is_no_function(borrower, value):
    """The line names the parameter."""
    with pytest.raises((ValueError, TypeError), match="convolve must be a function"):
        borrower.build(value)


@every_borrower
@pytest.mark.parametrize("function", RIGHT.values(), ids=RIGHT)
def test_any_kind_of_function_will_do(borrower, function):
    """The answer is the one that the library gives, and nothing is said about it."""
    ours, library = borrower.build(function), borrower.build(convolve)
    for one, other in zip(borrower.answers(ours), borrower.answers(library), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3)
    assert ours.problem == ""
    assert not any("Your function" in text for text in page.seen(ours) if isinstance(text, str))


@every_borrower
def test_what_the_function_is_given(borrower):
    """A gray picture and a 3×3 kernel, by position, as often as there are answers to be made."""
    given = []

    def my_convolve(*arguments):
        given.append([np.shape(argument) for argument in arguments])
        return convolve(*arguments)

    borrower.build(my_convolve)
    assert len(given) == borrower.calls
    assert all(len(image) == 2 and kernel == (3, 3) for image, kernel in given)


@every_borrower
def test_the_function_is_given_copies(borrower):
    """It may do with them what it likes: all that is seen is as it would be."""
    ours = borrower.build(RIGHT["mutates its inputs"])
    assert page.seen(ours) == page.seen(borrower.build(lambda *a: convolve(*a)))


@pytest.mark.parametrize("name", ["kernel", "window"])
def test_a_wrong_answer_is_told_next_to_the_sum(name):
    """The picture is the function's own; the sum says what it should be there."""
    ours = BORROWERS[name].build(lambda image, kernel: convolve(image, kernel) + 2)
    position = ours.output.cursor
    answers = page.answers(ours.image, KERNELS["sharpen"])
    right = answers[position]
    assert f"= {right:g}. Your function gives {right + 2:g} here." in page.told(ours.products.total)
    if name == "kernel":
        same(ours.output.picture, page.as_photo(answers + 2))


def test_the_line_counts_from_the_def():
    """Where the learner's own code stopped, however deep the error lies."""

    def my_convolve(image, kernel):
        size = image.shape
        return np.zeros(size) + np.ones(3)[size[0]]

    problem = KernelExplorer(picture(7, 11), convolve=my_convolve).problem
    assert "my_convolve stopped in its line 3: IndexError" in problem


@every_borrower
def test_an_array_that_is_used_again(borrower):
    """A function that fills the same array each time does not change the last good answers."""
    shared, broken = {}, []

    def fill(image, kernel):
        answer = convolve(image, kernel)
        array = shared.setdefault(answer.shape, np.zeros(answer.shape))
        array[:] = answer
        return None if broken else array

    ours = borrower.build(fill)
    right = borrower.answers(borrower.build(lambda *a: convolve(*a)))
    broken.append(True)
    borrower.change(ours, 0)
    assert "is there a return?" in ours.problem
    same_answers(borrower.answers(ours), right)
