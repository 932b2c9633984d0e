"""Calls that cost nothing: what became of a task, and the pictures behind links."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urljoin

import httpx

from editor.capability.provider import Provider
from editor.errors import AnswerUnusable
from editor.preferences.secrets import Secret
from editor.providers.dialect import Call, Message
from editor.transport import failures
from editor.transport.addresses import allowed_address, origin
from editor.transport.connection import HEADERS, client_for
from editor.transport.credentials import credentials
from editor.transport.durable import Record
from editor.transport.intake import Deadlines, Intake
from editor.transport.messages import message
from editor.transport.resuming import Beginning, beginning
from editor.transport.sse import ServerEvent
from editor.transport.upload import request_for

ANSWER_MEGABYTES = 256
PICTURE_MEGABYTES = 128
HOPS = 5
TOO_MANY_HOPS = "The finished picture's link leads nowhere; the answer with the link is kept."


class Collect:
    """Asks a provider after a task with its key, and anybody for a picture without one.

    What brings nothing is taken back out of the spool, so that it holds the answer alone. A
    picture whose way broke off is gone on with where its server says how, when it is asked again.
    """

    def __init__(
        self, provider: Provider, key: Secret | None, record: Record, deadlines: Deadlines
    ) -> None:
        self._provider = provider
        self._key = key
        self._record = record
        self._deadlines = deadlines
        self._came: Beginning | None = None

    async def polled(self, call: Call) -> AsyncGenerator[Message, None]:
        """Ask after a task; leads nowhere else. Raises OutcomeUnknown when nobody answers."""
        until = _now() + self._deadlines.poll
        key = credentials(self._provider, self._key, call.url)
        request = request_for(call, {**HEADERS, **key})
        with self._taking_back(call.url, failures.while_polling):
            async with await client_for(call.url) as client:
                async with asyncio.timeout_at(until):
                    response = await client.send(request, stream=True)
                yield await self._whole(call, response, ANSWER_MEGABYTES, until)

    async def fetched(self, call: Call) -> AsyncGenerator[Message, None]:
        """Get a picture by its link, without key, cookies or trust in where it leads."""
        until, url = _now() + self._deadlines.total, call.url
        came, self._came = self._came, None
        if came is not None and came.link != url:
            came = None
        for _ in range(HOPS + 1):
            address = await allowed_address(url, origin(self._provider.base_url))
            with self._taking_back(url, failures.while_fetching):
                async with await client_for(url) as client:
                    async with asyncio.timeout_at(until):
                        response = await client.send(_pinned(url, address, came), stream=True)
                    if not response.has_redirect_location:
                        yield await self._whole(call, response, PICTURE_MEGABYTES, until, came)
                        return
            url = urljoin(url, response.headers["location"])
        raise AnswerUnusable(TOO_MANY_HOPS)

    async def _whole(
        self,
        call: Call,
        response: httpx.Response,
        megabytes: int,
        until: float,
        came: Beginning | None = None,
    ) -> Message:
        """All of a body; came: what of it came before, as far as the answer goes on from there."""
        spool, stall = self._record.spool, self._deadlines.answer
        before, host = spool.size, origin(call.url).host
        first = came.before(response) if came is not None else b""
        spool.write(first)
        intake = Intake(response, spool, host, megabytes=megabytes, stall=stall, first=first)
        try:
            body = await intake.whole(until, self._deadlines)
        except failures.WIRE_ERRORS:
            if call.purpose == "fetch":
                self._came = beginning(call.url, response, intake.came)
            raise
        if not response.is_success:
            spool.cut_back(before)
        await intake.kept()
        heard = message(call, response, ServerEvent("", body))
        return replace(heard, status=httpx.codes.OK.value) if first else heard

    @contextmanager
    def _taking_back(self, url: str, told: failures.Told) -> Iterator[None]:
        before = self._record.spool.size
        try:
            yield
        except failures.WIRE_ERRORS as error:
            self._record.spool.cut_back(before)
            raise told(error, origin(url).host) from None


def _pinned(url: str, address: str, came: Beginning | None) -> httpx.Request:
    """Ask the checked address itself, so that the name cannot come to mean another one."""
    target, headers = httpx.URL(url), {**HEADERS, **(came.headers if came is not None else {})}
    if not address:
        return httpx.Request("GET", target, headers=headers)
    return httpx.Request(
        "GET",
        target.copy_with(host=address),
        headers=headers | {"Host": target.netloc.decode("ascii")},
        extensions={"sni_hostname": target.raw_host.decode("ascii")},
    )


def _now() -> float:
    return asyncio.get_running_loop().time()
