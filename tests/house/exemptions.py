"""Exemptions: every place where a gate is told to look away, and the reason it gives."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from typing import NamedTuple

from tests.house.tree import called, files, text, tree

KINDS = ("noqa", "type: ignore", "no cover", "skip", "xfail")

_COMMENTS = {
    "noqa": re.compile(r"#\s*(?:ruff:\s*)?noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?"),
    "type: ignore": re.compile(r"#\s*(?:type:\s*ignore(?:\[[\w-]+(?:,\s*[\w-]+)*\])?|mypy:.*)"),
    "no cover": re.compile(r"#\s*pragma:\s*no (?:cover|branch)"),
}
_NAMES_WHAT = re.compile(r"noqa:|ignore\[|pragma")
# An exemption from everything has no reason that could be good enough.

_MARKS = {"skip": "skip", "skipif": "skip", "importorskip": "skip", "xfail": "xfail"}


class Exemption(NamedTuple):
    """One of them; reason is empty when none is given."""

    kind: str
    place: str
    reason: str


def found() -> list[Exemption]:
    """All exemptions of the project."""
    return [each for path in files(".py") for each in (*_in_comments(path), *_in_tests(path))]


def _in_comments(path: str) -> Iterator[Exemption]:
    for token in tokenize.generate_tokens(io.StringIO(text(path)).readline):
        if token.type != tokenize.COMMENT:
            continue
        rest = token.string
        for pattern in _COMMENTS.values():
            rest = pattern.sub("", rest)
        for kind, pattern in _COMMENTS.items():
            for mark in pattern.findall(token.string):
                reason = rest.strip(" #-:\t") if _NAMES_WHAT.search(mark) else ""
                yield Exemption(kind, f"{path}:{token.start[0]}", reason)


def _in_tests(path: str) -> Iterator[Exemption]:
    """Skips and expected failures, as marks and as calls; their reason is an argument."""
    nodes = list(ast.walk(tree(path)))
    calls = {id(node.func): node for node in nodes if isinstance(node, ast.Call)}
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr in _MARKS and _is_pytest(node):
            call = calls.get(id(node))
            reason = _argument(call) if call else ""
            yield Exemption(_MARKS[node.attr], f"{path}:{node.lineno}", reason)


def _is_pytest(node: ast.Attribute) -> bool:
    return ast.unparse(node.value) in {"pytest", "pytest.mark"}


def _argument(call: ast.Call) -> str:
    named = [keyword.value for keyword in call.keywords if keyword.arg in {"reason", "msg"}]
    direct = call.args[:1] if called(call) in {"skip", "xfail"} else []
    return next((ast.unparse(value).strip("'\"") for value in (*named, *direct)), "")
