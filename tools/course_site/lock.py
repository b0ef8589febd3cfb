"""The lock of a Pyodide distribution: what the course needs of it, and the wheels added to it.

A lock, `pyodide-lock.json`, names every package that the browser's Python can load: its file, what
that file must be, and the packages it depends on. A package that is missing from it, or whose file
is, would leave the kernel waiting without a word; so that is refused here.
"""

import hashlib
import json
import re
from email import message_from_string
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement

LOCK = "pyodide-lock.json"
# what Pyodide itself consists of
CORE = "pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", LOCK
# what a kernel of JupyterLite asks for before it runs the first cell, by the names it asks by
KERNEL = (
    "micropip", "piplite", "ssl", "sqlite3", "ipykernel", "comm", "pyodide_kernel", "jedi", "ipython",
)  # fmt: skip


class Refusal(Exception):
    """Why the site cannot be built, in one line."""


def plain(name: str) -> str:
    """Return the name of a package as the lock writes it.

    >>> plain("prompt_toolkit")
    'prompt-toolkit'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(packages: dict[str, dict], wanted: list[str]) -> list[str]:
    """Return the names of the wanted packages and of all that they depend on, sorted.

    >>> closure({"a": {"depends": ["b"]}, "b": {"depends": []}, "c": {"depends": []}}, ["a"])
    ['a', 'b']
    """
    needed_by = {plain(name): "the course" for name in wanted}
    waiting = list(needed_by)
    while waiting:
        name = waiting.pop()
        if name not in packages:
            raise Refusal(f"{LOCK} must have the package {name!r}, which {needed_by[name]} needs")
        for other in map(plain, packages[name]["depends"]):
            if other not in needed_by:
                needed_by[other] = name
                waiting.append(other)
    return sorted(needed_by)


def entry_of(wheel: Path, python: str) -> tuple[str, dict]:
    """Return the name of a pure-Python wheel, and what a lock says of it.

    `python` is the version of the browser's Python, such as "3.12.7".
    """
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        about = message_from_string(archive.read(metadata).decode("utf-8"))
    tops = {name.partition("/")[0].removesuffix(".py") for name in names}
    depends = map(Requirement, about.get_all("Requires-Dist", []))
    where = {
        "sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix",
        "python_full_version": python, "python_version": python.rpartition(".")[0], "extra": "",
    }  # fmt: skip
    return plain(about["Name"]), {
        "name": plain(about["Name"]),
        "version": about["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "package_type": "package",
        "sha256": _sha256(wheel),
        "imports": sorted(top for top in tops if top.isidentifier()),
        "depends": [plain(d.name) for d in depends if not d.marker or d.marker.evaluate(where)],
        "unvendored_tests": False,
    }


def read_lock(folder: Path) -> dict:
    """Return the lock of a distribution; refuse a folder that lacks a part of Pyodide itself."""
    for name in CORE:
        if not (folder / name).is_file():
            raise Refusal(f"--pyodide must be a Pyodide distribution; {folder} has no {name}")
    lock = json.loads((folder / LOCK).read_text(encoding="utf-8"))
    lock["packages"] = {plain(name): about for name, about in lock["packages"].items()}
    return lock


def needed(lock: dict, folder: Path, wheels: list[Path], wanted: list[str]) -> dict[Path, str]:
    """Add the wheels to the lock and take from it what is not needed; return the files it names.

    Each file is the path to copy from, and the name to copy it to. Wheels come before what the
    distribution has by the same name.
    """
    python, paths = lock["info"]["python"], {}
    for wheel in wheels:
        name, about = entry_of(wheel, python)
        lock["packages"][name] = about
        paths[name] = wheel
    kept = closure(lock["packages"], wanted)
    lock["packages"] = {name: lock["packages"][name] for name in kept}
    files = {}
    for name, about in lock["packages"].items():
        path = paths.get(name, folder / about["file_name"])
        if not path.is_file():
            raise Refusal(f"{LOCK} names the file {about['file_name']}, which {folder} lacks")
        if _sha256(path) != about["sha256"]:
            raise Refusal(f"{path} is not the file that {LOCK} names: its checksum differs")
        files[path] = about["file_name"]
    return files


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
