"""One style in all files, and type hints that are there and hold."""

import ast
import re
import subprocess
import sys

import pytest
from import_rule import MODULES, ROOT
from packaging.requirements import Requirement

PUBLIC = [
    module
    for module in MODULES
    if "._" not in module and not module.startswith("helpers.explorers")
]
NOT_YET = [
    "convolution",
    "edges",
    "explanation",
    "figures",
    "geometry",
    "gradients",
    "images",
    "kernels",
    "loops",
    "overview",
    "parameters",
    "pooling",
    "rendering",
    "validation",
    "network.attribution",
    "network.augmentation",
    "network.datasets.digits",
    "network.datasets.fashion",
    "network.datasets.idx",
    "network.files",
    "network.layer",
    "network.layers",
    "network.metrics",
    "network.model",
    "network.optimizers",
    "network.pools",
    "network.preprocessing",
    "network.receptive_field",
    "network.schedules",
    "network.training",
    "network.twins",
    "network.user_function",
]  # modules that still lack hints; a test fails when one of them has them all


def run(*command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing():
    run("ruff", "check", ".")


def test_files_are_formatted():
    run("ruff", "format", "--check", ".")


def test_type_hints_hold():
    run("mypy")


@pytest.mark.parametrize("module", PUBLIC)
def test_public_functions_are_typed(module):
    """Every parameter and every result; once a module is done, it leaves the list NOT_YET."""
    missing = untyped(MODULES[module].read_text(encoding="utf-8"))
    if module.removeprefix("helpers.") in NOT_YET:
        assert missing, f"{module} is typed now: take it off NOT_YET"
    else:
        assert not missing, f"{module} lacks hints: {', '.join(missing)}"


@pytest.mark.parametrize("source, missing", [
    ("def f(a: int, *, b: str) -> None: ...", []),
    ("def f(a: int, *, b) -> None: ...", ["f"]),
    ("def f(a: int, *rest) -> None: ...", ["f"]),
    ("def f(a: int): ...", ["f"]),
    ("def _f(a): ...", []),
    ("class A:\n    def f(self, a: int) -> int: ...\n    def __init__(self, a: int): ...", []),
    ("class A:\n    def f(self, a) -> int: ...\n    def __init__(self, a): ...", ["f", "__init__"]),
    ("class A:\n    @staticmethod\n    def f(a) -> int: ...", ["f"]),
])  # fmt: skip
def test_a_missing_hint_is_found(source, missing):
    assert untyped(source) == missing


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


def untyped(source):
    """The public functions and methods, and `__init__`, that lack a hint."""
    found = []
    for scope in [tree := ast.parse(source), *tree.body]:
        if scope is tree or (isinstance(scope, ast.ClassDef) and scope.name[0] != "_"):
            functions = [each for each in scope.body if isinstance(each, ast.FunctionDef)]
            public = [each for each in functions if each.name[0] != "_" or each.name == "__init__"]
            found += [each.name for each in public if not _is_typed(each, scope is not tree)]
    return found


def _is_typed(function, is_method):
    arguments = function.args
    named = arguments.posonlyargs + arguments.args
    static = any(getattr(each, "id", None) == "staticmethod" for each in function.decorator_list)
    named = named[1:] if is_method and not static else named
    named += arguments.kwonlyargs + [each for each in (arguments.vararg, arguments.kwarg) if each]
    returns = function.returns or function.name == "__init__"
    return bool(returns and all(each.annotation for each in named))
