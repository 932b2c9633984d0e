"""The table of what is shown of each provider names tests that exist, for every profile."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath

from tests.house.tree import files, text

TABLE = "tests/wire/README.md"
COLUMNS = ["profile", "multipart", "JSON", "stream", "async", "mask", "n", "price"]
NAMED = re.compile(r"`([\w./]+\.py)::(\w+)(?:\[([^\]]+)\])?`")


def rows() -> list[list[str]]:
    """The cells of the table, its head first."""
    lines = [line for line in text(TABLE).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_table_has_every_profile_and_every_column() -> None:
    head, _, *body = rows()
    assert head == COLUMNS
    folder = "resources/capabilities/"
    shipped = {PurePosixPath(path).stem for path in files() if path.startswith(folder)}
    told = [row[0].strip("`") for row in body]
    assert sorted(told) == sorted({*shipped, "of one's own"} - {"fields", "offline"})


def test_every_cell_names_its_test() -> None:
    for row in rows()[2:]:
        assert len(row) == len(COLUMNS), row[0]
        for column, cell in zip(COLUMNS[1:], row[1:], strict=True):
            assert NAMED.search(cell), f"{row[0]}, {column}"


def test_every_test_that_is_named_exists() -> None:
    missing = []
    for path, name, case in NAMED.findall(text(TABLE)):
        place = f"tests/wire/{path}" if "/" not in path else f"tests/{path.removeprefix('../')}"
        source = text(place)
        known = {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
        if name not in known or (case and f'"{case}"' not in source):
            missing.append(f"{place}::{name}[{case}]")
    assert missing == []
