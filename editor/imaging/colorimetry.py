"""What a PNG says of its colours without an ICC profile, and the profile that means the same.

PNG, third edition, sections 11.3.2 and 4.3: of cICP, iCCP, sRGB, and gAMA with cHRM only the
first counts. Code points after ITU-T H.273.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from editor.imaging import icc
from editor.imaging.png import Chunk

NAME = "PNG colours"
"""The description of a profile that is made here."""

_HEAD = 8
_LENGTHS = {b"cICP": 4, b"sRGB": 1, b"gAMA": 4, b"cHRM": 32}
_UNIT = 100_000
_SRGB_GAMMA = 45_455
_WHITE, _SRGB = (0.3127, 0.329), (0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
_SRGB_CHROMA = struct.pack(">8I", *(round(value * _UNIT) for value in _WHITE + _SRGB))
_PRIMARIES = {
    1: _SRGB,
    9: (0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    12: (0.68, 0.32, 0.265, 0.69, 0.15, 0.06),
}
# BT.709, BT.2020, Display P3.
_TRANSFERS = {13: icc.SRGB_CURVE, 8: 1.0, 4: 2.2, 5: 2.8}
_FULL_RGB = (0, 1)
_FLAT, _STEEP, _BRIGHT = 0.1, 10.0, 4.0
# Beyond these a gamma or a colour is a mistake.
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)


def statement(data: bytes) -> bytes:
    """The chunks of a PNG that count, each as name and content; empty when there are none.

    gAMA and cHRM stay beside sRGB only where they say the same.
    """
    found = _found(data)
    if b"cICP" in found:
        return b"cICP" + found[b"cICP"]
    if b"sRGB" in found:
        same = {b"gAMA": struct.pack(">I", _SRGB_GAMMA), b"cHRM": _SRGB_CHROMA}
        found = {name: told for name, told in found.items() if same.get(name, told) == told}
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
    """The ICC profile that means the same, always the same bytes.

    Empty for sRGB, and for what no such profile can say, as the curves of HDR.
    """
    told = dict(chunks(statement))
    if b"cICP" in told:
        primaries, transfer, *form = told[b"cICP"]
        if primaries not in _PRIMARIES or transfer not in _TRANSFERS or tuple(form) != _FULL_RGB:
            return b""
        return _made(_WHITE + _PRIMARIES[primaries], _TRANSFERS[transfer])
    if b"sRGB" in told or not told:
        return b""
    chroma = told.get(b"cHRM", _SRGB_CHROMA)
    (gamma,) = struct.unpack(">I", told.get(b"gAMA", struct.pack(">I", _SRGB_GAMMA)))
    if gamma == _SRGB_GAMMA and (chroma == _SRGB_CHROMA or b"gAMA" not in told):
        curve: float = icc.SRGB_CURVE
    else:
        curve = _UNIT / gamma if gamma else 0.0
    return _made(tuple(value / _UNIT for value in struct.unpack(">8I", chroma)), curve)


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


def _made(chroma: tuple[float, ...], curve: float) -> bytes:
    """White, red, green and blue as x and y; the curve as icc.coloured() takes it."""
    if chroma == _WHITE + _SRGB and curve == icc.SRGB_CURVE:
        return b""
    places = np.array(chroma).reshape(4, 2)
    if places[:, 1].min() <= 0 or not (curve == icc.SRGB_CURVE or _FLAT <= curve <= _STEEP):
        return b""
    try:
        columns = _adapted(places)
    except np.linalg.LinAlgError:
        return b""
    return icc.coloured(columns.tolist(), curve, NAME) if np.abs(columns).max() < _BRIGHT else b""


def _adapted(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Red, green and blue as rows of XYZ under D50, where white is that of the ICC.

    Source: Lindbloom, RGB/XYZ matrices and chromatic adaptation by Bradford's cones.
    """
    x, y = places.T
    lights = np.column_stack([x / y, np.ones(4), (1 - x - y) / y])
    white, colours = lights[0], lights[1:]
    scaled = colours * np.linalg.solve(colours.T, white)[:, None]
    cones, wanted = _BRADFORD @ white, _BRADFORD @ np.array(icc.D50)
    moved: NDArray[np.float64] = np.linalg.inv(_BRADFORD) @ np.diag(wanted / cones) @ _BRADFORD
    adapted: NDArray[np.float64] = scaled @ moved.T
    return adapted
