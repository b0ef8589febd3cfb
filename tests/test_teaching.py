"""The teacher's notes name all lessons, all exercises, and sections that are there."""

import json
import re

import pytest
from import_rule import ROOT

from helpers.exercises import EXERCISES
from helpers.exercises.lessons import lesson_of

NOTES = (ROOT / "TEACHING.md").read_text(encoding="utf-8")
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def texts(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def title(path):
    return re.search(r"^# (.+)", texts(path))[1]


def headings(path):
    return re.findall(r"^## (.+)", texts(path), re.M)


def sections(notes):
    """What is in italics, outside code."""
    return set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", re.sub("`[^`]*`", "", notes)))


def notes_of(path):
    """The section of the notes on a lesson."""
    return re.search(rf"^### {re.escape(title(path))}\n(.*?)(?=^### |\Z)", NOTES, re.M | re.S)[1]


def test_lessons_are_listed_in_order():
    """In the table at the top, and as sections."""
    titles = [title(path) for path in LESSONS]
    assert re.findall(r"^\| \[([^]]+)\]", NOTES, re.M) == titles
    assert re.findall(r"^### (.+)", NOTES, re.M) == titles


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_notes_on_a_lesson(path):
    """They name its exercises, all and no others, questions, and sections of the lesson."""
    notes, number = notes_of(path), path.stem.partition("_")[0]
    named = re.findall(rf"`({number}-\w+)`", notes)
    assert sorted(named) == sorted(name for name in EXERCISES if lesson_of(name) == number)
    assert sections(notes) <= set(headings(path))
    assert "**Ask:**" in notes and notes.count("?") >= 2


def test_plans_name_what_is_there():
    """The seven sessions and the shortened courses: sections of the lessons, and exercises."""
    plans = NOTES.partition("## Seven sessions")[2].partition("## The lessons")[0]
    for part in re.split(r"[Ll]esson (?=\d\d)", plans)[1:]:
        number = re.match(r"\d\d\w?", part)[0]
        (path,) = (path for path in LESSONS if path.stem.startswith(number + "_"))
        assert sections(part) <= set(headings(path))
    assert set(re.findall(r"`(\d\d\w?-\w+)`", plans)) <= EXERCISES.keys()


def test_minutes_add_up():
    """The core, the optional lessons, and both."""
    minutes = re.findall(r"^\| \[.+?\]\(.+?\)( \(optional\))? \| (\d+)", NOTES, re.M)
    optional = sum(int(each) for word, each in minutes if word)
    total = sum(int(each) for _, each in minutes)
    for count in (total - optional, optional, total):
        assert f"{count} minutes" in NOTES
