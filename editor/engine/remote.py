"""A provider as an engine: encode, send, decode, and follow what the answer asks for."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Protocol

from editor.capability.catalog import Model, Provider
from editor.edits.events import Event, Picture, Progress, Sent, Started
from editor.edits.framing import Framed
from editor.engine.ledger import Entry
from editor.errors import AnswerUnusable, CannotWrite, OutcomeUnknown, Problem, ProviderRefused
from editor.providers.dialect import Call, Dialect, Message
from editor.transport.durable import settled
from editor.transport.scrub import MASK, scrubbed

log = logging.getLogger(__name__)

CLOSED = (
    "You closed the connection after the request was sent, so it may be charged; "
    "nothing is sent again by itself."
)
NO_END = (
    "The answer ended before the picture was whole. It may have been charged; "
    "nothing is sent again by itself."
)


class Transport(Protocol):
    """One job's way to its provider; see transport.http."""

    @property
    def sent(self) -> bool:
        """Whether the last byte of the paid request may be out."""
        ...

    def enough(self) -> None:
        """Say that the picture is in."""
        ...

    def send(self, call: Call) -> AsyncGenerator[Message | Progress | Sent, None]:
        """Make the call and yield what is heard."""
        ...


class RemoteEngine:
    """Asks one model of one provider; may run many jobs, each with a way of its own.

    opened: makes the ledger's entry of a job, durable on return. connect: makes the transport
    that writes to it.
    """

    def __init__(
        self,
        provider: Provider,
        model: Model,
        dialect: Dialect,
        opened: Callable[[str, Framed], Entry],
        connect: Callable[[Entry], Transport],
    ) -> None:
        self._provider = provider
        self._model = model
        self._dialect = dialect
        self._opened = opened
        self._connect = connect

    async def run(self, edit: Framed, job: str) -> AsyncGenerator[Event, None]:
        """Do the work; what comes before Started is done while the job still waits its turn."""
        entry = await settled(lambda: self._opened(job, edit))
        exchange = _Exchange(self._dialect, self._connect(entry), entry)
        async with exchange.accounted(edit.request.prompt):
            yield Started()
            calls = await asyncio.to_thread(self._dialect.encode, edit, self._provider, self._model)
            async with aclosing(exchange.events(calls)) as events:
                async for event in events:
                    yield event


class _Exchange:
    """What passes between one job and its provider, and what the ledger is told of it."""

    def __init__(self, dialect: Dialect, way: Transport, entry: Entry) -> None:
        self._dialect = dialect
        self._way = way
        self._entry = entry
        self._pictures = 0

    @asynccontextmanager
    async def accounted(self, prompt: str) -> AsyncIterator[None]:
        """Tell the ledger how it ended, whatever ended it; a stop after the last byte is told."""
        settle: Callable[[], None] | None = None
        try:
            yield
        except Problem as problem:
            settle = partial(self._settle, problem)
            problem.details = _clean(problem.details, prompt)
            raise
        except (asyncio.CancelledError, GeneratorExit) as stop:
            if not self._way.sent:
                settle = self._entry.abandoned
            elif isinstance(stop, asyncio.CancelledError):
                raise OutcomeUnknown(CLOSED) from None
            raise
        finally:
            if self._pictures:
                self._entry.spool.close()
            else:
                await _noted(settle or partial(self._leave, None))

    async def events(self, calls: Sequence[Call]) -> AsyncGenerator[Event, None]:
        """Make every call and those that follow from it. Raises unless there is a picture."""
        waiting = deque(calls)
        try:
            while waiting:
                call = waiting.popleft()
                await asyncio.sleep(call.wait)
                async with aclosing(self._heard(call)) as outcomes:
                    async for outcome in outcomes:
                        if isinstance(outcome, Call):
                            waiting.append(outcome)
                        else:
                            yield outcome
        except (OutcomeUnknown, asyncio.CancelledError):
            # Once the picture is in, the job is done; a tail that is cut or stopped is none.
            if not self._pictures:
                raise
        if not self._pictures:
            raise OutcomeUnknown(NO_END)

    async def _heard(self, call: Call) -> AsyncGenerator[Event | Call, None]:
        async with aclosing(self._way.send(call)) as items:
            async for item in items:
                if not isinstance(item, Message):
                    yield item
                    continue
                if item.last and item.status < 300:
                    await _noted(self._entry.received)
                for outcome in await asyncio.to_thread(_decoded, self._dialect, item):
                    yield await self._counted(outcome)

    async def _counted(self, outcome: Event | Call) -> Event | Call:
        if not isinstance(outcome, Picture):
            return outcome
        await _noted(self._entry.received)
        self._way.enough()
        self._pictures += 1
        return replace(outcome, index=self._pictures - 1)

    def _settle(self, problem: Problem) -> None:
        match problem:
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
        if self._way.sent:
            self._entry.unknown(problem)
        else:
            self._entry.not_sent(problem)


def _decoded(dialect: Dialect, message: Message) -> list[Call | Event]:
    """Everything a message means; one that breaks off after a picture has brought a picture."""
    outcomes: list[Call | Event] = []
    try:
        for outcome in dialect.decode(message):
            outcomes.append(outcome)
    except OutcomeUnknown:
        if not outcomes:
            raise
    return outcomes


async def _noted(work: Callable[[], None]) -> None:
    """Tell the ledger; a full disk must not cost what has been paid for or learnt."""
    try:
        await settled(work)
    except CannotWrite:
        log.warning("the ledger could not be written")


def _clean(details: str, prompt: str) -> str:
    """Take keys and the prompt out of a provider's words."""
    return scrubbed(details.replace(prompt, MASK) if prompt.strip() else details)
