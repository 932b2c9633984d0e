"""Exporting: the finished asset under a good name, read again before it is called exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from editor.compose.assets import contents
from editor.compose.assets.manner import LAYERED, Manner, Step, steps
from editor.compose.patch import Where
from editor.compose.proof import Proof, changed
from editor.errors import CannotWrite, InputProblem
from editor.imaging import exif, icc, openraster, psd, xmp
from editor.imaging.encode import Finish, encode
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from editor.imaging.psd import Layer
from editor.imaging.raster import Native
from editor.mask.plane import Coverage
from editor.storage import atomic

Reader = Callable[[bytes, str], Native]
"""Decodes a file's bytes, given with its name, at their own depth, as Pool.native does."""

MANNERS: Mapping[str, Manner] = {
    ".png": Manner(format="png"),
    ".tif": Manner(format="tiff"),
    ".tiff": Manner(format="tiff"),
    ".webp": Manner(format="webp"),
    ".jpg": Manner(format="jpeg", quality=95),
    ".jpeg": Manner(format="jpeg", quality=95),
    ".avif": Manner(format="avif"),
}
"""What an ending by itself means."""

LONGEST_SIDE = {"webp": 16_383, "jpeg": 65_500, "avif": 32_768}
"""Pixels; the other formats hold more than is ever opened."""

LOSSY = "Protected before encoding: JPEG itself changes every pixel a little."
SHALLOW = "The file holds 8 bits per channel, so the 16 of the source were reduced."
INKS = "The CMYK source was exported as RGB, so its pixels are not called protected."
NOTES: Mapping[Step, str] = {
    "size": "Protected before scaling: a smaller picture has no pixel of the source.",
    "srgb": "Protected before the conversion to sRGB, which changes most pixels a little.",
    "depth": SHALLOW,
    "jpeg": LOSSY,
    "webp": "Protected before encoding: lossy WebP itself changes every pixel a little.",
    "avif": "Protected before encoding: lossy AVIF itself changes every pixel a little.",
}
NO_FORMAT = "{name} has no ending that can be written; use .png, .tif, .webp, .avif or .jpg."
TOO_LARGE = (
    "{name} would be too large for its format, which ends at {most} pixels; use .png or .tif."
)
TOO_MUCH = "{name} would be over 2 GB, which no PSD may be; use OpenRaster, or fewer results."
TOO_LONG = "The recipe is too long for a JPEG, so {name} was not written; use PNG or TIFF."
UNLIKE = "{name} did not read back as it was written, so it was not kept; try another format."
_BAND = 256
# Rows compared at once, so that no second picture's worth of memory is needed.
NO_MASK = "Nothing is painted, so there is nothing to cut out; paint what shall stay."


@dataclass(frozen=True, slots=True, eq=False)
class Asset:
    """A finished picture with all that any form of it is made of.

    source, may_change: what the file is compared with once it has been read again from the
    disk. coverage: the mask of a cut-out, None for none. layers: from the lowest up. recipe: to
    be told inside of the file, empty for none.
    """

    result: Native
    facts: Facts
    source: Native
    may_change: Where
    coverage: Coverage | None = None
    layers: tuple[Layer, ...] = ()
    recipe: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    size: bytes of the file. protected: pixels where nothing was painted; changed: how many of
    them differ from the source, in the file as it was read again where the format keeps every
    sample (exact), else before encoding. note: template of a sentence, or empty.
    """

    path: Path
    size: int
    protected: int
    changed: int
    exact: bool
    note: str = ""


def manner_of(path: Path) -> Manner:
    """What the ending of a path asks for. Raises InputProblem when nothing is written so."""
    manner = MANNERS.get(path.suffix.lower())
    if manner is None:
        raise InputProblem(NO_FORMAT, name=path.name)
    return manner


def encoded(asset: Asset, manner: Manner) -> bytes:
    """The bytes of a file without layers, for what is no file, such as the clipboard."""
    format = manner.written(asset.facts)
    return _encoded(asset, manner, _content(asset, manner, format), "")


def planned(asset: Asset, path: Path) -> Exported:
    """What write() will tell of an asset, found before there is a file; its size is 0."""
    proof = changed(asset.source, asset.result, asset.may_change)
    return _exported(path, 0, asset.facts, (), proof)


def write(asset: Asset, path: Path, manner: Manner, read: Reader) -> Exported:
    """Write an asset in the manner that was chosen; read: reads the file again.

    Raises InputProblem for what the format cannot hold, CannotWrite when the disk refuses or
    the file does not read back as it was written; then what was at the path is still there.
    """
    format = manner.written(asset.facts)
    if format in LAYERED:
        return _write_layers(asset, path, manner)
    picture = _content(asset, manner, format)
    _check_side(path, format, picture.size)
    data = _encoded(asset, manner, picture, path.name)
    passed = steps(manner, asset.facts)
    loses = bool({"jpeg", "webp", "avif"} & set(passed))
    proofs: list[Proof] = []

    def verify(written: Path) -> None:
        back = _read_again(read, written, path.name)
        if not (back.size == picture.size if loses else _same(picture, back)):
            raise CannotWrite(UNLIKE, name=path.name)
        proofs.append(_proof(asset, format, back if not passed else asset.result))

    atomic.write(path, data, verify=verify)
    return _exported(path, len(data), asset.facts, passed, proofs[0])


def _write_layers(asset: Asset, path: Path, manner: Manner) -> Exported:
    format = manner.written(asset.facts)
    told = _told(asset.facts, manner, asset.result)
    # Said in full: without a profile some programs take 16 bits for linear light.
    merged = Native(asset.result.samples, asset.result.profile or icc.srgb())
    if format == "ora":
        data = openraster.encode(merged, asset.layers, dpi=told.dpi)
    else:
        packet = _packet(asset, manner, path.name)
        block = exif.settled(told.exif)
        try:
            data = psd.encode(merged, asset.layers, dpi=told.dpi, exif=block, xmp=packet)
        except ValueError as error:
            raise InputProblem(TOO_MUCH, name=path.name, details=str(error)) from error

    def verify(written: Path) -> None:
        if written.read_bytes() != data:
            raise CannotWrite(UNLIKE, name=path.name)

    atomic.write(path, data, verify=verify)
    proof = changed(asset.source, asset.result, asset.may_change)
    return _exported(path, len(data), asset.facts, (), proof)


def _encoded(asset: Asset, manner: Manner, picture: Native, name: str) -> bytes:
    facts, format = _told(asset.facts, manner, picture), manner.written(asset.facts)
    kind = "png" if format in {"patch", "cutout"} else format
    packet = _packet(asset, manner, name)
    return encode(picture, facts, kind, Finish(manner.quality, manner.lossless, packet))


def _packet(asset: Asset, manner: Manner, name: str) -> bytes:
    """What the file says in XMP. What the source said gives way where a JPEG is too narrow."""
    found = b"" if manner.exif == "none" else asset.facts.xmp
    packet = partial(
        xmp.packet, place=manner.exif == "kept", disclosed=manner.disclosed, recipe=asset.recipe
    )
    if manner.written(asset.facts) != "jpeg" or len(packet(found)) <= xmp.JPEG_MOST:
        return packet(found)
    if len(packet()) > xmp.JPEG_MOST:
        raise InputProblem(TOO_LONG, name=name)
    return packet()


def _content(asset: Asset, manner: Manner, format: str) -> Native:
    if format == "patch":
        return contents.patch(asset.source, asset.result)
    picture = asset.result
    if format == "cutout":
        if asset.coverage is None or not asset.coverage.any():
            raise InputProblem(NO_MASK)
        picture = contents.cutout(picture, asset.coverage)
    return contents.reduced(picture, manner, format)


def _check_side(path: Path, format: str, size: Size) -> None:
    most = LONGEST_SIDE.get(format, max(size))
    if max(size) > most:
        raise InputProblem(TOO_LARGE, name=path.name, most=most)


def _told(facts: Facts, manner: Manner, picture: Native) -> Facts:
    """What the file says beside its pixels."""
    block = {"kept": facts.exif, "no-place": exif.without_place(facts.exif)}.get(manner.exif, b"")
    dpi = (float(manner.dpi), float(manner.dpi)) if manner.dpi else facts.dpi
    told = replace(facts, exif=block, dpi=dpi)
    return (
        replace(told, colour="rgb", profile=picture.profile, colours=b"") if manner.srgb else told
    )


def _proof(asset: Asset, format: str, found: Native) -> Proof:
    """How many protected pixels a file changes; found: what it holds, or held before loss."""
    if format == "patch":
        found = contents.laid_over(asset.source, found)
    elif format == "cutout":
        found = asset.result
    return changed(asset.source, found, asset.may_change)


def _exported(
    path: Path, size: int, facts: Facts, passed: tuple[Step, ...], proof: Proof
) -> Exported:
    exact = not passed
    if facts.colour == "cmyk":
        return Exported(path, size, 0, 0, exact, INKS)
    note = NOTES[passed[-1]] if passed else ""
    return Exported(path, size, proof.protected, proof.changed, exact, note)


def _read_again(read: Reader, written: Path, name: str) -> Native:
    try:
        return read(written.read_bytes(), name)
    except InputProblem as problem:
        raise CannotWrite(UNLIKE, name=name, details=str(problem)) from problem


def _same(written: Native, read: Native) -> bool:
    one, other = written.samples, read.samples
    if (one.dtype, one.shape, written.profile) != (other.dtype, other.shape, read.profile):
        return False
    bands = (slice(top, top + _BAND) for top in range(0, one.shape[0], _BAND))
    return all(np.array_equal(one[rows], other[rows]) for rows in bands)
