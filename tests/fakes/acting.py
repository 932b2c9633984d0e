"""How the loopback provider answers one request: what is played, and the answer's way out."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Send

Control = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Play:
    """How one request is answered; the default is one picture, as asked for.

    refuse: a name in refusals.py. hold: wait for release() before the "head" of the answer or
    before its "end" (all but the last piece is out). cut: bytes of the answer after which the
    connection breaks. cut_upload: the same for the request. dribble: bytes sent at a time.
    link: answer with a URL; inline: without one; href: with this very URL. plain: a whole body
    although a stream was asked for. names: first part of the names of events. partials: how
    many previews come, whatever was asked. done: end a stream with [DONE]. unfinished: a stream
    that ends properly but without its last event. pending: answer with a task that is not done
    before so many queries, whatever was asked. lost: queries are answered as if nobody knew it.
    size: drawn and told instead of the one that was asked for, "512x512".
    """

    refuse: str = ""
    hold: str = ""
    cut: int = -1
    cut_upload: int = -1
    dribble: int = 65536
    link: bool = False
    inline: bool = False
    href: str = ""
    plain: bool = False
    names: str = "image_edit"
    partials: int = -1
    done: bool = False
    unfinished: bool = False
    pending: int = -1
    lost: bool = False
    size: str = ""


class Answer:
    """One HTTP answer on its way out, which can be broken off."""

    def __init__(self, send: Send, receive: Receive) -> None:
        self._send = send
        self._receive = receive
        self.broken = False

    async def begin(self, status: int, media_type: str, headers: dict[str, str]) -> None:
        pairs = {"content-type": media_type} | headers
        encoded_pairs = [(name.encode(), value.encode()) for name, value in pairs.items()]
        await self._send(
            {"type": "http.response.start", "status": status, "headers": encoded_pairs}
        )

    async def whole(
        self,
        status: int,
        body: object,
        media_type: str = "application/json",
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        if media_type == "application/json" and body != "":
            body = json.dumps(body)
        data = body if isinstance(body, bytes) else str(body).encode()
        await self.begin(status, media_type, {"content-length": str(len(data)), **dict(headers)})
        await self._send({"type": "http.response.body", "body": data})

    async def pieces(self, pieces: list[bytes], play: Play, held: Control) -> None:
        left = play.cut if play.cut >= 0 else sum(map(len, pieces)) + 1
        for number, piece in enumerate(pieces, 1):
            if play.hold == "end" and number == len(pieces):
                await held()
            for at in range(0, len(piece), play.dribble):
                part = piece[at : at + play.dribble][:left]
                await self._send({"type": "http.response.body", "body": part, "more_body": True})
                left -= len(part)
                if not left:
                    self._hang_up()
                    return
        await self._send({"type": "http.response.body", "body": b""})

    async def hang_up_after(self, count: int) -> None:
        """Read that much of the request, then break the connection."""
        while count > 0:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            count -= len(message.get("body", b""))
        self._hang_up()

    async def disconnected(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass

    def _hang_up(self) -> None:
        # uvicorn has no public way to drop a connection; the cycle holds its transport.
        cycle: Any = self._receive.__self__  # type: ignore[attr-defined]  # a bound method
        cycle.transport.close()
        cycle.disconnected = True
        self.broken = True


_WORD = re.compile(r"\[\[(\w+)(?: ([^\]]+))?\]\]")
_KINDS = {"str": str, "int": int}


def with_words(play: Play, prompt: str) -> Play:
    """The play with what the prompt adds to it in double brackets."""
    kinds = {field.name: str(field.type) for field in dataclasses.fields(Play)}
    added: dict[str, Any] = {
        name: _KINDS[kinds[name]](value) if kinds[name] in _KINDS else True
        for name, value in _WORD.findall(prompt)
    }
    return dataclasses.replace(play, **added)
