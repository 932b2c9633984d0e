"""The mask of each picture of a batch: a file named after it, or the recipe's own, fitted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from editor.imaging import cv
from editor.imaging.geometry import Size
from editor.mask.plane import Coverage

ENDINGS = ("_mask", ".mask")
"""What a mask's name has behind that of its picture."""

_SUFFIXES = frozenset({".png", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".jpg", ".jpeg", ".avif"})


@dataclass(frozen=True, slots=True, eq=False)
class Reused:
    """A mask made for another picture. factor: by which it was scaled. how: one sentence."""

    coverage: Coverage
    factor: float
    how: str


def mask_for(picture: Path, masks: Path | None) -> Path | None:
    """The file that is a picture's mask: photo_mask.png or photo.mask.png for photo.jpg.

    masks: the folder to look in, where photo.png will do as well; the picture's own when None.
    """
    folder = masks or picture.parent
    endings = (*ENDINGS, "") if masks and masks.resolve() != picture.parent.resolve() else ENDINGS
    names = [f"{picture.stem}{ending}".casefold() for ending in endings]
    found = {
        path.stem.casefold(): path
        for path in sorted(_listed(folder), reverse=True)
        if path.suffix.casefold() in _SUFFIXES
    }
    return next((found[name] for name in names if name in found), None)


def without_masks(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The pictures, each once, and the files that are only masks of others among them."""
    named: dict[Path, Path] = {}
    for path in files:
        named.setdefault(path.resolve(), path)
    once = list(named.values())
    masks = {mask.resolve() for path in once if (mask := mask_for(path, None))}
    return (
        [path for path in once if path.resolve() not in masks],
        [path for path in once if path.resolve() in masks],
    )


def reused(coverage: Coverage, size: Size) -> Reused:
    """A mask in the middle of a picture of another size, as large as it goes without cutting."""
    own = Size(coverage.shape[1], coverage.shape[0])
    if own == size:
        return Reused(coverage, 1.0, "The mask of the recipe is used as it is.")
    factor = min(size.width / own.width, size.height / own.height)
    part = Size(max(round(own.width * factor), 1), max(round(own.height * factor), 1))
    fitted = cv.resize(coverage, part, "area" if factor < 1 else "linear")
    left, top = (size.width - part.width) // 2, (size.height - part.height) // 2
    placed = np.zeros((size.height, size.width), np.uint8)
    placed[top : top + part.height, left : left + part.width] = fitted
    placed.flags.writeable = False
    how = f"The mask of the recipe is used at {100 * factor:.0f} % of its size, in the middle."
    return Reused(placed, factor, how)


def _listed(folder: Path) -> Iterable[Path]:
    return folder.iterdir() if folder.is_dir() else ()
