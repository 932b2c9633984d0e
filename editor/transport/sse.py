"""Server-sent events out of bytes, however the network cuts them.

Follows the event-stream interpretation of the WHATWG HTML standard, section 9.2.6, but for one
thing: an event whose closing blank line never came is not thrown away, see EventDecoder.end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LINE_END = re.compile(rb"\r\n?|\n")
_MARK = b"\xef\xbb\xbf"
_BEFORE = b" \t\r\n" + _MARK
_FIELD = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:data|event|id|retry)?:")


def is_stream(body: bytes) -> bool:
    """Whether a whole body is a stream of events, whatever it is called."""
    return bool(_FIELD.match(body))


class ServerEvent(NamedTuple):
    """One event: its name ("" when none was given) and its data lines joined by line feeds."""

    name: str
    data: bytes


class EventDecoder:
    """Feed bytes, take whole events.

    Only the new chunk is searched: one event may carry a picture of many megabytes.
    kept_alive: a comment has been heard, so the server says when nothing is happening. body:
    what was fed, when it is one JSON object and no stream at all, as some relays send it.
    """

    def __init__(self) -> None:
        self.kept_alive = False
        self.body = bytearray()
        self._begun = False
        self._line = bytearray()
        self._first = True
        self._after_return = False
        self._name = ""
        self._data: list[bytes] = []

    def feed(self, chunk: bytes) -> Iterator[ServerEvent]:
        """Yield the events that this chunk completes."""
        if not self._begun:
            begins = chunk.lstrip(_BEFORE)
            self._begun = bool(begins)
            self.body += begins if begins.startswith(b"{") else b""
        elif self.body:
            self.body += chunk
        if self.body:
            return
        start = 0
        if self._after_return and chunk.startswith(b"\n"):  # second half of a CRLF
            start = 1
        for end in _LINE_END.finditer(chunk, start):
            self._line += chunk[start : end.start()]
            start = end.end()
            if event := self._end_line():
                yield event
        self._line += chunk[start:]
        if chunk:
            self._after_return = chunk.endswith(b"\r")

    def end(self) -> Iterator[ServerEvent]:
        """Yield what was left open when the stream ended.

        The standard drops it; here it may be a picture that has been paid for, and whoever
        reads it finds out whether it is whole.
        """
        for _ in range(2):  # the open line, then the blank line that never came
            if event := self._end_line():
                yield event

    def _end_line(self) -> ServerEvent | None:
        line, self._line = bytes(self._line), bytearray()
        if self._first:
            line, self._first = line.removeprefix(_MARK), False
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if not line:
            event = ServerEvent(self._name, b"\n".join(self._data)) if self._data else None
            self._name, self._data = "", []
            return event
        if name == b"data":
            self._data.append(value)
        elif name == b"event":
            self._name = value.decode("utf-8", "replace")
        elif not name:
            self.kept_alive = True
        return None
