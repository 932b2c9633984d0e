"""ICC profiles as bytes: what they are for, and an RGB twin for a grey one.

Layout after ICC.1:2022, section 7: a header of 128 bytes, a table of tags, their data.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SIGNATURE = b"acsp"
_PRIMARIES = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
# The columns of sRGB as ICC lists them, adapted to D50. With three equal curves any set that
# adds up to D50 gives the same greys; these give edits the colours of sRGB.
_D50 = (0.9642, 1.0, 0.8249)
_PROFILE_CLASS, _CONNECTION = b"mntr", b"XYZ "


def space(profile: bytes) -> str:
    """What kind of samples a profile is for: "rgb", "grey", "cmyk" or "" for anything else."""
    if len(profile) < 132 or profile[36:40] != _SIGNATURE:
        return ""
    return {b"RGB ": "rgb", b"GRAY": "grey", b"CMYK": "cmyk"}.get(profile[16:20], "")


def fits(profile: bytes, colour: str) -> bool:
    """Whether a profile can describe samples of this colour (as in `editor.imaging.facts`).

    Grey samples may come with an RGB profile: three equal channels are grey in it too.
    """
    return space(profile) in {"grey": {"grey", "rgb"}, "cmyk": {"cmyk"}}.get(colour, {"rgb"})


def widened(profile: bytes) -> bytes:
    """An RGB profile under which three equal channels look as the grey one means them.

    A profile that is not grey comes back as it is; one that does not tell its tone curve
    against XYZ comes back empty.
    """
    if space(profile) != "grey":
        return profile
    curve = _tag(profile, b"kTRC")
    if not curve or profile[20:24] != _CONNECTION:
        return b""
    return _shaped(_PRIMARIES, curve, "Grey as RGB")


def srgb() -> bytes:
    """An ICC profile for sRGB, the same bytes each time.

    Source: IEC 61966-2-1; the curve as parametric type 3 of the ICC, section 10.18.
    """
    return coloured(_PRIMARIES, "sRGB")


def coloured(columns: Sequence[Sequence[float]], name: str) -> bytes:
    """An RGB profile with the curve of sRGB, the same bytes each time.

    columns: red, green and blue as XYZ under D50.
    """
    values = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    numbers = struct.pack(">5i", *(round(value * 65536) for value in values))
    return _shaped(columns, b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + numbers, name)


def _shaped(columns: Sequence[Sequence[float]], curve: bytes, name: str) -> bytes:
    tags = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz, columns), strict=True))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _assembled(tags | {b"wtpt": _xyz(_D50), b"desc": _text(name), b"cprt": _text("CC0")})


def _tag(profile: bytes, name: bytes) -> bytes:
    count = min(int.from_bytes(profile[128:132], "big"), (len(profile) - 132) // 12)
    for index in range(count):
        tag, start, length = struct.unpack_from(">4sII", profile, 132 + 12 * index)
        if tag == name:
            return profile[start : start + length]
    return b""


def _xyz(values: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _text(words: str) -> bytes:
    """One English record of multi-localised text."""
    encoded = words.encode("utf-16-be")
    return struct.pack(">4sIII4sII", b"mluc", 0, 1, 12, b"enUS", len(encoded), 28) + encoded


def _assembled(tags: dict[bytes, bytes]) -> bytes:
    table, body = struct.pack(">I", len(tags)), b""
    offset = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += struct.pack(">4sII", name, offset + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = bytearray(128)
    header[8:12] = b"\x04\x30\0\0"
    header[12:24] = _PROFILE_CLASS + b"RGB " + _CONNECTION
    header[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    header[36:40] = _SIGNATURE
    header[68:80] = _xyz(_D50)[8:]
    header[0:4] = (offset + len(body)).to_bytes(4, "big")
    return bytes(header) + table + body
