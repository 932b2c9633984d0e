"""One HTTP client for one exchange: never shared, never pooled, never following anybody.

httpx 0.28 loses its pool for good when requests are stopped while they wait for it
(encode/httpcore#1093); a client of its own for each job has no pool to lose.
"""

from __future__ import annotations

import asyncio
import functools
import socket
import ssl

import httpx
import truststore

import editor
from editor.transport.addresses import proxy_for

HEADERS = {
    "Accept": "application/json, text/event-stream, image/*;q=0.9",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": f"Frisket/{editor.__version__}",
}
CONNECT_SECONDS = 10.0
WRITE_STALL_SECONDS = 60.0

_TIMEOUT = httpx.Timeout(
    connect=CONNECT_SECONDS, write=WRITE_STALL_SECONDS, read=None, pool=CONNECT_SECONDS
)
_KEEP_ALIVE = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)] + [
    (socket.IPPROTO_TCP, getattr(socket, name), value)
    # A long silent wait must outlive the routers between; not every system has all three.
    for name, value in (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4))
    if hasattr(socket, name)
]


async def client_for(url: str) -> httpx.AsyncClient:
    """Make a client that can reach this address, through the system's proxy where one is set."""
    if url.startswith("https:"):
        context = await asyncio.to_thread(_trusted)
    else:
        context = _untrusting()
    transport = httpx.AsyncHTTPTransport(
        verify=context, trust_env=False, proxy=proxy_for(url), socket_options=_KEEP_ALIVE
    )
    return httpx.AsyncClient(transport=transport, timeout=_TIMEOUT, follow_redirects=False)


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The system's own certificate store; reading it takes long enough to do it once."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@functools.cache
def _untrusting() -> ssl.SSLContext:
    """For plain HTTP: trusts nobody, is never asked, and takes longer to make than all else."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
