"""The TIFF writer: tifffile's pixels, profile and resolution, with the source's EXIF before them.

Everything in an EXIF block counts from the block's own start, which is that of a TIFF. So the
block opens the file, where maker notes and all stay valid, and the picture follows it.
"""

from __future__ import annotations

import io
import struct
from typing import Literal

from editor.imaging.exif import SIZES
from editor.imaging.raster import Samples

_STRIP_OFFSETS, _XMP = 273, 700
_TOLD = {0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x8298, 0x8769, 0x8825}
# Description, maker, model, software, date, artist, copyright, and the way to EXIF and GPS.
_INLINE = 4

Entry = tuple[int, int, int, bytes]
# Tag, type, count, four bytes: the value or where it lies.


def encode(
    samples: Samples, *, profile: bytes, dpi: tuple[float, float], exif: bytes, xmp: bytes = b""
) -> bytes:
    """A picture as TIFF: (rows, cols[, 3 or 4]) uint8 or uint16, straight alpha.

    Packed by zlib with differences along the rows. profile, exif, xmp: empty for none; dpi:
    zeros for unknown. EXIF from its TIFF header on.
    """
    import tifffile  # a tenth of a second that only an export to TIFF needs

    colours = 1 if samples.ndim == 2 else samples.shape[2]
    order: Literal["<", ">"] = ">" if exif[:2] == b"MM" else "<"
    buffer = io.BytesIO()
    tifffile.imwrite(
        buffer,
        samples,
        byteorder=order,
        photometric="minisblack" if colours == 1 else "rgb",
        extrasamples=["unassalpha"] if colours == 4 else None,
        compression="zlib",
        predictor=True,
        iccprofile=profile or None,
        resolution=dpi if all(dpi) else None,
        resolutionunit="inch" if all(dpi) else None,
        software=False,
        extratags=[(_XMP, 1, len(xmp), xmp, True)] if xmp else [],
        metadata=None,
    )
    return _behind(exif, buffer.getvalue(), order) if exif else buffer.getvalue()


def _behind(exif: bytes, picture: bytes, order: str) -> bytes:
    """One TIFF of both: the picture's directory takes over what the EXIF's first one tells."""
    shift = len(exif) + len(exif) % 2
    body = bytearray(picture + bytes(len(picture) % 2))
    _shift_strips(body, order, shift)
    entries = {entry[0]: entry for entry in _directory(exif, order) if entry[0] in _TOLD}
    entries |= {entry[0]: _moved(entry, order, shift) for entry in _directory(body, order)}
    head = bytearray(exif + bytes(shift - len(exif)))
    struct.pack_into(order + "I", head, 4, shift + len(body))
    packed = (struct.pack(order + "HHI4s", *entries[tag]) for tag in sorted(entries))
    directory = struct.pack(order + "H", len(entries)) + b"".join(packed) + bytes(4)
    return bytes(head + body + directory)


def _directory(data: bytes | bytearray, order: str) -> list[Entry]:
    """The entries of the first directory of a TIFF."""
    (start,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, start)
    return [struct.unpack_from(order + "HHI4s", data, start + 2 + 12 * n) for n in range(count)]


def _moved(entry: Entry, order: str, shift: int) -> Entry:
    """An entry whose value lies further on; values of up to four bytes are in the entry."""
    tag, kind, count, value = entry
    if count * SIZES[kind] <= _INLINE:
        return entry
    (place,) = struct.unpack(order + "I", value)
    return tag, kind, count, struct.pack(order + "I", place + shift)


def _shift_strips(body: bytearray, order: str, shift: int) -> None:
    """Let the list of strips point as far on as they will lie."""
    (start,) = struct.unpack_from(order + "I", body, 4)
    tags = [entry[0] for entry in _directory(body, order)]
    entry = start + 2 + 12 * tags.index(_STRIP_OFFSETS)
    count, place = struct.unpack_from(order + "II", body, entry + 4)
    if count == 1:
        place = entry + 8
    strips = struct.unpack_from(f"{order}{count}I", body, place)
    struct.pack_into(f"{order}{count}I", body, place, *(strip + shift for strip in strips))
