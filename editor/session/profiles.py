"""Profiles: a provider of the person's own, written as text and checked while it is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.capability.profile import Fault, checked, examples, template
from editor.decoding.files import read_file
from editor.errors import Problem
from editor.preferences.places import profiles_folder
from editor.storage import atomic

FIRST = "my-server"
"""The name that is offered for a new profile; it becomes the name of its file."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A profile in the making.

    id: the name of its file, without the suffix. text: as it stands. faults: what is wrong,
    None until that is known of this text. beginnings: examples to begin with, by name.
    trouble: why it was not saved. kept: the name of the file it was read from, "" for a new one;
    removing: whether that may go is being asked.
    """

    id: str
    text: str
    faults: tuple[Fault, ...] | None = None
    beginnings: tuple[str, ...] = ()
    trouble: Problem | None = None
    kept: str = ""
    removing: bool = False

    @property
    def sound(self) -> bool:
        """Whether it may be saved."""
        return self.faults == ()


class Profiles(QObject):
    """One draft at most. changed carries it or None.

    saved carries the name of the one just written, removed of the one just taken away.
    """

    changed = Signal(object)
    saved = Signal(str)
    removed = Signal(str)

    def __init__(self, spawn: Callable[..., object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spawn = spawn
        self.draft: Draft | None = None
        self._checking = False

    async def begin(self) -> None:
        """Begin a new one with the template."""
        text = await asyncio.to_thread(template)
        known = await asyncio.to_thread(examples)
        self._become(Draft(FIRST, text, beginnings=tuple(known)))
        self._check()

    async def edit(self, id: str) -> None:
        """Go on with one that was saved. Raises InputProblem when it cannot be read."""
        data = await asyncio.to_thread(read_file, _file(id))
        self._become(Draft(id, data.decode("utf-8", "replace"), kept=id))
        self._check()

    async def begin_with(self, name: str) -> None:
        """Put an example, or with "" the template, in the place of what is written."""
        known = await asyncio.to_thread(examples)
        text = known.get(name) or await asyncio.to_thread(template)
        self._change(id=name or FIRST, text=text)

    def write(self, text: str) -> None:
        """The text as it is typed."""
        self._change(text=text)

    def call(self, id: str) -> None:
        """The name as it is typed."""
        self._change(id=id.strip())

    async def save(self) -> None:
        """Write the file; the provider is there at once."""
        draft = self.draft
        if draft is None or not draft.sound:
            return
        try:
            await asyncio.to_thread(lambda: atomic.write(_file(draft.id), draft.text.encode()))
        except Problem as problem:
            self._become(replace(draft, trouble=problem))
            return
        self.leave()
        self.saved.emit(draft.id)

    def ask_removal(self, *, on: bool) -> None:
        """Ask whether the file of the draft may go, or ask no more."""
        if self.draft is not None:
            self._become(replace(self.draft, removing=on and bool(self.draft.kept)))

    async def remove(self) -> None:
        """Put the file of the draft aside, once that was asked; its provider is gone at once."""
        draft = self.draft
        if draft is None or not draft.removing:
            return
        try:
            await asyncio.to_thread(_move, _file(draft.kept), aside(draft.kept))
        except Problem as problem:
            self._become(replace(draft, trouble=problem, removing=False))
            return
        self.leave()
        self.removed.emit(draft.kept)

    async def bring_back(self, id: str) -> None:
        """Offer a removed one again, unless its name is taken by now. Raises CannotWrite."""
        if not await asyncio.to_thread(_file(id).exists):
            await asyncio.to_thread(_move, aside(id), _file(id))
            self.saved.emit(id)

    def leave(self) -> None:
        """Let go of the draft."""
        self._become(None)

    def _change(self, **changes: object) -> None:
        if self.draft is not None:
            after = replace(self.draft, **changes)  # type: ignore[arg-type]  # named by field
            if after != self.draft:
                self._become(replace(after, faults=None, trouble=None, removing=False))
                self._check()

    def _check(self) -> None:
        if not self._checking:
            self._checking = True
            self._spawn(self._judge(), "check a profile")

    async def _judge(self) -> None:
        """Check until what is written last is known to be right or wrong."""
        try:
            while (draft := self.draft) is not None and draft.faults is None:
                found = await asyncio.to_thread(checked, draft.text, draft.id)
                if self.draft is draft:
                    faults = found if isinstance(found, tuple) else ()
                    self._become(replace(draft, faults=faults))
        finally:
            self._checking = False

    def _become(self, draft: Draft | None) -> None:
        if draft != self.draft:
            self.draft = draft
            self.changed.emit(draft)


def aside(id: str) -> Path:
    """Where the file of a profile lies once it was removed."""
    return profiles_folder() / f"{id}.toml.removed"


def _file(id: str) -> Path:
    return profiles_folder() / f"{id}.toml"


def _move(file: Path, to: Path) -> None:
    try:
        file.replace(to)
    except OSError as error:
        raise atomic.cannot_write(file.name, error) from error
