"""Drift: how far joined answers are from the truth inside, beside paste-back and ring match."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.compose.blend import Overlay, preview
from editor.compose.fitting.fit import fit
from editor.compose.recipe import Recipe
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster
from tests.fakes.colour_difference import ciede2000
from tests.fakes.drift import DRIFTS, REDRAWN, Drift, Floats, drifted, taken_back
from tests.fakes.hard import drawn
from tests.fakes.redrawing import answered, ellipse, raster
from tests.speed.rows import Row, table

PHOTOS = Path(__file__).resolve().parents[3] / "shared" / "photos"
LONGEST = 1000
"""Pixels of a side, so that all cells of all pictures stay within a minute."""

BUDGET = 60.0
"""Seconds after which the remaining cells are left out, and said so."""

MOST, EXCESS = 2.5, 0.5
DETAIL = 0.85, 1.15
FLAT = 2.55
"""Levels: the noise that a drift may bring. A truth whose fine detail deviates by less is flat, and
the ratio tells how much of that noise is left, not how sharp the answer is."""

DRAWN = frozenset({"sky", "lettering", "product", "hair", "film"})
ON_PHOTOS = tuple(DRIFTS[index] for index in (1, 4, 7, 8, 9, 10))
"""One cell of each kind, because photographs take their time."""


class Cell(NamedTuple):
    """Mean CIEDE2000 inside of ours, of the drift taken back exactly, and of two peers.

    detail: high-pass deviation inside over that of the truth, which is fine, in levels.
    """

    ours: float
    exact: float
    paste: float
    ring: float
    detail: float
    fine: float
    seconds: float


def report() -> list[Row]:
    """One row for each picture and drift."""
    rows, started = [], time.perf_counter()
    for name, picture in pictures():
        for drift in (*(DRIFTS if name in DRAWN else ON_PHOTOS), *REDRAWN):
            if time.perf_counter() - started > BUDGET:
                return [*rows, Row("further cells", "left out", note=f"after {BUDGET:.0f} s")]
            rows.append(_row(name, drift, measured(picture, drift)))
    return rows


def pictures() -> Iterator[tuple[str, Floats]]:
    """What the tests draw, and the photographs where they are: (rows, cols, 3) BGR, 0..1."""
    yield from drawn(Size(720, 480)).items()
    for path in sorted([*PHOTOS.glob("*.png"), *PHOTOS.glob("*.jpg")]):
        photo = np.asarray(cv2.imread(str(path)), np.float32) / 255
        factor = min(1.0, LONGEST / max(photo.shape))
        size = round(photo.shape[1] * factor), round(photo.shape[0] * factor)
        yield path.stem[:12], np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA))


def measured(picture: Floats, drift: Drift) -> Cell:
    """One cell: an ellipse with other content, sent through a drift and joined."""
    size = Size(picture.shape[1], picture.shape[0])
    mask = ellipse(size, 0.2, (0.55, 0.5))
    clean = picture.copy()
    clean[mask > 0] = picture[:, ::-1][mask > 0]
    answer = drifted(clean, drift)
    base, variant = raster(picture), answered(raster(answer), mask)
    recipe = Recipe.of(variant)
    started = time.perf_counter()
    found = fit(base, variant)
    seconds = time.perf_counter() - started
    ours = preview(base, variant, recipe, found)
    truth = preview(base, answered(raster(clean), mask), recipe)
    inside = mask[truth.rect.rows_cols] > 0

    def away(other: Overlay) -> float:
        differs = ciede2000(
            np.ascontiguousarray(other.pixels[..., :3]), np.ascontiguousarray(truth.pixels[..., :3])
        )
        return float(differs[inside].mean())

    def pasted(pixels: Raster) -> Overlay:
        return preview(base, answered(pixels, mask), recipe)

    fine = float(_fine(truth)[inside].std())
    return Cell(
        away(ours),
        away(pasted(raster(taken_back(answer, drift)))),
        away(pasted(variant.raster)),
        away(pasted(raster(_ring_matched(answer, picture, mask)))),
        float(_fine(ours)[inside].std()) / max(fine, 1e-3),
        fine,
        seconds,
    )


def _row(name: str, drift: Drift, cell: Cell) -> Row:
    consistent, flat = drift in DRIFTS, cell.fine < FLAT
    reached = None
    if consistent:
        near = cell.ours <= MOST or cell.ours - cell.exact <= EXCESS
        reached = near and (flat or DETAIL[0] <= cell.detail <= DETAIL[1])
    note = (
        f"exact {cell.exact:.2f}, ring match {cell.ring:.2f}, detail {cell.detail:.2f}, "
        f"{cell.seconds * 1e3:.0f} ms"
    )
    if flat:
        note += f"; {cell.fine:.1f} levels of detail in the truth, so the ratio tells of noise only"
    return Row(
        f"{name}: {drift.name}",
        f"dE {cell.ours:.2f}",
        f"paste-back {cell.paste:.2f}",
        cell.ours / max(cell.paste, 0.01),
        f"<= {MOST} or exact + {EXCESS}, detail {DETAIL[0]} to {DETAIL[1]}" if consistent else "",
        reached,
        note,
    )


def _ring_matched(answer: Floats, source: Floats, mask: NDArray[np.uint8]) -> Floats:
    """The usual method: mean and spread of a ring around the mask, in Lab."""
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (41, 41))
    ring = (cv2.dilate(mask, element) > 0) & (mask == 0)
    came, was = (cv2.cvtColor(each, cv2.COLOR_BGR2LAB) for each in (answer, source))
    told, want = came[ring], was[ring]
    lab = (came - told.mean(axis=0)) / (told.std(axis=0) + 1e-6) * want.std(axis=0)
    matched = cv2.cvtColor((lab + want.mean(axis=0)).astype(np.float32), cv2.COLOR_LAB2BGR)
    return np.asarray(np.clip(matched, 0, 1), np.float32)


def _fine(part: Overlay) -> Floats:
    pixels = part.pixels[..., :3].astype(np.float32)
    return np.asarray(pixels - cv2.GaussianBlur(pixels, (0, 0), 1.5), np.float32)


if __name__ == "__main__":
    print(table(report()))
