"""Colour profiles for tests: sRGB as Pillow writes it, and Display P3."""

from __future__ import annotations

import struct

from PIL import ImageCms

_P3 = {
    b"rXYZ": (0.51512, 0.24120, -0.00105),
    b"gXYZ": (0.29198, 0.69225, 0.04189),
    b"bXYZ": (0.15710, 0.06657, 0.78407),
}
# The primaries of Display P3 (SMPTE RP 431-2 with a D65 white), adapted to D50.


def srgb() -> bytes:
    """An sRGB profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def display_p3() -> bytes:
    """A Display P3 profile: the tone curve of sRGB, wider primaries."""
    profile = bytearray(srgb())
    for index in range(int.from_bytes(profile[128:132], "big")):
        tag, start, _ = struct.unpack_from(">4sII", profile, 132 + 12 * index)
        if tag in _P3:
            struct.pack_into(">3i", profile, start + 8, *(round(v * 65536) for v in _P3[tag]))
    return bytes(profile)
