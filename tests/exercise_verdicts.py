"""Assertions about the verdict on an answer to an exercise, for the tests of the checks."""

from helpers.exercises import check


def assert_right(name, answer):
    assert check(name, answer).startswith("Right.")


def assert_wrong(name, answer, reason):
    line = check(name, answer)
    assert line.startswith("Not yet:") and reason in line and "\n" not in line
