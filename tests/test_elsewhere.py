"""Where else the course runs: Colab, Binder, Codespaces and VS Code start with what the lessons need."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tools.course_site.colab import BRANCH, LEFT, first_cell, needs, write_copies

ROOT = Path(__file__).resolve().parent.parent
CDN = ("jsdelivr", "unpkg", "cdnjs")
# Runs the first cell of a copy, then the next code cell, as Colab would
AS_IN_COLAB = """
import json, sys, types

calls = []
output = types.ModuleType("google.colab.output")
output.enable_custom_widget_manager = lambda: calls.append(1)
colab = types.ModuleType("google.colab")
colab.output = output
sys.modules |= {"google": types.ModuleType("google"), "google.colab": colab, output.__name__: output}

for source in json.load(sys.stdin):
    exec(source, globals())
assert calls, "third-party widgets stay disabled"
import helpers

print(os.getcwd(), helpers.__file__, sep="\\n")
"""


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "colab"
    write_copies(folder, "owner/name")
    return {path.stem: nbformat.read(path, as_version=4) for path in folder.iterdir()}


def test_a_copy_fetches_the_course_and_runs(copies, tmp_path):
    """From a clone on this machine; Colab's own module is a stand-in. Running it twice does no harm."""
    here = tmp_path / "course"
    first, second = [
        cell.source for cell in copies["00_start_here"].cells if cell.cell_type == "code"
    ][:2]
    assert first == first_cell("https://github.com/owner/name")
    first = first_cell(ROOT.as_uri(), str(here))
    done = subprocess.run(
        [sys.executable, "-c", AS_IN_COLAB], input=json.dumps([first, first, second]),
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    folder, library = done.stdout.splitlines()[-2:]
    assert Path(folder).samefile(here / "notebooks")
    assert Path(library).is_relative_to(here.resolve())


def test_copies_are_the_lessons_with_one_cell_before(copies):
    """Valid notebooks; links between lessons lead to copies."""
    assert sorted(copies) == sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    for name, copy in copies.items():
        nbformat.validate(copy)
        lesson = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        code = [cell.source for cell in copy.cells if cell.cell_type == "code"]
        assert code[1:] == [cell.source for cell in lesson.cells if cell.cell_type == "code"]
        text = "\n".join(cell.source for cell in copy.cells if cell.cell_type == "markdown")
        assert not re.search(r"\]\(\w+\.ipynb", text)
        for other in re.findall(rf"owner/name/blob/{BRANCH}/(\w+)\.ipynb", text):
            assert other in copies


def test_colab_keeps_its_own_jupyter():
    """An upgrade of these would break its page; all else in requirements.txt is asked for."""
    listed = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert len(needs()) == len(listed) - len(LEFT)
    assert not any(need.startswith(LEFT) for need in needs())


def test_binder_installs_the_requirements():
    """In the form that repo2docker reads: a Python by runtime.txt, packages by requirements.txt."""
    assert sorted(path.name for path in (ROOT / "binder").iterdir()) == [
        "requirements.txt", "runtime.txt"
    ]  # fmt: skip
    version = re.fullmatch(r"python-(3\.\d+)\n", (ROOT / "binder/runtime.txt").read_text())[1]
    lines = (ROOT / "binder/requirements.txt").read_text(encoding="utf-8").splitlines()
    (line,) = (line for line in lines if not line.startswith("#"))
    assert (ROOT / "binder" / line.removeprefix("-r ")).samefile(ROOT / "requirements.txt")
    tested = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    assert f'"{version}"' in tested  # a Python that the tests run with


def test_a_codespace_has_what_the_lessons_need():
    """The same Python as Binder, the requirements, and the extensions that VS Code is told to have."""
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text())
    extensions = json.loads((ROOT / ".vscode/extensions.json").read_text())["recommendations"]
    vscode = container["customizations"]["vscode"]
    assert container["postCreateCommand"] == "pip install -r requirements.txt"
    assert vscode["extensions"] == extensions
    version = (ROOT / "binder/runtime.txt").read_text().strip().removeprefix("python-")
    assert container["image"].endswith(f"/python:{version}")
    for name in container["customizations"]["codespaces"]["openFiles"]:
        assert (ROOT / name).exists()


def test_one_file_names_a_cdn():
    """VS Code takes a part of each widget from there, and nothing else in the course does."""
    settings = json.loads((ROOT / ".vscode/settings.json").read_text())
    assert settings == {"jupyter.widgetScriptSources": ["jsdelivr.com", "unpkg.com"]}
    listed = subprocess.run(
        ["git", "grep", "-lIE", "|".join(CDN)], cwd=ROOT, capture_output=True, text=True
    )
    assert set(listed.stdout.split()) <= {".vscode/settings.json", "tests/test_elsewhere.py"}
