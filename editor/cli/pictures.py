"""Pictures and masks from the files that a command is given."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path

from editor.decoding.files import read_file
from editor.decoding.pool import Opened, Pool
from editor.errors import InputProblem
from editor.mask.exchange import OTHER_SHAPE, Found, from_raster
from editor.mask.plane import Coverage

MISFIT = (
    "The mask is {mask} and the picture {picture}: the shapes differ, so it was not used; "
    "make one that fits by frisket mask, with --stretch or --at."
)


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

    @property
    def how(self) -> str:
        """How it was read and fitted, for people."""
        return how_read(self.found)


def source_from(pool: Pool, path: Path) -> Source:
    """Read and decode a picture. Raises InputProblem."""
    data = read_file(path)
    return Source(path, data, pool.open(data, path.name))


def reference_from(pool: Pool, path: Path, longest: int) -> Source:
    """Read a picture to look at, no side longer than this. Raises InputProblem."""
    data = read_file(path)
    return Source(path, data, pool.preview(data, path.name, longest))


def how_read(found: Found) -> str:
    """How a mask was read, and in a second line how it was fitted where it was."""
    if not found.fitted_from:
        return found.how
    width, height = found.fitted_from
    across, down = found.placed.size if found.placed else found.coverage.shape[::-1]
    return f"{found.how}\nFitted from {width} x {height} to {across} x {down}."


def mask_from(pool: Pool, path: Path, target: Source) -> MaskFile:
    """Read a mask for a picture. Raises InputProblem, for another shape with what makes it fit."""
    raster = pool.open(read_file(path), path.name).raster
    try:
        return MaskFile(path, from_raster(raster, target.opened.raster.size))
    except InputProblem as problem:
        if problem.template != OTHER_SHAPE:
            raise
        words = ["frisket", "mask", str(target.path), "--from", str(path), "--stretch"]
        line = shlex.join([*words, "--out", "M.png"])
        raise InputProblem(MISFIT, details=line, **problem.values) from None
