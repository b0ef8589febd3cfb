"""The figure of each lesson, and the overview of all lessons."""

import pytest

from helpers.overview import LESSONS, lesson_map, lesson_picture


@pytest.mark.parametrize("number", range(1, 10))
def test_every_lesson_has_a_picture(number):
    """The input comes first; the alternative text names the panels."""
    figure = lesson_picture(number)
    titles = [axes.get_title() for axes in figure.axes if axes.get_title()]
    assert titles[0] in ("image", "a photograph") and 2 <= len(titles) <= 3
    assert figure.alt == "Figure: " + "; ".join(titles)
    assert figure.name == f"Figure: lesson 0{number}"


def test_the_overview_has_all_nine():
    """In order, three in a row."""
    rows = [figure.alt.removeprefix("Figure: ").split("; ") for figure in lesson_map()]
    assert [len(row) for row in rows] == [3, 3, 3]
    expected = [f"0{number} {name}" for number, name in enumerate(LESSONS, start=1)]
    assert sum(rows, []) == expected


@pytest.mark.parametrize("number", [0, 10, -1, 1.5, "3", None, True])
def test_no_such_lesson(number):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match="^number must be ") as caught:
        lesson_picture(number)
    assert "\n" not in str(caught.value)
