"""Sizes: how long the project's files and functions are, and which may be longer, and why."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator

from tests.house.tree import files, text, tree

FILE = 350
FUNCTION = 80
# Lines, all counted: what is longer than this is more than one idea.

LONGER: dict[str, str] = {}
# "path" or "path:function" and the reason.


def file_sizes(prefix: str = "") -> dict[str, int]:
    """Lines of every Python file under a folder."""
    return {path: len(text(path).splitlines()) for path in files(".py") if path.startswith(prefix)}


def function_sizes(prefix: str = "") -> dict[str, int]:
    """Lines of every function and method under a folder, from def to its end."""
    return {
        f"{path}:{name}": size
        for path in files(".py")
        if path.startswith(prefix)
        for name, size in _functions(path)
    }


def _functions(path: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = node.end_lineno or node.lineno
            yield f"{node.name}@{node.lineno}", last - node.lineno + 1


def spread(sizes: list[int]) -> str:
    """Median, 95th percentile and largest, for people."""
    if not sizes:
        return "none"
    ordered = sorted(sizes)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"median {statistics.median(ordered):.0f}, p95 {late}, largest {ordered[-1]}"
