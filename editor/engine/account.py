"""Account: what the ledger is told of how a job ended, whatever ended it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from editor.engine.entry import Entry
from editor.engine.note import MAY_BE_CHARGED
from editor.engine.stops import CLOSED, LEFT_RUNNING, SLEPT
from editor.engine.way import Transport
from editor.errors import (
    AnswerUnusable,
    CannotWrite,
    OutcomeUnknown,
    Problem,
    ProviderRefused,
    StillRunning,
)
from editor.transport.durable import settled
from editor.transport.scrub import scrubbed, without

log = logging.getLogger(__name__)


class Account:
    """One job's. pictures: how many have come; where one has, the job is done."""

    def __init__(self, way: Transport, entry: Entry) -> None:
        self._way = way
        self._entry = entry
        self.pictures = 0

    @property
    def task(self) -> str:
        """The provider's name for what it works on, "" while it has none."""
        return self._entry.note.task

    def still(self, sentence: str) -> StillRunning:
        """What is told of a task that goes on."""
        return StillRunning(sentence, host=self._entry.note.asked.host, task=self.task[:40])

    @asynccontextmanager
    async def kept(self, prompt: str) -> AsyncIterator[None]:
        """Tell the ledger how what is inside ended; a stop after the last byte is told."""
        settle: Callable[[], None] | None = None
        try:
            yield
        except Problem as problem:
            settle = partial(self._settle, problem)
            problem.details = scrubbed(without(prompt, problem.details))
            raise
        except (asyncio.CancelledError, GeneratorExit) as stop:
            if not self._is_out:
                settle = self._entry.abandoned
            elif self.task or not self._way.sent:
                settle = _nothing  # the next start goes on with it
            if self._is_out and isinstance(stop, asyncio.CancelledError):
                raise self._stopped(stop) from None
            raise
        finally:
            self._way.close()
            if not self.pictures:
                await noted(settle or partial(self._leave, None))
            self._entry.close()

    @property
    def _is_out(self) -> bool:
        """Whether the edit may be charged, in this run or in an earlier one."""
        return self._way.sent or self._entry.note.state in MAY_BE_CHARGED

    def _stopped(self, stop: asyncio.CancelledError) -> Problem:
        """What a stop means after the last byte."""
        if self.task:
            return self.still(LEFT_RUNNING)
        return OutcomeUnknown(SLEPT if stop.args == (SLEPT,) else CLOSED)

    def _settle(self, problem: Problem) -> None:
        match problem:
            case StillRunning():
                pass  # the ledger holds the task, so that it can be asked for again
            case ProviderRefused():
                self._entry.refused(problem)
            case AnswerUnusable():
                self._entry.unusable(problem)
            case OutcomeUnknown():
                self._entry.unknown(problem)
            case _:
                self._leave(problem)

    def _leave(self, problem: Problem | None) -> None:
        """Nobody answered: what counts is whether it left."""
        if self._is_out:
            self._entry.unknown(problem)
        else:
            self._entry.not_sent(problem)


async def noted(work: Callable[[], None]) -> None:
    """Tell the ledger; a full disk must not cost what has been paid for or learnt."""
    try:
        await settled(work)
    except CannotWrite:
        log.warning("the ledger could not be written")


def _nothing() -> None:
    """Leave the ledger as it is."""
