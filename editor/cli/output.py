"""What a command says: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping
from typing import TextIO

from editor.errors import Problem

_OBEYED = {"Cc", "Cf", "Cs"}
"""Kinds of characters that a terminal acts upon, or that cannot be written."""


class Output:
    """Results as lines for people, or as one JSON object a line."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def result(self, text: str, record: Mapping[str, object]) -> None:
        """Tell a result: the text to people, the record to programs."""
        _write(sys.stdout, json.dumps(record) if self._as_json else text)

    def note(self, text: str) -> None:
        """Tell what happens on the way; programs may ignore it."""
        _write(sys.stderr, text)

    def problem(self, problem: Problem, record: Mapping[str, object] | None = None) -> None:
        """Tell what went wrong in one sentence; foreign words follow as plain text.

        record: what the problem is about, for programs.
        """
        self.note(f"frisket: {problem}")
        for line in problem.details.splitlines():
            self.note(f"    {line}")
        if self._as_json:
            told = {"ok": False, "problem": str(problem), "exit": problem.exit_code}
            self.result("", {**(record or {}), **told})


def plain(text: str) -> str:
    """Text in which no character can steer a terminal."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in _OBEYED else sign
        for sign in text
    )


def _write(stream: TextIO, text: str) -> None:
    """One or more lines, in whatever the stream can carry."""
    lines = "".join(plain(line) + "\n" for line in text.split("\n"))
    encoding = stream.encoding or "utf-8"
    stream.write(lines.encode(encoding, "replace").decode(encoding))
    stream.flush()
