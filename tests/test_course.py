"""The course as a whole: what importing costs, which way imports run, how lessons are saved."""

import ast
import json
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FLOORS = (
    "validation", "geometry", "kernels", "picture_files", "_fast", "images", "convolution",
    "pooling", "edges", "explanation", "gradients", "parameters", "loops", "colormaps", "rendering", "network",
    "figures", "overview", "exercises", "explorers",
)  # fmt: skip


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_import_brings_nothing_heavy():
    """`import helpers` loads neither matplotlib nor widgets nor scipy."""
    loaded = run("import sys, helpers; print(*sys.modules)").split()
    assert not {"matplotlib", "ipywidgets", "anywidget", "IPython", "scipy"} & set(loaded)


def test_import_is_quick():
    """`import helpers` adds at most 0.3 s to `import numpy`: the median of five."""
    code = "import time, numpy; start = time.perf_counter(); import helpers; print(time.perf_counter() - start)"
    assert statistics.median(float(run(code)) for _ in range(5)) <= 0.3


@pytest.mark.parametrize(
    "path", sorted((ROOT / "helpers").rglob("*.py")), ids=lambda path: path.stem
)
def test_imports_run_one_way(path):
    """A module imports only what lies below it."""
    floor = path.relative_to(ROOT / "helpers").parts[0].removesuffix(".py")
    if floor == "__init__":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    below = [name.split(".")[1] for name in names if name.startswith("helpers.")]
    assert all(FLOORS.index(name) <= FLOORS.index(floor) for name in below), (floor, below)
    if floor not in ("explorers",):
        assert not any(name.startswith(("ipywidgets", "anywidget", "traitlets")) for name in names)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson_is_saved_clean(path):
    """Run from top to bottom, without errors, widget state or machine paths, and light."""
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
    """The last text before a `check` asks for something; the exercises are counted from 1."""
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
def test_what_is_predicted_is_answered(path):
    """Every list of things to predict is followed by answers, folded away."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and "Predict" in source and "\n1. " in source:
            assert "<details><summary>Answers</summary>" in source


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_opens_with_a_picture(path):
    """The first cell that runs shows what the lesson is about."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    first = next(cell for cell in cells if cell["cell_type"] == "code")
    assert first["outputs"][-1]["metadata"]["image/png"]["alt"]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_explorer_has_a_picture(path):
    """A cell that ends in an explorer is saved with a picture and a text alternative."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code" and "Explorer(" in "".join(cell["source"]):
            (output,) = cell["outputs"]
            assert "image/png" in output["data"] and output["metadata"]["image/png"]["alt"]


@pytest.mark.parametrize("path", [ROOT / "README.md", *LESSONS], ids=lambda path: path.stem)
def test_links_lead_somewhere(path):
    """Every relative link points at a file that is there."""
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)\)", text):
        assert target.startswith("http") or (path.parent / target).exists(), target
