"""Names are the field's own words, and every core module has a test of its own name."""

from __future__ import annotations

import ast
import re

from tests.house.tree import core_modules, files, tree

EMPTY = {"util", "utils", "helper", "helpers", "misc", "common", "manager", "handler", "stuff"}
# Names that say nothing: whatever has no better one could go there.

UNTESTED: dict[str, str] = {}
# Core modules without a test of their own, and the reason.


def test_no_file_has_an_empty_name() -> None:
    parts = {path: re.split(r"[/._]", path) for path in files() if path.endswith(".py")}
    assert {path for path, words in parts.items() if EMPTY & set(words)} == set()


def test_no_class_has_an_empty_name() -> None:
    empty = re.compile(r"(Util|Utils|Helper|Helpers|Misc|Manager)$")
    assert [
        f"{path}:{node.lineno} {node.name}"
        for path in files(".py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and empty.search(node.name)
    ] == []


def test_every_core_module_has_its_own_test() -> None:
    bare = {path for path in core_modules() if _has_code(path) and not _tests_of(path)}
    assert bare - set(UNTESTED) == set()
    assert set(UNTESTED) <= bare, "these are tested by now"
    assert all(UNTESTED.values())


def test_every_test_lies_where_the_run_looks() -> None:
    looked = ("house", "unit", "wire", "widget", "journey")
    tests = [path for path in files(".py") if path.rpartition("/")[2].startswith("test_")]
    assert [path for path in tests if path.split("/")[1] not in looked] == []


def test_every_unit_test_names_a_module() -> None:
    tests = {path for path in files(".py") if path.startswith("tests/unit/")}
    tests -= {path for path in tests if path.endswith("/conftest.py")}
    assert tests - {test for path in files(".py") for test in _tests_of(path)} == set()


def _tests_of(path: str) -> list[str]:
    """test_plane.py of plane.py, and test_plane_laws.py where one file would be too long."""
    if not path.startswith("editor/"):
        return []
    stem = f"tests/unit/{path.removeprefix('editor/').removesuffix('.py')}"
    folder, _, name = stem.rpartition("/")
    own = re.compile(rf"{re.escape(folder)}/test_{re.escape(name)}(_\w+)?\.py")
    return [test for test in files(".py") if own.fullmatch(test)]


def _has_code(path: str) -> bool:
    """Whether a module does anything: a protocol or a bare value has nothing to test."""
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_declared_only(node)
        for node in ast.walk(tree(path))
    )


def _is_declared_only(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return all(
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for node in function.body
    )
