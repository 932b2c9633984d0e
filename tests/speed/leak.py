"""Leak: what an answer changed outside of its mask, and its grain, at 8.3 and 60 megapixels."""

from __future__ import annotations

import cv2
import numpy as np

from editor.compose.fitting.fit import Fit
from editor.compose.fitting.placed import matrix
from editor.compose.fitting.report import Report
from editor.compose.fitting.texture import textured
from editor.compose.leaking.leak import leak
from editor.compose.leaking.spill import blob
from editor.edits.variant import Variant
from editor.imaging.geometry import Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from tests.speed.rows import Row, median_of, table

ROUNDS = 5
EIGHT, SIXTY = Size(3_840, 2_160), Size(10_000, 6_000)
LEAK_LIMIT, GRAIN_LIMIT = 0.1, 0.12
"""Seconds."""


def report() -> list[Row]:
    """The leak of whole frames, a click on a spill, and grain in a box of 8.3 megapixels."""
    rows = [
        _leak_row("leak of a whole frame, 8.3 MP, answer 1536x864", EIGHT, Size(1_536, 864)),
        _leak_row("the same, answer of full size", EIGHT, EIGHT),
        _leak_row("the same, 60 MP, answer 2048x1229", SIXTY, Size(2_048, 1_229)),
    ]
    base, variant, fit = _case(EIGHT, Size(1_536, 864))
    clicked = median_of(ROUNDS, lambda: blob(base, variant, fit, 1_920, 1_500))
    return [*rows, Row("a click on a spill, 8.3 MP", _ms(clicked)), *_grain_rows()]


def _leak_row(what: str, size: Size, answer: Size) -> Row:
    base, variant, fit = _case(size, answer)
    seconds = median_of(ROUNDS, lambda: leak(base, variant, fit))
    found = leak(base, variant, fit)
    note = f"over 10: {found.over10:.3f}, contained {found.contained:.2f}"
    limited = size == EIGHT
    target = f"< {LEAK_LIMIT * 1e3:.0f} ms" if limited else ""
    reached = seconds < LEAK_LIMIT if limited else None
    return Row(what, _ms(seconds), target=target, reached=reached, note=note)


def _grain_rows() -> list[Row]:
    base, _, _ = _case(EIGHT, EIGHT)
    source = base.pixels
    answer = cv2.GaussianBlur(source, (0, 0), 0.8)
    y, x = np.mgrid[: EIGHT.height, : EIGHT.width].astype(np.float32)
    inside = np.hypot(x / EIGHT.width - 0.5, y / EIGHT.height - 0.5) < 0.48
    seconds = median_of(ROUNDS, lambda: textured(answer, source, ~inside, inside))
    floor = median_of(ROUNDS, lambda: cv2.GaussianBlur(source, (0, 0), 0.8))
    _, share = textured(answer, source, ~inside, inside)
    return [
        Row(
            "grain and sharpness in a box of 8.3 MP",
            _ms(seconds),
            f"one blur of it {floor * 1e3:.0f} ms",
            seconds / floor,
            f"< {GRAIN_LIMIT * 1e3:.0f} ms",
            seconds < GRAIN_LIMIT,
            f"the answer had {share:.0%} of the detail; filters, grain and sum take a third each",
        )
    ]


def _case(size: Size, answer: Size) -> tuple[Raster, Variant, Fit]:
    """A picture of soft shapes with grain, and an answer with a new disc and a shadow."""
    chance = np.random.default_rng(2)
    small = chance.normal(128, 50, (size.height // 60, size.width // 60, 3)).astype(np.float32)
    pixels = cv2.resize(small, size, interpolation=cv2.INTER_CUBIC)
    tile = chance.normal(0, 5, (200, 200, 1)).astype(np.float32)
    pixels += np.tile(tile, (-(-size.height // 200), -(-size.width // 200), 1))[
        : size.height, : size.width
    ]
    bgr = np.clip(pixels, 0, 255).astype(np.uint8)
    base = Raster(cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA))
    coverage = np.zeros((size.height, size.width), np.uint8)
    middle, radius = (size.width // 2, size.height // 2), size.height // 6
    cv2.circle(coverage, middle, radius, 255, -1)
    under = middle[0], middle[1] + radius
    shade = np.zeros(coverage.shape, np.uint8)
    cv2.ellipse(shade, under, (radius, radius // 2), 0, 0, 360, 255, -1)
    bgr[shade > 0] //= 2
    bgr[coverage > 0] = (30, 60, 220)
    made = cv2.resize(bgr, answer, interpolation=cv2.INTER_AREA)
    variant = Variant(
        id="v",
        job="",
        round="",
        raster=Raster(cv2.cvtColor(made, cv2.COLOR_BGR2BGRA)),
        placement=Placement(whole(size), answer),
        coverage=coverage,
        base="",
        provider="offline",
        model="",
    )
    nothing = np.zeros((0, 0, 4), np.uint8)
    way = matrix(variant.placement, answer)
    return base, variant, Fit(whole(size), nothing, nothing, way, Report(), whole(size))


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.0f} ms"


if __name__ == "__main__":
    print(table(report()))
