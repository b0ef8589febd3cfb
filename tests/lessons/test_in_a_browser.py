"""The lessons in a browser's Python, which has no threads, no lzma and no pooch, and is slow."""

import subprocess
import sys
from pathlib import Path

import pytest

from helpers.network import load_fashion
from helpers.picture_files import course_folder

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# 30 s at a tenth of the speed here is 3 s; twice that, since another test may keep the core busy
SLOWEST = 6.0


@pytest.fixture(scope="module")
def report():
    """What as_in_a_browser.py prints of all lessons."""
    command = [sys.executable, Path(__file__).with_name("as_in_a_browser.py"), *LESSONS]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_every_lesson_runs_to_its_end(report):
    """With all its explorers; the training of lesson 08 says that it takes fewer digits."""
    names, counts, times, cells, errors = zip(*(line.split(" ", 4) for line in report[:-1]))
    assert list(names) == [path.stem for path in LESSONS]
    assert not any(errors), errors
    assert min(map(int, counts)) > 3


def test_no_cell_takes_long(report):
    slow = [line for line in report[:-1] if float(line.split(" ")[2]) > SLOWEST]
    assert not slow


def test_a_training_starts_and_pauses(report):
    """In the event loop, by the button on the page."""
    assert report[-1] == "started and paused: True"


def test_pictures_lie_beside_the_lessons(monkeypatch):
    """There the library is a package, and the pictures are not part of it."""
    monkeypatch.chdir(ROOT / "notebooks")
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert course_folder("images") == ROOT / "images"


def test_what_cannot_be_fetched_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "pooch", None)
    monkeypatch.setattr(sys, "platform", "emscripten")
    with pytest.raises(ImportError, match="cannot be fetched by a Python that runs in a browser"):
        load_fashion(full=True)
