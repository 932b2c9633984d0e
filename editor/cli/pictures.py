"""Pictures and masks from the files that a command is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from editor.decoding.files import read_file
from editor.decoding.pool import Opened, Pool
from editor.imaging.geometry import Size
from editor.mask.exchange import Found, from_raster
from editor.mask.plane import Coverage


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A picture with the very bytes it came from."""

    path: Path
    data: bytes = field(repr=False)
    opened: Opened


@dataclass(frozen=True, slots=True, eq=False)
class MaskFile:
    """A mask with where it came from and how it was read."""

    path: Path
    found: Found

    @property
    def coverage(self) -> Coverage:
        return self.found.coverage


def source_from(pool: Pool, path: Path) -> Source:
    """Read and decode a picture. Raises InputProblem."""
    data = read_file(path)
    return Source(path, data, pool.open(data, path.name))


def reference_from(pool: Pool, path: Path, longest: int) -> Source:
    """Read a picture to look at, no side longer than this. Raises InputProblem."""
    data = read_file(path)
    return Source(path, data, pool.preview(data, path.name, longest))


def mask_from(pool: Pool, path: Path, size: Size) -> MaskFile:
    """Read a mask for a picture of this size. Raises InputProblem."""
    data = read_file(path)
    found = from_raster(pool.open(data, path.name).raster, size)
    return MaskFile(path, found)
