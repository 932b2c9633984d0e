"""16-bit PNG and TIFF samples, read by OpenCV because Pillow reduces them to 8 bits."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv

Deep = NDArray[np.uint16]
Tags = Mapping[int, Any]

FULL = 65535
WIDTH, LENGTH, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
FILL_ORDER, OFFSETS, ORIENTATION, SAMPLES, ROWS_PER_STRIP = 266, 273, 274, 277, 278
COUNTS, PLANAR, PREDICTOR, TILE_WIDTH, TILE_LENGTH = 279, 284, 317, 322, 323
TILE_OFFSETS, TILE_COUNTS, EXTRA, SAMPLE_FORMAT = 324, 325, 338, 339
_WHITE_IS_ZERO, _SEPARATE, _PREMULTIPLIED = 0, 2, 1
_COPIED = {WIDTH, LENGTH, COMPRESSION, FILL_ORDER, ORIENTATION, ROWS_PER_STRIP, PREDICTOR}
_COPIED |= {TILE_WIDTH, TILE_LENGTH}


def png(data: bytes, transparent: int | None) -> Deep:
    """Samples of a 16-bit PNG as (rows, cols, 3 or 4), RGB or RGBA, as they lie in the file.

    transparent: the one grey that means clear, which OpenCV leaves out. Raises ValueError
    when the file cannot be read.
    """
    found = _read(data)
    if found.ndim == 2 and transparent is not None:
        alpha = np.where(found == transparent, np.uint16(0), np.uint16(FULL))
        return np.dstack([found, found, found, alpha])
    return _in_rgb_order(found)


def tiff(data: bytes, tags: Tags, *, alpha: bool) -> Deep:
    """Samples of a 16-bit TIFF as (rows, cols, 3 or 4), RGB or RGBA, turned upright.

    tags: its first directory. alpha: whether the fourth channel is alpha. Premultiplied
    colour is divided back. Raises ValueError when the file cannot be read.
    """
    if tags.get(PLANAR) == _SEPARATE and tags.get(SAMPLES, 1) > 1:
        planes = [_read(_plane(data, tags, index)) for index in range(tags[SAMPLES])]
        samples = np.dstack(planes)
    else:
        samples = _in_rgb_order(_read(data))
    if tags.get(PHOTOMETRIC) == _WHITE_IS_ZERO:
        samples = FULL - samples
    if not alpha:
        return np.ascontiguousarray(samples[..., :3])
    return _divided(samples) if tags.get(EXTRA, (0,))[0] == _PREMULTIPLIED else samples


def shallow(samples: Deep) -> NDArray[np.uint8]:
    """The nearest 8-bit values: 0 to 0, 65535 to 255."""
    return cv.scaled_down(samples).reshape(samples.shape)


def _read(data: bytes) -> Deep:
    found = cv.imdecode(data, unchanged=True)
    if found is None or found.dtype != np.uint16:
        raise ValueError("no 16-bit samples could be read")
    return cast("Deep", found)


def _in_rgb_order(found: Deep) -> Deep:
    if found.ndim == 2:
        return cv.reordered(found, "grey rgb")
    return cv.reordered(found, "bgr rgb" if found.shape[2] == 3 else "bgra rgba")


def _divided(samples: Deep) -> Deep:
    """Straight alpha from premultiplied, to the nearest level."""
    alpha = samples[..., 3:].astype(np.uint64)
    colour = (samples[..., :3] * np.uint64(FULL) + alpha // 2) // np.maximum(alpha, 1)
    return np.dstack([np.minimum(colour, FULL).astype(np.uint16), samples[..., 3]])


def _plane(data: bytes, tags: Tags, index: int) -> bytes:
    """One channel of a TIFF that stores its channels apart, as a grey TIFF of its own.

    OpenCV reads separate planes only at 8 bits, whatever their depth.
    """
    tiled = TILE_OFFSETS in tags
    offsets, counts = (TILE_OFFSETS, TILE_COUNTS) if tiled else (OFFSETS, COUNTS)
    each = len(tags[offsets]) // tags[SAMPLES]
    mine = slice(index * each, (index + 1) * each)
    pieces = [
        data[at : at + length]
        for at, length in zip(tags[offsets][mine], tags[counts][mine], strict=True)
    ]
    fields: dict[int, Sequence[int]] = {tag: (tags[tag],) for tag in _COPIED if tag in tags}
    fields |= {BITS: (16,), PHOTOMETRIC: (1,), SAMPLES: (1,)}
    listed = 8 * len(pieces) if len(pieces) > 1 else 0  # one value fits in its entry
    start = 8 + 2 + 12 * (len(fields) + 2) + 4 + listed
    lengths = [len(piece) for piece in pieces]
    fields |= {offsets: [*accumulate(lengths[:-1], initial=start)], counts: lengths}
    return _directory("<" if data[:2] == b"II" else ">", fields) + b"".join(pieces)


def _directory(order: str, fields: Mapping[int, Sequence[int]]) -> bytes:
    """TIFF header and one directory of LONG fields; longer lists lie right behind it."""
    entries, lists = b"", b""
    beyond = 8 + 2 + 12 * len(fields) + 4
    for tag in sorted(fields):
        values = struct.pack(f"{order}{len(fields[tag])}I", *fields[tag])
        if len(values) > 4:
            lists, values = lists + values, struct.pack(order + "I", beyond + len(lists))
        entries += struct.pack(order + "HHI", tag, 4, len(fields[tag])) + values
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    return head + struct.pack(order + "H", len(fields)) + entries + bytes(4) + lists
