"""Notice: one thing to tell the person, as a value that the shell turns into a toast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from editor.errors import Problem

Mood = Literal["info", "ok", "warn", "error"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence with its mood.

    template, values: as those of `editor.errors.Problem`. details: foreign words, shown as
    plain text on request. file: what *Show* and *Copy* are about, None when there is none.
    """

    mood: Mood
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    details: str = ""
    file: Path | None = None


def of_problem(problem: Problem) -> Notice:
    """Tell a problem; it stays until it is closed."""
    return Notice("error", problem.template, problem.values, problem.details)
