"""The exercises of all lessons, by name."""

from helpers.exercises import (
    lesson00,
    lesson01,
    lesson02,
    lesson03,
    lesson04,
    lesson05,
    lesson05b,
    lesson06,
    lesson07,
    lesson08,
    lesson08b,
    lesson09,
    lesson09b,
    lesson10,
    lesson10b,
)

LESSONS = (
    lesson00,
    lesson01,
    lesson02,
    lesson03,
    lesson04,
    lesson05,
    lesson05b,
    lesson06,
    lesson07,
    lesson08,
    lesson08b,
    lesson09,
    lesson09b,
    lesson10,
    lesson10b,
)
EXERCISES = {name: each for lesson in LESSONS for name, each in lesson.EXERCISES.items()}


def lesson_of(name: str) -> str:
    """Return the number of the lesson of an exercise or a prediction.

    >>> lesson_of("05b-period")
    '05b'
    """
    return name.partition("-")[0]
