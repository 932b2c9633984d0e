"""Leak: how much was changed outside, and the alarm for answers that ignored the mask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from editor.compose.fitting.fit import fit
from editor.compose.fitting.report import Report
from editor.compose.leaking.change import change
from editor.compose.leaking.leak import BROAD, DROPPED, RESTYLED, UNRELATED, breadth, leak
from editor.imaging.codec import decode, read_facts
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from tests.fakes import obeying
from tests.fakes.drawn import drawn, opaque
from tests.fakes.fitted import fit_of
from tests.fakes.obeying import KINDS, variant

SIZE = Size(256, 192)
SHARES = (0.01, 0.04, 0.12, 0.3)


def scene(seed: int) -> tuple[obeying.Floats, obeying.Mask, np.random.Generator]:
    chance = np.random.default_rng(seed)
    return (
        obeying.picture(chance, SIZE),
        obeying.mask(chance, SIZE, SHARES[seed % len(SHARES)]),
        chance,
    )


def shown(source: obeying.Floats) -> Raster:
    return opaque(np.rint(source * 255))


def hole(size: Size) -> obeying.Mask:
    coverage = np.zeros((size.height, size.width), np.uint8)
    coverage[size.height // 3 : size.height * 2 // 3, size.width // 3 : size.width * 2 // 3] = 255
    return coverage


def test_no_alarm_on_a_hundred_answers_that_kept_to_the_mask() -> None:
    false = []
    for seed in range(100):
        source, coverage, chance = scene(seed)
        made = variant(obeying.obeyed(source, coverage, chance), coverage, SIZE)
        if leak(shown(source), made, fit_of(made)).ignored:
            false.append(seed)
    assert false == []


def test_alarm_on_a_hundred_answers_that_ignored_the_mask() -> None:
    missed = []
    for seed in range(100):
        source, coverage, chance = scene(seed)
        kind = KINDS[seed // len(SHARES) % len(KINDS)]
        made = variant(obeying.ignored(source, coverage, chance, kind), coverage, SIZE)
        if not leak(shown(source), made, fit_of(made)).ignored:
            missed.append((seed, kind))
    assert missed == []


@pytest.mark.parametrize("seed", range(4))
def test_the_alarm_knows_the_fits_that_are_made(seed: int) -> None:
    source, coverage, chance = scene(seed)
    kept = variant(obeying.obeyed(source, coverage, chance), coverage, SIZE)
    assert not leak(shown(source), kept, fit(shown(source), kept)).ignored
    lost = variant(obeying.ignored(source, coverage, chance, KINDS[seed]), coverage, SIZE)
    assert leak(shown(source), lost, fit(shown(source), lost)).ignored


def photograph(path: Path) -> Raster:
    data = path.read_bytes()
    found = decode(data, read_facts(data, path.name))
    width = 480
    small = cv2.resize(
        found.pixels, (width, round(width * found.size.height / found.size.width)), interpolation=3
    )
    return Raster(small)


@pytest.mark.shared
def test_the_alarm_on_photographs(shared: Path) -> None:
    wrong = []
    paths = [path for path in sorted((shared / "photos").iterdir()) if path.suffix != ".md"]
    bases = {path: photograph(path) for path in paths}
    for number, path in enumerate(paths * 4):
        base, chance = bases[path], np.random.default_rng(number)
        source = base.pixels[..., :3].astype(np.float32) / 255
        coverage = obeying.mask(chance, base.size, SHARES[number % 4])
        kept = variant(obeying.obeyed(source, coverage, chance), coverage, base.size)
        kind = KINDS[number % 4]
        lost = variant(obeying.ignored(source, coverage, chance, kind), coverage, base.size)
        for made, ignored in ((kept, False), (lost, True)):
            if leak(base, made, fit_of(made)).ignored is not ignored:
                wrong.append((path.name, number, kind, ignored))
    assert len(paths) >= 5
    assert wrong == []


@pytest.mark.shared
def test_the_alarm_on_the_real_answer_whose_mask_was_dropped(shared: Path) -> None:
    base, answer = (
        decode(data := (shared / "real" / name).read_bytes(), read_facts(data, name))
        for name in ("sunlit_lounge.png", "answer_gpt-image-1.png")
    )
    coverage = np.zeros((1024, 1024), np.uint8)
    cv2.ellipse(coverage, (620, 850), (150, 140), 0, 0, 360, 255, -1)
    made = variant(answer, coverage, base.size)
    found = leak(base, made, fit(base, made))
    assert found.ignored
    assert found.cause == DROPPED
    assert found.over3 > 0.5


def test_an_answer_that_is_the_source_leaks_nothing() -> None:
    base = drawn(SIZE)
    made = variant(base, hole(SIZE), SIZE)
    found = leak(base, made, fit_of(made, report=Report(shift=(3.0, -2.0), scale=1.1)))
    assert found.over3 < 0.001
    assert (found.over10, found.contained) == (0.0, 1.0)
    assert (found.shift, found.scale, found.returned) == ((3.0, -2.0), 1.1, SIZE)
    assert not found.ignored
    assert found.cause == ""


def test_shares_are_of_the_protected_pixels() -> None:
    base = drawn(SIZE, 2)
    pixels = base.pixels[..., :3].copy()
    pixels[hole(SIZE) > 0] = (10, 240, 20)
    pixels[:50, 200:] = (200, 0, 250)
    made = variant(opaque(pixels), hole(SIZE), SIZE)
    found = leak(base, made, fit_of(made))
    share = 50 * 56 / (hole(SIZE) == 0).sum()
    assert found.over10 == pytest.approx(share, rel=0.3)
    assert found.over10 <= found.over3 < share * 1.6
    assert 0.6 < found.contained < 0.95
    assert not found.ignored


def test_causes_are_told_apart() -> None:
    source, coverage, _ = scene(2)
    base = shown(source)
    causes = []
    for kind, seed in (("repainted", 8), ("unrelated", 8)):
        answer = obeying.ignored(source, coverage, np.random.default_rng(seed), kind)
        made = variant(answer, coverage, SIZE)
        causes.append(leak(base, made, fit_of(made)).cause)
    night = opaque(np.rint(255 * source**1.8 * (0.9, 0.5, 0.3)))
    made = variant(night, coverage, SIZE)
    causes.append(leak(base, made, fit_of(made)).cause)
    assert causes == [DROPPED, UNRELATED, RESTYLED]
    assert all(len(cause) <= 160 for cause in causes)


def test_no_alarm_without_a_mask_or_with_next_to_nothing_protected() -> None:
    base, other = drawn(SIZE, 1), drawn(SIZE, 2)
    for coverage in (None, np.full((192, 256), 255, np.uint8)):
        made = variant(other, coverage, SIZE)
        found = leak(base, made, fit_of(made))
        assert not found.ignored
        assert (found.over3, found.over10, found.contained) == (0.0, 0.0, 1.0)
    nearly = np.full((192, 256), 255, np.uint8)
    nearly[:, :4] = 0
    made = variant(other, nearly, SIZE)
    assert not leak(base, made, fit_of(made)).ignored


def test_a_shadow_beside_the_mask_is_no_alarm_but_is_told() -> None:
    base = drawn(SIZE, 6)
    pixels = base.pixels[..., :3].astype(float)
    pixels[122:147, 90:192] *= 0.5
    made = variant(opaque(pixels), hole(SIZE), SIZE)
    found = leak(base, made, fit_of(made))
    assert not found.ignored
    assert found.over10 > 0.03


def test_an_answer_for_a_part_of_the_picture_is_measured_there() -> None:
    base, window = drawn(Size(900, 600), 7), Rect(300, 150, 700, 450)
    coverage = np.zeros((600, 900), np.uint8)
    coverage[250:350, 450:550] = 255
    part = opaque(np.ascontiguousarray(base.pixels[window.rows_cols][..., :3]))
    made = replace(variant(part, coverage, base.size), placement=Placement(window, window.size))
    assert leak(base, made, fit_of(made)).over3 < 0.02
    lost = replace(made, raster=drawn(window.size, 8))
    found = change(base, lost, fit_of(lost))
    assert breadth(found) > 2 * BROAD
