"""Messages that no page of ours sends, and values that Python may not set."""

import json

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture
from refusals import is_one_line
from traitlets import TraitError

from helpers.explorers import KernelExplorer
from helpers.explorers.widgets.controls import Choice
from helpers.explorers.widgets.number_grid import Number

HUGE = 10**400


def explorer():
    return KernelExplorer(picture(7, 9), "emboss")


@pytest.mark.parametrize("content", [
    None, [], "hello", 5, {"events": None}, {"events": 5}, {"events": ["ab"]}, {"events": [["1"]]},
    {"events": [["1", {}, {}]]}, {"events": [["1", None]]}, {"events": [[[], {"value": 1}]]},
    {"events": [[{}, {"value": 1}]]}, {"events": [["no such", {"value": 1}]]},
])  # fmt: skip
def test_a_malformed_message_gets_one_reply(content, messages):
    """It changes nothing, and nothing about it is said."""
    ours = explorer()
    before = page.seen(ours)
    messages.clear()
    ours._handle_custom_msg(content, [])
    assert [sent["changes"] for _, sent, _ in messages] == [{}]
    assert page.seen(ours) == before and not ours.problem


def test_events_beside_a_malformed_one_are_applied():
    """The others in the same message count."""
    ours = explorer()
    events = [None, ["?", {}], [ours.name_of(ours.stride), {"index": 0, "number": 2}], [[], {}]]
    ours._handle_custom_msg({"sequence": 1, "events": events}, [])
    assert ours.stride.number == 2 and ours.result.shape == (3, 4)


@pytest.mark.parametrize("sequence", [None, 0, 7, "x", ["page", 1], [1, [2]], {}])
def test_any_number_of_a_message_comes_back(sequence, messages):
    """Repeated, backwards, or none at all, which is 0."""
    ours = explorer()
    messages.clear()
    for _ in range(2):
        ours._handle_custom_msg({"sequence": sequence, "events": []}, [])
    replies = [sent["reply_to"] for _, sent, _ in messages]
    assert replies == [0 if sequence is None else sequence] * 2


@pytest.mark.parametrize("value", [None, "four", 3, [], np.nan, HUGE])
def test_a_value_that_is_no_option(value):
    """One line; the choice stays."""
    choice = Choice("padding", [("none", 0), ("one", 1)], 1)
    with pytest.raises(TraitError, match="padding must be one of its options") as caught:
        choice.value = value
    assert is_one_line(str(caught.value)) and choice.value == 1


@pytest.mark.parametrize("index", [-1, 2, HUGE, 0.5, "1", None])
def test_an_index_that_is_none(index):
    """It is not counted from the end."""
    choice = Choice("padding", [("none", 0), ("one", 1)], 1)
    with pytest.raises(TraitError, match="index of padding must be from 0 to 1") as caught:
        choice.index = index
    assert is_one_line(str(caught.value)) and choice.value == 1


def test_an_equal_value_is_the_option():
    """True equals 1, but functions refuse it as a number."""
    ours = explorer()
    ours.padding.value = True
    assert ours.padding.value is not True and not ours.problem and ours.result.shape == (7, 9)


def test_a_number_too_large_for_a_float():
    """From Python a TraitError; from the page it is ignored, like any that is out of range."""
    number = Number("bias", 1, min=-5, max=5)
    with pytest.raises(TraitError, match="too large") as caught:
        number.number = HUGE
    assert is_one_line(str(caught.value))
    ours = explorer()
    event = json.loads(json.dumps({"value": [HUGE]}))
    page.send(ours, ours.bias, **event)
    page.send(ours, ours.bias, index=0, number=HUGE)
    assert number.number == 1 and ours.bias.number == 0 and not ours.problem
