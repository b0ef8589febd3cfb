"""The mistakes that the judges of functions recognize are those of the tables."""

from importlib import import_module

import pytest

from helpers.exercises import check

LESSONS = {  # by the module that names the mistakes
    "lesson01": "01",
    "lesson02": "02",
    "lesson03": "03",
    "lesson04": "04",
    "my_pool": "05",
    "my_convolve_color": "06",
    "my_gradient": "07",
    "my_softmax": "08",
    "my_occlude": "09",
    "lesson09b": "09b",
    "lesson10": "10",
}


@pytest.mark.parametrize("module, lesson", LESSONS.items())
def test_every_mistake_has_its_row(module, lesson):
    """Each line is the verdict on some answer of the table: none is dead, or hidden by another."""
    rows = import_module(f"exercises.lesson{lesson}").ANSWERS
    verdicts = {check(each.exercise, each.value) for each in rows}
    named = vars(import_module(f"helpers.exercises.{module}"))
    lists = [named[name] for name in named if name.endswith("MISTAKES")]
    assert lists
    assert not {line for each in lists for _, line in each if f"Not yet: {line}." not in verdicts}
