"""Which addresses may be asked for a picture, and which one may see the key."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from editor.errors import AnswerUnusable, NotSent
from editor.preferences.addresses import is_loopback

_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""Where networks without the older addresses reach them (RFC 6052)."""

PORTS = {"https": 443, "http": 80}
PROXY_KIND = "The system's proxy is of the kind {kind}, which cannot be used; nothing was sent."
PRIVATE_LINK = "The provider returned a link to a private address; it was not opened."
ODD_LINK = "The provider returned a link that is not safe to open; the answer is kept."
DEAD_LINK = "The finished picture's address could not be found; the answer with its link is kept."


class Origin(NamedTuple):
    """Scheme, host and port: the border that a key never crosses."""

    scheme: str
    host: str
    port: int


def origin(url: str) -> Origin:
    """Tell where a URL points to. Raises ValueError when it cannot be told."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("not an address of the web")
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    return Origin(parts.scheme, parts.hostname.rstrip("."), port)


def proxy_for(url: str) -> str | None:
    """Name the system's proxy for this address; never one for this computer itself.

    Raises NotSent when it is of a kind that cannot be used here.
    """
    scheme, host, _ = origin(url)
    if is_loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    proxy = proxies.get(scheme) or proxies.get("all")
    if not proxy:
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    kind = urlsplit(proxy).scheme
    if kind not in PORTS:
        raise NotSent(PROXY_KIND, kind=kind)
    return proxy


async def allowed_address(url: str, home: Origin) -> str:
    """Check a link out of an answer and return the one address to connect to.

    home: the configured provider; what it serves itself needs no check and gives "". Else only
    https on its own port to a host whose every address is public. Behind a proxy, which alone
    can look names up, only what the name itself tells is checked, and "" is given.
    Raises AnswerUnusable.
    """
    try:
        target = origin(url)
    except ValueError:
        raise AnswerUnusable(ODD_LINK) from None
    if _is_odd(url):
        raise AnswerUnusable(ODD_LINK)
    if target == home:
        return ""
    if target.scheme != "https" or target.port not in {PORTS["https"], home.port}:
        raise AnswerUnusable(ODD_LINK)
    if proxy_for(url) and not _is_literal(target.host):
        return ""
    addresses = await _resolved(target)
    if not addresses or not all(_is_public(address) for address in addresses):
        raise AnswerUnusable(PRIVATE_LINK)
    return addresses[0]


def _is_odd(url: str) -> bool:
    """Whether two readers of an address could come to two hosts: no real link is like that."""
    netloc = urlsplit(url).netloc
    return (
        "\\" in url or "@" in netloc or not netloc.isascii() or not url.isprintable() or " " in url
    )


def _is_literal(host: str) -> bool:
    """Whether a host is an address, also in the old spellings that resolvers read as one."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        try:
            socket.inet_aton(host)
        except OSError:
            return False
    return True


async def _resolved(target: Origin) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AnswerUnusable(DEAD_LINK) from None
    return [str(entry[4][0]) for entry in found]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _inside(ip)
        if inner is None and (ip.is_site_local or ip.is_reserved):
            return False
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


def _inside(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The older address that one of the ways between the two kinds leads to."""
    if ip in _TRANSLATED:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour
