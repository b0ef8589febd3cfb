"""`predict` and `reveal`: what was said stands beside what came, whatever both of them are."""

import numpy as np
import pytest

from exercises.hostile import FUNCTIONS, OBJECTS
from helpers.exercises import predict, reveal

DOTS = "Not predicted yet: replace the three dots with your prediction."
HOSTILE = [*OBJECTS, *FUNCTIONS.values()]


@pytest.mark.parametrize(("prediction", "value", "said"), [
    (24, 25, "You predicted 24. Result: 25."),
    (25, 25.0, "You predicted 25, and the result is 25."),
    (25, np.int64(25), "You predicted 25, and the result is 25."),
    (0.3, 0.1 + 0.2, "You predicted 0.3, and the result is 0.3."),
    (1 / 3, 0.25, "You predicted 0.333. Result: 0.25."),
    (4860, 4864, "You predicted 4,860. Result: 4,864."),
    (np.array([2.0]), np.float32(2.5), "You predicted (2). Result: 2.5."),
    ("Negative ", "negative", "You predicted negative, and the result is negative."),
    ("positive", "negative", "You predicted positive. Result: negative."),
    (True, np.bool_(False), "You predicted True. Result: False."),
    (False, False, "You predicted False, and the result is False."),
    (1, True, "You predicted 1. Result: True."),
    ((16, 16), np.zeros((16, 17)).shape, "You predicted (16, 16). Result: (16, 17)."),
    ([16, 17], (16, 17), "You predicted (16, 17), and the result is (16, 17)."),
])  # fmt: skip
def test_said_beside_what_came(prediction, value, said):
    predict("04-width", prediction)
    assert reveal("04-width", value) == said


def test_a_cell_shows_the_line_without_quotes():
    line = predict("04-width", 24)
    assert repr(line) == line == "Your prediction: 24. Run the next cells to see."


@pytest.mark.parametrize("dots", [..., None])
def test_without_a_prediction_the_value_is_shown_alone(dots):
    """Three dots are no prediction, and take an earlier one back."""
    predict("04-width", 24)
    assert predict("04-width", dots) == DOTS
    assert reveal("04-width", 25) == "Result: 25. You made no prediction."


def test_predictions_are_kept_apart_and_the_last_one_counts():
    for name, number in (("04-width", 1), ("05b-width", 2), ("04-width", 3)):
        predict(name, number)
    assert reveal("04-width", 3) == "You predicted 3, and the result is 3."
    assert reveal("05b-width", 3) == "You predicted 2. Result: 3."


@pytest.mark.parametrize("anything", HOSTILE, ids=lambda each: type(each).__name__)
def test_no_object_raises(anything):
    """One line of a moderate length, whether it is predicted or comes."""
    lines = [predict("04-width", anything), reveal("04-width", anything), predict(anything, 5)]
    lines += [reveal(anything, 5)]
    assert all("\n" not in line and len(line) < 200 for line in lines), lines


@pytest.mark.parametrize("name", ["width", "4-width", "04", "04-", "04-wide picture", 4])
def test_a_name_that_is_none_is_said_so(name):
    for line in (predict(name, 24), reveal(name, 25)):
        assert line.startswith('A prediction has a name: the lesson and a word, such as "04-width"')


@pytest.mark.parametrize("wrong", [1j, {}, np.zeros((2, 9)), "", "x" * 99, (1, 2, 3, 4, 5), len])
def test_what_is_no_prediction_is_said_so_and_not_remembered(wrong):
    assert predict("04-width", wrong).startswith("A prediction is a number, a word in quotes, ")
    assert reveal("04-width", 25) == "Result: 25. You made no prediction."


def test_an_interrupt_passes():
    class Slow(int):
        def __abs__(self):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        predict("04-width", Slow(3))
