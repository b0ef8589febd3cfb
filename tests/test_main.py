"""`python -m helpers` copies the lessons, keeps the learner's files and opens JupyterLab."""

import sys
from pathlib import Path

import pytest

from helpers.__main__ import MISSING, main

LESSONS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """The arguments that JupyterLab is started with, in an empty working folder; nothing is opened."""
    calls = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("jupyterlab.labapp.main", calls.append)
    return calls


def test_copies_the_lessons_and_opens_the_first(opened, capsys):
    """By default into ./convolution-course."""
    assert main([]) == 0
    first = Path("convolution-course", LESSONS[0].name)
    assert opened == [[str(first)]]
    for lesson in LESSONS:
        assert Path("convolution-course", lesson.name).read_bytes() == lesson.read_bytes()
    assert capsys.readouterr().out == f"{len(LESSONS)} lessons copied to convolution-course\n"


def test_existing_files_are_kept(opened, capsys):
    """A lesson that the learner changed stays, and a missing one is copied again."""
    folder = Path("mine")
    main(["mine", "--copy-only"])
    (folder / LESSONS[1].name).write_text("my own work")
    (folder / LESSONS[2].name).unlink()
    (folder / "notes.txt").write_text("my notes")
    capsys.readouterr()
    assert main(["mine", "--copy-only"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 lesson copied to mine"
    assert lines[1].startswith(f"{len(LESSONS) - 1} already there, left unchanged: ")
    assert LESSONS[1].name in lines[1] and LESSONS[2].name not in lines[1]
    assert (folder / LESSONS[1].name).read_text() == "my own work"
    assert (folder / LESSONS[2].name).read_bytes() == LESSONS[2].read_bytes()
    assert (folder / "notes.txt").read_text() == "my notes"


def test_copy_only_opens_nothing(opened):
    assert main(["--copy-only"]) == 0 and opened == []


def test_other_options_go_to_jupyterlab(opened):
    assert main(["mine", "--no-browser", "--port=9999"]) == 0
    assert opened == [[str(Path("mine", LESSONS[0].name)), "--no-browser", "--port=9999"]]


def test_jupyterlab_is_missing(opened, monkeypatch, capsys):
    """One line says how to install it; the lessons are copied anyway."""
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    assert main([]) == 1
    assert capsys.readouterr().err == MISSING + "\n"
    assert Path("convolution-course", LESSONS[0].name).is_file()


def test_folder_is_a_file(opened, capsys):
    """One line says so, and nothing is opened."""
    Path("taken").write_text("a file")
    assert main(["taken"]) == 1 and opened == []
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Cannot copy the lessons to taken: ")
