"""A learner's own function in an explorer: its picture or one line of error, whatever it does."""

import re

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from explorers.user_functions import RIGHT, USERS, WRONG, Switch
from refusals import is_one_line

from helpers import KERNELS, convolve
from helpers.explorers import (
    BankExplorer,
    ChannelExplorer,
    KernelExplorer,
    KernelLearner,
    PoolingExplorer,
    WindowExplorer,
)

every_user = pytest.mark.parametrize("user", USERS.values(), ids=USERS)


def same_outputs(some, others):
    for one, other in zip(some, others, strict=True):
        same(one, other)


@every_user
@pytest.mark.parametrize("bad, words", WRONG.values(), ids=WRONG)
def test_errors_are_reported_in_one_line(user, bad, words):
    """The last valid state stays, and the next valid output clears the line."""
    function = Switch()
    ours = user.build(function)
    before, outputs = page.seen(ours), user.outputs(ours)
    function.bad = bad
    user.change(ours, 0)
    assert is_one_line(ours.problem) and words in ours.problem
    assert ours.problem in page.text_of(ours.message)
    assert page.seen(ours) == before
    same_outputs(user.outputs(ours), outputs)
    function.bad = None
    user.change(ours, 1)
    assert ours.problem == "" and ours.message.value == ""
    assert page.seen(ours) != before


@every_user
@pytest.mark.parametrize("bad, words", WRONG.values(), ids=WRONG)
def test_errors_at_the_start_are_reported_too(user, bad, words):
    """Until the function works, the library's output is shown, and the line says so."""
    ours = user.build(bad)
    assert words in ours.problem and "the output of the library's function" in ours.problem
    assert "?." not in ours.problem
    same_outputs(user.outputs(ours), user.outputs(user.build(convolve)))


@every_user
def test_once_it_works_every_picture_is_from_the_function(user):
    """Nothing is left of the library's output, which was shown until then."""
    function = Switch()
    function.bad = WRONG["returns nothing"][0]
    ours, twin = user.build(function), user.build(lambda *a: 2 * convolve(*a))
    function.bad = lambda *a: 2 * convolve(*a)
    for explorer in (ours, twin):
        user.change(explorer, 0)
    assert ours.problem == ""
    same_outputs(user.outputs(ours), user.outputs(twin))


@pytest.mark.parametrize("build, expected", {
    "kernel": (lambda own: KernelExplorer(np.zeros((2, 2)), convolve=own), "kernel.* fit"),
    "window": (lambda own: WindowExplorer(np.ones((2, 2)), np.ones((3, 3)), own), "kernel.* fit"),
    "channel": (lambda own: ChannelExplorer(np.zeros((2, 2, 3)), convolve=own), "kernel.* fit"),
    "bank": (lambda own: BankExplorer(np.zeros((4, 4)), own), "kernel.* fit"),
    "pooling": (lambda own: PoolingExplorer([[5]], pool=own), "size.* fit"),
    "learner": (lambda own: KernelLearner(np.zeros((2, 2)), gradient=own), "image does not fit"),
}.values(), ids=["kernel", "window", "channel", "bank", "pooling", "learner"])  # fmt: skip
@pytest.mark.parametrize("own", [convolve, lambda *_, **__: None], ids=["right", "wrong"])
def test_a_picture_that_is_too_small_is_not_blamed_on_the_function(build, expected, own):
    """If the library has no output either, an error is raised and there is no explorer."""
    with pytest.raises(ValueError, match=expected) as caught:
        build(own)
    assert is_one_line(str(caught.value))


@every_user
@pytest.mark.parametrize("value", [None, 3, "sobel", KERNELS["sharpen"]], ids=str)
def test_what_is_not_a_function(user, value):
    """The line names the parameter."""
    with pytest.raises((ValueError, TypeError), match="convolve must be a function"):
        user.build(value)


@every_user
@pytest.mark.parametrize("function", RIGHT.values(), ids=RIGHT)
def test_any_kind_of_callable_is_accepted(user, function):
    """The output is the same as the library's, without a message."""
    ours, library = user.build(function), user.build(convolve)
    for one, other in zip(user.outputs(ours), user.outputs(library), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3)
    assert ours.problem == ""
    assert not any("Your function" in text for text in page.seen(ours) if isinstance(text, str))


@every_user
def test_the_arguments_of_the_function(user):
    """A gray picture and a 3×3 kernel, by position, once per output."""
    given = []

    def my_convolve(*arguments):
        given.append([np.shape(argument) for argument in arguments])
        return convolve(*arguments)

    user.build(my_convolve)
    assert len(given) == user.calls
    assert all(len(image) == 2 and kernel == (3, 3) for image, kernel in given)


@every_user
def test_the_function_is_given_copies(user):
    """Changing them changes nothing that is shown."""
    ours = user.build(RIGHT["mutates its inputs"])
    assert page.seen(ours) == page.seen(user.build(lambda *a: convolve(*a)))


@pytest.mark.parametrize("name", ["kernel", "window"])
def test_a_wrong_output_is_reported_next_to_the_sum(name):
    """The picture is the function's; the sum gives the correct value."""
    ours = USERS[name].build(lambda image, kernel: convolve(image, kernel) + 2)
    position = ours.output.cursor
    outputs = page.expected_output(ours.image, KERNELS["sharpen"])
    right, given = (page.rounded(value) for value in (outputs[position], outputs[position] + 2))
    line = page.text_of(ours.products.total)
    assert re.search(f" [=≈] {right}[.] Your function gives {given} here[.]", line)
    if name == "kernel":
        same(ours.output.picture, page.as_photo(outputs + 2))


def test_the_line_number_counts_from_the_def():
    """It is the learner's own line, however deep the error."""

    def my_convolve(image, kernel):
        size = image.shape
        return np.zeros(size) + np.ones(3)[size[0]]

    problem = KernelExplorer(picture(7, 11), convolve=my_convolve).problem
    assert "my_convolve failed in line 3 of the function: IndexError" in problem


@every_user
def test_a_reused_output_array(user):
    """A function that fills the same array each time does not change the last valid output."""
    shared, broken = {}, []

    def fill(image, kernel):
        output = convolve(image, kernel)
        array = shared.setdefault(output.shape, np.zeros(output.shape))
        array[:] = output
        return None if broken else array

    ours = user.build(fill)
    right = user.outputs(user.build(lambda *a: convolve(*a)))
    broken.append(True)
    user.change(ours, 0)
    assert "is a return statement missing?" in ours.problem
    same_outputs(user.outputs(ours), right)
