"""Losses: what a damaged project file holds no more, in the words of the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from editor.errors import Counted, Problem
from editor.storage.names import shown_name

NOT_WHOLE = (
    "{name} is not whole in this project and no longer where it came from, so it is missing; "
    "open it again."
)
WITHOUT = "{name} is damaged: the copy lacks {lost}; the file is untouched."
DAMAGED = (
    "{name} is damaged in places; what could be read was opened as a copy, the file is untouched."
)

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "slot": ("1 picture", "{count} pictures"),
        "kept": ("1 kept edit", "{count} kept edits"),
        "variant": ("1 result", "{count} results"),
        "mask": ("part of a mask", "parts of {count} masks"),
        "step": ("1 undo step", "{count} undo steps"),
        "round": ("1 round", "{count} rounds"),
        "job": ("1 request", "{count} requests"),
        "asked": ("1 sent mask", "{count} sent masks"),
        "recipe": ("tuning of 1 result", "tuning of {count} results"),
        "form": ("the settings", "the settings"),
        "order": ("their order", "their order"),
    }
)
"""What is lost, one and many of each kind, what matters most first."""

OTHER = ("1 note", "{count} notes")
AND_MORE = "more"

MOST = 3
"""Kinds in one sentence."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was in a project file and cannot be used.

    what: "picture" for one whose name is known; else a kind of WORDS, or what no version of
    this program wrote. name: of the picture that it belongs to, or "".
    """

    what: str
    name: str = ""


def missing(losses: Iterable[Loss]) -> tuple[Problem, ...]:
    """One sentence for each picture that cannot be shown any more."""
    lost = [loss.name for loss in losses if loss.what == "picture"]
    return tuple(Problem(NOT_WHOLE, name=shown_name(name)) for name in lost)


def damage(name: str, losses: Iterable[Loss]) -> Problem:
    """What a copy of a damaged project is without, besides those pictures. name: of the file."""
    counts = Counter(loss.what for loss in losses if loss.what != "picture")
    if not counts:
        return Problem(DAMAGED, name=shown_name(name))
    told = list(_told(counts))
    more = [Problem(AND_MORE)] if len(told) > MOST else []
    return Problem(WITHOUT, name=shown_name(name), lost=Counted((*told[:MOST], *more)))


def _told(counts: Counter[str]) -> Iterator[Problem]:
    for what, words in WORDS.items():
        if counts[what]:
            yield _words(words, counts[what])
    if others := sum(count for what, count in counts.items() if what not in WORDS):
        yield _words(OTHER, others)


def _words(words: tuple[str, str], count: int) -> Problem:
    one, many = words
    return Problem(one) if count == 1 else Problem(many, count=count)
