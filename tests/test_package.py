"""The wheel contains everything the course needs; the library itself needs three packages."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_bytes
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import helpers

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
ALONE = """
import sys
from importlib.abc import MetaPathFinder

class OnlyThree(MetaPathFinder):
    allowed = {"helpers", "numpy", "PIL", "threadpoolctl", *sys.stdlib_module_names}

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in self.allowed:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, OnlyThree())
sys.path.insert(0, sys.argv[1])
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    with zipfile.ZipFile(file) as wheel:
        yield wheel


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    wheel.extractall(folder)
    return folder


def python(*arguments, cwd):
    done = subprocess.run(
        [sys.executable, "-I", *map(str, arguments)], cwd=cwd, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_contains_pictures_digits_and_lessons(wheel):
    """Byte for byte, without the README's pictures."""
    files = [*(ROOT / "images").rglob("*.*"), *(ROOT / "notebooks").glob("*.ipynb")]
    wanted = [file for file in files if file.parent.name != "readme"]
    brought = {name for name in wheel.namelist() if name.startswith("helpers/_data/")}
    assert brought == {f"helpers/_data/{file.relative_to(ROOT).as_posix()}" for file in wanted}
    for file in wanted:
        assert wheel.read(f"helpers/_data/{file.relative_to(ROOT).as_posix()}") == file.read_bytes()


def test_contains_the_front_end_and_py_typed(wheel):
    parts = {
        file.relative_to(ROOT).as_posix()
        for end in ("py", "js", "css", "typed")
        for file in (ROOT / "helpers").rglob(f"*.{end}")
    }
    assert parts <= set(wheel.namelist()) and "helpers/py.typed" in parts


def test_metadata(wheel):
    """One version, the licenses of all parts, and both license files."""
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = message_from_bytes(wheel.read(name))
    assert metadata["Version"] == helpers.__version__
    assert metadata["License-Expression"] == (
        "MIT AND Apache-2.0 AND CC-BY-4.0 AND CC-BY-SA-3.0 AND CC-BY-SA-4.0 AND CC0-1.0"
    )
    assert metadata.get_all("License-File") == ["LICENSE", "images/CREDITS.md"]


@pytest.mark.parametrize("call, expected", [
    ("load_image('cat').shape", ["(300,", "451,", "3)"]),
    ("len(load_digits('test')[1])", ["10000"]),
    ("len(load_fashion('test')[1])", ["2000"]),
    ("len(load_fruits('noto', 2)[1])", ["20"]),
    ("next(train(network, images[:64], labels[:64])).batch", ["1"]),
])  # fmt: skip
def test_library_needs_numpy_pillow_and_threadpoolctl(installed, tmp_path, call, expected):
    """Pictures, digits and training work while every other package is blocked."""
    code = f"""{ALONE}
from helpers import load_image
from helpers.network import Conv, Dense, Flatten, Network, ReLU, load_digits, train
from helpers.network import load_fashion, load_fruits
images, labels = load_digits("test")
network = Network([Conv(2, 3), ReLU(), Flatten(), Dense(10)], (28, 28, 1), seed=0)
print({call})
"""
    assert python("-c", code, installed, cwd=tmp_path) == expected


def test_blocking_other_packages_blocks_them(installed, tmp_path):
    """The figures need matplotlib and fail to import here, so the test above is not vacuous."""
    code = ALONE + "import helpers\nprint(helpers.__file__)\nimport helpers.figures"
    with pytest.raises(AssertionError, match="No module named 'matplotlib'"):
        python("-c", code, installed, cwd=tmp_path)


@pytest.fixture(scope="module")
def lessons(installed, tmp_path_factory):
    """The lessons as `python -m helpers` copies them from the installed package."""
    folder = tmp_path_factory.mktemp("learner")
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from helpers.__main__ import main; main()"
    )
    python("-c", code, installed, "lessons", "--copy-only", cwd=folder)
    return folder / "lessons"


@pytest.mark.parametrize("lesson", ["03_kernels_and_edges", "09_inside_the_network"])
def test_a_copied_lesson_finds_its_pictures(installed, lessons, monkeypatch, lesson):
    """Its cells that read files of the course run, outside of any clone."""
    monkeypatch.setenv("PYTHONPATH", str(installed))
    notebook = nbformat.read(lessons / f"{lesson}.ipynb", as_version=4)
    reads = [n for n, cell in enumerate(notebook.cells) if "(FOLDER /" in cell.source]
    notebook.cells = notebook.cells[: reads[-1] + 1]
    notebook.cells.append(nbformat.v4.new_code_cell("import helpers; print(helpers.__file__)"))
    NotebookClient(notebook, resources={"metadata": {"path": str(lessons)}}).execute()
    assert Path(notebook.cells[-1].outputs[0].text.strip()).is_relative_to(installed)


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_no_lesson_reads_files_of_the_clone(path):
    """A copied lesson has no `../images` next to it."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert not re.search(r"\.\./\w", "".join(cell["source"]))


def listed(file):
    """The requirements listed in a file, without comments."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return sorted(line.partition("#")[0].strip() for line in lines if not line.startswith("-r"))


def test_requirements_are_those_of_the_package():
    """The requirements files list the same as the package and its extras."""
    test = [name for name in EXTRAS["test"] if name != "convolution-course[course]"]
    assert listed("requirements.txt") == sorted(PROJECT["dependencies"] + EXTRAS["course"])
    assert listed("tests/requirements.txt") == sorted(test)
