"""A provider in a process of its own that stands still in the middle of an answer.

Its sockets stay open and nobody is behind them: no FIN and no reset ever comes, as when the way
to it is gone.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

CHILD = """
import json, os, signal, socket, sys

server = socket.socket(fileno=int(sys.argv[1]))
answers = [bytes.fromhex(each) for each in json.load(sys.stdin)]
print("ready", flush=True)
while answers:
    peer, _ = server.accept()
    reader = peer.makefile("rb")
    first, length = reader.readline(), 0
    while (line := reader.readline()) != b"\\r\\n":
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    reader.read(length)
    print(first.decode().strip(), flush=True)
    peer.sendall(answers.pop(0))
    if not answers:
        os.kill(os.getpid(), signal.SIGSTOP)
    reader.close()
    peer.close()
"""


@dataclass
class Vanishing:
    """root: "http://127.0.0.1:PORT". stood: it stood still when it was looked at in the end.

    asked: the first line of each request that it read whole.
    """

    root: str
    stood: bool = False
    asked: list[str] = field(default_factory=list)

    @property
    def charges(self) -> int:
        """How many paid requests it read whole."""
        return sum(line.startswith("POST ") and "/tasks" not in line for line in self.asked)


@contextmanager
def listening() -> Iterator[tuple[socket.socket, str]]:
    """A socket to answer at, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server, f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def vanishing(server: socket.socket, root: str, answers: Sequence[bytes]) -> Iterator[Vanishing]:
    """Answer a request with each of these in turn; after the last it stands still.

    What it was asked is known after the block.
    """
    found, number = Vanishing(root), server.fileno()
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", CHILD, str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[number],
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([answer.hex() for answer in answers]).encode())
        process.stdin.close()
        assert process.stdout.readline() == b"ready\n"
        yield found
        state = os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        found.stood = state is not None and state.si_status == signal.SIGSTOP
    finally:
        process.kill()
        assert process.stdout is not None
        found.asked += process.stdout.read().decode().splitlines()
        process.stdout.close()
        process.wait(60)
