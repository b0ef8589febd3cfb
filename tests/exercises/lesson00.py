"""Answers to the exercise of lesson 00."""

from exercises.answers import Answer
from helpers import KERNELS

ANSWERS = [
    Answer("00-unchanged", "its name", "identity", True),
    Answer("00-unchanged", "its name with spaces and a capital", " Identity ", True),
    Answer("00-unchanged", "another kernel", "box blur", False, "changes the picture"),
    Answer("00-unchanged", "no kernel's name", "nothing", False, "no kernel"),
    Answer("00-unchanged", "a slip of the pen", "identitiy", False, "identity"),
    Answer("00-unchanged", "a number", 5, False, "in quotes"),
    Answer("00-unchanged", "the weights", KERNELS["identity"], False, "in quotes"),
]
