"""Where keys may go, and which links out of an answer may be opened."""

import asyncio
import socket

import pytest

from editor.errors import AnswerUnusable, NotSent
from editor.transport import addresses
from editor.transport.addresses import (
    Origin,
    allowed_address,
    origin,
    proxy_for,
)

HOME = Origin("https", "api.example", 8443)


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    monkeypatch.setattr(addresses, "getproxies", dict)
    monkeypatch.setattr(addresses, "proxy_bypass", lambda host: False)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://API.example/v1", ("https", "api.example", 443)),
        ("http://api.example./x", ("http", "api.example", 80)),
        ("http://[::1]:8000", ("http", "::1", 8000)),
        ("http://api.example:0", ("http", "api.example", 0)),
        ("https://me:secret@api.example:8443", ("https", "api.example", 8443)),
    ],
)
def test_an_origin_is_scheme_host_and_port(url, expected):
    assert origin(url) == expected


@pytest.mark.parametrize(
    "url", ["", "api.example", "file:///etc", "data:,x", "https:///x", "https://a:b", "http://[::1"]
)
def test_what_has_no_origin(url):
    with pytest.raises(ValueError, match=r"."):
        origin(url)


@pytest.mark.parametrize(
    ("proxies", "url", "expected"),
    [
        ({}, "https://api.example", None),
        ({"https": "http://proxy:3128"}, "https://api.example", "http://proxy:3128"),
        ({"https": "proxy:3128"}, "https://api.example", "http://proxy:3128"),
        ({"http": "http://proxy:3128"}, "https://api.example", None),
        ({"all": "http://proxy:3128"}, "https://api.example", "http://proxy:3128"),
        ({"all": "http://proxy:3128", "http": "http://other"}, "http://a.b", "http://other"),
        ({"http": "http://proxy:3128"}, "http://127.0.0.1:8000", None),
        ({"http": "http://proxy:3128"}, "http://localhost", None),
    ],
)
def test_the_systems_proxy_is_taken_but_never_for_this_computer(
    monkeypatch, proxies, url, expected
):
    monkeypatch.setattr(addresses, "getproxies", lambda: proxies)
    assert proxy_for(url) == expected


def test_hosts_that_bypass_the_proxy(monkeypatch):
    monkeypatch.setattr(addresses, "getproxies", lambda: {"https": "http://proxy:3128"})
    monkeypatch.setattr(addresses, "proxy_bypass", lambda host: host == "api.example")
    assert proxy_for("https://api.example") is None


def test_a_proxy_of_another_kind_is_told(monkeypatch):
    monkeypatch.setattr(addresses, "getproxies", lambda: {"all": "socks5://proxy:1080"})
    with pytest.raises(NotSent, match="kind socks5"):
        proxy_for("https://api.example")


def allowed(url, *found, home=HOME, monkeypatch=None):
    """What allowed_address gives while names resolve to these addresses."""

    async def run():
        async def getaddrinfo(host, port, *, type):
            if not found:
                raise socket.gaierror("no such name")
            return [(0, type, 0, "", (address, port)) for address in found]

        asyncio.get_running_loop().getaddrinfo = getaddrinfo
        return await allowed_address(url, home)

    return asyncio.run(run())


def refused(sentence, url, *found, home=HOME):
    with pytest.raises(AnswerUnusable) as told:
        allowed(url, *found, home=home)
    assert told.value.template == sentence


def test_the_provider_itself_is_asked_as_it_is():
    assert allowed("https://API.example:8443/a.png?sig=1") == ""
    home = Origin("http", "127.0.0.1", 8000)
    assert allowed("http://127.0.0.1:8000/a.png", home=home) == ""


def test_a_public_host_is_asked_at_its_checked_address():
    assert allowed("https://cdn.example/a", "93.184.216.34", "1.1.1.1") == "93.184.216.34"
    assert allowed("https://cdn.example:8443/a", "2606:4700::1111") == "2606:4700::1111"


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.example/a",
        "https://cdn.example:8080/a",
        "https://user@cdn.example/a",
        "https://api.example:8443@cdn.example/a",
        "https://:secret@api.example:8443/a",
        "https://api.example:8443\\@cdn.example/a",
        "ftp://cdn.example/a",
        "file:///etc/passwd",
        "https://cdn.example:x/a",
        "//cdn.example/a",
        "",
    ],
)
def test_odd_links_are_not_opened(url):
    refused(addresses.ODD_LINK, url, "93.184.216.34")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "239.1.2.3",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::",
    ],
)
def test_private_addresses_are_not_opened(address):
    refused(addresses.PRIVATE_LINK, "https://cdn.example/a", address)
    refused(addresses.PRIVATE_LINK, "https://cdn.example/a", "93.184.216.34", address)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0", "017700000001"])
def test_this_computer_by_its_odd_names(host):
    resolved = socket.inet_ntoa(socket.inet_aton(host))  # as resolvers read them
    refused(addresses.PRIVATE_LINK, f"https://{host}/a", resolved)


@pytest.mark.parametrize("host", ["localhost", "[::1]", "127.0.0.1"])
def test_this_computer_by_its_plain_names(host):
    with pytest.raises(AnswerUnusable):
        asyncio.run(allowed_address(f"https://{host}/a", HOME))


@pytest.mark.parametrize("url", ["https://nowhere.invalid/a", "https://" + "a" * 64 + ".example/"])
def test_a_name_that_means_nothing(url):
    refused(addresses.DEAD_LINK, url)


def test_a_name_that_cannot_even_be_asked():
    with pytest.raises(AnswerUnusable):
        asyncio.run(allowed_address("https://a..b/", HOME))


def test_behind_a_proxy_only_the_name_is_judged(monkeypatch):
    monkeypatch.setattr(addresses, "getproxies", lambda: {"https": "http://proxy:3128"})
    assert allowed("https://cdn.example/a") == ""
    refused(addresses.PRIVATE_LINK, "https://10.0.0.1/a", "10.0.0.1")
    refused(addresses.PRIVATE_LINK, "https://localhost/a", "127.0.0.1")
