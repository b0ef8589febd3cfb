"""One style in all files, and type hints that are there and hold."""

import re
import subprocess
import sys

from import_rule import ROOT
from packaging.requirements import Requirement


def run(*command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing():
    run("ruff", "check", ".")


def test_files_are_formatted():
    run("ruff", "format", "--check", ".")


def test_type_hints_are_there_and_hold():
    """Every function of `helpers` has them."""
    run("mypy")


def test_constraints_are_plain_sorted_and_complete():
    """`name==version`, one line each, for all that the requirements name, in their ranges."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", line) for line in lines)
    assert lines == sorted(lines)
    versions = dict(line.split("==") for line in lines)
    for file in ("requirements.txt", "tests/requirements.txt"):
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if not line.startswith("-r"):
                need = Requirement(line.partition("#")[0])
                assert versions[need.name] in need.specifier, need
