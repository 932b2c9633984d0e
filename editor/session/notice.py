"""Notice: one thing to tell the person, as a value that the shell turns into a toast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from editor.errors import Counted, Problem

if TYPE_CHECKING:  # the first window is painted before any pixels are worked on
    from editor.compose.assets.export import Exported

BROKE = "Something in Frisket broke; your picture and mask are safe. Copy the details to report it."

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


def of_error(error: BaseException) -> Notice:
    """Tell whatever went wrong: a problem in its own words, a fault without the keys in its."""
    if isinstance(error, Problem):
        return of_problem(error)
    from editor.transport.scrub import scrubbed  # not before the window is painted

    return Notice("error", BROKE, details=scrubbed(f"{type(error).__name__}: {error}"))


def in_words(template: str) -> Counted:
    """A sentence inside of another one, which is translated by itself."""
    return Counted((Problem(template),))


def exported_notice(done: Exported) -> Notice:
    """Tell a finished asset: its name, its size, and that the rest is untouched."""
    if done.note:
        return Notice(
            "warn",
            "{name} is exported ({size} MB). {note}",
            {"name": done.path.name, "size": f"{done.size / 1e6:.1f}", "note": in_words(done.note)},
            file=done.path,
        )
    return Notice(
        "ok",
        "{name} is exported ({size} MB): {changed} of {protected} protected pixels changed.",
        {
            "name": done.path.name,
            "size": f"{done.size / 1e6:.1f}",
            "changed": f"{done.changed:,}",
            "protected": f"{done.protected:,}",
        },
        file=done.path,
    )
