"""A picture whose way broke off is gone on with only where that gives the very same bytes."""

import httpx
import pytest

from editor.errors import AnswerUnusable
from editor.transport import intake, sentences
from editor.transport.resuming import Beginning, beginning
from tests.fakes.exchange import Record, heard, link, messages, talk, way_to

PICTURE = b"\x89PNG" + bytes(range(200)) * 4
OFFERED = {"ETag": '"v1"', "Accept-Ranges": "bytes"}
HALF = Beginning("l", '"v1"', b"01234")
REST = {"content-range": "bytes 5-9/10", "etag": '"v1"'}


@pytest.mark.parametrize(
    ("status", "headers", "data", "whether"),
    [
        (200, OFFERED, b"01234", True),
        (206, {"ETag": '"v1"'}, b"01234", True),
        (200, {"ETag": '"v1"'}, b"01234", False),
        (200, {"Accept-Ranges": "bytes"}, b"01234", False),
        (200, OFFERED | {"ETag": 'W/"v1"'}, b"01234", False),
        (200, OFFERED | {"ETag": '"v 1"'}, b"01234", False),
        (200, OFFERED | {"ETag": '"' + 300 * "v" + '"'}, b"01234", False),
        (200, OFFERED | {"Accept-Ranges": "none"}, b"01234", False),
        (200, OFFERED | {"Content-Encoding": "gzip"}, b"01234", False),
        (200, OFFERED, b"", False),
        (404, OFFERED, b"01234", False),
    ],
)
def test_what_can_be_gone_on_from(status, headers, data, whether):
    found = beginning("l", httpx.Response(status, headers=headers), data)
    assert found == (HALF if whether else None)
    assert "01234" not in repr(found)


@pytest.mark.parametrize(
    ("status", "headers", "data"),
    [
        (206, REST, b"01234"),
        (206, {"content-range": "bytes 5-9/10"}, b"01234"),
        (200, {}, b""),
        (404, {}, b""),
        (416, {}, None),
        (206, {}, None),
        (206, REST | {"content-range": "bytes 4-9/10"}, None),
        (206, REST | {"content-range": "bytes 5-8/10"}, None),
        (206, REST | {"content-range": "bytes 5-9/*"}, None),
        (206, REST | {"content-range": f"bytes 5-9/{'9' * 5000}"}, None),
        (206, REST | {"etag": '"v2"'}, None),
        (206, REST | {"content-encoding": "gzip"}, None),
    ],
)
def test_only_the_very_rest_is_put_behind_it(status, headers, data):
    response = httpx.Response(status, headers=headers)
    assert HALF.headers == {"Range": "bytes=5-", "If-Range": '"v1"'}
    if data is None:
        with pytest.raises(httpx.RemoteProtocolError):
            HALF.before(response)
    else:
        assert HALF.before(response) == data


def broken_at(cuts, answered, honest=True):
    """A server that breaks off after so many bytes of each answer, then sends the rest."""
    left = iter(cuts)

    async def talker(connection):
        await connection.request()
        start = int(connection.header("range").removeprefix("bytes=").rstrip("-") or 0)
        start = start if honest else 0
        answered.append((connection.header("range"), connection.header("if-range")))
        body = PICTURE[start:]
        status = f"HTTP/1.1 {206 if start else 200} OK"
        lines = [status, f"Content-Length: {len(body)}", *map(": ".join, OFFERED.items())]
        if start:
            lines.append(f"Content-Range: bytes {start}-{len(PICTURE) - 1}/{len(PICTURE)}")
        head = "\r\n".join([*lines, "", ""]).encode()
        await connection.say(head + body[: next(left, None)])

    return talker


def fetched(talker, times, **deadlines):
    """Ask for a link so many times; what came in the end, and the spool."""

    async def scenario(base):
        record = Record()
        record.spool.write(b"answer")
        way = way_to(base, record, total=5, **deadlines)
        for _ in range(times - 1):
            with pytest.raises(AnswerUnusable) as told:
                await heard(way, link(base + "/a.png"))
            assert told.value.template == sentences.NOT_FETCHED
            assert record.spool.data == b"answer"
        (message,) = messages(await heard(way, link(base + "/a.png")))
        assert message.status == 200
        return message.data, record.spool.data

    return talk(scenario, talker)


def test_a_picture_comes_in_three_pieces():
    answered = []
    data, kept = fetched(broken_at([100, 300], answered), 3)
    assert data == PICTURE
    assert kept == b"answer" + PICTURE
    assert answered == [("", ""), ("bytes=100-", '"v1"'), ("bytes=400-", '"v1"')]


def test_a_server_that_begins_anew_is_heard_from_the_beginning():
    answered = []
    data, kept = fetched(broken_at([100], answered, honest=False), 2)
    assert (data, kept) == (PICTURE, b"answer" + PICTURE)
    assert answered[1] == ("bytes=100-", '"v1"')


def test_another_link_begins_anew():
    answered = []

    async def scenario(base):
        way = way_to(base, Record(), total=5)
        with pytest.raises(AnswerUnusable):
            await heard(way, link(base + "/a.png"))
        await heard(way, link(base + "/b.png"))

    talk(scenario, broken_at([100], answered))
    assert answered == [("", ""), ("", "")]


def test_the_pieces_together_stay_below_the_cap(monkeypatch):
    monkeypatch.setattr(intake, "MEGABYTE", 3)  # 384 bytes in all

    async def scenario(base):
        way = way_to(base, Record(), total=5)
        found = []
        for _ in range(2):
            with pytest.raises(AnswerUnusable) as told:
                await heard(way, link(base + "/a.png"))
            found.append(told.value.template)
        assert found == [sentences.NOT_FETCHED, sentences.TOO_LARGE]

    talk(scenario, broken_at([300, 100], []))
