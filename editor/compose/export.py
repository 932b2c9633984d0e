"""Exporting: the finished asset under a good name, read again before it is called exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from editor.compose.patch import Where
from editor.compose.proof import Proof, changed
from editor.errors import CannotWrite, InputProblem
from editor.imaging.encode import encode
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from editor.imaging.raster import Native
from editor.storage import atomic

Reader = Callable[[bytes, str], Native]
"""Decodes a file's bytes, given with its name, at their own depth, as Pool.native does."""

FORMATS = {
    ".png": "png",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".webp": "webp",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
}
LONGEST_SIDE = {"webp": 16_383, "jpeg": 65_500}
"""Pixels; the other formats hold more than is ever opened."""

LOSSY = "Protected before encoding: JPEG itself changes every pixel a little."
SHALLOW = "WebP holds 8 bits per channel, so the 16 of the source were reduced."
INKS = "The CMYK source was exported as RGB, so its pixels are not called protected."
NO_FORMAT = "{name} has no ending that can be written; use .png, .tif, .webp or .jpg."
TOO_LARGE = (
    "{name} would be too large for its format, which ends at {most} pixels; use .png or .tif."
)
UNLIKE = "{name} did not read back as it was written, so it was not kept; try another format."


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


def export(
    result: Native,
    facts: Facts,
    path: Path,
    *,
    source: Native,
    may_change: Where,
    read: Reader,
) -> Exported:
    """Write a finished picture; the suffix of the path names its format.

    source, may_change: what the file is compared with once it has been read again from the
    disk. Raises InputProblem for a suffix or a size that cannot be written, CannotWrite when
    the disk refuses or the file does not read back as it was written; then what was at the
    path is still there.
    """
    format = _format(path, result.size)
    exact = format in {"png", "tiff"} or (format == "webp" and result.depth == 8)
    data = encode(result, facts, format)
    proofs: list[Proof] = []

    def verify(written: Path) -> None:
        back = _read_again(read, written, path.name)
        if not (_same(result, back) if exact else back.size == result.size):
            raise CannotWrite(UNLIKE, name=path.name)
        proofs.append(changed(source, back if exact else result, may_change))

    atomic.write(path, data, verify=verify)
    (proof,) = proofs
    if facts.colour == "cmyk":
        return Exported(path, len(data), 0, 0, exact, INKS)
    note = LOSSY if format == "jpeg" else "" if exact else SHALLOW
    return Exported(path, len(data), proof.protected, proof.changed, exact, note)


def _format(path: Path, size: Size) -> str:
    format = FORMATS.get(path.suffix.lower())
    if format is None:
        raise InputProblem(NO_FORMAT, name=path.name)
    most = LONGEST_SIDE.get(format, max(size))
    if max(size) > most:
        raise InputProblem(TOO_LARGE, name=path.name, most=most)
    return format


def _read_again(read: Reader, written: Path, name: str) -> Native:
    try:
        return read(written.read_bytes(), name)
    except InputProblem as problem:
        raise CannotWrite(UNLIKE, name=name, details=str(problem)) from problem


def _same(written: Native, read: Native) -> bool:
    one, other = written.samples, read.samples
    same_samples = one.dtype == other.dtype and np.array_equal(one, other)
    return same_samples and written.profile == read.profile
