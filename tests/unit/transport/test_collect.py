"""Asking after a task: with the key, for nothing, and with only what counts in the spool."""

import json

import pytest

from editor.errors import OutcomeUnknown
from editor.providers.dialect import Call
from editor.transport.sentences import NOT_ASKED
from tests.fakes.exchange import KEY, Record, heard, saying, silent_after, talk, way_to


def poll(base, **changes):
    return Call("POST", base + "/tasks", json={"task_id": "t"}, purpose="poll", **changes)


def test_a_task_is_asked_after_with_the_key():
    seen = []

    async def talker(connection):
        await connection.request()
        seen.append(connection)
        await connection.answer(b'{"status": "done"}', "200 OK", "Content-Type: application/json")

    async def scenario(base):
        record = Record()
        way = way_to(base, record)
        (message,) = await heard(way, poll(base, headers={"X-A": "1"}, facts={"a": 1}))
        assert not way.sent
        assert record.spool.data == b'{"status": "done"}'
        assert ("sync", len(record.spool.data)) in record.log
        assert "sent" not in record.log
        return message

    message = talk(scenario, talker)
    (connection,) = seen
    assert connection.head.startswith(b"POST /tasks HTTP/1.1\r\n")
    assert connection.header("authorization") == f"Bearer {KEY}"
    assert connection.header("x-a") == "1"
    assert json.loads(connection.body) == {"task_id": "t"}
    assert (message.data, message.status) == (b'{"status": "done"}', 200)
    assert (message.call.purpose, message.call.facts) == ("poll", {"a": 1})


def test_a_task_may_be_asked_after_by_get():
    async def scenario(base):
        (message,) = await heard(
            way_to(base, Record()), Call("GET", base + "/tasks/t", purpose="poll")
        )
        return message.data

    assert talk(scenario, saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) == b"{}"


def test_another_host_is_asked_without_the_key_and_nobody_is_followed():
    seen = []

    async def talker(connection):
        await connection.request()
        seen.append(connection.header("authorization"))
        await connection.answer(b"", "307 Go", "Location: http://127.0.0.1:9/")

    async def scenario(base):
        record = Record()
        (message,) = await heard(way_to("http://127.0.0.1:9/v1", record), poll(base))
        assert record.spool.data == b""
        return message.status

    assert talk(scenario, talker) == 307
    assert seen == [""]


@pytest.mark.parametrize(
    "talker",
    [
        saying(),
        saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"),
        silent_after(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"),
        silent_after(),
    ],
)
def test_an_answer_that_breaks_leaves_nothing_behind(talker):
    async def scenario(base):
        record = Record()
        record.spool.write(b"accepted")
        with pytest.raises(OutcomeUnknown) as told:
            await heard(way_to(base, record, KEY, poll=0.3), poll(base))
        assert told.value.template == NOT_ASKED
        assert record.spool.data == b"accepted"

    talk(scenario, talker)


def test_a_refused_link_leaves_nothing_behind_either():
    async def scenario(base):
        record = Record()
        record.spool.write(b"accepted")
        call = Call("GET", base + "/a.png", purpose="fetch")
        (message,) = await heard(way_to(base, record), call)
        assert message.status == 404
        assert record.spool.data == b"accepted"

    answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"
    talk(scenario, saying(answer))


def test_what_answers_without_a_date_is_dated_on_arrival():
    async def scenario(base):
        (message,) = await heard(way_to(base, Record()), poll(base))
        return message.headers["date"]

    assert talk(scenario, saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")).endswith("GMT")
    dated = b"HTTP/1.1 200 OK\r\nDate: then\r\nContent-Length: 2\r\n\r\n{}"
    assert talk(scenario, saying(dated)) == "then"


def test_nothing_is_asked_twice_by_itself():
    seen = []

    async def talker(connection):
        seen.append(await connection.request())

    async def scenario(base):
        with pytest.raises(OutcomeUnknown):
            await heard(way_to(base, Record()), poll(base))

    talk(scenario, talker)
    assert len(seen) == 1
