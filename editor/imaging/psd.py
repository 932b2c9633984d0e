"""The PSD writer: layers with masks at 8 or 16 bits, and the picture that they add up to.

Layout after Adobe's Photoshop File Formats Specification (2019): header, colour mode data,
image resources, layers, merged picture; every number is big-endian. Channels of layers are
packed by zlib, at 8 bits as differences along the rows; the merged picture lies bare, which
every reader takes. A picture that is too long for a PSD becomes a PSB, which is the same with
longer lengths.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.raster import Native, Samples

LONGEST = 30_000
"""Pixels on a side of a PSD; a PSB holds ten times as many."""

LARGEST = (1 << 31) - 1
"""Bytes of a PSD; Photoshop opens none that is larger. A PSB may be of any size."""

_RGB = 3
_RESOLUTION, _PROFILE, _VERSION, _EXIF, _XMP = 0x03ED, 0x040F, 0x0421, 0x0422, 0x0424
_ALPHA, _MASK = -1, -2
_HIDDEN, _OBSOLETE = 0x02, 0x08
_BARE, _ZIPPED, _PREDICTED = 0, 2, 3
# Krita 5.1 carries differences of 16 bits wrongly, so only those of 8 are written.
_PER_INCH = 1
_SHORT, _LONG = struct.Struct(">I"), struct.Struct(">Q")


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer of a picture.

    rect: where on the canvas. samples: (rows, cols, 3 or 4) of it, RGB or RGBA with straight
    alpha, at the picture's depth. mask: (rows, cols) uint8 of it, 0 hides; outside it nothing
    is seen; None for all. shown: whether its eye is open.
    """

    name: str
    rect: Rect
    samples: Samples
    mask: NDArray[np.uint8] | None = None
    shown: bool = True


def encode(
    merged: Native,
    layers: Sequence[Layer],
    *,
    dpi: tuple[float, float] = (0.0, 0.0),
    exif: bytes = b"",
    xmp: bytes = b"",
) -> bytes:
    """A whole PSD, or PSB. merged: what the shown layers add up to; layers: from the lowest up.

    exif: from its TIFF header on. Raises ValueError when a PSD would be larger than LARGEST.
    """
    rows, cols, channels = merged.samples.shape
    large = is_large(merged.size)
    told = b"".join(_resources(merged.profile, dpi, exif, xmp))
    parts = [
        struct.pack(
            ">4sH6xHIIHH", b"8BPS", 2 if large else 1, channels, rows, cols, merged.depth, _RGB
        ),
        struct.pack(">I", 0),
        struct.pack(">I", len(told)) + told,
        *_layer_section(merged, layers, large=large),
        struct.pack(">H", _BARE),
        *(_big(plane).tobytes() for plane in _planes(_on_white(merged.samples))),
    ]
    if not large and sum(map(len, parts)) > LARGEST:
        raise ValueError("too large for a PSD")
    return b"".join(parts)


def is_large(size: Size) -> bool:
    """Whether a picture of this size becomes a PSB."""
    return max(size) > LONGEST


def _resources(
    profile: bytes, dpi: tuple[float, float], exif: bytes, xmp: bytes
) -> Iterator[bytes]:
    if all(dpi):
        across, down = (round(value * 65536) for value in dpi)
        told = struct.pack(">IHHIHH", across, _PER_INCH, 1, down, _PER_INCH, 1)
        yield _resource(_RESOLUTION, told)
    if profile:
        yield _resource(_PROFILE, profile)
    # The merged picture is true, so that readers without layers may show it.
    names = _unicode("Frisket") * 2
    yield _resource(_VERSION, struct.pack(">IB", 1, 1) + names + struct.pack(">I", 1))
    if exif:
        yield _resource(_EXIF, exif)
    if xmp:
        yield _resource(_XMP, xmp)


def _resource(number: int, content: bytes) -> bytes:
    head = struct.pack(">4sHHI", b"8BIM", number, 0, len(content))
    return head + content + bytes(len(content) % 2)


def _layer_section(merged: Native, layers: Sequence[Layer], *, large: bool) -> Iterator[bytes]:
    """Deep layers stand in a block of their own, behind an empty list of shallow ones."""
    length, mark = (_LONG, b"8B64") if large else (_SHORT, b"8BIM")
    # Below 0 it says that the merged picture has alpha.
    count = -len(layers) if merged.samples.shape[2] == 4 else len(layers)
    packed = [list(_channels(layer)) for layer in layers]
    records = [_record(layer, found, length) for layer, found in zip(layers, packed, strict=True)]
    info = [struct.pack(">h", count), *records, *(data for each in packed for _, data in each)]
    long = sum(map(len, info))
    shallow = merged.depth == 8
    info.append(bytes(-long % (2 if shallow else 4)))
    padded = long + len(info[-1])
    if shallow:
        yield length.pack(padded + length.size + 4) + length.pack(padded)
        yield from info
        yield struct.pack(">I", 0)
        return
    yield length.pack(padded + 2 * length.size + 12) + length.pack(0) + struct.pack(">I", 0)
    yield mark + b"Lr16" + length.pack(padded)
    yield from info


def _record(layer: Layer, channels: Sequence[tuple[int, bytes]], length: struct.Struct) -> bytes:
    rect = layer.rect
    flags = _OBSOLETE | (0 if layer.shown else _HIDDEN)
    corners = (rect.top, rect.left, rect.bottom, rect.right)
    name = layer.name.encode("ascii", "replace")[:31]
    short = bytes([len(name)]) + name
    long = _unicode(layer.name)
    long += bytes(-len(long) % 4)
    extra = b"".join(
        [
            struct.pack(">I", 0)
            if layer.mask is None
            else struct.pack(">I4iBB2x", 20, *corners, 0, 0),
            struct.pack(">I", 0),  # blending ranges: none
            short + bytes(-len(short) % 4),
            struct.pack(">4s4sI", b"8BIM", b"luni", len(long)) + long,
        ]
    )
    return b"".join(
        [
            struct.pack(">4iH", *corners, len(channels)),
            *(struct.pack(">h", number) + length.pack(len(data)) for number, data in channels),
            struct.pack(">4s4sBBBx", b"8BIM", b"norm", 255, 0, flags),
            struct.pack(">I", len(extra)) + extra,
        ]
    )


def _channels(layer: Layer) -> Iterator[tuple[int, bytes]]:
    """Number and packed samples of each: alpha first, as Photoshop has it, the mask last."""
    planes = list(_planes(layer.samples))
    if len(planes) == 4:
        yield _ALPHA, _packed(planes.pop())
    for number, plane in enumerate(planes):
        yield number, _packed(plane)
    if layer.mask is not None:
        wide = layer.samples.dtype.itemsize == 2
        yield _MASK, _packed(layer.mask * np.uint16(257) if wide else layer.mask)


def _packed(plane: Samples) -> bytes:
    if plane.dtype == np.uint16:
        return struct.pack(">H", _ZIPPED) + zlib.compress(_big(plane).data, 1)
    steps = plane.copy()
    np.subtract(plane[:, 1:], plane[:, :-1], out=steps[:, 1:])
    return struct.pack(">H", _PREDICTED) + zlib.compress(_big(steps).data, 1)


def _planes(samples: Samples) -> Iterator[Samples]:
    return (samples[..., channel] for channel in range(samples.shape[2]))


def _on_white(samples: Samples) -> Samples:
    """The merged picture as PSD has it: its colours laid over white, its alpha beside them."""
    most = np.iinfo(samples.dtype).max
    if samples.shape[2] == 3 or samples[..., 3].min() == most:
        return samples
    alpha = samples[..., 3:].astype(np.uint64)
    colours = (samples[..., :3] * alpha + most * (most - alpha) + most // 2) // most
    return np.concatenate([colours.astype(samples.dtype), samples[..., 3:]], axis=2)


def _big(plane: Samples) -> NDArray[np.generic]:
    return np.ascontiguousarray(plane, plane.dtype.newbyteorder(">"))


def _unicode(words: str) -> bytes:
    encoded = words.encode("utf-16-be")
    return struct.pack(">I", len(encoded) // 2) + encoded


def background(native: Native, name: str) -> Layer:
    """A picture as the lowest layer of its own canvas."""
    return Layer(name, whole(native.size), native.samples)
