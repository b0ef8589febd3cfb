"""The saved lessons: run from top to bottom, short, with pictures and working links."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from explorer_cells import NAMES, show_explorers

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = [*ROOT.glob("*.md"), *(ROOT / "images").glob("*.md")]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson_is_saved_clean(path):
    """Run from top to bottom, small, without errors, widget state or local paths."""
    lesson = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in lesson["cells"] if cell["cell_type"] == "code"]
    outputs = [output for cell in code for output in cell["outputs"]]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert not any(output["output_type"] == "error" for output in outputs)
    assert "widgets" not in lesson["metadata"] and "widget-view" not in path.read_text(
        encoding="utf-8"
    )
    assert path.stat().st_size < 500 * 1024
    assert not re.search(r"/(home|root|tmp|Users)/", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson_is_short(path):
    """At most 48 cells and 1,200 words; code cells of at most 15 lines."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    sources = {
        kind: ["".join(c["source"]) for c in cells if c["cell_type"] == kind]
        for kind in ("code", "markdown")
    }
    assert len(cells) <= 48
    assert sum(len(text.split()) for text in sources["markdown"]) <= 1200
    assert max(len(text.splitlines()) for text in sources["code"]) <= 15


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_exercise_has_its_question(path):
    """The last text before a `check` asks for something; the exercises are numbered from 1."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    asked, text = [], ""
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            text = source
        elif re.search(r"^check\(", source, re.M):
            asked += re.findall(r"^\*\*(\d|Exercise)\.", text, re.M)[-1:] or ["none"]
            text = ""
    assert asked == (["Exercise"] if path.stem.startswith("00") else [*"1234"][: len(asked)])


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_prediction_has_its_answer(path):
    """Every list of predictions is followed by collapsed answers."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and "Predict" in source and "\n1. " in source:
            assert "<details><summary>Answers</summary>" in source


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_prediction_is_revealed(path):
    """`predict` is committed with three dots, named after its lesson; `reveal` follows in a later cell."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    predicted, revealed = {}, {}
    for number, cell in enumerate(cells):
        source = "".join(cell["source"]) if cell["cell_type"] == "code" else ""
        for name, prediction in re.findall(r'(?<!\.)\bpredict\("([^"]*)", ([^)]*)\)', source):
            assert name not in predicted and prediction == "..."
            predicted[name] = number
        revealed |= dict.fromkeys(re.findall(r'\breveal\("([^"]*)", ', source), number)
    assert predicted.keys() == revealed.keys()
    for name in predicted:
        assert predicted[name] < revealed[name]
        assert name.startswith(path.stem.partition("_")[0] + "-")


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_opens_with_a_picture(path):
    """The first code cell shows the topic of the lesson."""
    first = code_cells(path)[0]
    pictures = [each for each in first["outputs"] if "image/png" in each["data"]]
    assert pictures and all(each["metadata"]["image/png"]["alt"] for each in pictures)


def code_cells(path):
    """The code cells of a lesson; the picture that a text cell has in place of an output is one again.

    Jupyter clears outputs when a cell runs. The picture of the first explorer must stay until then.
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell, below in pairwise(cells):
        for name, data in below.get("attachments", {}).items():
            alt = re.search(
                rf"!\[Still picture of ([^]]+)\]\(attachment:{name}\)", *below["source"][:1]
            )
            assert cell["outputs"] == [] and alt
            explorer = re.search(r"^(\w+)\(", cell["source"][-1])[1]
            data = {**data, "text/plain": f"{explorer}: {alt[1]}"}
            cell["outputs"] = [{"data": data, "metadata": {"image/png": {"alt": alt[1]}}}]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def explorer_outputs(path):
    """For each code cell that shows an explorer: its outputs."""
    cells = code_cells(path)
    shows = show_explorers(["".join(cell["source"]) for cell in cells])
    return [cell["outputs"] for cell, it_does in zip(cells, shows) if it_does]


def explorer_shown(output):
    """The name of the explorer that an output shows, or None: its text begins with that name."""
    name = "".join(output.get("data", {}).get("text/plain", "")).partition(":")[0]
    return name if name in NAMES else None


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_explorer_is_shown(path):
    """A cell that ends in an explorer, or displays one, has it among its outputs."""
    for outputs in explorer_outputs(path):
        assert any(map(explorer_shown, outputs))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_explorer_has_a_picture(path):
    """Every output with an explorer, however it was made, has a picture with alternative text."""
    for cell in code_cells(path):
        for output in cell["outputs"]:
            name = explorer_shown(output)
            if name:
                assert output["data"]["image/png"] and output["metadata"]["image/png"]["alt"]


def test_lessons_show_explorers_of_every_kind():
    """So the two tests above are not vacuous."""
    shown = [each for path in LESSONS for outputs in explorer_outputs(path) for each in outputs]
    assert set(map(explorer_shown, shown)) - {None} == NAMES


@pytest.mark.parametrize("cells", [
    ["KernelExplorer('cat')"],
    ["KernelLearner('cat')"],
    ["x = 1\nParameterCounter()"],
    ["from helpers.explorers import KernelLearner as Learner\nLearner('cat')"],
    ["import helpers.explorers as e\ne.KernelLearner('cat')"],
    ["learner = KernelLearner('cat')\nlearner"],
    ["learner = KernelLearner('cat')", "learner"],
    ["(learner := KernelLearner('cat'))"],
    ["Learner = KernelLearner", "Learner('cat')"],
    ["def mine():\n    return KernelLearner('cat')", "mine()"],
    ["class Mine(KernelLearner):\n    pass", "Mine('cat')"],
    ["display(KernelLearner('cat'))"],
    ["first = KernelLearner('cat')\nsecond = 2\ndisplay(second, first)"],
    ["learner = KernelLearner('cat')\ndisplay(learner)\nlearner.restart()"],
])  # fmt: skip
def test_a_cell_that_shows_an_explorer_is_found(cells):
    assert show_explorers(cells)[-1]


@pytest.mark.parametrize("cells", [
    ["from helpers.explorers import KernelLearner"],
    ["learner = KernelLearner('cat')"],
    ["learner = KernelLearner('cat')\nlearner.step(5)"],
    ["KernelLearner('cat');"],
    ["learner = KernelLearner('cat')\nlearner = 5\nlearner"],
    ["# KernelExplorer('cat')\n5"],
    [""],
])  # fmt: skip
def test_another_cell_is_not(cells):
    assert not show_explorers(cells)[-1]


@pytest.mark.parametrize("path", [*PAGES, *LESSONS], ids=lambda path: path.stem)
def test_links_have_targets(path):
    """Every relative link points to an existing file."""
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)\)", text):
        assert target.startswith(("http", "attachment:")) or (path.parent / target).exists(), target
