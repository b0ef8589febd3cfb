"""`controls=`: which controls are shown at once; the others are behind "more controls"."""

from functools import partial

import numpy as np
import pytest

from helpers.explorers import KernelExplorer, ParameterCounter, PixelExplorer, WindowExplorer
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


BUILDS = {  # and a name that is folded otherwise
    "kernel": (KernelExplorer, "stride"),
    "window": (partial(WindowExplorer, np.eye(6), np.eye(3)), "dilation"),
    "pixel": (PixelExplorer, "gray"),
    "counter": (ParameterCounter, "padding"),
}


def folds(tree):
    """The elements in each fold of an arrangement that was sent to the page."""
    found = [tree["children"]] if tree.get("direction") == "fold" else []
    return found + [each for child in tree.get("children", []) for each in folds(child)]


def folded(explorer):
    """The labels of the controls that an explorer folds away."""
    names = [
        child["element"] for children in folds(explorer.arrangement) for child in _leaves(children)
    ]
    return [getattr(explorer._elements[name], "label", "") for name in names]


def _leaves(children):
    for child in children:
        yield from _leaves(child["children"]) if "children" in child else [child]


@pytest.mark.parametrize("build, name", BUILDS.values(), ids=BUILDS)
def test_an_explorer_shows_what_was_chosen_and_folds_the_rest(build, name):
    label = name.replace("_", " ")
    everything = len(build().elements)
    assert label in folded(build())
    alone = build(controls=[name])
    assert label not in folded(alone)
    assert len(folded(alone)) > 3
    assert len(alone.elements) == everything  # a folded control is a control


@pytest.mark.parametrize("build, name", BUILDS.values(), ids=BUILDS)
def test_an_explorer_refuses_a_wrong_name_in_one_line_that_lists_its_names(build, name):
    with pytest.raises(ValueError, match=rf"^controls must list .*\b{name}\b.*; got 'stridee'$"):
        build(controls=["stridee"])


def test_all_names_leave_nothing_to_unfold():
    names = [
        "weights", "image", "size", "gray", "upload", "kernel", "random", "show", "bias", "stride",
        "dilation", "padding", "border", "flip", "true_size",
    ]  # fmt: skip
    assert folded(KernelExplorer(controls=names)) == []


def test_the_controls_of_a_small_grid():
    """The weights are shown, everything else is folded; playing through the positions never is."""
    names = ["weights", "stride", "dilation", "padding", "border", "flip", "paint"]
    labels = [*names[1:5], "flip (mathematics)", "paint", "brush"]
    assert folded(WindowExplorer(np.eye(6), np.eye(3))) == labels
    assert folded(WindowExplorer(np.eye(6), np.eye(3), controls=names)) == []
    assert "position" not in folded(WindowExplorer(np.eye(6), np.eye(3), controls=[]))


def test_the_size_formula_is_beside_the_controls_that_it_is_about():
    """In the fold, unless one of them is shown."""
    explorer = KernelExplorer(np.eye(12))
    inside = [child["element"] for each in folds(explorer.arrangement) for child in _leaves(each)]
    assert explorer.name_of(explorer.formula) in inside
    explorer = KernelExplorer(np.eye(12), controls=["padding"])
    inside = [child["element"] for each in folds(explorer.arrangement) for child in _leaves(each)]
    assert explorer.name_of(explorer.formula) not in inside


def test_a_folded_control_works():
    explorer = KernelExplorer(np.eye(12), controls=[])
    explorer.stride.number = 2
    assert explorer.result.shape == (5, 5)
