"""Calls into Messages over HTTP: the paid POST, once, and the pictures behind its links."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import aclosing, contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from editor.edits.events import Progress, Sent
from editor.errors import AnswerUnusable, NotSent
from editor.preferences.secrets import Secret
from editor.providers.dialect import Call, Message
from editor.transport import failures
from editor.transport.addresses import allowed_address, origin
from editor.transport.connection import CONNECT_SECONDS, HEADERS, client_for
from editor.transport.durable import Record, settled
from editor.transport.intake import USUAL, Deadlines, Intake
from editor.transport.scrub import register
from editor.transport.sse import EventDecoder, ServerEvent
from editor.transport.upload import Upload, request_for

Spawn = Callable[[Coroutine[Any, Any, httpx.Response], str], "asyncio.Task[httpx.Response]"]

STREAM = "text/event-stream"
ANSWER_MEGABYTES = 256
PICTURE_MEGABYTES = 128
REFUSAL_MEGABYTES = 1
HOPS = 5
TOO_MANY_HOPS = "The finished picture's link leads nowhere; the answer with the link is kept."


class HttpTransport:
    """One job's way to its provider, used for that job alone.

    base_url: the provider; the key goes to its scheme, host and port and nowhere else.
    record: told what is about to leave, before it leaves. spawn: starts a named task, so that
    the upload can be counted while it runs. No POST is ever repeated here.
    """

    def __init__(
        self,
        base_url: str,
        key: Secret | None,
        record: Record,
        spawn: Spawn,
        deadlines: Deadlines = USUAL,
    ) -> None:
        self._home = origin(base_url)
        self._host = urlsplit(base_url).netloc.rpartition("@")[2]
        self._key = key
        self._record = record
        self._spawn = spawn
        self._deadlines = deadlines
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

    async def send(self, call: Call) -> AsyncGenerator[Message | Progress | Sent, None]:
        """Make the call and yield what is heard. Raises NotSent, OutcomeUnknown."""
        way = self._submit(call) if call.purpose == "submit" else self._fetch(call)
        async with aclosing(way) as heard:
            async for item in heard:
                yield item

    async def _submit(self, call: Call) -> AsyncGenerator[Message | Progress | Sent, None]:
        until = self._now() + self._deadlines.total
        await self._ready_to_keep()
        with self._explained():
            request = request_for(call, HEADERS | self._credentials(call.url))
            request.stream = self._upload = upload = Upload(request, self._record)
            async with await client_for(call.url) as client:
                asking = self._spawn(client.send(request, stream=True), f"ask {self._host}")
                try:
                    async for step in self._leaving(asking, upload, until):
                        yield step
                    async with aclosing(self._answer(call, await asking, until)) as messages:
                        async for message in messages:
                            yield message
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
        media_type = _media_type(response)
        if response.is_success and media_type == STREAM:
            async with aclosing(self._events(response, until)) as events:
                async for event in events:
                    yield _message(call, response, event, last=False)
            yield _message(call, response, ServerEvent("", b""))
            return
        if response.is_success:
            intake = self._intake(response, ANSWER_MEGABYTES)
            body = await intake.whole(until, self._deadlines)
        else:
            intake = self._intake(response, REFUSAL_MEGABYTES)
            body = await _as_far_as_it_goes(intake, until)
        await intake.kept()
        yield _message(call, response, ServerEvent("", body))

    async def _events(
        self, response: httpx.Response, until: float
    ) -> AsyncGenerator[ServerEvent, None]:
        decoder = EventDecoder()
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

    async def _fetch(self, call: Call) -> AsyncGenerator[Message, None]:
        """Get a picture by its link, without key, cookies or trust in where it leads."""
        until, url = self._now() + self._deadlines.total, call.url
        for _ in range(HOPS + 1):
            address = await allowed_address(url, self._home)
            with _explained_fetch(url):
                async with await client_for(url) as client:
                    async with asyncio.timeout_at(until):
                        response = await client.send(_pinned(url, address), stream=True)
                    if not response.has_redirect_location:
                        intake = self._intake(response, PICTURE_MEGABYTES)
                        body = await intake.whole(until, self._deadlines)
                        await intake.kept()
                        yield _message(call, response, ServerEvent("", body))
                        return
            url = urljoin(url, response.headers["location"])
        raise AnswerUnusable(TOO_MANY_HOPS)

    async def _ready_to_keep(self) -> None:
        """See that the answer will have a place before anything is asked."""
        try:
            await settled(lambda: self._record.spool)
        except OSError as error:
            raise NotSent(failures.NO_PLACE, details=error.strerror or "") from None

    def _intake(self, response: httpx.Response, megabytes: int) -> Intake:
        spool = self._record.spool
        stall = self._deadlines.answer
        return Intake(response, spool, self._host, megabytes=megabytes, stall=stall)

    def _credentials(self, url: str) -> dict[str, str]:
        if self._key is None or origin(url) != self._home:
            return {}
        return {"Authorization": f"Bearer {self._key.reveal()}"}

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


@contextmanager
def _explained_fetch(url: str) -> Iterator[None]:
    try:
        yield
    except failures.WIRE_ERRORS as error:
        raise failures.while_fetching(error, origin(url).host) from None


async def _as_far_as_it_goes(intake: Intake, until: float) -> bytes:
    """Read a refusal: its status is the news, so what is cut or endless is read in part."""
    body = b""
    try:
        async with aclosing(intake.chunks(until)) as chunks:
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


def _pinned(url: str, address: str) -> httpx.Request:
    """Ask the checked address itself, so that the name cannot come to mean another one."""
    target = httpx.URL(url)
    if not address:
        return httpx.Request("GET", target, headers=HEADERS)
    return httpx.Request(
        "GET",
        target.copy_with(host=address),
        headers=HEADERS | {"Host": target.netloc.decode("ascii")},
        extensions={"sni_hostname": target.raw_host.decode("ascii")},
    )


def _media_type(response: httpx.Response) -> str:
    declared: str = response.headers.get("content-type", "")
    return declared.partition(";")[0].strip().lower()


def _message(
    call: Call, response: httpx.Response, event: ServerEvent, *, last: bool = True
) -> Message:
    return Message(
        call,
        event.data,
        status=response.status_code,
        event=event.name,
        media_type=_media_type(response),
        headers=dict(response.headers),
        last=last,
    )
