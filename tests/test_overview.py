"""The titles, the notebooks and the figures of the lessons, and the links from each to the next."""

import json
import re
from pathlib import Path

import pytest

from helpers.overview import LESSONS, SEEN, lesson_picture

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


@pytest.mark.parametrize("number", [lesson.number for lesson in LESSONS])
def test_every_lesson_has_a_picture(number):
    """The input comes first; the alternative text says what there is to see in each panel."""
    figure = lesson_picture(number)
    titles = [axes.get_title() for axes in figure.axes if axes.get_title()]
    assert titles[0] in ("image", "a photograph") and 2 <= len(titles) <= 3
    told = figure.alt.removeprefix("Figure: ").partition(" (scale ends at ")[0]
    assert told.startswith(SEEN[number]) and len(re.split("; |, and ", SEEN[number])) == len(titles)
    assert figure.name == f"Figure: lesson {number}"


def test_a_lesson_is_also_found_by_a_plain_number():
    assert lesson_picture(4).name == lesson_picture("04").name


def test_every_lesson_has_its_notebook():
    """The titles are those of the notebooks, in order; a companion follows its lesson."""
    saved = [path.name for path in sorted(NOTEBOOKS.glob("[01]*.ipynb"))]
    assert [lesson.file for lesson in LESSONS] == saved[1:]  # the first holds the map
    for lesson in LESSONS:
        assert cells(lesson)[0].splitlines()[0] == f"# {lesson.number} {lesson.title}"


def cells(lesson):
    saved = json.loads((NOTEBOOKS / lesson.file).read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in saved]


def test_every_lesson_leads_to_the_next():
    """Its last cell links to the lesson that follows; to its companion and to the one after it."""
    for place, lesson in enumerate(LESSONS, start=1):
        following = LESSONS[place:]
        companions = [each for each in following if each.number.startswith(lesson.number)]
        linked = [f"[{each.name}]({each.file})" for each in following[: len(companions) + 1]]
        assert re.findall(r"\[[01]\d.*?\]\(.*?\)", cells(lesson)[-1])[: len(linked)] == linked


@pytest.mark.parametrize("number", [0, 11, -1, 1.5, "3", "08c", None, True, [8]])
def test_no_such_lesson(number):
    """One line that names the parameter."""
    with pytest.raises(ValueError, match="^number must be ") as caught:
        lesson_picture(number)
    assert "\n" not in str(caught.value)
