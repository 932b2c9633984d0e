"""A provider as an engine: encode, send, decode, and follow what the answer asks for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from functools import partial

from editor.capability.provider import Model, Provider
from editor.edits.events import Accepted, Event, Sent, Started
from editor.edits.framing import Framed
from editor.engine.entry import Entry
from editor.engine.exchange import NOWHERE_TO_ASK, Exchange
from editor.engine.note import MAY_BE_CHARGED
from editor.engine.retry import Chance
from editor.engine.way import Transport
from editor.errors import Problem, StillRunning
from editor.providers.dialect import Call, Dialect
from editor.transport.durable import settled


class RemoteEngine:
    """Asks one model of one provider; may run many jobs, each with a way of its own.

    opened: makes the ledger's entry of a job, durable on return. connect: makes the transport
    that writes to it. chance: spreads the waits between tries.
    """

    def __init__(
        self,
        provider: Provider,
        model: Model,
        dialect: Dialect,
        opened: Callable[[str, Framed], Entry],
        connect: Callable[[Entry], Transport],
        chance: Chance,
    ) -> None:
        self._provider = provider
        self._model = model
        self._dialect = dialect
        self._opened = opened
        self._connect = connect
        self._chance = chance
        self._encoding = asyncio.Semaphore(1)

    async def run(self, edit: Framed, job: str) -> AsyncGenerator[Event, None]:
        """Do the work; what comes before Started is done while the job still waits its turn."""
        entry, way = await self._begun(edit, job)
        exchange = self._exchange(way, entry)
        async with exchange.account.kept(edit.request.prompt):
            yield Started()
            calls = await self._loaded(edit, way)
            del edit  # its pictures are in the calls, and the answer may take minutes
            async with aclosing(exchange.events(calls)) as events:
                async for event in events:
                    yield event

    async def resume(
        self, entry: Entry, seconds: float | None = None
    ) -> AsyncGenerator[Event, None]:
        """Go on asking after the task that an earlier run was told of. Raises StillRunning.

        seconds: how long it is asked after, None for as long as is usual; the first question
        goes out at once.
        """
        host, task = entry.note.asked.host, entry.note.task
        call = self._dialect.resume(self._provider, task)
        if call is None:
            raise StillRunning(NOWHERE_TO_ASK, host=host, task=task[:40])
        exchange = self._exchange(await self._connected(entry), entry)
        await settled(partial(entry.accepted, task))
        async with exchange.account.kept(""):
            yield Started()
            yield Sent()
            yield Accepted(task)
            async with aclosing(exchange.events([call], seconds)) as events:
                async for event in events:
                    yield event

    async def fetch(self, entry: Entry, links: Sequence[Call]) -> AsyncGenerator[Event, None]:
        """Get what the answer of an earlier run links to, which that run did not come to."""
        exchange = self._exchange(await self._connected(entry), entry)
        async with exchange.account.kept(""):
            yield Started()
            yield Sent()
            async with aclosing(exchange.events(links)) as events:
                async for event in events:
                    yield event

    async def _begun(self, edit: Framed, job: str) -> tuple[Entry, Transport]:
        """The entry of a job and its way; whatever ends it here, the ledger hears it."""
        entries: list[Entry] = []
        try:
            await settled(lambda: entries.append(self._opened(job, edit)))
            return entries[0], await self._connected(entries[0])
        except asyncio.CancelledError:
            for entry in entries:  # one that was being opened is there all the same
                await settled(entry.abandoned)
            raise

    async def _connected(self, entry: Entry) -> Transport:
        """The way of a job; the key may be looked for anew, for it may be another one by now."""
        try:
            return await settled(partial(self._connect, entry))
        except Problem as problem:
            if entry.note.state not in MAY_BE_CHARGED:
                await settled(partial(entry.not_sent, problem))
            raise

    def _exchange(self, way: Transport, entry: Entry) -> Exchange:
        return Exchange(self._provider, self._dialect, way, entry, self._chance)

    async def _loaded(self, edit: Framed, way: Transport) -> list[Call]:
        """The calls of an edit, their bodies in files; one edit at a time, for its memory."""
        async with self._encoding:
            calls = await asyncio.to_thread(self._dialect.encode, edit, self._provider, self._model)
            return [await way.load(call) if call.purpose == "submit" else call for call in calls]
