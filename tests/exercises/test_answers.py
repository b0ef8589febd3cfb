"""Every row of the tables of answers gets its verdict, in one line, and every exercise has its rows."""

from importlib import import_module
from pathlib import Path
from time import process_time

import numpy as np
import pytest

from exercises.hostile import FUNCTIONS, OBJECTS
from helpers import convolve, edge_maps
from helpers.exercises import EXERCISES, check
from helpers.network import Conv, Dense, Flatten, MaxPool, ReLU

TABLES = sorted(file.stem for file in Path(__file__).parent.glob("lesson*.py"))
ANSWERS = [each for table in TABLES for each in import_module(f"exercises.{table}").ANSWERS]
HOSTILE = [
    *[pytest.param(each, id=type(each).__name__) for each in OBJECTS],
    *[pytest.param(function, id=form) for form, function in FUNCTIONS.items()],
]
LESSON = {  # what a lesson has imported
    "np": np, "convolve": convolve, "edge_maps": edge_maps,
    "Conv": Conv, "ReLU": ReLU, "MaxPool": MaxPool, "Flatten": Flatten, "Dense": Dense,
}  # fmt: skip


def run_solution(name):
    """What a learner's notebook contains after running the published solution."""
    names = dict(LESSON)
    exec(EXERCISES[name].solution, names)
    (new,) = [value for key, value in names.items() if key not in {*LESSON, "__builtins__"}]
    return new


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: f"{answer.exercise}: {answer.form}")
def test_verdict(answer):
    """Right or not, and in the words of the table."""
    line = check(answer.exercise, answer.value)
    assert line.startswith("Right." if answer.right else "Not yet:"), line
    assert answer.words in line and "\n" not in line


@pytest.mark.parametrize("name", EXERCISES)
def test_published_solution(name):
    """It is accepted, soon, the verdict adds a fact, and the code gives its reason in a comment."""
    answer, start = run_solution(name), process_time()
    assert check(name, answer) == f"Right. {EXERCISES[name].right}"
    assert process_time() - start < 0.3
    assert "# " in EXERCISES[name].solution


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("answer", HOSTILE)
def test_no_answer_makes_check_raise(name, answer):
    """Whatever the answer, the verdict is one short line, and never "Right"."""
    line = check(name, answer)
    assert line.startswith(("Not yet:", "Not done yet:")), line
    assert "\n" not in line and len(line) < 400


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_has_near_misses(name):
    """At least four wrong answers that a learner may give, each explained in words of its own."""
    rows = [each for each in ANSWERS if each.exercise == name and not each.right]
    assert len(rows) >= 4 and all(each.words for each in rows)
    assert len({each.words for each in rows}) >= 3


def test_forms_are_told_apart():
    """No two rows of an exercise describe the same answer."""
    forms = [(each.exercise, each.form) for each in ANSWERS]
    assert len(forms) == len(set(forms))
