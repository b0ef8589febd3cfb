"""The mistakes that the judges of functions recognize are those of the tables."""

from importlib import import_module

import pytest

from helpers.exercises import check

JUDGES = {
    "05": "my_pool",
    "06": "my_convolve_color",
    "07": "my_gradient",
    "08": "my_softmax",
    "09": "my_occlude",
}


@pytest.mark.parametrize("lesson, function", JUDGES.items())
def test_every_mistake_has_its_row(lesson, function):
    """Each line is the verdict on some answer of the table: none is dead, or hidden by another."""
    rows = import_module(f"exercises.lesson{lesson}").ANSWERS
    verdicts = {check(each.exercise, each.value) for each in rows}
    mistakes = import_module(f"helpers.exercises.{function}").MISTAKES
    assert not {line for _, line in mistakes if f"Not yet: {line}." not in verdicts}
