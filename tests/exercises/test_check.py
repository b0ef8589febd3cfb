"""`check`, `hint` and `solution`, whatever the exercise: they never raise and change nothing."""

import sys

import numpy as np
import pytest

from exercises.lesson02 import by_loops
from helpers.exercises import EXERCISES, check, hint, solution


@pytest.mark.parametrize("name", EXERCISES)
def test_dots_are_not_done_yet(name):
    """The three dots of an untouched exercise are not a mistake."""
    assert check(name, ...) == check(name) == check(name, None)
    assert check(name).startswith("Not done yet")


def test_checking_changes_nothing():
    """The answer, the random state, the profiler and the exercise are the same afterwards."""
    kernel = np.array([[0, 0, 0], [0, 0, 0], [0, 1, 0]])
    state, before = np.random.get_state()[1].copy(), kernel.copy()

    def spoiler(image, weights):
        right = by_loops()(image, weights)
        image[:], weights[:] = 0, 0
        return right

    for _ in range(2):
        assert check("02-up", kernel).startswith("Right.")
        assert check("02-my_convolve", spoiler).startswith("Right.")
    assert np.array_equal(kernel, before) and np.array_equal(np.random.get_state()[1], state)


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
@pytest.mark.parametrize("name", ["02-sise", None, 5, ["02-size"]])
def test_unknown_exercise_is_named(ask, name):
    """The message lists the known names."""
    assert "There is no exercise" in ask(name) and "02-size" in ask(name)


@pytest.mark.parametrize("name", EXERCISES)
def test_hint_and_solution_fold(name):
    """Both are collapsed in the page, and a hint does not contain the solution."""
    for fold in (hint(name), solution(name)):
        assert fold._repr_html_().startswith("<details><summary>")
    assert EXERCISES[name].solution not in hint(name)
