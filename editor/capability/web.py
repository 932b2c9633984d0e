"""Whether the addresses and headers of a provider can be asked and sent at all."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from editor.capability.provider import Provider
from editor.capability.table import refuse

_TOKEN = re.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?")
_OURS = {"authorization", "api-key", "content-type", "content-length", "host", "connection"}
"""Headers that the program writes itself; keys belong to no file."""


def check_web(provider: Provider) -> None:
    """Refuse what would fail when it is sent. Raises TableError."""
    if provider.engine == "offline":
        return
    if not provider.dialect:
        refuse(provider.id, "a provider of the web needs a {key}", key="dialect")
    _check_base(provider)
    if not provider.path.startswith("/"):
        refuse(provider.id, "{key} does not begin with a slash", key="path")
    for name in ("poll", "check"):
        written = getattr(provider, name)
        if written and not written.startswith("/") and not _on_the_web(_split(written)):
            refuse(provider.id, "{key} is neither a path nor an address", key=name)
    _check_headers(provider)
    if provider.at_once < 1:
        refuse(provider.id, "{key} is less than 1", key="at_once")
    if provider.per_minute < 0:
        refuse(provider.id, "{key} is less than 0", key="per_minute")


def _check_headers(provider: Provider) -> None:
    for name, value in provider.headers.items():
        if name.lower() in _OURS:
            refuse(provider.id, "{key}: {name} is the program's own", key="headers", name=name)
        if not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
            refuse(provider.id, "{key}: {name} cannot be sent", key="headers", name=name)


def _check_base(provider: Provider) -> None:
    if not provider.base_url:
        return
    parts = _split(provider.base_url)
    if not _on_the_web(parts):
        reason = "{key} is no address that begins with http:// or https://"
        refuse(provider.id, reason, key="base_url")
    if parts.username is not None or parts.query or parts.fragment:
        refuse(provider.id, "{key} holds more than scheme, host and path", key="base_url")


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _on_the_web(parts: SplitResult) -> bool:
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
