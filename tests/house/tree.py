"""Tree: the project's own files as the house tests see them, those that git knows."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

CORE = (
    "cli",
    "engine",
    "transport",
    "project",
    "providers",
    "compose",
    "edits",
    "capability",
    "mask",
    "decoding",
    "imaging",
    "preferences",
    "storage",
)
# Packages that never see Qt, top first; errors.py stands below them.


MADE = {"out", "dist", "build", "__pycache__"}
# Folders that hold nothing of the project's own.


@cache
def files(suffix: str = "") -> tuple[str, ...]:
    """Paths from the root, of tracked files; of all but hidden ones where there is no git."""
    command = ["git", "ls-files", "-z"]
    try:
        asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        found = asked.stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        found = _walked()
    return tuple(
        path for path in sorted(found) if path.endswith(suffix) and (ROOT / path).is_file()
    )


def _walked() -> list[str]:
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [
        path.as_posix()
        for path in paths
        if not any(part.startswith(".") or part in MADE for part in path.parts)
    ]


@cache
def text(path: str) -> str:
    """What the file says."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: str) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(text(path), path)


def core_modules() -> list[str]:
    """Paths of the core's modules but for the one-sentence package files."""
    return [
        path
        for path in files(".py")
        if path == "editor/errors.py"
        or (path.split("/")[0] == "editor" and path.split("/")[1] in CORE)
        if not path.endswith("__init__.py")
    ]


def dotted(path: str) -> str:
    """The name under which a file is imported."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(path: str) -> list[tuple[int, str]]:
    """Line and full name of everything a file imports, local imports and import_module too.

    `from a import b` counts as a.b, so that a rule about a.b sees it.
    """
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            found += [(node.lineno, arg.value) for arg in node.args[:1] if _is_text(arg)]
    return found


def called(node: ast.Call) -> str:
    """The last part of what is called: `create_task` for `loop.create_task(...)`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def within(name: str, package: str) -> bool:
    """Whether a dotted name is the package or lies in it."""
    return name == package or name.startswith(f"{package}.")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
