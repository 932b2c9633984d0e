"""Exchange: what passes between one job and its provider."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import replace

from editor.capability.provider import Provider
from editor.edits.events import Accepted, Event, Limited, Picture, Started
from editor.engine.account import Account, noted
from editor.engine.entry import Entry
from editor.engine.retry import (
    POLL_SECONDS,
    Chance,
    Class,
    class_of,
    expired,
    wait_before,
    wait_to_poll,
)
from editor.engine.way import Transport
from editor.errors import OutcomeUnknown, Problem
from editor.providers.dialect import Call, Dialect, Message
from editor.transport.sentences import NOT_ASKED

log = logging.getLogger(__name__)

NO_END = (
    "The answer ended before the picture was whole. It may have been charged; "
    "nothing is sent again by itself."
)
STILL_RUNNING = "Still running at {host}; it is collected when Frisket looks again."
NOWHERE_TO_ASK = (
    "{host} works on it as {task} and may charge it. "
    "Its name is kept; where to ask for it is not known."
)


class Exchange:
    """One job's calls, each repeated as far as that is free of charge.

    chance: see retry. account: to be kept around what is asked of it.
    """

    def __init__(
        self, provider: Provider, dialect: Dialect, way: Transport, entry: Entry, chance: Chance
    ) -> None:
        self._provider = provider
        self._dialect = dialect
        self._way = way
        self._entry = entry
        self.account = Account(way, entry)
        self._chance = chance
        self._renewed = False
        self._polls = 0
        self._polling_since: float | None = None
        self._polling_seconds = POLL_SECONDS

    async def events(
        self, calls: Iterable[Call], seconds: float | None = None
    ) -> AsyncGenerator[Event, None]:
        """Make every call and those that follow from it. Raises unless there is a picture.

        seconds: how long a task is asked after, None for as long as is usual.
        """
        self._polling_seconds = POLL_SECONDS if seconds is None else seconds
        waiting = deque(calls)
        try:
            while waiting:
                call = waiting.popleft()
                way = self._polled(call) if call.purpose == "poll" else self._answered(call)
                async with aclosing(way) as outcomes:
                    async for outcome in outcomes:
                        if isinstance(outcome, Call):
                            waiting.append(outcome)
                        else:
                            yield outcome
        except (OutcomeUnknown, asyncio.CancelledError):
            # Once the picture is in, the job is done; a tail that is cut or stopped is none.
            if not self.account.pictures:
                raise
        if not self.account.pictures:
            still = self.account.task and self.account.still(NOWHERE_TO_ASK)
            raise still or OutcomeUnknown(NO_END)

    async def _answered(self, call: Call) -> AsyncGenerator[Event | Call, None]:
        """Make a call, again where nothing of it can have been charged."""
        tried: Counter[Class] = Counter()
        await asyncio.sleep(call.wait)
        while True:
            try:
                async with aclosing(self._heard(call)) as outcomes:
                    async for outcome in outcomes:
                        yield outcome
                return
            except Problem as problem:
                if self.account.pictures:
                    raise
                kind = class_of(problem)
                wait = wait_before(problem, tried[kind], self._chance)
                if wait is None:
                    yield self._renewal(problem)
                    return
                tried[kind] += 1
            if kind is Class.LIMITED:
                self._way.not_taken()
                await noted(self._entry.limited)
                yield Limited(wait)
            await asyncio.sleep(wait)
            if kind is Class.LIMITED:
                yield Started()

    def _renewal(self, problem: Problem) -> Call:
        """The call that asks for a new link in the place of one that expired; else raises."""
        call = None
        if expired(problem) and self.account.task and not self._renewed:
            self._renewed = True
            call = self._dialect.resume(self._provider, self.account.task)
        if call is None:
            raise problem
        return call

    async def _polled(self, call: Call) -> AsyncGenerator[Event | Call, None]:
        """Ask after a task in its rhythm; whoever cannot be asked is asked later.

        The task of an earlier run is asked after at once.
        """
        if call.wait:
            await self._until_next_poll()
        while True:
            try:
                async with aclosing(self._heard(call)) as outcomes:
                    async for outcome in outcomes:
                        yield outcome
                return
            except OutcomeUnknown as problem:
                if problem.template != NOT_ASKED:
                    raise
                log.info("a task could not be asked after: %s", problem.details)
            await self._until_next_poll()

    async def _until_next_poll(self) -> None:
        """Wait longer each time. Raises StillRunning when it has been long enough for one run."""
        now = asyncio.get_running_loop().time()
        if self._polling_since is None:
            self._polling_since = now
        wait = wait_to_poll(self._polls, self._chance)
        if now + wait > self._polling_since + self._polling_seconds:
            raise self.account.still(STILL_RUNNING)
        self._polls += 1
        await asyncio.sleep(wait)

    async def _heard(self, call: Call) -> AsyncGenerator[Event | Call, None]:
        async with aclosing(self._way.send(call)) as items:
            async for item in items:
                if not isinstance(item, Message):
                    yield item
                    continue
                if call.purpose == "poll" and item.status >= 300:
                    raise self._unasked(item.status)
                if call.purpose == "submit" and item.last and item.status < 300:
                    await noted(self._entry.received)
                for outcome in await asyncio.to_thread(_decoded, self._dialect, item):
                    if (counted := await self._counted(outcome)) is not None:
                        yield counted

    async def _counted(self, outcome: Event | Call) -> Event | Call | None:
        """Write down what has come; a task is told once, however often it is named."""
        if isinstance(outcome, Accepted):
            if outcome.task == self.account.task:
                return None
            await noted(lambda: self._entry.accepted(outcome.task))
        if isinstance(outcome, Picture):
            await noted(self._entry.received)
            self._way.enough()
            self.account.pictures += 1
            return replace(outcome, index=self.account.pictures - 1)
        return outcome

    def _unasked(self, status: int) -> OutcomeUnknown:
        """A question that was refused says nothing of the edit, which has been accepted."""
        if status in {401, 403}:
            return self.account.still(STILL_RUNNING)
        host = self._entry.note.asked.host
        return OutcomeUnknown(NOT_ASKED, host=host, details=f"status {status}")


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
