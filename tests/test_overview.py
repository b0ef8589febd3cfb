"""The titles, the notebooks and the figures of the lessons."""

import json
import re
from pathlib import Path

import pytest

from helpers.overview import LESSONS, lesson_picture

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("number", range(1, 10))
def test_every_lesson_has_a_picture(number):
    """The input comes first; the alternative text names the panels."""
    figure = lesson_picture(number)
    titles = [axes.get_title() for axes in figure.axes if axes.get_title()]
    assert titles[0] in ("image", "a photograph") and 2 <= len(titles) <= 3
    named = re.sub(r" \(scale ends at [^)]+\)", "", figure.alt)  # pictures with few large values
    assert named == "Figure: " + "; ".join(titles)
    assert figure.name == f"Figure: lesson 0{number}"


def test_every_lesson_has_its_notebook():
    """The titles are those of the notebooks, in order."""
    saved = sorted((ROOT / "notebooks").glob("0[1-9]_*.ipynb"))
    assert [lesson.file(number) for number, lesson in enumerate(LESSONS, 1)] == [
        path.name for path in saved
    ]
    for number, (lesson, path) in enumerate(zip(LESSONS, saved), 1):
        title = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"][0]
        assert title.strip() == f"# {number:02} {lesson.title}"


@pytest.mark.parametrize("number", [0, 10, -1, 1.5, "3", None, True])
def test_no_such_lesson(number):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match="^number must be ") as caught:
        lesson_picture(number)
    assert "\n" not in str(caught.value)
