"""Picture files made by hand, so that what reads and writes them is checked from outside."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Samples = NDArray[np.uint8] | NDArray[np.uint16]

_COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, content: bytes) -> bytes:
    told = struct.pack(">I", len(content)) + name + content
    return told + struct.pack(">I", zlib.crc32(name + content))


def png_of(samples: Samples, *chunks: tuple[bytes, bytes], colour_type: int | None = None) -> bytes:
    """A PNG without filters: (rows, cols[, 2, 3 or 4]), 8 or 16 bits."""
    rows, cols = samples.shape[:2]
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    kind = _COLOUR_TYPES[channels] if colour_type is None else colour_type
    big = samples.astype(samples.dtype.newbyteorder(">"))
    lines = b"".join(b"\0" + line.tobytes() for line in big)
    head = struct.pack(">IIBBBBB", cols, rows, 8 * samples.itemsize, kind, 0, 0, 0)
    told = b"".join(chunk(name, content) for name, content in chunks)
    body = told + chunk(b"IDAT", zlib.compress(lines))
    return _SIGNATURE + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def chunk_names(data: bytes) -> list[bytes]:
    """The names of all chunks of a PNG, in their order."""
    at, names = len(_SIGNATURE), []
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        names.append(name)
        at += 12 + length
    return names


def read_png(data: bytes) -> tuple[Samples, dict[bytes, bytes]]:
    """Samples (rows, cols, channels) and the other chunks of a PNG that is not interlaced."""
    assert data.startswith(_SIGNATURE)
    at, packed, told = len(_SIGNATURE), b"", dict[bytes, bytes]()
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        content = data[at + 8 : at + 8 + length]
        assert data[at : at + 12 + length] == chunk(name, content)
        at += 12 + length
        packed += content if name == b"IDAT" else b""
        told |= {} if name == b"IDAT" else {name: content}
    cols, rows, depth, kind = struct.unpack_from(">IIBB", told[b"IHDR"])
    channels, size = _CHANNELS[kind], depth // 8
    lines = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(rows, -1)
    bare = _unfiltered(lines[:, 0], lines[:, 1:], channels * size)
    return bare.view(f">u{size}").reshape(rows, cols, channels).astype(f"u{size}"), told


def _unfiltered(
    filters: NDArray[np.uint8], lines: NDArray[np.uint8], step: int
) -> NDArray[np.uint8]:
    """PNG section 9.2, filters None and Up, which are all that is written here."""
    bare = np.zeros((lines.shape[0] + 1, lines.shape[1]), np.uint8)
    for row, (kind, line) in enumerate(zip(filters, lines, strict=True)):
        assert kind in {0, 2}, "another filter than None or Up"
        bare[row + 1] = line + bare[row] * (kind == 2)
    assert lines.shape[1] % step == 0
    return bare[1:].copy()


def exif_block(orientation: int, *, order: str = "<", thumbnail: bytes = b"") -> bytes:
    """EXIF from its TIFF header on: an orientation, a maker, and a thumbnail where wanted."""
    maker = b"Maker\0"
    entries = [(0x010F, 2, len(maker)), (0x0112, 3, 1)]
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    second = 8 + 2 + 24 + 4
    behind = second + (2 + 24 + 4 if thumbnail else 0)
    values = [struct.pack(order + "I", behind), struct.pack(order + "HH", orientation, 0)]
    first = _directory(order, entries, values, second if thumbnail else 0)
    if not thumbnail:
        return head + first + maker
    picture = [(0x0201, 4, 1), (0x0202, 4, 1)]
    places = [behind + len(maker), len(thumbnail)]
    other = _directory(order, picture, [struct.pack(order + "I", n) for n in places], 0)
    return head + first + other + maker + thumbnail


def xmp_packet(orientation: int = 1, *, short: bool = False) -> bytes:
    """XMP of a photograph with its place, its author and a thumbnail; short: as attributes."""
    plain = {
        "tiff:Orientation": str(orientation),
        "exif:GPSLatitude": "51,30.5N",
        "photoshop:City": "London",
        "drone:GpsLongtitude": "0.1",
        "xmpNote:HasExtendedXMP": "A" * 32,
        "photoshop:AuthorsPosition": "Ann\u00e9",
        "dc:format": "image/png",
    }
    spaces = {
        "tiff": "http://ns.adobe.com/tiff/1.0/",
        "exif": "http://ns.adobe.com/exif/1.0/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "drone": "http://www.dji.com/drone-dji/1.0/",
        "xmpNote": "http://ns.adobe.com/xmp/note/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    }
    named = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    inner = "".join(f"<{name}>{told}</{name}>" for name, told in plain.items())
    told = "".join(f' {name}="{value}"' for name, value in plain.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{named}{told if short else ""}>{"" if short else inner}'
        "<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li>Thames</rdf:li></rdf:Bag>"
        "</Iptc4xmpExt:LocationShown><xmp:Thumbnails>T0xE</xmp:Thumbnails>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _directory(
    order: str, entries: list[tuple[int, int, int]], values: list[bytes], link: int
) -> bytes:
    told = b"".join(
        struct.pack(order + "HHI", *entry) + value
        for entry, value in zip(entries, values, strict=True)
    )
    return struct.pack(order + "H", len(entries)) + told + struct.pack(order + "I", link)


def grey_profile(gamma: float = 2.2, *, connection: bytes = b"XYZ ") -> bytes:
    """An ICC profile for grey with a plain gamma."""
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    return _profile(b"GRAY", connection, {b"wtpt": _xyz(0.9642, 1, 0.8249), b"kTRC": curve})


def p3_profile(gamma: float = 2.2) -> bytes:
    """An ICC profile with the wide primaries of Display P3."""
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    columns = {
        b"rXYZ": _xyz(0.51512, 0.2412, -0.00105),
        b"gXYZ": _xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": _xyz(0.1571, 0.06657, 0.78407),
    }
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _profile(b"RGB ", b"XYZ ", {b"wtpt": _xyz(0.9642, 1, 0.8249), **columns, **curves})


def cmyk_profile() -> bytes:
    """An ICC profile for inks that are as strong as light: paper less the strongest of all."""
    ramp = bytes(range(256))
    nodes = b"".join(bytes([_lightness(node), 128, 128]) for node in range(16))
    matrix = struct.pack(">9i", *(65536, 0, 0, 0, 65536, 0, 0, 0, 65536))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + matrix + ramp * 4 + nodes + ramp * 3
    return _profile(b"CMYK", b"Lab ", {b"wtpt": _xyz(0.9642, 1, 0.8249), b"A2B0": table})


def _lightness(node: int) -> int:
    """Black as soon as one ink is full; node counts cyan, magenta, yellow, black as bits."""
    return 0 if node else 255


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _profile(space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    words = "Made by hand".encode("utf-16-be")
    record = struct.pack(">4sIII4sII", b"mluc", 0, 1, 12, b"enUS", len(words), 28) + words
    tags = tags | {b"desc": record, b"cprt": record}
    at, table, body = 132 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        table += struct.pack(">4sII", name, at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    kind = b"prtr" if space == b"CMYK" else b"mntr"
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"", 0x02400000, kind, space, connection)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp"
    head = head.ljust(68, b"\0") + _xyz(0.9642, 1, 0.8249)[8:]
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def saved(
    samples: NDArray[np.uint8], kind: str, mode: str | None = None, **options: object
) -> bytes:
    """A file by Pillow; mode: converted to it first."""
    image = Image.fromarray(samples)
    buffer = io.BytesIO()
    (image.convert(mode) if mode else image).save(buffer, kind, **options)
    return buffer.getvalue()


def noise(*shape: int, depth: int = 8, seed: int = 0) -> Samples:
    """Samples of every value."""
    kind = np.uint8 if depth == 8 else np.uint16
    return np.random.default_rng(seed).integers(0, 1 << depth, shape, kind)


def soft(rows: int, cols: int, seed: int = 0) -> NDArray[np.uint8]:
    """A smooth RGB picture that JPEG keeps nearly as it is, different in every corner."""
    across, down = np.linspace(0, 200, cols), np.linspace(0, 200, rows)
    plane = np.stack(np.broadcast_arrays(across[None], down[:, None], 120.0 + seed), axis=-1)
    return plane.astype(np.uint8)
