"""What servers do wrong, as acts that a Faulty server plays."""

from __future__ import annotations

import asyncio
import json
import zlib
from typing import Literal

from tests.fakes.clocks import FastLoop
from tests.fakes.faults.carriers import (
    EVENTS,
    FACTS,
    JSON,
    Reply,
    body_of,
    event,
    responded,
    task_of,
)
from tests.fakes.faults.server import Act, Turn

Length = Literal["counted", "chunked", "closed"]


async def hang_up(turn: Turn) -> None:
    """Close the connection without a word."""
    await asyncio.sleep(0)


async def silence(turn: Turn) -> None:
    """Never answer."""
    await turn.silence()


async def rightly(turn: Turn) -> None:
    """Do nothing wrong."""
    await turn.answer()


def cut(share: float, length: Length = "counted") -> Act:
    """Break off after this share of the body."""

    async def act(turn: Turn) -> None:
        reply = turn.reply.but(length=length)
        head, wire = reply.head(), reply.wire()
        await turn.say(wire[: len(head) + int(share * (len(wire) - len(head)))])

    return act


def in_pieces(share: float) -> Act:
    """Break off after this share of the body each time, and go on from there when asked for it."""

    async def act(turn: Turn) -> None:
        body, asked = turn.reply.body, turn.connection.header("range")
        start = int(asked.removeprefix("bytes=").rstrip("-") or 0)
        where = f"Content-Range: bytes {start}-{len(body) - 1}/{len(body)}"
        headers = ('ETag: "v1"', "Accept-Ranges: bytes", *([where] if start else []))
        status = "206 Partial Content" if start else "200 OK"
        rest = turn.reply.but(body=body[start:], headers=headers, status=status)
        await turn.say(rest.wire()[: len(rest.head()) + int(share * len(body))])

    return act


def dribbling(share: float, seconds: float, step: int = 1) -> Act:
    """Go on byte by byte after this share of all, with a pause (real seconds) after each step."""

    async def act(turn: Turn) -> None:
        wire = turn.reply.wire()
        start = int(share * len(wire))
        await turn.say(wire[:start])
        for at in range(start, len(wire), step):
            await turn.say(wire[at : at + step])
            await asyncio.sleep(seconds)

    return act


def endless(head: Reply, piece: bytes) -> Act:
    """A body that never ends."""

    async def act(turn: Turn) -> None:
        await turn.say(head.but(length="closed").head())
        while True:
            await turn.say(piece)

    return act


def packed(encoding: str, window: int, *, bomb: bool = False) -> Act:
    """The body in an encoding that nobody asked for; as a bomb it is all zeros when unpacked."""

    async def act(turn: Turn) -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, window)
        plain = bytes(4 << 20) if bomb else turn.reply.body
        body = packer.compress(plain) + packer.flush()
        header = f"Content-Encoding: {encoding}"
        await turn.answer(turn.reply.but(body=body, headers=(header,), length="counted"))

    return act


def replying(reply: Reply) -> Act:
    """Another answer altogether."""

    async def act(turn: Turn) -> None:
        await turn.answer(reply)

    return act


def refusing(status: str, error: object = None, *headers: str) -> Act:
    """A status, with an error in OpenAI's envelope or no body at all."""
    body = b"" if error is None else json.dumps({"error": error}).encode()
    return replying(Reply(body, status=status, headers=headers))


def with_head(*headers: str, media_type: str = "") -> Act:
    """The right body under other headers."""

    async def act(turn: Turn) -> None:
        kind = media_type or turn.reply.media_type
        await turn.answer(turn.reply.but(headers=headers, media_type=kind))

    return act


def hinting(times: int) -> Act:
    """The right answer after so many that say that it is about to come (RFC 8297)."""

    async def act(turn: Turn) -> None:
        hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" * times
        await turn.say(hints + turn.reply.wire())

    return act


def bytes_on_the_wire(*chunks: bytes) -> Act:
    """Whatever bytes instead of an answer."""

    async def act(turn: Turn) -> None:
        await turn.say(*chunks)

    return act


def telling(data: dict[str, object]) -> Act:
    """An answer that is whole and says this about its pictures; data: as in OpenAI's body."""

    async def act(turn: Turn) -> None:
        if turn.carrier == "task":
            await turn.answer(turn.reply.but(body=task_of(responded(data))))
        elif turn.carrier == "sse":
            items = data.get("data")
            first = items[0] if isinstance(items, list) and items else {}
            fields = FACTS | {"type": "image_edit.completed"} | (first or {})
            stream = event("image_edit.completed", fields)
            await turn.answer(turn.reply.but(body=stream, media_type=EVENTS))
        else:
            await turn.answer(turn.reply.but(body=body_of(data), media_type=JSON))

    return act


def linking(path: str) -> Act:
    """An answer that links to an address; {base} in it is this server."""

    async def act(turn: Turn) -> None:
        url = path.replace("{base}", turn.base)
        await telling({"data": [{"url": url}]})(turn)

    return act


def redirecting(status: str, path: str) -> Act:
    """Send the client elsewhere; {base} is this server, {number} counts."""

    async def act(turn: Turn) -> None:
        where = path.replace("{base}", turn.base).replace("{number}", str(turn.number))
        await turn.answer(Reply(b"", status=status, headers=(f"Location: {where}",)))

    return act


def texting(text: bytes) -> Act:
    """These very bytes as the body, or as the data of the last event."""

    async def act(turn: Turn) -> None:
        if turn.carrier == "sse":
            lines = b"\n".join(b"data: " + line for line in text.split(b"\n"))
            stream = b"event: image_edit.completed\n" + lines + b"\n\n"
            await turn.answer(turn.reply.but(body=stream))
        else:
            await turn.answer(turn.reply.but(body=text, media_type=JSON))

    return act


def streaming(stream: bytes, length: Length = "chunked") -> Act:
    """A stream of these bytes."""
    return replying(Reply(stream, EVENTS, length=length))


async def asleep(turn: Turn) -> None:
    """The computer sleeps for an hour while the provider works, and the connection is gone."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, FastLoop)
    loop.jump(3600.0)
    await turn.silence()
