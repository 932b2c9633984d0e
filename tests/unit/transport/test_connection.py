"""Clients that are made anew, trust the system and follow nobody."""

import asyncio
import socket

import pytest
import truststore

from editor.errors import NotSent
from editor.transport import addresses, connection
from editor.transport.connection import client_for


def made(url):
    async def run():
        async with await client_for(url) as client:
            return client, client._transport._pool

    return asyncio.run(run())


def test_it_follows_nothing_and_bounds_what_httpx_can_bound():
    client, pool = made("http://127.0.0.1:9")
    assert client.follow_redirects is False
    assert client.timeout.connect == connection.CONNECT_SECONDS
    assert client.timeout.write == connection.WRITE_STALL_SECONDS
    assert client.timeout.read is None
    assert (pool._http1, pool._http2, pool._retries) == (True, False, 0)
    assert (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1) in pool._socket_options


def test_the_systems_certificates_are_read_once_and_only_for_https():
    _, plain = made("http://127.0.0.1:9")
    _, first = made("https://api.example")
    _, second = made("https://other.example")
    assert isinstance(first._ssl_context, truststore.SSLContext)
    assert first._ssl_context is second._ssl_context
    assert plain._ssl_context is not first._ssl_context
    assert not isinstance(plain._ssl_context, truststore.SSLContext)


def test_the_systems_proxy_is_used(monkeypatch):
    monkeypatch.setattr(addresses, "getproxies", lambda: {"https": "http://me:pw@proxy:3128"})
    monkeypatch.setattr(addresses, "proxy_bypass", lambda host: False)
    _, pool = made("https://api.example")
    assert pool._proxy_url.host == b"proxy"
    _, direct = made("https://127.0.0.1")
    assert not hasattr(direct, "_proxy_url")


def test_a_proxy_that_cannot_be_used_is_told(monkeypatch):
    monkeypatch.setattr(addresses, "getproxies", lambda: {"all": "socks5://proxy:1"})
    monkeypatch.setattr(addresses, "proxy_bypass", lambda host: False)
    with pytest.raises(NotSent):
        made("https://api.example")


def test_what_every_request_says():
    assert connection.HEADERS["Accept-Encoding"] == "identity"
    assert connection.HEADERS["Connection"] == "close"
