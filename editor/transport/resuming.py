"""Resuming: the beginning of a picture whose way broke off, and how only the rest is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

_THE_REST = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})", re.ASCII)
_STRONG = re.compile(r'"[!#-~]{1,256}"')
"""An ETag that is the same only for the same bytes, as RFC 9110, 8.8.3 writes it."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What has come of the picture behind a link. version: the strong ETag that it came with."""

    link: str
    version: str
    data: bytes = field(repr=False)

    @property
    def headers(self) -> Mapping[str, str]:
        """Ask for the rest of this very version, or for the whole of another (RFC 9110, 13.1.5)."""
        return {"Range": f"bytes={len(self.data)}-", "If-Range": self.version}

    def before(self, response: httpx.Response) -> bytes:
        """What goes before the body of an answer to that: all of this, or nothing.

        Raises RemoteProtocolError for an answer that is neither the rest nor the whole.
        """
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise httpx.RemoteProtocolError("the rest is refused")
        if response.status_code != httpx.codes.PARTIAL_CONTENT:
            return b""
        told = _THE_REST.fullmatch(response.headers.get("content-range", "").strip())
        first, last, size = map(int, told.groups()) if told else (0, 0, 0)
        same = response.headers.get("etag", self.version) == self.version
        if first != len(self.data) or last + 1 != size or not same or _packed(response):
            raise httpx.RemoteProtocolError("what came is not the rest")
        return self.data


def beginning(link: str, response: httpx.Response, data: bytes) -> Beginning | None:
    """What can be gone on from; None where the server does not say how, or nothing has come."""
    version = response.headers.get("etag", "")
    offered = response.headers.get("accept-ranges", "").strip().lower() == "bytes"
    goes_on = offered or response.status_code == httpx.codes.PARTIAL_CONTENT
    if not data or not response.is_success or not _STRONG.fullmatch(version) or _packed(response):
        return None
    return Beginning(link, version, data) if goes_on else None


def _packed(response: httpx.Response) -> bool:
    """Whether what has come cannot be counted in bytes of the picture."""
    encoding: str = response.headers.get("content-encoding", "identity")
    return encoding.strip().lower() not in {"", "identity"}
