"""What is done is kept beside the notebooks, shown as a table, and gathered by a teacher."""

import json
import re
from pathlib import Path

import pytest

from helpers.exercises import EXERCISES, check, predict, progress
from helpers.exercises.gather import gather, main
from helpers.exercises.lessons import LESSONS
from helpers.exercises.record import FORMAT

FILE = Path("progress.json")
FOREIGN = [
    b"", b"{", b"[]", b"7", b"\xff\xfe", b"[" * 99_999, b"{}", b'{"format": "a package lock 3"}',
    json.dumps({"format": FORMAT}).encode(),
    json.dumps({"format": FORMAT, "exercises": [1], "predictions": {}}).encode(),
    json.dumps({"format": FORMAT, "exercises": "02-size", "predictions": {}}).encode(),
    json.dumps({"format": FORMAT, "exercises": [], "predictions": {"02-a": 1}}).encode(),
    b" " * 2_000_000,
]  # fmt: skip


def stored():
    return json.loads(FILE.read_text(encoding="utf-8"))


def test_only_what_is_done_is_written(new_session):
    """Three dots, wrong answers and wrong names leave no file; a right one is written at once."""
    check("02-size", ...), check("02-size", 27), check("02-sise", 26), predict("02-sign", ...)
    progress()
    assert not FILE.exists()
    assert check("04-same", 3).startswith("Right.")
    predict("02-sign", "negative")
    assert stored() == {
        "format": FORMAT, "exercises": ["04-same"], "predictions": {"02-sign": "negative"},
    }  # fmt: skip
    assert [path.name for path in Path().iterdir()] == ["progress.json"]


def test_sessions_add_up(new_session):
    """A kernel that starts later, or runs beside another, keeps what the file holds, even unknown names."""
    check("04-same", 3)
    data = stored()
    data["exercises"].append("99-of-a-later-version")
    FILE.write_text(json.dumps(data), encoding="utf-8")
    new_session()
    check("04-corner", 0.4)
    predict("02-sign", "positive"), predict("02-sign", "negative")
    assert stored()["exercises"] == ["04-corner", "04-same", "99-of-a-later-version"]
    assert stored()["predictions"] == {"02-sign": "negative"}
    assert f"2 of {len(EXERCISES)} exercises" in repr(progress())


def test_nothing_new_leaves_the_file_untouched(new_session):
    check("04-same", 3)
    before = FILE.stat()
    check("04-same", 3), progress(), check("04-corner", 7)
    assert FILE.stat() == before


@pytest.mark.parametrize("contents", FOREIGN, ids=lambda each: repr(each[:20]))
def test_a_foreign_file_is_left_as_it_is(new_session, contents):
    """One line says so, once; the table says so too, and shows what was done in this session."""
    FILE.write_bytes(contents)
    line = check("04-same", 3)
    assert "progress.json is not a progress file of this course; it is left unchanged" in line
    assert "\n" not in line and "progress" not in check("04-corner", 0.4)
    assert "2 of" in progress().caption and "for this session only" in progress().caption
    assert FILE.read_bytes() == contents


def test_a_folder_that_cannot_be_written(new_session, monkeypatch):
    """It is said once, and what is done counts; when it can be written again, all is."""

    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", refuse)
        assert check("04-same", 3).endswith("cannot be written here (Permission denied).)")
        assert predict("02-sign", "negative").endswith("to see.")
        assert "1 prediction made. Kept for this session only" in progress().caption
    check("04-corner", 0.4)
    assert (
        stored()["exercises"] == ["04-corner", "04-same"] and "02-sign" in stored()["predictions"]
    )


def test_a_write_that_breaks_off_keeps_the_file(new_session, monkeypatch):
    check("04-same", 3)
    before = FILE.read_bytes()

    def half(path, text, **kwargs):
        path.write_bytes(text[:10].encode())
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", half)
    assert "No space left on device" in check("04-corner", 0.4)
    assert FILE.read_bytes() == before and len([*Path().iterdir()]) == 1


def test_a_folder_of_that_name(new_session):
    FILE.mkdir()
    assert "progress.json cannot be read" in check("04-same", 3)


def test_table(new_session):
    """A row for each lesson with all its exercises; HTML with the same words, safe, without colors."""
    check("04-same", 3)
    predict("04-width", "<b>16"), predict("04-sign", "negative")
    table = progress()
    assert len(table.rows) == len(LESSONS)
    shown = re.findall(r"[✓○] ([\w-]+)", " ".join(row.exercises for row in table.rows))
    assert shown == [name.partition("-")[2] for name in EXERCISES]
    row = next(row for row in table.rows if row.lesson == "04")
    assert row.exercises == "○ size, ✓ same, ○ corner, ○ my_size"
    assert row.predictions == "sign: negative, width: <b>16"
    html = table._repr_html_()
    assert "✓ same" in html and "&lt;b&gt;16" in html and "<b>" not in html and "color:" not in html
    assert html.count("<tr>") == len(LESSONS) + 1 and "✓ same" in repr(table)
    assert table.caption.endswith("2 predictions made. Saved in progress.json.")


def test_gather(new_session, capsys):
    """A folder for each learner, or a file with a name; checkpoints are not counted; others are named."""
    check("04-same", 3), check("05-size", (50, 37)), predict("04-width", 16)
    record = FILE.read_bytes()
    FILE.unlink()
    for path in (
        "ada/progress.json", "ada/.ipynb_checkpoints/progress-checkpoint.json",
        "ben/notebooks/progress.json", "cleo-progress.json",
    ):  # fmt: skip
        Path("class", path).parent.mkdir(parents=True, exist_ok=True)
        Path("class", path).write_bytes(record)
    Path("class/dan-progress.json").write_text("mine")
    head, *rows, last = gather("class").splitlines()
    assert head.split()[1:-2] == [each.__name__.partition("lesson")[2] for each in LESSONS]
    assert [row.split()[0] for row in rows] == ["ada", "ben/notebooks", "cleo-progress"]
    by_lesson = dict(zip(head.split(), rows[0].split()))
    assert (by_lesson["04"], by_lesson["05"], by_lesson["06"][:2]) == ("1/4", "1/3", "0/")
    assert by_lesson["exercises"] == f"2/{len(EXERCISES)}" and by_lesson["predictions"] == "1"
    assert last == "Not read: dan-progress.json is not a progress file of this course."
    assert main(["class"]) == 0 and capsys.readouterr().out == gather("class") + "\n"


@pytest.mark.parametrize(("arguments", "code", "words"), [
    ([], 2, "usage: "), (["a", "b"], 2, "usage: "), (["nowhere"], 1, "there are none in 'nowhere'"),
])  # fmt: skip
def test_gather_says_what_it_needs(new_session, capsys, arguments, code, words):
    assert main(arguments) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line
