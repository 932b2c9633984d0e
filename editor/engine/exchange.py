"""Exchange: what passes between one job and its provider, and what the ledger is told of it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Protocol

from editor.capability.provider import Provider
from editor.edits.events import Accepted, Event, Limited, Picture, Progress, Sent, Started
from editor.engine.entry import Entry
from editor.engine.note import MAY_BE_CHARGED
from editor.engine.retry import (
    POLL_SECONDS,
    Chance,
    Class,
    class_of,
    expired,
    wait_before,
    wait_to_poll,
)
from editor.engine.stops import CLOSED, LEFT_RUNNING, SLEPT
from editor.errors import (
    AnswerUnusable,
    CannotWrite,
    OutcomeUnknown,
    Problem,
    ProviderRefused,
    StillRunning,
)
from editor.providers.dialect import Call, Dialect, Message
from editor.transport.durable import settled
from editor.transport.scrub import scrubbed, without
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


class Transport(Protocol):
    """One job's way to its provider; see transport.http."""

    @property
    def sent(self) -> bool:
        """Whether the last byte of the paid request may be out."""
        ...

    def enough(self) -> None:
        """Say that the picture is in."""
        ...

    def not_taken(self) -> None:
        """Say that what was sent was not accepted, so that nothing of it is out."""
        ...

    def close(self) -> None:
        """Let go of what went out."""
        ...

    async def load(self, call: Call) -> Call:
        """Put what a paid call carries where it is not held, and give the call without it."""
        ...

    def send(self, call: Call) -> AsyncGenerator[Message | Progress | Sent, None]:
        """Make the call and yield what is heard."""
        ...


class Exchange:
    """One job's calls, each repeated as far as that is free of charge. chance: see retry."""

    def __init__(
        self, provider: Provider, dialect: Dialect, way: Transport, entry: Entry, chance: Chance
    ) -> None:
        self._provider = provider
        self._dialect = dialect
        self._way = way
        self._entry = entry
        self._chance = chance
        self._pictures = 0
        self._renewed = False
        self._polls = 0
        self._polling_since: float | None = None
        self._polling_seconds = POLL_SECONDS

    @asynccontextmanager
    async def accounted(self, prompt: str) -> AsyncIterator[None]:
        """Tell the ledger how it ended, whatever ended it; a stop after the last byte is told."""
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
            elif self._task or not self._way.sent:
                settle = _nothing  # the next start goes on with it
            if self._is_out and isinstance(stop, asyncio.CancelledError):
                raise self._stopped(stop) from None
            raise
        finally:
            self._way.close()
            if not self._pictures:
                await _noted(settle or partial(self._leave, None))
            self._entry.close()

    async def events(
        self, calls: Iterable[Call], seconds: float = POLL_SECONDS
    ) -> AsyncGenerator[Event, None]:
        """Make every call and those that follow from it. Raises unless there is a picture.

        seconds: how long a task is asked after.
        """
        self._polling_seconds = seconds
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
            if not self._pictures:
                raise
        if not self._pictures:
            raise self._still(NOWHERE_TO_ASK) if self._task else OutcomeUnknown(NO_END)

    @property
    def _task(self) -> str:
        """The provider's name for what it works on, "" while it has none."""
        return self._entry.note.task

    @property
    def _is_out(self) -> bool:
        """Whether the edit may be charged, in this run or in an earlier one."""
        return self._way.sent or self._entry.note.state in MAY_BE_CHARGED

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
                if self._pictures:
                    raise
                kind = class_of(problem)
                wait = wait_before(problem, tried[kind], self._chance)
                if wait is None:
                    yield self._renewal(problem)
                    return
                tried[kind] += 1
            if kind is Class.LIMITED:
                self._way.not_taken()
                await _noted(self._entry.limited)
                yield Limited(wait)
            await asyncio.sleep(wait)
            if kind is Class.LIMITED:
                yield Started()

    def _renewal(self, problem: Problem) -> Call:
        """The call that asks for a new link in the place of one that expired; else raises."""
        call = None
        if expired(problem) and self._task and not self._renewed:
            self._renewed = True
            call = self._dialect.resume(self._provider, self._task)
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
            raise self._still(STILL_RUNNING)
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
                    await _noted(self._entry.received)
                for outcome in await asyncio.to_thread(_decoded, self._dialect, item):
                    if (counted := await self._counted(outcome)) is not None:
                        yield counted

    async def _counted(self, outcome: Event | Call) -> Event | Call | None:
        """Write down what has come; a task is told once, however often it is named."""
        if isinstance(outcome, Accepted):
            if outcome.task == self._task:
                return None
            await _noted(lambda: self._entry.accepted(outcome.task))
        if isinstance(outcome, Picture):
            await _noted(self._entry.received)
            self._way.enough()
            self._pictures += 1
            return replace(outcome, index=self._pictures - 1)
        return outcome

    def _stopped(self, stop: asyncio.CancelledError) -> Problem:
        """What a stop means after the last byte."""
        if self._task:
            return self._still(LEFT_RUNNING)
        return OutcomeUnknown(SLEPT if stop.args == (SLEPT,) else CLOSED)

    def _unasked(self, status: int) -> OutcomeUnknown:
        """A question that was refused says nothing of the edit, which has been accepted."""
        if status in {401, 403}:
            return self._still(STILL_RUNNING)
        host = self._entry.note.asked.host
        return OutcomeUnknown(NOT_ASKED, host=host, details=f"status {status}")

    def _still(self, sentence: str) -> StillRunning:
        return StillRunning(sentence, host=self._entry.note.asked.host, task=self._task[:40])

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


def _nothing() -> None:
    """Leave the ledger as it is."""
