"""Whether a picture file is all there, told from its structure before anything is decoded.

Decoders accept some files whose end is missing and paint the rest grey; here a file that
ends too early is refused, and so is a PNG whose checksums do not match.
"""

from __future__ import annotations

import zlib
from enum import Enum

CUT = "{name} is damaged: the file ends too early."
BROKEN = "{name} is damaged: its checksums do not match, so it was not opened."

_PNG_HEAD = 8
_JPEG_ALONE = {0x01, *range(0xD0, 0xD9)}
# Marks without a length behind them (ITU T.81, table B.1).
_START_OF_SCAN = 0xDA
_END_OF_IMAGE = b"\xff\xd9"


class State(Enum):
    """What the structure of a file says."""

    WHOLE = "whole"
    CUT = "ends too early"
    BROKEN = "does not match its checksums"


def state(data: bytes) -> State:
    """Whether a PNG, JPEG or WebP file is whole; other kinds cannot tell and pass."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return _png(data)
    if data[:3] == b"\xff\xd8\xff":
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return State.WHOLE


def _png(data: bytes) -> State:
    """PNG, section 5.3: length, name, data, checksum, up to IEND."""
    at, view = _PNG_HEAD, memoryview(data)
    while at + 12 <= len(data):
        length = int.from_bytes(view[at : at + 4], "big")
        name, end = view[at + 4 : at + 8], at + 8 + length
        if end + 4 > len(data):
            return State.CUT
        told = int.from_bytes(view[end : end + 4], "big")
        critical = not name[0] & 0x20
        if critical and zlib.crc32(view[at + 4 : end]) != told:
            return State.BROKEN
        if bytes(name) == b"IEND":
            return State.WHOLE
        at = end + 4
    return State.CUT


def _jpeg(data: bytes) -> State:
    """Follow the segments to the first scan; the end mark cannot occur inside coded data."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        mark = data[at + 1]
        if mark == 0xFF:
            at += 1
        elif mark in _JPEG_ALONE or mark == 0:
            at += 2
        elif mark == _START_OF_SCAN:
            return State.WHOLE if data.rfind(_END_OF_IMAGE, at) >= 0 else State.CUT
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return State.CUT


def _webp(data: bytes) -> State:
    """RIFF tells its own length, less its first 8 bytes."""
    return State.WHOLE if len(data) >= 8 + int.from_bytes(data[4:8], "little") else State.CUT
