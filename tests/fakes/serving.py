"""A uvicorn server on loopback that says when it is up."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any

import uvicorn


class Server(uvicorn.Server):
    """A server that says when it is up, and on which loop."""

    def __init__(self, app: Any) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_level="critical",
            )
        )
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.loop = asyncio.get_running_loop()
        self.up.set()


def bound(port: int = 0) -> tuple[socket.socket, str]:
    """A listening socket on loopback, and its address."""
    listening = socket.create_server(("127.0.0.1", port))
    return listening, f"http://127.0.0.1:{listening.getsockname()[1]}"
