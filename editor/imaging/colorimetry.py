"""What a PNG says of its colours without an ICC profile, and the profile that means the same.

PNG, third edition, sections 11.3.2 and 4.3: of cICP, iCCP, sRGB, and gAMA with cHRM only the
first counts. Code points after ITU-T H.273.
"""

from __future__ import annotations

import struct

from editor.imaging import icc
from editor.imaging.png import Chunk

NAME = "PNG colours"
"""The description of a profile that is made here."""

_HEAD = 8
_LENGTHS = {b"cICP": 4, b"sRGB": 1, b"gAMA": 4, b"cHRM": 32}
_SRGB_SAYS = {
    b"gAMA": struct.pack(">I", 45_455),
    b"cHRM": struct.pack(">8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000),
}
_SRGB_CURVE, _FULL_RGB = 13, (0, 1)
_COLUMNS = {
    9: ((0.67348, 0.27904, -0.00194), (0.16566, 0.67535, 0.02998), (0.12505, 0.04561, 0.79686)),
    12: ((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407)),
}
# Red, green and blue of BT.2020 and Display P3 in XYZ, adapted to D50 by Bradford's cones.


def statement(data: bytes) -> bytes:
    """The chunks of a PNG that count, each as name and content; empty when there are none.

    gAMA and cHRM stay beside sRGB only where they say the same.
    """
    found = _found(data)
    if b"cICP" in found:
        return b"cICP" + found[b"cICP"]
    if b"sRGB" in found:
        found = {name: told for name, told in found.items() if _SRGB_SAYS.get(name, told) == told}
    return b"".join(name + told for name, told in found.items())


def chunks(statement: bytes) -> list[Chunk]:
    """The same for a PNG that is written."""
    found, at = [], 0
    while at < len(statement):
        name = statement[at : at + 4]
        end = at + 4 + _LENGTHS[name]
        found.append((name, statement[at + 4 : end]))
        at = end
    return found


def profile(statement: bytes) -> bytes:
    """The ICC profile that means the same, always the same bytes; empty where none is needed.

    Only wide colours under the curve of sRGB are followed. gAMA and cHRM are kept and not
    followed: programs for pictures pay no heed to them, and many are wrong. The curves of HDR no
    such profile can tell.
    """
    if not statement.startswith(b"cICP"):
        return b""
    primaries, transfer, *form = statement[4:]
    followed = transfer == _SRGB_CURVE and tuple(form) == _FULL_RGB and primaries in _COLUMNS
    return icc.coloured(_COLUMNS[primaries], NAME) if followed else b""


def _found(data: bytes) -> dict[bytes, bytes]:
    """The first chunk of each kind before the pixels."""
    found: dict[bytes, bytes] = {}
    at = _HEAD
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name == b"IDAT":
            break
        if _LENGTHS.get(name) == length:
            found.setdefault(name, data[at + 8 : at + 8 + length])
        at += 12 + length
    return found
