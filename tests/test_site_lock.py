"""The lock of the site's Python: what the course needs of it is there, or the site is not built."""

import hashlib
import json
from zipfile import ZipFile

import pytest

from tools import build_site
from tools.course_site.live import DRAW, load_when_needed
from tools.course_site.lock import CORE, LOCK, Refusal, closure, entry_of, needed, read_lock


def entry(*depends, data=b""):
    return {"depends": depends, "file_name": "?", "sha256": hashlib.sha256(data).hexdigest()}


@pytest.fixture
def distribution(tmp_path):
    """A Pyodide distribution of three packages; the last one is needed by nobody."""
    packages = {"Numpy": entry("open_blas"), "open-blas": entry(), "scipy": entry("Numpy")}
    for name, about in packages.items():
        about["file_name"] = f"{name}.whl"
        (tmp_path / f"{name}.whl").write_bytes(b"")
    for name in CORE:
        (tmp_path / name).write_bytes(b"")
    lock = {"info": {"python": "3.12.7"}, "packages": packages}
    (tmp_path / LOCK).write_text(json.dumps(lock))
    return tmp_path


def wheel(folder, needs):
    path = folder / "my_widgets-1.2-py3-none-any.whl"
    lines = "".join(f"Requires-Dist: {need}\n" for need in needs)
    with ZipFile(path, "w") as archive:
        archive.writestr("my_widgets/__init__.py", "")
        about = f"Metadata-Version: 2.1\nName: My_Widgets\nVersion: 1.2\n{lines}"
        archive.writestr("my_widgets-1.2.dist-info/METADATA", about)
    return path


def test_closure_follows_every_dependency_once():
    """Through circles too, whatever the names look like."""
    packages = {"a": entry("B_c"), "b-c": entry("a", "d"), "d": entry(), "e": entry("a")}
    assert closure(packages, ["A"]) == ["a", "b-c", "d"]


def test_only_what_is_needed_is_copied(distribution):
    lock = read_lock(distribution)
    files = needed(lock, distribution, [], ["numpy"])
    assert sorted(files.values()) == ["Numpy.whl", "open-blas.whl"]
    assert sorted(lock["packages"]) == ["numpy", "open-blas"]


def test_a_wheel_is_added_with_what_it_depends_on_there(distribution):
    """Not on what only another system, an older Python or an extra needs."""
    needs = ["numpy>=2", 'colorama; sys_platform == "win32"', 'tomli; python_version < "3.11"',
             'scipy; extra == "all"']  # fmt: skip
    path = wheel(distribution, needs)
    name, about = entry_of(path, "3.12.7")
    assert (name, about["version"], about["imports"]) == ("my-widgets", "1.2", ["my_widgets"])
    assert about["depends"] == ["numpy"]
    lock = read_lock(distribution)
    files = needed(lock, distribution, [path], ["my_widgets"])
    assert files[path] == path.name and len(files) == 3


def test_a_missing_dependency_is_refused(distribution):
    path = wheel(distribution, ["psygnal"])
    with pytest.raises(Refusal, match="must have the package 'psygnal', which my-widgets needs"):
        needed(read_lock(distribution), distribution, [path], ["my-widgets"])


def test_a_missing_file_is_refused(distribution):
    (distribution / "open-blas.whl").unlink()
    with pytest.raises(Refusal, match="names the file open-blas.whl, which .* lacks"):
        needed(read_lock(distribution), distribution, [], ["numpy"])


def test_a_file_that_differs_is_refused(distribution):
    (distribution / "open-blas.whl").write_bytes(b"cut off")
    with pytest.raises(Refusal, match="checksum differs"):
        needed(read_lock(distribution), distribution, [], ["numpy"])


@pytest.mark.parametrize("name", CORE)
def test_a_folder_that_is_no_distribution_is_refused(distribution, name):
    """In one line, and nothing is written."""
    (distribution / name).unlink()
    with pytest.raises(Refusal, match=f"has no {name}$"):
        read_lock(distribution)


def test_the_command_refuses_in_one_line(distribution, tmp_path, capsys):
    (distribution / CORE[0]).unlink()
    site = tmp_path / "site"
    assert build_site.main(["--pyodide", str(distribution), "--output", str(site)]) == 1
    assert capsys.readouterr().err.count("\n") == 1 and not site.exists()


def test_what_draws_is_loaded_by_the_first_cell_that_needs_it():
    texts = ["import sys", "from helpers.explorers import A", "from helpers.figures import b\nb()",
             "from helpers.overview import c"]  # fmt: skip
    cells = [{"cell_type": "code", "source": [text]} for text in texts]
    load_when_needed(cells)
    assert ["".join(cell["source"]) for cell in cells] == [
        *texts[:2], f"{DRAW}\n{texts[2]}", texts[3]
    ]  # fmt: skip
