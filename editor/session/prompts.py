"""Prompts: what was asked before, in this project and then in others, for the prompt to walk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from editor.preferences import prompts as kept
from editor.preferences.prompts import Prompted
from editor.project.project import Round
from editor.session.newest import Newest


class Prompts(QObject):
    """Earlier prompts, newest first, each once: those of this project, then those of others.

    changed: the entries are others.
    """

    changed = Signal()

    def __init__(self, spawn: Callable[..., object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = Newest(kept.save, spawn, "keep the prompt")
        self._ours: tuple[Prompted, ...] = ()
        self._others: tuple[Prompted, ...] = ()

    @property
    def entries(self) -> tuple[Prompted, ...]:
        return _once((*self._ours, *self._others))

    async def restore(self, rounds: Sequence[Round]) -> None:
        """Know the prompts of a project, whose oldest round comes first, and of others."""
        found = sorted(rounds, key=lambda round: round.made, reverse=True)
        self._ours = (*self._ours, *(p for round in found for p in _prompted(round)))
        self._others = await asyncio.to_thread(kept.load)
        self.changed.emit()

    def add(self, round: Round) -> None:
        """A round was begun: its prompt is the newest, here and for later projects."""
        new = tuple(_prompted(round))
        if not new:
            return
        self._ours = _once((*new, *self._ours))
        self._others = _once((*new, *self._others))[: kept.MOST]
        self.changed.emit()
        self._file.keep(self._others)


def matching(entries: Iterable[Prompted], words: str) -> list[Prompted]:
    """The entries whose prompt or model holds every word, in any order and case."""
    wanted = words.casefold().split()
    return [
        entry
        for entry in entries
        if all(word in f"{entry.prompt}\n{entry.model}".casefold() for word in wanted)
    ]


def _prompted(round: Round) -> Iterable[Prompted]:
    return [Prompted(round.prompt, round.model)] if round.prompt.strip() else []


def _once(entries: Iterable[Prompted]) -> tuple[Prompted, ...]:
    """Each prompt once, at its first place."""
    found: dict[str, Prompted] = {}
    for entry in entries:
        found.setdefault(entry.prompt, entry)
    return tuple(found.values())
