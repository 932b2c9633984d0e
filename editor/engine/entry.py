"""Entry: one paid request on its way, every step of it in the ledger before the next."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from editor.engine.blanking import blank
from editor.engine.note import MAY_FOLLOW, Note, State
from editor.errors import Problem
from editor.storage.scratch import scratch
from editor.storage.spool import Spool

log = logging.getLogger(__name__)

LARGEST_ANSWER = 512 * 2**20
"""Bytes of a raw answer that are kept."""


class Entry:
    """Its line of the ledger; each call is durable when it returns.

    A state that cannot follow the present one is not written: what was sent stays sent. raw:
    where its raw answer goes. write: puts a line into the ledger, durable on return.
    """

    def __init__(self, note: Note, raw: Path, write: Callable[[Note], None]) -> None:
        self.note = note
        self._raw = raw
        self._write = write
        self._spool: Spool | None = None

    @property
    def id(self) -> str:
        """Its name in the ledger, which goes along so that a provider may know it again."""
        return self.note.id

    @property
    def spool(self) -> Spool:
        """Where the raw answer goes, and what comes after it."""
        if self._spool is None:
            self._spool = Spool(self._raw, LARGEST_ANSWER)
        return self._spool

    def scratch(self, blocks: Iterable[bytes]) -> BinaryIO:
        """A file for what goes out, which leaves nothing. Raises CannotWrite."""
        return scratch(self._raw.parent, blocks)

    def limited(self) -> None:
        """The provider asked to wait."""
        self._become(State.LIMITED)

    def sending(self, count: int) -> None:
        """The first of so many bytes are about to go out."""
        self._become(State.SENDING)

    def sent(self) -> None:
        """The last byte is about to go out; from now on it may be charged."""
        self._become(State.SENT)

    def accepted(self, task: str) -> None:
        """The provider works on it under this name."""
        self._become(State.ACCEPTED, task=task)

    def received(self) -> None:
        """The raw answer is whole in the spool, or as much of it as holds the picture."""
        self._become(State.RECEIVED)

    def stored(self) -> None:
        """The picture is in the project; no signed address stays in its raw answer."""
        self._become(State.STORED)
        self.close()
        try:
            blank(self._raw)
        except OSError as error:
            log.warning("a signed address could not be taken out: %s", error.strerror)

    def shown(self) -> None:
        """The picture was put before the person."""
        self._become(State.SHOWN)

    def refused(self, problem: Problem | None = None) -> None:
        """The provider said no; nothing was charged."""
        self._end(State.REFUSED, problem)

    def not_sent(self, problem: Problem | None = None) -> None:
        """It did not leave whole; nothing was charged."""
        self._end(State.NOT_SENT, problem)

    def unknown(self, problem: Problem | None = None) -> None:
        """It was sent and not answered; it may have been charged."""
        self._end(State.UNKNOWN, problem)

    def unusable(self, problem: Problem | None = None) -> None:
        """An answer came that holds no picture; it is kept."""
        self._end(State.UNUSABLE, problem)

    def abandoned(self) -> None:
        """Stopped by the person before the last byte was out."""
        self._end(State.ABANDONED, None)

    def _end(self, state: State, problem: Problem | None) -> None:
        values = {name: str(value) for name, value in problem.values.items()} if problem else {}
        self._become(state, template=problem.template if problem else "", values=values)
        self.close()

    def _become(self, state: State, **changes: object) -> None:
        if self.note.state is state and not changes:
            return
        if self.note.state not in MAY_FOLLOW[state]:
            log.warning("a request that is %s cannot be %s", self.note.state.value, state.value)
            return
        after = replace(self.note, state=state, **changes)  # type: ignore[arg-type]  # by name
        self._write(after)
        self.note = after

    def close(self) -> None:
        """Let go of the raw answer; it may be opened again."""
        if self._spool is not None:
            self._spool.close()
            self._spool = None
