"""`check`, `hint` and `solution`, whatever the exercise: they never raise and change nothing."""

import numpy as np
import pytest
from exercise_verdicts import assert_right

from helpers import convolve, edge_maps
from helpers.exercises import EXERCISES, check, hint, solution

WORKED = {"np": np, "convolve": convolve, "edge_maps": edge_maps}


def run_solution(name):
    """What a learner's notebook contains after running the solution."""
    names = dict(WORKED)
    exec(EXERCISES[name].solution, names)
    new = [value for key, value in names.items() if key not in {*WORKED, "__builtins__"}]
    assert len(new) == 1
    return new[0]


@pytest.mark.parametrize("name", EXERCISES)
def test_solution_is_accepted(name):
    """The solution is accepted, and the verdict adds a fact."""
    assert check(name, run_solution(name)) == f"Right. {EXERCISES[name].right}"


class Breaks:
    """An answer that raises an error whenever it is used."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("touched")

    __eq__ = __bool__ = __len__ = __repr__ = __iter__ = __float__ = __array__


ODD = [Breaks(), object(), {}, set(), "", [], [[1], [1, 2]], 1j, np.array(["a"]), float("inf"),
       10**400, lambda: None, print, type, [[Breaks()]], b"\x00", np.zeros((0, 3)), True]  # fmt: skip


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("answer", ODD, ids=lambda answer: type(answer).__name__)
def test_no_answer_makes_check_raise(name, answer):
    """Whatever the answer, the verdict is one line, and never "Right"."""
    line = check(name, answer)
    assert line.startswith(("Not yet:", "Not done yet:")) and "\n" not in line


@pytest.mark.parametrize("name", EXERCISES)
def test_dots_are_not_done_yet(name):
    """The three dots of an untouched exercise are not a mistake."""
    assert check(name, ...) == check(name) == check(name, None)
    assert check(name).startswith("Not done yet")


def test_checking_changes_nothing():
    """The answer, the random state and the exercise are the same afterwards."""
    kernel = np.array([[0, 0, 0], [0, 0, 0], [0, 1, 0]])
    state, before = np.random.get_state()[1].copy(), kernel.copy()

    def spoiler(image, weights):
        right = convolve(image, weights)
        image[:], weights[:] = 0, 0
        return right

    for _ in range(2):
        assert_right("02-up", kernel)
        assert_right("02-my_convolve", spoiler)
    assert np.array_equal(kernel, before) and np.array_equal(np.random.get_state()[1], state)


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
