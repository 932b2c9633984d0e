"""Faults of an answer on its way and of what it says."""

from __future__ import annotations

import base64
import json

from editor.providers import body as words
from editor.transport import sentences
from tests.fakes.faults.acts import (
    bytes_on_the_wire,
    cut,
    dribbling,
    endless,
    hinting,
    packed,
    replying,
    silence,
    telling,
    texting,
    with_head,
)
from tests.fakes.faults.carriers import (
    DATA,
    ENCODED,
    EVENTS,
    JSON,
    PNG,
    Carrier,
    Reply,
    body_of,
    drawn,
    moving,
)
from tests.fakes.faults.row import DONE, Ending, Row, each, unknown, unusable
from tests.fakes.faults.rows_sending import HASTY
from tests.fakes.faults.rows_tasks import LATER

WIRE = each(unknown(sentences.CUT), "body", "sse", url=unusable(sentences.NOT_FETCHED), task=LATER)
HERE: dict[Carrier, Ending] = {
    carrier: ending for carrier, ending in WIRE.items() if carrier != "task"
}
"""The same without tasks, which are asked after for half a minute each time."""

SLOW = each(
    unknown(sentences.SILENT), "body", "sse", url=unusable(sentences.NOT_FETCHED), task=LATER
)

DRIBBLES = (
    Row("B4", "the head, byte by byte", dribbling(0.0, 0.02), SLOW, most=500.0, deadlines=HASTY),
    Row(
        "B4",
        "the body, byte by byte",
        dribbling(0.9, 0.02),
        each(unknown(sentences.SILENT), "body", url=unusable(sentences.NOT_FETCHED)),
        most=500.0,
        deadlines=HASTY,
    ),
    Row(
        "B3",
        "silence where the picture should be",
        silence,
        SLOW,
        most=500.0,
        deadlines=HASTY,
        least=8.0,
    ),
)

FLOODS = (
    Row(
        "B5",
        "a body that never ends",
        endless(Reply(b""), b" " * 60000),
        each(unusable(sentences.TOO_LARGE), "body", url=unusable(sentences.TOO_LARGE)),
    ),
    Row(
        "B5",
        "a stream that never ends",
        endless(Reply(b"", EVENTS), b"data: xxxxx\n" * 999),
        each(unusable(sentences.TOO_LARGE), "sse"),
    ),
)

PACKED = (
    Row("B6", "gzip that nobody asked for", packed("gzip", 31), each(DONE)),
    Row("B6", "deflate that nobody asked for", packed("deflate", 15), each(DONE)),
    Row(
        "B6",
        "a bomb",
        packed("gzip", 31, bomb=True),
        each(unusable(sentences.TOO_LARGE), "body", "url", "sse"),
    ),
    *(
        Row(
            "B6",
            f"packed as {kind}",
            with_head(f"Content-Encoding: {kind}"),
            each(unusable(sentences.ENCODED), "body", "url", "sse"),
        )
        for kind in ("br", "zstd", "x")
    ),
)

CUTS = tuple(
    Row(
        "B7",
        f"cut at {share}, {length}",
        cut(share, length),
        WIRE if share in {0.02, 0.98} else HERE,
    )
    for share in (0.0, 0.02, 0.3, 0.5, 0.98, 0.995)
    for length in ("counted", "chunked")
)

HALVES = tuple(
    Row(
        "B8",
        f"closed at {share}",
        cut(share, "closed"),
        each(
            unusable(), "body", url=DONE if share else unusable(words.NOT_A_PICTURE), sse=unknown()
        ),
    )
    for share in (0.0, 0.3, 0.7)
)


def _carried(text: object) -> dict[str, object]:
    return {"data": [{"b64_json": text}]}


LINES = "\r\n".join(ENCODED[at : at + 60] for at in range(0, len(ENCODED), 60))
URLSAFE = base64.urlsafe_b64encode(drawn(16)).decode()
INSIDE: tuple[Carrier, ...] = ("body", "sse", "task")

BASE64 = (
    Row("B9", "lines", telling(_carried(LINES)), each(DONE, *INSIDE)),
    Row(
        "B9", "a prefix", telling(_carried("data:image/png;base64," + ENCODED)), each(DONE, *INSIDE)
    ),
    Row("B9", "the alphabet of addresses", telling(_carried(URLSAFE)), each(DONE, *INSIDE)),
    *(
        Row("B9", name, telling(_carried(text)), each(unusable(), *INSIDE))
        for name, text in (
            ("bad padding", ENCODED.rstrip("=") + "A"),
            ("cut", ENCODED[:-7]),
            ("a page inside", "<html>" + ENCODED),
            ("junk inside", ENCODED[:40] + "%%" + ENCODED[42:]),
            ("no picture", base64.b64encode(b"hello, this is text").decode()),
            ("a prefix without base64", "data:image/png," + ENCODED),
        )
    ),
)

ODD_DATA: dict[str, object] = {
    "no data": None,
    "empty data": [],
    "a number": 7,
    "nothing inside": [{}],
    "numbers inside": [{"b64_json": 5}],
    "empty inside": [{"b64_json": "", "url": ""}],
    "a list inside": [[]],
}
SHAPES = tuple(
    Row("B10", name, telling({"data": data}), each(unusable(), "body", "task"))
    for name, data in ODD_DATA.items()
)
TEXTS = tuple(
    Row("B10", name, texting(text), each(unusable(), "body", sse=unknown()))
    for name, text in (
        ("a list", b"[1, 2]"),
        ("a text", b'"done"'),
        ("not a number", b'{"data": NaN}'),
        ("endless digits", b'{"created": ' + b"9" * 5000 + b', "data": []}'),
        ("brackets", b'{"data": ' + b"[" * 100_000),
        ("UTF-16", json.dumps({"data": []}).encode("utf-16")),
        ("NUL", b'{"data": \x00}'),
    )
)
ODD_AND_WHOLE = tuple(
    Row("B10", name, texting(text), each(DONE, "body", "sse"))
    for name, text in (
        ("a mark in front", b"\xef\xbb\xbf" + body_of()),
        ("twins", b'{"data": [], ' + body_of()[1:]),
        ("half a sign", body_of(DATA | {"background": "\ud800"})),
        ("numbers as text", body_of(DATA | {"created": "1", "usage": {"total_tokens": "9"}})),
    )
)
PAGES = (
    Row(
        "B11",
        "a page with status 200",
        replying(Reply(b"<html>log in</html>", "text/html")),
        each(unusable(words.WEB_PAGE), "body", "sse", url=unusable(words.NOT_A_PICTURE)),
    ),
    Row(
        "B11",
        "nothing at all",
        replying(Reply(b"")),
        each(unusable(words.EMPTY), "body", "sse", url=unusable(words.NOT_A_PICTURE)),
    ),
)

KINDS = (
    *(
        Row("B18", f"called {kind}", with_head(media_type=kind), each(DONE))
        for kind in ("text/plain", "application/octet-stream", "image/jpeg; charset=x", "nonsense")
    ),
    *(
        Row("B18", name, replying(Reply(data, PNG)), each(unusable(words.NOT_A_PICTURE), "url"))
        for name, data in (
            ("a drawing", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("an archive", b"PK\x03\x04" + bytes(60)),
            ("a page", b"<html>x</html>"),
        )
    ),
)

PICTURES = tuple(
    Row("B19", name, telling(_carried(base64.b64encode(data).decode())), each(DONE, *INSIDE))
    for name, data in (
        ("one pixel", drawn(1)),
        ("another size", drawn(100)),
        ("grey", drawn(64, "L")),
        ("black and white", drawn(64, "1")),
        ("with transparency", drawn(64, "RGBA")),
        ("black all over", moving("PNG", 1)),
        ("a moving PNG", moving("PNG", 3)),
        ("a moving WebP", moving("WEBP", 3)),
    )
)

BROKEN_HEADS = tuple(
    Row("B21", name, bytes_on_the_wire(text), WIRE if name == "no HTTP" else HERE)
    for name, text in (
        ("a long line", b"HTTP/1.1 200 OK\r\nX: " + b"a" * 5_000_000 + b"\r\n\r\n"),
        ("2000 fields", b"HTTP/1.1 200 OK\r\n" + b"X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 4000),
        ("two lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
        ("no chunk size", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"),
        ("a NUL", b"HTTP/1.1 200 OK\r\nX-A: a\x00b\r\nContent-Length: 1\r\n\r\nx"),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        ("an endless length", b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\nx"),
    )
)
ODD_HEADS = (
    Row(
        "B21",
        "a bogus charset",
        with_head(media_type=f"{JSON}; charset=nonsense"),
        each(DONE, "body", "task"),
    ),
    Row(
        "B21",
        "odd headers",
        with_head("X-Odd: ö\x80", "Set-Cookie: a=b"),
        each(DONE),
    ),
    Row("B21", "a folded header", with_head("X-Odd: a\r\n b"), each(DONE)),
    Row("B21", "early hints, again and again", hinting(200), each(DONE)),
)

ROWS = (
    *DRIBBLES,
    *FLOODS,
    *PACKED,
    *CUTS,
    *HALVES,
    *BASE64,
    *SHAPES,
    *TEXTS,
    *ODD_AND_WHOLE,
    *PAGES,
    *KINDS,
    *PICTURES,
    *BROKEN_HEADS,
    *ODD_HEADS,
)
