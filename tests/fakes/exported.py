"""A small picture edited in its middle, for exports, and the reader that opens them again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.compose.assets.export import Asset, Exported, Reader, manner_of, write
from editor.imaging import codec
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from editor.imaging.raster import Native

SIZE = Size(40, 30)


def read(data: bytes, name: str) -> Native:
    """A file at its own depth, as Pool.native reads it."""
    return codec.decode_native(data, codec.read_facts(data, name))


def facts(native: Native, **changes: Any) -> Facts:
    """What a PNG of this picture would be, but for some changes."""
    known = Facts(
        format="png",
        size=native.size,
        depth=native.depth,
        alpha=native.samples.shape[2] == 4,
        profile=native.profile,
        dpi=(300.0, 300.0),
    )
    return replace(known, **changes)


def edited(base: Native) -> tuple[Native, NDArray[np.bool_]]:
    """The base with its middle inverted, and where that is."""
    may_change = np.zeros((30, 40), np.bool_)
    may_change[10:20, 10:30] = True
    samples = base.samples.copy()
    samples[10:20, 10:30] = ~samples[10:20, 10:30]
    return Native(samples, base.profile), may_change


def export(
    result: Native,
    facts: Facts,
    path: Path,
    *,
    source: Native,
    may_change: NDArray[np.bool_],
    read: Reader = read,
) -> Exported:
    """Write a picture in the manner that the ending of its path asks for."""
    return write(Asset(result, facts, source, may_change), path, manner_of(path), read)
