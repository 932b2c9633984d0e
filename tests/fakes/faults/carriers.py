"""The four ways on which a picture comes back: a body, a link, a stream, a task."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from PIL import Image

Carrier = Literal["body", "url", "sse", "task"]
Stage = Literal["submit", "fetch", "poll"]
CARRIERS: tuple[Carrier, ...] = ("body", "url", "sse", "task")

CARRYING: Mapping[Carrier, Stage] = {
    "body": "submit",
    "url": "fetch",
    "sse": "submit",
    "task": "poll",
}
"""The request whose answer holds the picture."""

TASK = "task-7"
LINK = "/files/picture.png?sig=signed-secret"
JSON, EVENTS, PNG = "application/json", "text/event-stream", "image/png"


def drawn(side: int = 64, mode: str = "RGB", seed: int = 5) -> bytes:
    """A small picture as PNG."""
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 3), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).convert(mode).save(stream, "PNG")
    return stream.getvalue()


def moving(kind: Literal["PNG", "WEBP"], frames: int) -> bytes:
    """Pictures that move, from black to white."""
    levels = [round(255 * each / max(frames - 1, 1)) for each in range(frames)]
    first, *more = [Image.new("RGB", (64, 64), (level,) * 3) for level in levels]
    stream = io.BytesIO()
    first.save(stream, kind, save_all=True, append_images=more)
    return stream.getvalue()


PICTURE = drawn()
ENCODED = base64.b64encode(PICTURE).decode()
FACTS = {"created": 1_764_000_000, "size": "64x64", "usage": {"total_tokens": 296}}
DATA = {"data": [{"b64_json": ENCODED}]}


@dataclass(frozen=True)
class Reply:
    """One answer as it goes out. length: "counted", "chunked" or "closed" by hanging up."""

    body: bytes
    media_type: str = JSON
    status: str = "200 OK"
    headers: tuple[str, ...] = ()
    length: Literal["counted", "chunked", "closed"] = "counted"

    def head(self) -> bytes:
        """Everything before the body."""
        lines = [f"HTTP/1.1 {self.status}", f"Content-Type: {self.media_type}"]
        match self.length:
            case "counted":
                lines.append(f"Content-Length: {len(self.body)}")
            case "chunked":
                lines.append("Transfer-Encoding: chunked")
        return "\r\n".join([*lines, *self.headers, "", ""]).encode()

    def wire(self) -> bytes:
        """All of it, as bytes on the wire."""
        if self.length != "chunked":
            return self.head() + self.body
        pieces = [self.body[at : at + 700] for at in range(0, len(self.body), 700)]
        chunks = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces]
        return self.head() + b"".join(chunks) + b"0\r\n\r\n"

    def but(self, **changes: object) -> Reply:
        """The same with changes."""
        return replace(self, **changes)  # type: ignore[arg-type]  # by name


def body_of(data: object = DATA) -> bytes:
    """A JSON body as OpenAI answers."""
    return json.dumps(FACTS | dict(data) if isinstance(data, dict) else data).encode()


def event(name: str, fields: object, end: str = "\n") -> bytes:
    """One server-sent event."""
    text = json.dumps(fields) if not isinstance(fields, str) else fields
    return f"event: {name}{end}data: {text}{end}{end}".encode()


PARTIAL = event("image_edit.partial_image", {"partial_image_index": 0, "b64_json": ENCODED})
COMPLETED = event(
    "image_edit.completed", FACTS | {"type": "image_edit.completed", "b64_json": ENCODED}
)


def task_of(response: object) -> bytes:
    """What AceData tells of a task; response: None while it works."""
    told: dict[str, object] = {"id": TASK, "trace_id": "trace-7", "type": "images_edits"}
    return json.dumps(told if response is None else told | {"response": response}).encode()


def responded(data: object = DATA) -> object:
    """A finished response, as it stands in a task."""
    told = data if isinstance(data, dict) else {"data": data}
    return {"success": True, "task_id": TASK, "created": 1} | told


def good(base: str, carrier: Carrier) -> dict[Stage, Reply]:
    """The right answer to every request of a carrier; base: "http://127.0.0.1:PORT"."""
    link = body_of({"data": [{"url": base + LINK}]})
    match carrier:
        case "body":
            return {"submit": Reply(body_of())}
        case "sse":
            stream = b": hello\n\n" + PARTIAL + COMPLETED
            return {"submit": Reply(stream, EVENTS, length="chunked")}
        case "url":
            return {"submit": Reply(link), "fetch": Reply(PICTURE, PNG)}
        case "task":
            accepted = json.dumps({"task_id": TASK}).encode()
            return {"submit": Reply(accepted), "poll": Reply(task_of(responded()))}
