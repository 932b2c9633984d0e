"""Joining: an answer put into its picture, in the box of its mask, beside Pillow's whole frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from editor.compose.blend import join, preview
from editor.compose.fitting.fit import fit
from editor.compose.patch import NativePatch, applied
from editor.compose.recipe import Recipe
from editor.edits.variant import Variant
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Native, Raster
from tests.speed.rows import Row, median_of, table

ROUNDS = 3
FEATHER = 24.0
CASES = (
    # what, source, window, answer, depth, limit in seconds
    ("2 MP window in 60 MP, 8 bit", (10_000, 6_000), (1_672, 1_254), (1_672, 1_254), 8, 1.0),
    ("2 MP window in 60 MP, 16 bit", (10_000, 6_000), (1_672, 1_254), (1_672, 1_254), 16, 1.0),
    ("1400x900 in 8.3 MP, 8 bit", (3_840, 2_160), (1_400, 900), (1_400, 900), 8, 0.5),
    ("whole 8.3 MP from 1536x864, 8 bit", (3_840, 2_160), (3_840, 2_160), (1_536, 864), 8, 0.5),
)


def report() -> list[Row]:
    """One row for each case, the peer, and what a kept patch costs."""
    rows = [_row(*case) for case in CASES]
    return [*rows, *_patch_rows()]


def _row(
    what: str,
    size: tuple[int, int],
    window: tuple[int, int],
    answer: tuple[int, int],
    depth: int,
    limit: float,
) -> Row:
    base, variant = _case(Size(*size), Size(*window), Size(*answer), depth)
    recipe = Recipe(variant.id, FEATHER)
    shown = _shown(base)
    joined = join(base, variant, recipe, fit(shown, variant))
    seconds = median_of(ROUNDS, lambda: join(base, variant, recipe, fit(shown, variant)))
    note = f"{joined.changed} of {joined.protected:,} protected pixels changed"
    ours = f"{seconds * 1e3:.0f} ms"
    if depth == 16:
        return Row(what, ours, "", 0, f"< {limit} s", seconds < limit, note)
    peer = median_of(ROUNDS, lambda: _by_pillow(base, variant))
    found = fit(shown, variant)
    softer = Recipe(variant.id, FEATHER / 2, 0.5)
    seen = median_of(ROUNDS, lambda: preview(shown, variant, softer, found))
    note += f"; with other sliders the window needs {seen * 1e3:.0f} ms (< 100)"
    told = f"Pillow, whole frame {peer * 1e3:.0f} ms"
    return Row(what, ours, told, seconds / peer, f"< {limit} s", seconds < limit, note)


def _patch_rows() -> list[Row]:
    base, variant = _case(Size(10_000, 6_000), Size(1_672, 1_254), Size(1_672, 1_254), 8)
    patch = join(base, variant, Recipe(variant.id, FEATHER)).patch
    data = patch.to_bytes()
    packing = median_of(ROUNDS, patch.to_bytes)
    reading = median_of(ROUNDS, lambda: NativePatch.from_bytes(data))
    laying = median_of(ROUNDS, lambda: applied(base, [patch]))
    raw = patch.samples.nbytes
    return [
        Row(
            "keep that patch: to bytes",
            f"{packing * 1e3:.0f} ms",
            note=f"{len(data) / raw:.2f} of raw",
        ),
        Row("read it again", f"{reading * 1e3:.0f} ms"),
        Row("lay it on the 60 MP source", f"{laying * 1e3:.0f} ms"),
    ]


def _case(size: Size, window: Size, answer: Size, depth: int) -> tuple[Native, Variant]:
    """A picture, and a softer answer that moved a little, for an ellipse in its middle."""
    left, top = (size.width - window.width) // 2, (size.height - window.height) // 2
    rect = Rect(left, top, left + window.width, top + window.height)
    coverage = np.zeros((size.height, size.width), np.uint8)
    y, x = np.mgrid[: window.height, : window.width].astype(np.float32)
    away = np.hypot(x / window.width - 0.5, y / window.height - 0.5)
    coverage[rect.rows_cols] = (away < 0.49) * np.uint8(255)
    samples = _scene(size)
    native = Native(samples if depth == 8 else samples.astype(np.uint16) * 257)
    seen = np.ascontiguousarray(samples[rect.rows_cols][..., ::-1])
    redrawn = cv.gaussian(cv.resize(seen, answer, "area"), 0.6)
    opaque = np.full((answer.height, answer.width), 255, np.uint8)
    pixels = np.dstack([np.roll(redrawn, (3, 5), (0, 1)), opaque])
    variant = Variant(
        id="v",
        job="",
        round="",
        raster=Raster(pixels),
        placement=Placement(rect, answer),
        coverage=coverage,
        base="",
        provider="offline",
        model="",
    )
    return native, variant


def _shown(base: Native) -> Raster:
    """The source for the eyes."""
    samples = base.samples if base.depth == 8 else base.samples >> 8
    full = np.full(samples.shape[:2], 255, np.uint8)
    return Raster(np.dstack([samples[..., ::-1].astype(np.uint8), full]))


def _scene(size: Size) -> NDArray[np.uint8]:
    """Soft clouds with edges and grain."""
    chance = np.random.default_rng(1)
    picture = np.full((size.height, size.width, 3), 110, np.uint8)
    for cells in (7, 60):
        field = chance.integers(0, 70, (cells, cells, 3), np.uint8)
        picture += cv.resize(field, size, "cubic") // np.uint8(2)
    steps = chance.integers(0, 2, (40, 60, 1), np.uint8) * np.uint8(25)
    picture += cv.resize(np.repeat(steps, 3, axis=2), size, "nearest")
    grain = chance.integers(0, 12, (256, 256, 3), np.uint8)
    rows, cols = -(-size.height // 256), -(-size.width // 256)
    picture += np.tile(grain, (rows, cols, 1))[: size.height, : size.width]
    return picture


def _by_pillow(base: Native, variant: Variant) -> Image.Image:
    """The same by the usual means: the frame pasted through a blurred mask."""
    assert variant.coverage is not None
    window = variant.placement.window
    under = Image.fromarray(base.samples)
    above = under.copy()
    answer = Image.fromarray(variant.raster.pixels[..., 2::-1])
    if answer.size != window.size:
        answer = answer.resize(window.size, Image.Resampling.BICUBIC)
    above.paste(answer, window[:2])
    mask = Image.fromarray(variant.coverage).filter(ImageFilter.GaussianBlur(FEATHER / 2))
    return Image.composite(above, under, mask)


if __name__ == "__main__":
    print(table(report()))
