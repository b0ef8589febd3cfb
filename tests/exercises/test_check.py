"""`check`, `hint` and `solution`, whatever the exercise: they never raise and change nothing."""

import sys

import numpy as np
import pytest

from exercises.hostile import Breaks
from exercises.lesson02 import by_loops
from helpers.exercises import EXERCISES, check, hint, solution
from helpers.user_function import call


@pytest.mark.parametrize("name", EXERCISES)
def test_dots_are_not_done_yet(name):
    """The three dots of an untouched exercise are not a mistake."""
    assert check(name, ...) == check(name) == check(name, None)
    assert check(name).startswith("Not done yet")


def test_checking_changes_nothing():
    """The answer, the random state, NumPy's settings and the exercise are the same afterwards."""
    kernel = np.array([[0, 0, 0], [0, 0, 0], [0, 1, 0]])
    state, before, settings = np.random.get_state()[1].copy(), kernel.copy(), np.geterr()

    def spoiler(image, weights):
        right = by_loops()(image, weights)
        image[:], weights[:] = 0, 0
        np.seterr(all="raise")
        return right

    for _ in range(2):
        assert check("02-up", kernel).startswith("Right.")
        assert check("02-my_convolve", spoiler).startswith("Right.")
    assert np.array_equal(kernel, before) and np.array_equal(np.random.get_state()[1], state)
    assert np.geterr() == settings


def test_an_error_is_worded_as_in_an_explorer():
    """The learner passes the same function to both."""

    def my_convolve(image, kernel):
        rows = len(image)
        return image[rows]

    with pytest.raises(ValueError) as caught:
        call(my_convolve, {"image": np.ones((6, 7)), "kernel": np.ones((3, 3))}, {}, (4, 5))
    assert "my_convolve failed in line 3 of the function: IndexError" in str(caught.value)
    assert check("02-my_convolve", my_convolve).startswith(f"Not yet: {caught.value}")


@pytest.mark.parametrize("name", ["01-gray", "04-my_size"])
def test_a_profiler_stays(name):
    """Whoever measures a learner's function goes on measuring."""

    def profiler(*args):
        pass

    sys.setprofile(profiler)
    try:
        check(name, lambda *args: 1)
        assert sys.getprofile() is profiler
    finally:
        sys.setprofile(None)


def test_an_interrupt_passes():
    """A function that does not end is stopped by the learner; that is no wrong answer."""

    def endless(image):
        raise KeyboardInterrupt  # as the stop button does

    with pytest.raises(KeyboardInterrupt):
        check("01-gray", endless)
    assert sys.getprofile() is None


@pytest.mark.parametrize("ask", [check, hint, solution])
@pytest.mark.parametrize("name", [
    "02-sise", None, 5, ["02-size"], pytest.param(Breaks(), id="breaks"), [*range(10**5)],
])  # fmt: skip
def test_unknown_exercise_is_named(ask, name):
    """The message lists the known names, in one short line, whatever was given for a name."""
    assert "There is no exercise" in ask(name) and "02-size" in ask(name)
    assert "\n" not in ask(name) and len(ask(name)) < 1000


@pytest.mark.parametrize("name", EXERCISES)
def test_hint_and_solution_fold(name):
    """Both are collapsed in the page, and a hint does not contain the solution."""
    for fold in (hint(name), solution(name)):
        assert fold._repr_html_().startswith("<details><summary>")
    assert EXERCISES[name].solution not in hint(name)
