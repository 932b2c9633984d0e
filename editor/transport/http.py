"""Calls into Messages over HTTP: the paid POST, and what costs nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Mapping
from contextlib import aclosing, contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx

from editor.capability.provider import Provider
from editor.edits.events import Progress, Sent
from editor.errors import AnswerUnusable, CannotWrite, NotSent
from editor.preferences.secrets import Secret
from editor.providers.dialect import Call, Message
from editor.transport import failures, sentences
from editor.transport.collect import ANSWER_MEGABYTES, Collect
from editor.transport.connection import CONNECT_SECONDS, HEADERS, client_for
from editor.transport.credentials import credentials
from editor.transport.durable import Record, settled
from editor.transport.intake import USUAL, Deadlines, Intake
from editor.transport.messages import STREAM, ended, media_type, message, whole, without_body
from editor.transport.scrub import register, without_secrets
from editor.transport.sse import EventDecoder, ServerEvent
from editor.transport.upload import Loaded, Upload, body_of

Spawn = Callable[[Coroutine[Any, Any, httpx.Response], str], "asyncio.Task[httpx.Response]"]

REFUSAL_MEGABYTES = 1
SAME = "Idempotency-Key"
"""The header of an IETF draft by which some servers know a request again, so that what goes out
once more after a broken upload or a limit is one request to them."""


class HttpTransport:
    """One job's way to its provider, used for that job alone.

    provider: its key and headers go to its scheme, host and port and nowhere else. record:
    told what is about to leave, before it leaves. spawn: starts a named task, so that the
    upload can be counted while it runs. Nothing is ever repeated here by itself.
    """

    def __init__(
        self,
        provider: Provider,
        key: Secret | None,
        record: Record,
        spawn: Spawn,
        deadlines: Deadlines = USUAL,
    ) -> None:
        self._provider = provider
        self._host = urlsplit(provider.base_url).netloc.rpartition("@")[2]
        self._key = key
        self._record = record
        self._spawn = spawn
        self._deadlines = deadlines
        self._collect = Collect(provider, key, record, deadlines)
        self._loaded: Loaded | None = None
        self._upload: Upload | None = None
        self._enough = False
        if key:
            register(key.reveal())

    @property
    def sent(self) -> bool:
        """Whether the last byte of the paid request may be out."""
        return self._upload is not None and self._upload.sent

    def enough(self) -> None:
        """Say that the picture is in: what else the stream brings may be missed."""
        self._enough = True

    def not_taken(self) -> None:
        """Say that what was sent was not accepted: nothing of it is out, and it may go again."""
        self._upload = None
        self._record.spool.cut_back(0)

    def close(self) -> None:
        """Let go of what went out."""
        if self._loaded is not None:
            self._loaded.body.file.close()
            self._loaded = None

    async def load(self, call: Call) -> Call:
        """Write what a paid call carries to a file and give the call without it, ready to send.

        Raises NotSent when the disk has no place for it, or for the answer.
        """
        try:
            with self._explained():
                await settled(lambda: self._record.spool)
                body = await settled(lambda: body_of(call, self._record))
        except OSError as error:
            raise NotSent(sentences.NO_PLACE, details=error.strerror or "") from None
        except CannotWrite as problem:
            raise NotSent(sentences.NO_PLACE, details=problem.details) from None
        self.close()
        self._loaded = Loaded(without_body(call), body)
        return self._loaded.call

    async def send(self, call: Call) -> AsyncGenerator[Message | Progress | Sent, None]:
        """Make the call and yield what is heard. Raises NotSent, OutcomeUnknown.

        A paid call that was loaded may be sent several times.
        """
        async with aclosing(self._way(call)) as heard:
            async for item in heard:
                yield item

    def _way(self, call: Call) -> AsyncGenerator[Message | Progress | Sent, None]:
        match call.purpose:
            case "submit":
                return self._submit(call)
            case "poll":
                return self._collect.polled(call)
            case "fetch":
                return self._collect.fetched(call)

    async def _submit(self, call: Call) -> AsyncGenerator[Message | Progress | Sent, None]:
        until = self._now() + self._deadlines.total
        if self._loaded is None or self._loaded.call is not call:
            call = await self.load(call)
        assert self._loaded is not None
        body = self._loaded.body
        with self._explained():
            self._upload = upload = Upload(body, self._record)
            request = httpx.Request(
                call.method,
                call.url,
                headers={
                    **call.headers,
                    **HEADERS,
                    **self._credentials(call.url),
                    **body.headers,
                    SAME: self._record.id,
                },
                content=upload,
            )
            async with await client_for(call.url) as client:
                asking = self._spawn(client.send(request, stream=True), f"ask {self._host}")
                try:
                    async for step in self._leaving(asking, upload, until):
                        yield step
                    async with aclosing(self._answer(call, await asking, until)) as messages:
                        async for heard in messages:
                            yield heard
                finally:
                    await _let_go(asking)

    async def _leaving(
        self, asking: asyncio.Task[httpx.Response], upload: Upload, until: float
    ) -> AsyncGenerator[Progress | Sent, None]:
        """Tell how far the upload is until the head of the answer is there."""
        limits = self._deadlines
        asking.add_done_callback(lambda _: upload.heard.put_nowait(None))
        limit = self._now() + CONNECT_SECONDS + limits.upload + upload.total / limits.upload_rate
        while True:
            async with asyncio.timeout_at(min(limit, until)):
                step = await upload.heard.get()
            if step is None:
                return
            if isinstance(step, Sent):
                limit = self._now() + limits.answer
            yield step

    async def _answer(
        self, call: Call, response: httpx.Response, until: float
    ) -> AsyncGenerator[Message, None]:
        if response.is_success and media_type(response) == STREAM:
            decoder = EventDecoder()
            async with aclosing(self._events(response, decoder, until)) as events:
                async for event in events:
                    yield message(call, response, event, last=False)
            yield ended(call, response, decoder)
            return
        if response.is_success:
            intake = self._intake(response, ANSWER_MEGABYTES)
            body = await intake.whole(until, self._deadlines)
        else:
            intake = self._intake(response, REFUSAL_MEGABYTES)
            body = await _as_far_as_it_goes(intake, until)
            # Some repeat the key they were sent, and no file of ours ever holds one.
            self._record.spool.write(without_secrets(body))
        await intake.kept()
        for heard in whole(call, response, body):
            yield heard

    async def _events(
        self, response: httpx.Response, decoder: EventDecoder, until: float
    ) -> AsyncGenerator[ServerEvent, None]:
        intake = self._intake(response, ANSWER_MEGABYTES)
        try:
            async with aclosing(intake.chunks(until)) as chunks:
                async for chunk in chunks:
                    for event in decoder.feed(chunk):
                        await intake.kept()
                        yield event
                    if decoder.kept_alive:
                        intake.stall = self._deadlines.alive
                    if self._enough:
                        intake.stall = self._deadlines.tail
        except failures.WIRE_ERRORS:
            if not self._enough:
                raise
            return
        await intake.kept()
        for event in decoder.end():
            yield event

    def _intake(self, response: httpx.Response, megabytes: int) -> Intake:
        spool = self._record.spool
        stall = self._deadlines.answer
        return Intake(response, spool, self._host, megabytes=megabytes, stall=stall)

    def _credentials(self, url: str) -> Mapping[str, str]:
        return credentials(self._provider, self._key, url)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except failures.WIRE_ERRORS as error:
            if self.sent:
                raise failures.after_the_last_byte(error, self._host) from None
            fraction = self._upload.count / self._upload.total if self._upload else 0.0
            raise failures.before_the_last_byte(error, self._host, fraction) from None

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


async def _as_far_as_it_goes(intake: Intake, until: float) -> bytes:
    """Read a refusal: its status is the news, so what is cut or endless is read in part."""
    body = b""
    try:
        async with aclosing(intake.chunks(until, spooled=False)) as chunks:
            async for chunk in chunks:
                body += chunk
    except (*failures.WIRE_ERRORS, AnswerUnusable):
        pass
    return body


async def _let_go(asking: asyncio.Task[httpx.Response]) -> None:
    asking.cancel()
    await asyncio.wait([asking])
    if not asking.cancelled():
        asking.exception()  # it has been told already, or nobody asks any more
