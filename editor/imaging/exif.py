"""Raw EXIF blocks: made fit for an upright, edited picture without losing a byte of the rest.

Layout after TIFF 6.0, section 2: header (byte order, 42, offset of the first directory),
then directories of 12-byte entries, each followed by the offset of the next.
"""

from __future__ import annotations

import struct

ORIENTATION, PLACE, _OWN = 0x0112, 0x8825, 0x8769
_UNDEFINED = {0x9000, 0x9101, 0x927C, 0x9286, 0xA000, 0xA300, 0xA301, 0xA302}
# Versions, components, maker note, comment, file source, scene type and pattern: EXIF 3.0, 4.6.
_THUMBNAIL_AT, _THUMBNAIL_LENGTH = 0x0201, 0x0202
_SHORT = 3
_ENTRY = 12
_INLINE = 4
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
# Bytes of a value by its type, TIFF 6.0 section 2.


def bare(block: bytes) -> bytes:
    """The block from its TIFF header on, without the "Exif" mark that JPEG puts before it."""
    return block.removeprefix(b"Exif\0\0")


def settled(block: bytes) -> bytes:
    """The same block for a picture that is upright and changed.

    Orientation becomes 1, and the embedded thumbnail, which still shows the old picture, is
    blanked and unlinked. Maker notes and everything else stay where they are. A block that
    is not EXIF comes back empty.
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return b""
    try:
        return _settled(bytearray(block), order)
    except struct.error:
        return b""


def typed(block: bytes) -> bytes:
    """The same block with the types that EXIF asks for.

    Pillow writes what is neither text nor number as plain bytes, which strict readers skip
    (13.0; to be dropped once Exif.tobytes keeps the types it read).
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return block
    told = bytearray(block)
    for at in _entries(told, order, _long(told, order, 4)):
        if _short(told, order, at) == _OWN:
            for inner in _entries(told, order, _long(told, order, at + 8)):
                if _short(told, order, inner) in _UNDEFINED:
                    struct.pack_into(order + "H", told, inner + 2, 7)
    return bytes(told)


def without_place(block: bytes) -> bytes:
    """The same block without its GPS directory: unlinked, and every value of it blanked.

    Maker notes are no one's to read but the maker's and stay. A block that cannot be followed
    comes back empty, for it may hold the place anywhere.
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return b""
    try:
        return _without_place(bytearray(block), order)
    except struct.error:
        return b""


def _without_place(block: bytearray, order: str) -> bytes:
    first = _long(block, order, 4)
    entries = _entries(block, order, first)
    found = [at for at in entries if _short(block, order, at) == PLACE]
    for at in found:
        _blank_directory(block, order, _long(block, order, at + 8))
    kept = b"".join(bytes(block[at : at + _ENTRY]) for at in entries if at not in found)
    rest = bytes(block[entries.stop : entries.stop + 4])
    struct.pack_into(order + "H", block, first, len(kept) // _ENTRY)
    block[first + 2 : entries.stop + 4] = kept + rest + bytes(_ENTRY * len(found))
    return bytes(block)


def _blank_directory(block: bytearray, order: str, directory: int) -> None:
    entries = _entries(block, order, directory)
    for at in entries:
        kind, count = struct.unpack_from(order + "HI", block, at + 2)
        length = count * SIZES.get(kind, 1)
        if length > _INLINE:
            start = _long(block, order, at + 8)
            _blank(block, start, start + length)
    _blank(block, directory, entries.stop + 4)


def _blank(block: bytearray, start: int, end: int) -> None:
    end = min(end, len(block))
    block[start:end] = bytes(max(end - start, 0))


def _settled(block: bytearray, order: str) -> bytes:
    first = _long(block, order, 4)
    for at in _entries(block, order, first):
        if _short(block, order, at) == ORIENTATION:
            struct.pack_into(order + "HHIHH", block, at, ORIENTATION, _SHORT, 1, 1, 0)
    link = first + 2 + _ENTRY * _short(block, order, first)
    second = _long(block, order, link)
    if second:
        _blank_thumbnail(block, order, second)
        struct.pack_into(order + "I", block, link, 0)
    return bytes(block)


def _blank_thumbnail(block: bytearray, order: str, directory: int) -> None:
    found = {_short(block, order, at): at for at in _entries(block, order, directory)}
    if _THUMBNAIL_AT in found and _THUMBNAIL_LENGTH in found:
        start = _long(block, order, found[_THUMBNAIL_AT] + 8)
        _blank(block, start, start + _long(block, order, found[_THUMBNAIL_LENGTH] + 8))


def _entries(block: bytearray, order: str, directory: int) -> range:
    """Offsets of the entries of a directory."""
    first = directory + 2
    return range(first, first + _ENTRY * _short(block, order, directory), _ENTRY)


def _short(block: bytearray, order: str, at: int) -> int:
    return int(struct.unpack_from(order + "H", block, at)[0])


def _long(block: bytearray, order: str, at: int) -> int:
    return int(struct.unpack_from(order + "I", block, at)[0])
