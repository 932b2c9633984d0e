"""Answers that chance has spoilt: their bytes, their heads, their JSON, their pictures."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any, Literal, get_args

import numpy as np

from tests.fakes.faults.carriers import Carrier, Reply, Stage, drawn, good
from tests.fakes.simulated.world import BASE

PICTURE = drawn(12)
ENCODED = base64.b64encode(PICTURE).decode()

Level = Literal["wire", "head", "json", "picture"]
LEVELS: tuple[Level, ...] = get_args(Level)

ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1e308,
    10**40,
    "",
    "null",
    [],
    {},
    [[]],
    [{}],
    "\ud800",
    "\u2028",
    "<b>x</b>",
    "data:,",
    "data:image/png;base64,",
    "https://127.0.0.1/",
    "x" * 5000,
    {"b64_json": None},
    {"url": {}},
    [1, "a", None],
    "2026-01-01",
    float("inf"),
)
LINES = (
    b"Content-Length: 5",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: gzip, chunked",
    b"Content-Encoding: gzip",
    b"Content-Type: text/event-stream",
    b"Content-Type: text/html",
    b"Content-Type: application/json; charset=utf-16",
    b"Location: file:///etc/passwd",
    b"Retry-After: 99999999999",
    b"X-Request-Id: " + b"a" * 9000,
    b" folded",
    b"X\x00: y",
    b"Connection: upgrade",
    b"Content-Length: -1",
    b"Set-Cookie: a=b",
    b"Content-Type: multipart/mixed; boundary=x",
)
STATUSES = (
    b"200 OK",
    b"201 X",
    b"204 X",
    b"206 X",
    b"299 X",
    b"301 X",
    b"400 X",
    b"429 X",
    b"500 X",
    b"999 X",
    b"20 X",
    b"-1 X",
    b"100 Continue",
)

Chance = np.random.Generator


def spoilt(reply: Reply, carrier: Carrier, level: Level, chance: Chance) -> bytes:
    """The bytes of an answer with one thing wrong at this level."""
    length = ("counted", "chunked", "closed")[int(chance.integers(3))]
    reply = reply.but(length=length)
    if level == "json" and reply.body[:1] == b"{":
        reply = reply.but(body=_json(reply.body, chance))
    if level == "picture":
        reply = reply.but(body=_with_picture(reply.body, _bytes(PICTURE, chance)))
    wire = reply.wire()
    if level == "head":
        return _head(wire, chance)
    if level == "wire" or (level == "json" and carrier in {"sse", "url"}):
        return _bytes(wire, chance)
    return wire


def right(carrier: Carrier) -> dict[Stage, Reply]:
    """The right answers, with the small picture of this file."""
    big = base64.b64encode(drawn()).decode()
    return {
        stage: reply.but(body=reply.body.replace(big.encode(), ENCODED.encode()))
        if stage != "fetch"
        else reply.but(body=PICTURE)
        for stage, reply in good(BASE, carrier).items()
    }


def _bytes(data: bytes, chance: Chance) -> bytes:
    """Flip, cut, drop, double, swap or put in, a few times."""
    for _ in range(int(chance.integers(1, 4))):
        if not data:
            return data
        data = CHANGES[int(chance.integers(len(CHANGES)))](data, chance)
    return data


def _place(data: bytes, chance: Chance) -> tuple[int, int]:
    start = int(chance.integers(len(data)))
    return start, min(len(data), start + int(chance.integers(1, 40)))


def _flip(data: bytes, chance: Chance) -> bytes:
    at = int(chance.integers(len(data)))
    return data[:at] + bytes([data[at] ^ (1 << int(chance.integers(8)))]) + data[at + 1 :]


def _cut(data: bytes, chance: Chance) -> bytes:
    return data[: int(chance.integers(len(data)))]


def _drop(data: bytes, chance: Chance) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, chance: Chance) -> bytes:
    start, end = _place(data, chance)
    return data[:end] + data[start:end] + data[end:]


def _put_in(data: bytes, chance: Chance) -> bytes:
    at = int(chance.integers(len(data)))
    return data[:at] + chance.bytes(int(chance.integers(1, 20))) + data[at:]


def _zero(data: bytes, chance: Chance) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


CHANGES: tuple[Callable[[bytes, Chance], bytes], ...] = (
    _flip,
    _cut,
    _drop,
    _double,
    _put_in,
    _zero,
)


def _head(wire: bytes, chance: Chance) -> bytes:
    head, _, body = wire.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    match int(chance.integers(4)):
        case 0:
            first = b"HTTP/1.1 " + STATUSES[int(chance.integers(len(STATUSES)))]
        case 1:
            lines.insert(
                int(chance.integers(len(lines) + 1)), LINES[int(chance.integers(len(LINES)))]
            )
        case 2:
            del lines[int(chance.integers(len(lines)))]
        case _:
            return _bytes(head, chance) + b"\r\n\r\n" + body
    return b"\r\n".join([first, *lines]) + b"\r\n\r\n" + body


def _json(body: bytes, chance: Chance) -> bytes:
    """Another value, name or place somewhere in the tree."""
    tree = json.loads(body)
    places: list[tuple[Any, Any]] = []

    def gather(node: Any) -> None:
        for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
            places.append((node, key))
            if isinstance(value, dict | list):
                gather(value)

    gather(tree)
    for _ in range(int(chance.integers(1, 3))):
        node, key = places[int(chance.integers(len(places)))]
        odd = ODD[int(chance.integers(len(ODD)))]
        if isinstance(node, dict) and chance.random() < 0.25:
            node.pop(key, None)
        elif isinstance(node, dict) and chance.random() < 0.2:
            node[f"{key}_"] = node.pop(key, odd)
        elif isinstance(node, dict) or key < len(node):
            node[key] = odd
    return json.dumps(tree).encode()


def _with_picture(body: bytes, picture: bytes) -> bytes:
    if body == PICTURE:
        return picture
    return body.replace(ENCODED.encode(), base64.b64encode(picture))
