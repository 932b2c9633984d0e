"""Every spelling by which an answer could lead to a private address is refused.

The resolver of these tests reads names as those of real systems do: numbers in any base and
with any number of parts, dots of any script, and a few names that lead home.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import itertools
import socket

import pytest

from editor.errors import AnswerUnusable
from editor.transport import addresses, collect
from editor.transport.addresses import Origin, allowed_address
from editor.transport.collect import Collect
from editor.transport.intake import USUAL
from tests.fakes.exchange import Record, link, place

HOME = Origin("https", "api.example", 8443)
PUBLIC = "93.184.216.34"
LEADS_HOME = {
    "localhost",
    "localhost.localdomain",
    "ip6-localhost",
    "a.localhost",
    "127.0.0.1.nip.io",
    "intranet",
    "metadata.google.internal",
}

DECIMAL = "127.0.0.1 127.1 127.0.1 2130706433 127.255.255.254 127.000.000.001 0 0.0 0.0.0.0"
OTHER_BASES = (
    "0x7f000001 0X7F000001 0x7f.1 0x7f.0.0.1 0x7f.0x0.0x0.0x1 0x7F.0.1 0x00007f000001 017700000001 "
    "0177.1 0177.0.0.1 00177.0.0.01 0177.0x0.0.1 0x7f.000.0.1 127.0x1 127.0.01 0x0 00 0x00000000"
)
PRIVATE = (
    "10.0.0.1 10.1 10.255.255.255 167772161 0xa.1 012.1 172.16.0.1 172.16.1 172.31.255.255 "
    "0xac100001 192.168.0.1 192.168.1 192.168.255.255 3232235521 0xc0a80001 0300.0250.0.1 "
    "169.254.0.1 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 "
    "100.64.0.1 100.127.255.254 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 "
    "224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 4294967295 0xffffffff"
)
SIX = (
    "::1 0:0:0:0:0:0:0:1 0000::0001 ::0.0.0.1 :: 0::0 ::ffff:127.0.0.1 ::ffff:7f00:1 "
    "::FFFF:127.0.0.1 0:0:0:0:0:ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:a00:1 ::ffff:169.254.169.254 "
    "::ffff:a9fe:a9fe ::ffff:192.168.0.1 ::ffff:0.0.0.0 ::127.0.0.1 ::7f00:1 ::10.0.0.1 "
    "64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b::169.254.169.254 64:ff9b:1::1 2002:7f00:1:: "
    "2002:a00:1::1 2002:c0a8:1::1 2001:db8::1 2001::1 100::1 fc00::1 fd00::1 fdff::ffff fe80::1 "
    "fe80::1%eth0 fe80::1%25eth0 fe80::1%251 fec0::1 feff::1 ff02::1 ff0e::1"
)
NAMES = (
    "localhost LOCALHOST LocalHost localhost. localhost.. a.localhost localhost.localdomain "
    "ip6-localhost 127.0.0.1. 127.0.0.1.nip.io intranet metadata.google.internal"
)
SCRIPTS = (
    "\uff11\uff12\uff17.0.0.1 127\u30020\u30020\u30021 127\uff0e0\uff0e0\uff0e1 "
    "127\uff610\uff610\uff611 "
    "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460 \u246b7.0.0.1 \uff4cocalhost l\u043ecalhost "
    "loc\u0430lhost "
    "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3 \u2113ocalhost localho\u017ft "
    "\U0001d7cf\U0001d7d0\U0001d7d5.0.0.1 127.0.0.\uff11 \u0660.0.0.0 b\u00fccher.example"
)
USERS = (
    "user@cdn.example user:pass@cdn.example @cdn.example :@cdn.example "
    "api.example:8443@cdn.example "
    "api.example%3a8443@cdn.example cdn.example@127.0.0.1 a@b@127.0.0.1 user@localhost "
    "api.example:8443%40cdn.example@127.0.0.1"
)
PORTS = (
    "cdn.example:80 cdn.example:8080 cdn.example:22 cdn.example:25 cdn.example:6379 cdn.example:0 "
    "cdn.example:65536 cdn.example:-1 cdn.example:x cdn.example:443:443 cdn.example:8443x "
    "127.0.0.1:443 127.0.0.1:8443 localhost:8443 [::1]:8443 2130706433:8443 api.example:443x "
    "api.example:84430 cdn.example:+80 cdn.example:8_0"
)
BENT = (
    "cdn.example\\@127.0.0.1 127.0.0.1\\@cdn.example api.example:8443\\@127.0.0.1 \\127.0.0.1 "
    "cdn.example\\ 127.0.0.1%00.cdn.example 127%2e0%2e0%2e1 %31%32%37.0.0.1 loc%61lhost "
    "[127.0.0.1] "
    "[::1 ::1] [[::1]] [::1].cdn.example 127.0.0.1%2fcdn.example .127.0.0.1 127..0.0.1 [v1.a] []"
)
WHOLE = [
    "",
    "/",
    "//",
    "///",
    "//127.0.0.1/a",
    "https:",
    "https:/",
    "https://",
    "https:///a",
    "https://?a",
    "https://#a",
    "https:127.0.0.1",
    "http://cdn.example/a",
    "http://127.0.0.1/a",
    "HTTP://cdn.example/a",
    "http://api.example:8443/a",
    "ftp://cdn.example/a",
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "file:/etc/passwd",
    "FILE:///etc/passwd",
    "data:image/png;base64,iVBORw0KGgo=",
    "javascript:alert(1)",
    "gopher://127.0.0.1:6379/_x",
    "dict://127.0.0.1:11211/",
    "ldap://127.0.0.1/",
    "ws://cdn.example/",
    "wss://cdn.example/",
    "blob:https://cdn.example/a",
    "view-source:https://cdn.example/",
    "jar:https://cdn.example!/",
    "smb://127.0.0.1/a",
    "\\\\127.0.0.1\\a",
    "C:\\a.png",
    "/etc/passwd",
    "a.png",
    "cdn.example/a",
    "127.0.0.1",
    "127.0.0.1:443/a",
    "localhost/a",
    " https://127.0.0.1/a",
    "https://127.0.0.1\t/a",
    "https://127.0.\n0.1/a",
    "https://127.0.0.1\r\nHost: cdn.example/",
    "https://cdn.example/a\r\nX: 1",
    "https://cdn.example /a",
    "https://cdn.example\x00/a",
    "https://cdn.example/\x7f",
    "ht\ttps://127.0.0.1/",
    "https://\u202e127.0.0.1/",
    "https://127.0.0.1\u200b/",
    "https://\xad127.0.0.1/",
]


def urls() -> list[str]:
    hosts = itertools.chain(
        *(
            text.split()
            for text in (DECIMAL, OTHER_BASES, PRIVATE, NAMES, SCRIPTS, USERS, PORTS, BENT)
        )
    )
    return [
        *(f"https://{host}/a.png" for host in hosts),
        *(f"https://[{host}]/a.png" for host in SIX.split()),
        *WHOLE,
    ]


def resolved(host: str) -> list[str]:
    """The addresses of a name, as a system finds them."""
    name = host.encode("idna").decode().rstrip(".")
    if name in LEADS_HOME:
        return ["127.0.0.1"]
    try:
        return [str(ipaddress.ip_address(name))]
    except ValueError:
        pass
    try:
        return [socket.inet_ntoa(socket.inet_aton(name))]
    except OSError:
        pass
    if name == "cdn.example":
        return [PUBLIC]
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def allowed(url: str) -> str:
    async def run() -> str:
        async def getaddrinfo(host: str, port: int, *, type: int) -> list[tuple[object, ...]]:
            return [(0, type, 0, "", (address, port)) for address in resolved(host)]

        asyncio.get_running_loop().getaddrinfo = getaddrinfo  # type: ignore[method-assign, assignment]  # a stand-in
        return await allowed_address(url, HOME)

    return asyncio.run(run())


def test_there_are_more_than_two_hundred_of_them() -> None:
    assert len(set(urls())) > 200


def test_no_spelling_leads_to_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "getproxies", dict)
    opened = []
    for url in urls():
        with contextlib.suppress(AnswerUnusable):
            opened.append((url, allowed(url)))
    assert opened == []


@pytest.mark.parametrize("text", [DECIMAL, OTHER_BASES, PRIVATE, USERS, PORTS])
def test_behind_a_proxy_numbers_are_judged_all_the_same(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(addresses, "getproxies", lambda: {"https": "http://proxy:3128"})
    monkeypatch.setattr(addresses, "proxy_bypass", lambda host: False)
    for host in text.split():
        with pytest.raises(AnswerUnusable):
            allowed(f"https://{host}/a.png")


def test_what_providers_really_send_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "getproxies", dict)
    for url in (
        "https://cdn.example/a.png",
        "https://cdn.example:443/a%20b.png?X-Amz-Signature=a%2Fb&e=1#x",
        "https://cdn.example:8443/a",
        "https://CDN.example./a",
        f"https://{PUBLIC}/a",
        "https://[2606:4700::1111]/a",
        "https://[64:ff9b::5db8:d822]/a",
    ):
        assert allowed(url)


def test_a_name_that_changes_its_meaning_is_asked_at_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second look-up, that of the connection itself, would lead home: there is none."""
    monkeypatch.setattr(addresses, "getproxies", dict)
    looked_up: list[str] = []
    asked: list[str] = []

    class Gone(Exception):
        pass

    async def client(url: str) -> object:
        class Client:
            async def __aenter__(self) -> Client:
                return self

            async def __aexit__(self, *_: object) -> None:
                pass

            async def send(self, request: object, *, stream: bool) -> object:
                asked.append(request.url.host)  # type: ignore[attr-defined]  # of httpx
                raise Gone

        return Client()

    async def run() -> None:
        async def getaddrinfo(host: str, port: int, *, type: int) -> list[tuple[object, ...]]:
            looked_up.append(host)
            address = PUBLIC if len(looked_up) == 1 else "127.0.0.1"
            return [(0, type, 0, "", (address, port))]

        asyncio.get_running_loop().getaddrinfo = getaddrinfo  # type: ignore[method-assign, assignment]  # a stand-in
        way = Collect(place("https://api.example/v1"), None, Record(), USUAL)
        with pytest.raises(Gone):
            await anext(way.fetched(link("https://cdn.example/a.png")))
        with pytest.raises(AnswerUnusable):
            await anext(way.fetched(link("https://cdn.example/a.png")))

    monkeypatch.setattr(collect, "client_for", client)
    asyncio.run(run())
    assert asked == [PUBLIC]
    assert looked_up == ["cdn.example"] * 2
