"""Faults of streams: their framing, their order, their end."""

from __future__ import annotations

from editor.engine.exchange import NO_END
from editor.providers import refusal as words
from tests.fakes.faults.acts import Length, replying, streaming
from tests.fakes.faults.carriers import (
    COMPLETED,
    ENCODED,
    FACTS,
    PARTIAL,
    Reply,
    body_of,
    event,
)
from tests.fakes.faults.row import DONE, Ending, Row, each, refused, unknown

MARK = b"\xef\xbb\xbf"
COMMENT = b": still here\n\n"
BARE = event("image_edit.completed", {"b64_json": ENCODED})
URL_FIRST = event("image_edit.completed", FACTS | {"index": 0, "data": [{"b64_json": ENCODED}]})
REFUSED = b'{"error": {"code": "moderation_blocked", "message": "no"}}'
OTHER = event("image_generation.completed", FACTS | {"b64_json": ENCODED})


def _broken_lines(stream: bytes) -> bytes:
    """Each data line in two."""
    return stream.replace(b'", "', b'",\ndata: "').replace(b"\ndata: {", b"\ndata: {")


def _error(code: str) -> bytes:
    return event("error", {"error": {"code": code, "message": "no"}})


def _row(
    name: str, stream: bytes, ending: Ending = DONE, length: Length = "chunked", charges: int = 1
) -> Row:
    return Row("B22", name, streaming(stream, length), each(ending, "sse"), charges=charges)


ROWS = (
    _row("line feeds", PARTIAL + COMPLETED),
    _row("returns and line feeds", (PARTIAL + COMPLETED).replace(b"\n", b"\r\n")),
    _row("returns alone", (PARTIAL + COMPLETED).replace(b"\n", b"\r")),
    _row("mixed ends", PARTIAL.replace(b"\n", b"\r\n") + COMPLETED),
    _row("a mark in front", MARK + COMPLETED),
    _row("no blank after the colon", COMPLETED.replace(b": ", b":", 2)),
    _row("data in many lines", _broken_lines(COMPLETED)),
    _row("comments between", COMMENT * 50 + PARTIAL + COMMENT + COMPLETED + COMMENT),
    _row("unknown events", event("ping", {}) + event("image_edit.queued", {"a": 1}) + COMPLETED),
    _row("unknown fields", b"foo: bar\nid: 7\x00\nretry: 10\n" + COMPLETED),
    _row("the last blank line is missing", COMPLETED.rstrip(b"\n"), length="closed"),
    _row("done at the end", COMPLETED + b"data: [DONE]\n\n"),
    _row("other names", OTHER),
    _row("no type inside", BARE),
    _row("a list inside", URL_FIRST),
    _row("completed first", COMPLETED + PARTIAL),
    _row("completed twice", COMPLETED + COMPLETED),
    _row(
        "separators of Unicode inside",
        event("image_edit.completed", {"b64_json": ENCODED, "note": "a\u2028b\u0085c"})
        .replace(b"\\u2028", "\u2028".encode())
        .replace(b"\\u0085", "\u0085".encode()),
    ),
    _row("previews alone", PARTIAL * 3, unknown(NO_END)),
    _row("comments alone", COMMENT * 9, unknown(NO_END)),
    _row("nothing", b"", unknown(NO_END)),
    _row("done alone", b"data: [DONE]\n\n", unknown(NO_END)),
    _row("a preview that is no picture", PARTIAL.replace(b"iVBOR", b"%%%%%") + COMPLETED),
    _row("an error that may be charged", PARTIAL + _error("server_error"), unknown(words.BROKE)),
    _row("an error that refuses", _error("moderation_blocked"), refused(words.MODERATION)),
    _row("cut after a preview", PARTIAL + COMPLETED[:200], unknown(), "closed"),
    Row("B22", "a whole body instead", replying(Reply(body_of())), each(DONE, "sse")),
    _row("a whole body that is called a stream", body_of()),
    _row("a refusal that is called a stream", REFUSED, refused(words.MODERATION)),
    _row("a whole body in one event", b"data: " + body_of() + b"\n\n"),
)
