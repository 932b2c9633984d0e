"""The body on its way out, piece by piece."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.edits.events import Progress, Sent
from editor.providers.dialect import Call, Part
from editor.transport.upload import PIECE, Upload, body_of, request_for
from tests.fakes.exchange import Record

URL = "https://api.example/v1/images/edits"


def form(*sizes):
    pictures = [Part("image[]", b"x" * size, "image-1.png", "image/png") for size in sizes]
    return Call("POST", URL, form=[Part("model", "m"), *pictures])


def test_headers_of_the_call_and_of_the_transport_go_together():
    call = Call("POST", URL, json={"a": 1}, headers={"X-A": "1", "X-B": "1"})
    request = request_for(call, {"X-B": "2"})
    assert (request.headers["x-a"], request.headers["x-b"]) == ("1", "2")
    assert json.loads(request.read()) == {"a": 1}
    assert request_for(Call("GET", URL), {}).read() == b""


def test_a_body_is_a_form_or_json_with_its_type_and_length():
    body = body_of(Call("POST", URL, json={"a": 1}), Record())
    assert body.headers["content-type"] == "application/json"
    assert json.loads(body.file.read()) == {"a": 1}
    assert int(body.headers["content-length"]) == body.total == len(b'{"a":1}')
    body = body_of(form(5), Record())
    assert body.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert body.file.read().count(b"xxxxx") == 1


@given(st.lists(st.integers(0, 3 * PIECE), max_size=3))
def test_the_pieces_are_the_body_and_the_last_waits_for_the_ledger(sizes):
    async def run():
        record = Record()
        body = body_of(form(*sizes), record)
        whole = body.file.read()
        upload = Upload(body, record)
        assert upload.total == len(whole)
        pieces = []
        async for piece in upload:
            last = sum(map(len, pieces)) + len(piece) == upload.total
            assert upload.sent is last
            assert record.log == [("sending", upload.total)] + ["sent"] * last
            pieces.append(piece)
        assert b"".join(pieces) == whole
        assert all(0 < len(piece) < 2 * PIECE for piece in pieces)
        assert upload.count == upload.total
        told = [upload.heard.get_nowait() for _ in range(upload.heard.qsize())]
        assert told[-2:] == [Progress(1.0, upload.total), Sent()]
        assert len(told) <= 101
        again = Upload(body, Record())
        assert b"".join([piece async for piece in again]) == whole

    asyncio.run(run())


def test_a_ledger_that_cannot_write_keeps_everything_back():
    class Full(Record):
        def sending(self, count):
            raise OSError("full")

    async def run():
        upload = Upload(body_of(form(9), Record()), Full())
        with pytest.raises(OSError, match="full"):
            await anext(aiter(upload))
        assert not upload.sent

    asyncio.run(run())
