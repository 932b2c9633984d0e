"""The paid POST and the GET of a link, against real sockets that say what no good server says."""

import asyncio
import base64
import gzip
import json
import logging
import socket
import ssl
import threading
import zlib
from contextlib import aclosing
from pathlib import Path

import httpx
import pytest

from editor.edits.events import Progress, Sent
from editor.engine.runner import spawn
from editor.errors import AnswerUnusable, CannotWrite, NotSent, OutcomeUnknown
from editor.preferences.secrets import Secret
from editor.providers.dialect import Call, Message, Part
from editor.transport import addresses, failures, http, scrub
from editor.transport.http import HttpTransport
from editor.transport.intake import Deadlines
from tests.fakes.raw import raw

KEY = "sk-test-key-0123456789"
CERTIFICATE = Path(__file__).parents[2] / "fakes" / "loopback.pem"


class Spool:
    def __init__(self, log):
        self.log, self.data = log, b""

    def write(self, chunk):
        self.data += chunk

    def sync(self):
        self.log.append(("sync", len(self.data)))


class Record:
    """A ledger entry that notes what it was told, in order with what the socket saw."""

    def __init__(self):
        self.log = []
        self.spool = Spool(self.log)

    def sending(self, count):
        self.log.append(("sending", count))

    def sent(self):
        self.log.append("sent")


def paid(base, size=10, path="/images/edits"):
    form = [
        Part("model", "m"),
        Part("prompt", 'a "red"\r\njacket ü'),
        Part("image", b"x" * size, "image-1.png", "image/png"),
    ]
    return Call("POST", base + path, form=form)


def link(url):
    return Call("GET", url, purpose="fetch", facts={"size": "1x1"})


def way_to(base, record, key=KEY, **deadlines):
    return HttpTransport(base, key and Secret(key), record, spawn, Deadlines(**deadlines))


async def heard(way, call):
    async with aclosing(way.send(call)) as items:
        return [item async for item in items]


def talk(scenario, talker, context=None):
    """Run a scenario against a server; gives what the scenario gives."""

    async def run():
        async with raw(talker, context) as base:
            return await scenario(base)

    return asyncio.run(run())


def messages(items):
    return [item for item in items if isinstance(item, Message)]


# -- what goes out ----------------------------------------------------------------


def test_the_form_leaves_with_its_length_the_key_and_no_wish_for_packing():
    seen = []

    async def talker(connection):
        await connection.request()
        seen.append(connection)
        await connection.answer(b"{}", "200 OK", "Content-Type: application/json; charset=utf-8")

    async def scenario(base):
        return await heard(way_to(base, Record()), paid(base))

    items = talk(scenario, talker)
    (connection,) = seen
    assert connection.head.startswith(b"POST /images/edits HTTP/1.1\r\n")
    assert connection.header("authorization") == f"Bearer {KEY}"
    assert connection.header("accept-encoding") == "identity"
    assert connection.header("connection") == "close"
    assert connection.header("user-agent").startswith("Frisket/")
    assert connection.header("transfer-encoding") == ""
    boundary = connection.header("content-type").partition("boundary=")[2].encode()
    assert connection.body == b"\r\n".join(
        [
            b"--" + boundary,
            b'Content-Disposition: form-data; name="model"',
            b"",
            b"m",
            b"--" + boundary,
            b'Content-Disposition: form-data; name="prompt"',
            b"",
            'a "red"\r\njacket ü'.encode(),
            b"--" + boundary,
            b'Content-Disposition: form-data; name="image"; filename="image-1.png"',
            b"Content-Type: image/png",
            b"",
            b"xxxxxxxxxx",
            b"--" + boundary + b"--",
            b"",
        ]
    )
    assert [type(item) for item in items] == [Progress, Sent, Message]
    assert items[-1].data == b"{}"
    assert items[-1].media_type == "application/json"
    assert items[-1].last


def test_json_can_be_sent_too():
    async def talker(connection):
        await connection.request()
        assert json.loads(connection.body) == {"a": 1}
        await connection.answer(b"{}")

    async def scenario(base):
        return await heard(way_to(base, Record()), Call("POST", base, json={"a": 1}))

    assert messages(talk(scenario, talker))[0].data == b"{}"


def test_no_key_no_header_and_none_for_another_origin():
    seen = []

    async def talker(connection):
        await connection.request()
        seen.append(connection.header("authorization"))
        await connection.answer(b"{}")

    async def scenario(base):
        await heard(way_to(base, Record(), key=None), paid(base))
        await heard(way_to("http://127.0.0.1:9/v1", Record()), paid(base))

    talk(scenario, talker)
    assert seen == ["", ""]


def test_the_ledger_says_sent_before_the_last_piece_is_out():
    record = Record()
    size = 300_000

    async def talker(connection):
        head = await connection.reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        before_last = await connection.reader.readexactly(length - 1)
        assert record.log == [("sending", length), "sent"]
        assert len(before_last) == length - 1
        await connection.answer(b"{}")

    async def scenario(base):
        way = way_to(base, record)
        items = await heard(way, paid(base, size))
        assert way.sent
        return items

    items = talk(scenario, talker)
    fractions = [item.fraction for item in items if isinstance(item, Progress)]
    assert fractions == sorted(fractions)
    assert len(fractions) >= 3
    assert fractions[-1] == 1.0
    assert items.index(Sent()) == len(fractions)


def test_while_sent_is_not_durable_the_last_piece_is_kept_back():
    """A ledger that cannot write keeps the request from being whole."""

    class Full(Record):
        def sent(self):
            raise CannotWrite("full")

    counted = []

    async def talker(connection):
        while chunk := await connection.reader.read(65536):
            counted.append(len(chunk))

    async def scenario(base):
        record = Full()
        way = way_to(base, record)
        with pytest.raises(CannotWrite):
            await heard(way, paid(base, 200_000))
        assert not way.sent
        return record.log[0][1]

    total = talk(scenario, talker)
    assert 100_000 < sum(counted) < total


def test_stopped_while_sending_nothing_whole_leaves():
    counted, gate = [], []

    async def talker(connection):
        await connection.reader.readuntil(b"\r\n\r\n")
        gate[0].set()
        while chunk := await connection.reader.read(65536):
            counted.append(len(chunk))

    class Slow(Record):
        """Writes to its disk until the job has been stopped."""

        written = threading.Event()

        def sent(self):
            self.log.append("sent")
            assert self.written.wait(20)

    async def scenario(base):
        record = Slow()
        gate.append(asyncio.Event())
        way = way_to(base, record)
        job = spawn(heard(way, paid(base, 200_000)), "job")
        await gate[0].wait()
        job.cancel()
        await asyncio.sleep(0)
        record.written.set()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert not way.sent
        return record.log[0][1]

    total = talk(scenario, talker)
    assert sum(counted) < total


# -- what does not leave whole ----------------------------------------------------


def refused(sentence, way, call, **values):
    """Send and expect NotSent with this sentence; nothing was recorded as sent."""

    async def run():
        with pytest.raises(NotSent) as told:
            await heard(way, call)
        assert told.value.template == sentence
        assert values.items() <= told.value.values.items()
        assert KEY not in told.value.details + str(told.value)
        assert told.value.__suppress_context__
        assert not way.sent
        assert "sent" not in way._record.log

    return run()


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    host = base.removeprefix("http://")
    asyncio.run(refused(failures.UNREACHABLE, way_to(base, Record()), paid(base), host=host))


def test_a_name_that_means_nothing(monkeypatch):
    async def run():
        def nobody(*args, **kwargs):
            raise socket.gaierror("no such name")

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", nobody)
        base = "http://nowhere.invalid"
        await refused(failures.UNREACHABLE, way_to(base, Record()), paid(base))

    asyncio.run(run())


def test_a_certificate_nobody_vouches_for():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)

    async def talker(connection):
        raise AssertionError("nothing may arrive")

    async def scenario(base):
        await refused(failures.UNPROVEN, way_to(base, Record()), paid(base))

    talk(scenario, talker, context)


def test_a_proxy_that_says_no(monkeypatch):
    async def talker(connection):
        await connection.request()
        assert connection.head.startswith(b"CONNECT api.example:443 ")
        assert KEY not in connection.head.decode()
        await connection.answer(b"", "407 Proxy Authentication Required")

    async def scenario(base):
        monkeypatch.setenv("HTTPS_PROXY", base.replace("//", "//me:secret@"))
        way = way_to("https://api.example/v1", Record())
        await refused(failures.PROXY, way, paid("https://api.example/v1"), host="api.example")

    talk(scenario, talker)


def test_an_address_that_is_none():
    way = way_to("http://127.0.0.1:9", Record())
    call = Call("POST", "http://127.0.0.1:9/\x00", form=[Part("a", "b")])
    asyncio.run(refused(failures.ODD_ADDRESS, way, call))


def test_the_connection_breaks_while_sending():
    async def talker(connection):
        await connection.reader.readexactly(200_000)
        connection.writer.transport.abort()

    async def scenario(base):
        way = way_to(base, Record())
        with pytest.raises(NotSent) as told:
            await heard(way, paid(base, 30_000_000))
        assert told.value.template == failures.UPLOAD_STOPPED
        assert 0 <= told.value.values["percent"] < 100

    talk(scenario, talker)


def test_a_refusal_in_the_middle_of_the_upload_is_heard():
    record = Record()

    async def talker(connection):
        await connection.reader.readuntil(b"\r\n\r\n")
        await connection.answer(b"too large", "413 Too Large", "Content-Type: text/plain")
        connection.writer.transport.pause_reading()
        connection.writer.write_eof()
        connection.writer.close()

    async def scenario(base):
        way = way_to(base, record)
        try:
            return way, await heard(way, paid(base, 30_000_000))
        except NotSent:  # the reset may overtake the answer
            return way, None

    way, items = talk(scenario, talker)
    assert not way.sent
    if items is not None:
        assert messages(items)[0].status == 413


def test_an_upload_that_takes_too_long_is_given_up():
    async def talker(connection):
        connection.writer.transport.pause_reading()
        await connection.reader.read()

    async def scenario(base):
        way = way_to(base, Record(), total=0.05)
        with pytest.raises(NotSent):
            await heard(way, paid(base, 30_000_000))

    talk(scenario, talker)


# -- what may have been charged ---------------------------------------------------


def unknown(talker, sentence, **deadlines):
    """Send and expect OutcomeUnknown; gives the record."""

    async def scenario(base):
        record = Record()
        way = way_to(base, record, **deadlines)
        with pytest.raises(OutcomeUnknown) as told:
            await heard(way, paid(base))
        assert told.value.template == sentence
        assert told.value.__suppress_context__
        assert way.sent
        assert "sent" in record.log
        return record

    return talk(scenario, talker)


def saying(*chunks):
    async def talker(connection):
        await connection.request()
        await connection.say(*chunks)

    return talker


def silent_after(*chunks):
    async def talker(connection):
        await connection.request()
        await connection.say(*chunks)
        await connection.reader.read()

    return talker


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200",
        HEAD,
        HEAD + b"Content-Length: 9\r\n\r\n{",
        b"nonsense\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        EVENTS + b"Content-Length: 9\r\n\r\nd",
    ],
)
def test_a_cut_at_any_place_after_the_last_byte_is_unknown(said):
    unknown(saying(said), failures.CUT)


@pytest.mark.parametrize(
    "said", [b"", HEAD, HEAD + b"Content-Length: 9\r\n\r\n{", EVENTS + b"\r\n: a\n"]
)
def test_silence_after_the_last_byte_is_unknown(said):
    unknown(silent_after(said), failures.SILENT, answer=0.03, alive=0.03)


def test_a_body_that_dribbles_is_given_up():
    async def talker(connection):
        await connection.request()
        await connection.say(HEAD + b"\r\n \n")
        while True:
            await connection.say(b"{")
            await asyncio.sleep(0)

    unknown(talker, failures.SILENT, slow_span=0.02, slow_rate=1e12)


def test_a_slow_but_moving_body_and_blanks_before_it_are_borne():
    async def scenario(base):
        return await heard(way_to(base, Record(), slow_span=0.0, slow_rate=0.001), paid(base))

    async def talker(connection):
        await connection.request()
        await connection.say(HEAD + b"\r\n")
        for chunk in (b" ", b"  ", b"{", b"}", b"\n"):
            await connection.say(chunk)
            await asyncio.sleep(0)

    assert messages(talk(scenario, talker))[0].data.strip() == b"{}"


def test_what_came_before_a_cut_is_kept():
    record = unknown(saying(HEAD + b'Content-Length: 99\r\n\r\n{"data'), failures.CUT)
    assert record.spool.data == b'{"data'


# -- what comes back --------------------------------------------------------------


def answer_to(talker, **deadlines):
    """Send; gives what was heard and the record."""

    async def scenario(base):
        record = Record()
        return await heard(way_to(base, record, **deadlines), paid(base)), record

    items, record = talk(scenario, talker)
    return messages(items), record


def test_a_body_is_on_the_disk_before_it_is_handed_over():
    order = []

    async def scenario(base):
        record = Record()
        async with aclosing(way_to(base, record).send(paid(base))) as items:
            async for item in items:
                if isinstance(item, Message):
                    order.append((item.data, record.spool.data, record.log[-1]))

    body = b'{"data": []}'
    talk(scenario, saying(HEAD + b"\r\n", body[:5], body[5:]))
    assert order == [(body, body, ("sync", len(body)))]


def test_a_body_without_length_ends_with_its_connection():
    (message,), _ = answer_to(saying(HEAD + b"X-Request-Id: req_1\r\n\r\n{}"))
    assert (message.data, message.status, message.last) == (b"{}", 200, True)
    assert message.headers["x-request-id"] == "req_1"


@pytest.mark.parametrize("status", ["400 Bad", "307 Go", "500 Oops", "404 No"])
def test_refusals_and_redirects_are_handed_over_and_not_followed(status):
    said = f"HTTP/1.1 {status}\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 2\r\n\r\nno"
    (message,), record = answer_to(saying(said.encode()))
    assert (message.status, message.data) == (int(status[:3]), b"no")
    assert record.spool.data == b"no"


@pytest.mark.parametrize("said", [b"Content-Length: 99\r\n\r\nno", b"\r\n" + b"n" * (3 << 20)])
def test_a_refusal_that_is_cut_or_endless_is_still_a_refusal(said):
    (message,), _ = answer_to(saying(b"HTTP/1.1 400 Bad\r\n" + said))
    assert message.status == 400
    assert message.data.startswith(b"n")


def test_an_answer_over_the_cap_is_not_read_on(monkeypatch):
    monkeypatch.setattr(http, "ANSWER_MEGABYTES", 1)

    async def talker(connection):
        await connection.request()
        await connection.say(HEAD + b"\r\n")
        while True:
            await connection.say(b"x" * 65536)

    async def scenario(base):
        with pytest.raises(AnswerUnusable) as told:
            await heard(way_to(base, Record()), paid(base))
        assert told.value.template == failures.TOO_LARGE
        assert told.value.values["megabytes"] == 1

    talk(scenario, talker)


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "identity", ""])
def test_a_body_packed_against_our_wish_is_read_all_the_same(encoding):
    body = b'{"data": []}' * 100
    packed = {"deflate": zlib.compress(body), "identity": body, "": body}.get(
        encoding, gzip.compress(body)
    )
    said = HEAD + f"Content-Encoding: {encoding}\r\n\r\n".encode()
    (message,), record = answer_to(saying(said + packed[:9], packed[9:]))
    assert message.data == body
    assert record.spool.data == packed


@pytest.mark.parametrize(
    ("encoding", "body", "sentence"),
    [
        ("br", b"{}", failures.ENCODED),
        ("gzip", b"no gzip at all", failures.ENCODED),
        ("gzip", gzip.compress(b"0" * (2 << 20)), failures.TOO_LARGE),
    ],
)
def test_bombs_and_unknown_packings_are_unusable(monkeypatch, encoding, body, sentence):
    monkeypatch.setattr(http, "ANSWER_MEGABYTES", 1)

    async def scenario(base):
        with pytest.raises(AnswerUnusable) as told:
            await heard(way_to(base, Record()), paid(base))
        assert told.value.template == sentence

    said = HEAD + f"Content-Encoding: {encoding}\r\n\r\n".encode()
    talk(scenario, saying(said + body))


def test_a_disk_that_refuses_does_not_cost_the_picture(caplog):
    class Full(Record):
        def __init__(self):
            super().__init__()
            self.spool.sync = self.refuse

        def refuse(self):
            raise CannotWrite("full")

    async def scenario(base):
        return await heard(way_to(base, Full()), paid(base))

    with caplog.at_level(logging.WARNING):
        items = talk(scenario, saying(HEAD + b"\r\n{}"))
    assert messages(items)[0].data == b"{}"
    assert "held in memory" in caplog.text


# -- streams ----------------------------------------------------------------------


def test_each_event_is_handed_over_as_it_comes_and_kept_before():
    async def talker(connection):
        await connection.request()
        await connection.say(EVENTS + b"\r\nevent: a\ndata: 1\n\n")
        await go[0].wait()
        await connection.say(b"data: 2\n\ndata: [DONE]\n\n")

    go = []

    async def scenario(base):
        go.append(asyncio.Event())
        record, found = Record(), []
        async with aclosing(way_to(base, record).send(paid(base))) as items:
            async for item in items:
                if isinstance(item, Message):
                    assert record.log[-1] == ("sync", len(record.spool.data))
                    found.append((item.event, item.data, item.last))
                    go[0].set()
        return found

    assert talk(scenario, talker) == [
        ("a", b"1", False),
        ("", b"2", False),
        ("", b"[DONE]", False),
        ("", b"", True),
    ]


def test_an_event_without_its_blank_line_is_not_lost():
    found, _ = answer_to(saying(EVENTS + b"\r\ndata: 1"))
    assert [message.data for message in found] == [b"1", b""]


def test_eight_megabytes_in_one_event():
    data = base64.b64encode(b"p" * (6 << 20))
    found, record = answer_to(saying(EVENTS + b"\r\ndata: ", data, b"\n\n"))
    assert found[0].data == data
    assert len(record.spool.data) == len(data) + 8


def test_a_comment_shortens_the_silence_that_is_borne():
    unknown(silent_after(EVENTS + b"\r\n: alive\n"), failures.SILENT, answer=600, alive=0.02)


@pytest.mark.parametrize("ending", [silent_after, saying])
def test_once_the_picture_is_in_the_rest_may_be_missed(ending):
    async def scenario(base):
        way, found = way_to(base, Record(), answer=600, tail=0.02), []
        async with aclosing(way.send(paid(base))) as items:
            async for item in items:
                if isinstance(item, Message):
                    found.append(item.data)
                    way.enough()
        return found

    said = EVENTS + b"Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n"
    assert talk(scenario, ending(said)) == [b"1", b""]


@pytest.mark.parametrize("said", [b"", EVENTS + b"\r\ndata: 1\n\n"])
def test_a_stop_closes_the_socket(said):
    left = []

    async def talker(connection):
        await connection.request()
        await connection.say(said)
        waiting[0].set()
        assert await connection.reader.read() == b""
        left.append(True)
        waiting[1].set()

    waiting = []

    async def scenario(base):
        waiting.extend([asyncio.Event(), asyncio.Event()])
        job = spawn(heard(way_to(base, Record()), paid(base)), "job")
        await waiting[0].wait()
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        await waiting[1].wait()

    talk(scenario, talker)
    assert left == [True]


# -- links ------------------------------------------------------------------------

PICTURE = b"\x89PNG picture"


def test_a_link_to_the_provider_itself_is_fetched_without_the_key():
    async def talker(connection):
        await connection.request()
        assert connection.head.startswith(b"GET /a.png?sig=1 HTTP/1.1\r\n")
        assert connection.header("authorization") == ""
        assert connection.header("cookie") == ""
        assert connection.header("referer") == ""
        await connection.answer(PICTURE, "200 OK", "Content-Type: image/png")

    async def scenario(base):
        record = Record()
        (message,) = await heard(way_to(base + "/v1", record), link(base + "/a.png?sig=1"))
        assert record.spool.data == PICTURE
        return message

    message = talk(scenario, talker)
    assert (message.data, message.status, message.last) == (PICTURE, 200, True)
    assert message.call.facts == {"size": "1x1"}


def fetched(talker, where, sentence, **values):
    """Fetch and expect that it cannot be used."""

    async def scenario(base):
        with pytest.raises(AnswerUnusable) as told:
            await heard(way_to(base, Record(), total=5), link(where(base)))
        assert told.value.template == sentence
        assert values.items() <= told.value.values.items()

    talk(scenario, talker)


def test_redirects_on_the_providers_own_host_are_followed_for_five_hops():
    async def talker(connection):
        await connection.request()
        hop = int(connection.head.split()[1][1:])
        if hop:
            await connection.answer(b"", "302 Found", f"Location: /{hop - 1}")
        else:
            await connection.answer(PICTURE)

    async def scenario(base):
        (message,) = await heard(way_to(base, Record()), link(base + "/5"))
        return message.data

    assert talk(scenario, talker) == PICTURE
    fetched(talker, lambda base: base + "/6", http.TOO_MANY_HOPS)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("file:///etc/passwd", addresses.ODD_LINK),
        ("http://elsewhere.example/", addresses.ODD_LINK),
        ("https://127.0.0.1/", addresses.PRIVATE_LINK),
    ],
)
def test_every_hop_is_checked(place, sentence):
    async def talker(connection):
        await connection.request()
        await connection.answer(b"", "307 Go", f"Location: {place}")

    fetched(talker, lambda base: base, sentence)


def test_a_link_that_breaks_stalls_or_is_not_there(monkeypatch):
    cut = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")
    fetched(cut, lambda base: base, failures.NOT_FETCHED, host="127.0.0.1")
    monkeypatch.setattr(http, "PICTURE_MEGABYTES", 0)
    fetched(saying(b"HTTP/1.1 200 OK\r\n\r\nx"), lambda base: base, failures.TOO_LARGE)


def test_a_link_that_is_gone_is_told_by_its_status():
    async def scenario(base):
        (message,) = await heard(way_to(base, Record()), link(base))
        return message.status

    assert talk(scenario, saying(b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n")) == 410


def test_a_foreign_host_is_asked_at_the_address_that_was_checked(monkeypatch):
    asked = []

    async def answered(request):
        asked.append(request)
        return httpx.Response(200, stream=Piece())

    class Piece(httpx.AsyncByteStream):
        async def __aiter__(self):
            yield PICTURE

    async def client(url):
        asked.append(url)
        return httpx.AsyncClient(transport=httpx.MockTransport(answered))

    async def checked(url, home):
        return "203.0.113.7"

    monkeypatch.setattr(http, "client_for", client)
    monkeypatch.setattr(http, "allowed_address", checked)

    async def run():
        way = way_to("https://api.example/v1", Record())
        return await heard(way, link("https://cdn.example/a.png?sig=1"))

    (message,) = asyncio.run(run())
    assert message.data == PICTURE
    assert asked[0] == "https://cdn.example/a.png?sig=1"
    assert str(asked[1].url) == "https://203.0.113.7/a.png?sig=1"
    assert asked[1].headers["host"] == "cdn.example"
    assert asked[1].extensions["sni_hostname"] == "cdn.example"
    assert "authorization" not in asked[1].headers


def test_the_key_is_masked_from_now_on(monkeypatch):
    monkeypatch.setattr(scrub, "_secrets", set())
    way_to("https://api.example", Record(), key="very-secret-key")
    assert scrub.scrubbed("<very-secret-key>") == "<***>"
