"""`controls=`: which controls are shown at once; the others are behind "more controls"."""

import numpy as np
import pytest

from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.widgets.element import Text, arrange, column, elements_in, fold

NAMED = {name: Text(name) for name in ("size", "gray", "border")}
LINE = "controls must list names out of size, gray, border; got {}"


def chosen(controls, default=("gray",)):
    return [[part.value for part in parts] for parts in choose_controls(NAMED, controls, default)]


def test_none_is_the_default():
    assert chosen(None) == [["gray"], ["size", "border"]]


def test_names_may_come_in_any_order_and_collection():
    for names in (
        ["border", "size"],
        ("size", "border"),
        {"border": 1, "size": 2},
        {"border", "size"},
    ):
        assert chosen(names) == [["size", "border"], ["gray"]]


def test_no_names_fold_everything_and_all_names_nothing():
    assert chosen([]) == [[], ["size", "gray", "border"]]
    assert chosen(NAMED) == [["size", "gray", "border"], []]


@pytest.mark.parametrize(
    ("controls", "came"),
    [
        ("size", "'size'"),
        (["size", "grey"], "'grey'"),
        ([b"size"], "b'size'"),
        ([["size"]], "['size']"),
        (np.array([1, 2]), "1"),
        (3, "3"),
        (b"size", "b'size'"),
    ],
)
def test_anything_else_is_refused_in_one_line(controls, came):
    with pytest.raises(ValueError) as caught:
        choose_controls(NAMED, controls, ())
    assert str(caught.value) == LINE.format(came)


def test_a_fold_is_a_group_whose_elements_belong_to_the_explorer():
    size, gray, border = NAMED.values()
    tree = column(size, fold(gray, border))
    assert list(elements_in(tree)) == [size, gray, border]
    sent = arrange(tree, dict(zip(NAMED.values(), "abc", strict=True)))["children"][1]
    assert (sent["direction"], len(sent["children"])) == ("fold", 2)
