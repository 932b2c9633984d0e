"""Exporting: the finished asset under a good name, read again before it is called exported."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from editor.compose.patch import Where
from editor.compose.proof import changed
from editor.errors import CannotWrite, InputProblem
from editor.imaging.encode import encode
from editor.imaging.facts import Facts
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
KEPT_FORMATS = {"tiff": ".tif"}
"""Formats of a source that a finished asset keeps; every other becomes PNG."""

LOSSY = "Protected before encoding: JPEG itself changes every pixel a little."
SHALLOW = "WebP holds 8 bits per channel, so the 16 of the source were reduced."
INKS = "The CMYK source was exported as RGB, so its pixels are not called protected."

_LONGEST_STEM = 120
_RESERVED = '<>:"/\\|?*'


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    size: bytes of the file. protected: pixels where nothing was painted; changed: how many of
    them differ from the source in the file as it was read again. exact: whether the format
    keeps every sample. note: template of a sentence, or empty.
    """

    path: Path
    size: int
    protected: int
    changed: int
    exact: bool
    note: str = ""


def default_name(name: str, facts: Facts) -> str:
    """The name of a finished asset: photo.jpg becomes photo_edit.png; TIFF stays TIFF."""
    stem = "".join("_" if _unfit(sign) else sign for sign in Path(name).stem).strip(" .")
    return f"{stem[:_LONGEST_STEM] or 'picture'}_edit{KEPT_FORMATS.get(facts.format, '.png')}"


def free_path(folder: Path, name: str) -> Path:
    """A path that nothing has yet: name, then name-2, name-3 and so on."""
    path, number = folder / name, 2
    while path.exists() or path.is_symlink():
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return path


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

    source, may_change: what it is compared with after it was read again.
    Raises InputProblem for another suffix, CannotWrite when the disk refuses or when a
    lossless file does not read back as it was written; then nothing is there.
    """
    format = FORMATS.get(path.suffix.lower())
    if format is None:
        raise InputProblem(
            "{name} has no ending that can be written; use .png, .tif, .webp or .jpg.",
            name=path.name,
        )
    exact = format in {"png", "tiff"} or (format == "webp" and result.depth == 8)
    data = encode(result, facts, format)
    back = read(data, path.name)
    if exact and not _same(result, back):
        raise CannotWrite(
            "{name} did not read back as it was written, so it was not kept; try another format.",
            name=path.name,
        )
    proof = changed(source, back if exact else result, may_change)
    note = LOSSY if format == "jpeg" else "" if exact else SHALLOW
    atomic.write(path, data)
    return Exported(
        path, len(data), proof.protected, proof.changed, exact, INKS if _inks(facts) else note
    )


def _same(written: Native, read: Native) -> bool:
    one, other = written.samples, read.samples
    return one.dtype == other.dtype and np.array_equal(one, other)


def _inks(facts: Facts) -> bool:
    return facts.colour == "cmyk"


def _unfit(sign: str) -> bool:
    return sign in _RESERVED or unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
