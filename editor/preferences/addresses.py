"""Addresses: another base URL for a provider, such as a company's own gateway."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

NONE_KEPT: Mapping[str, str] = MappingProxyType({})

SHORT = "An address begins with https:// and names a computer."
OPEN = "Only this computer may be asked without https: the key would travel openly."
NAMED = "An address holds no name and no password; the key has a field of its own."
TAIL = "An address ends before ? and #."
ODD = "This is no address that can be asked."
WHOLE = "The address ends before /images; what follows is added by itself."


def address_for(
    provider: str,
    environ: Mapping[str, str] = os.environ,
    kept: Mapping[str, str] = NONE_KEPT,
) -> str:
    """Look up FRISKET_URL_<PROVIDER>, then what the person wrote down.

    kept: addresses by the id of their provider; one that may not be asked is left out. "" when
    the provider's own address is to be asked.
    """
    name = "FRISKET_URL_" + provider.upper().replace("-", "_")
    if written := tidy(environ.get(name, "")):
        return written
    written = tidy(kept.get(provider, ""))
    return "" if complaint(written) else written


def tidy(typed: str) -> str:
    """Take the blanks around an address and the slashes at its end away."""
    return typed.strip().rstrip("/")


def complaint(typed: str) -> str:
    """Say why an address cannot be asked with a key; "" when it can, or when there is none."""
    url = tidy(typed)
    if not url:
        return ""
    if not all("!" <= sign <= "~" for sign in url) or "\\" in url:
        return ODD
    try:
        parts = urlsplit(url)
        _ = parts.port  # which raises where it is no number
    except ValueError:
        return ODD
    return _complaint(parts)


def is_loopback(host: str) -> bool:
    """Whether the name can only mean this computer."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _complaint(parts: SplitResult) -> str:
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        return SHORT
    if "@" in parts.netloc:
        return NAMED
    if parts.query or parts.fragment:
        return TAIL
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        return OPEN
    return WHOLE if "/images" in parts.path else ""
