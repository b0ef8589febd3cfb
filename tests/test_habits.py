"""Linting, formatting, type hints and constraints."""

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


def test_type_hints_are_complete_and_correct():
    """Every function has them, the explorers' as well."""
    run("mypy")


def test_constraints_are_plain_sorted_and_complete():
    """One `name==version` per line, for every package in the requirements, within its range."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", line) for line in lines)
    assert lines == sorted(lines)
    versions = dict(line.split("==") for line in lines)
    for file in ("requirements.txt", "tests/requirements.txt"):
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if not line.startswith("-r"):
                need = Requirement(line.partition("#")[0])
                assert versions[need.name] in need.specifier, need
