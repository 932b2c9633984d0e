"""B2: an upload whose connection breaks after so many bytes, from none to all of them."""

import asyncio
import socket
import struct

import pytest

from editor.engine.runner import spawn
from editor.errors import NotSent, OutcomeUnknown
from editor.transport import connection, sentences, upload
from tests.fakes.exchange import Record, heard, paid, way_to

PIECE = 4096
LARGE = 256 * 1024
"""Bytes of the picture: with small buffers in between, nothing of the end has left when half of
it has arrived."""

GRID = [0, *(2**power for power in range(18))]
RESET = struct.pack("ii", 1, 0)


async def received(peer, count):
    """So many bytes of the peer, and not one more."""
    loop, data = asyncio.get_running_loop(), b""
    while len(data) < count:
        if not (more := await loop.sock_recv(peer, count - len(data))):
            raise EOFError
        data += more
    return data


async def cut_off(server, count):
    """Take a request with so many bytes of its body, None for all, and reset; gives its length."""
    peer, _ = await asyncio.get_running_loop().sock_accept(server)
    with peer:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += await received(peer, 1)
        (length,) = (line for line in head.lower().splitlines() if b"content-length" in line)
        total = int(length.partition(b":")[2])
        await received(peer, total if count is None else count)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    return total


@pytest.fixture
def after(monkeypatch):
    """An upload that is cut off after so many bytes of its body."""
    monkeypatch.setattr(upload, "PIECE", PIECE)
    narrow = [*connection._KEEP_ALIVE, (socket.SOL_SOCKET, socket.SO_SNDBUF, PIECE)]
    monkeypatch.setattr(connection, "_KEEP_ALIVE", narrow)

    async def run(count):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)
            server.setblocking(False)
            base = f"http://127.0.0.1:{server.getsockname()[1]}"
            way = way_to(base, Record())
            took = spawn(cut_off(server, count), "cutting off")
            with pytest.raises((NotSent, OutcomeUnknown)) as told:
                await heard(way, paid(base, LARGE))
            total = await took
            way.close()
            return way, told.value, total

    return lambda count: asyncio.run(run(count))


@pytest.mark.parametrize("count", GRID)
def test_what_breaks_before_the_last_byte_was_not_sent(after, count):
    way, problem, total = after(count)
    assert type(problem) is NotSent
    assert problem.template in {sentences.UPLOAD_STOPPED, sentences.UNREACHABLE}
    assert problem.values.get("percent", 0) <= 100 * (count + 16 * PIECE) / total
    assert not way.sent
    assert "sent" not in way._record.log


def test_what_breaks_after_the_last_byte_may_be_charged(after):
    way, problem, _ = after(None)
    assert type(problem) is OutcomeUnknown
    assert problem.template == sentences.CUT
    assert way.sent
    assert way._record.log[-1] == "sent"
