"""Lesson 00: its exercises."""

import pytest
from exercise_verdicts import assert_right, assert_wrong

RIGHT = [
    ("00-unchanged", "identity"),
    ("00-unchanged", " Identity "),
]

WRONG = [
    ("00-unchanged", "box blur", "changes the picture"),
    ("00-unchanged", "nothing", "no kernel"),
    ("00-unchanged", 5, "in quotes"),
]  # fmt: skip


@pytest.mark.parametrize("name, answer", RIGHT)
def test_right_answer(name, answer):
    """Also in another form, type or style."""
    assert_right(name, answer)


@pytest.mark.parametrize("name, answer, reason", WRONG)
def test_wrong_answer(name, answer, reason):
    """One line names the mistake."""
    assert_wrong(name, answer, reason)
