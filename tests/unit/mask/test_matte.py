"""Hair gets the coverage it has, where a rough rim was brushed over."""

import cv2
import numpy as np
import pytest

from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.mask import matte
from editor.mask.matte import BEYOND, refined
from editor.mask.shapes import Part
from tests.fakes.drawn import opaque
from tests.fakes.objects import furry, hairy, scene

SIZE = Size(600, 450)
ALL = Rect(0, 0, *SIZE)
MIDDLE, RADIUS = (300, 225), 112


def ring(inner: float, outer: float) -> np.ndarray:
    brushed = np.zeros((SIZE.height, SIZE.width), np.uint8)
    cv2.circle(brushed, MIDDLE, round(RADIUS * outer), 255, -1)
    cv2.circle(brushed, MIDDLE, round(RADIUS * inner), 0, -1)
    return brushed


def rough(kind: str, true: np.ndarray, core: np.ndarray) -> np.ndarray:
    """Masks as people make them: the head alone, all around it, or what a wand would take."""
    if kind == "head":
        return core
    if kind == "around":
        return ring(0, 1.25)
    return ((cv2.GaussianBlur(true, (0, 0), 4) > 100) * 255).astype(np.uint8)


def error(found: np.ndarray, true: np.ndarray, brushed: np.ndarray) -> float:
    """Mean levels by which a mask is wrong where it was brushed."""
    return float(np.abs(found.astype(int) - true)[brushed > 0].mean())


@pytest.mark.parametrize("kind", ["head", "around", "wand"])
@pytest.mark.parametrize("grain", [0, 4])
def test_the_error_along_hair_is_less_than_an_eighth(kind: str, grain: float) -> None:
    true, core = hairy(SIZE, seed=3)
    before, brushed = rough(kind, true, core), ring(0.92, 1.4)
    part = refined(scene(true, grain=grain), before, Part(ALL, brushed))
    unknown = brushed > 0
    assert error(part.coverage, true, brushed) <= error(before, true, brushed) / 8
    assert np.array_equal(part.coverage[~unknown], before[~unknown])
    assert len(np.unique(part.coverage[unknown])) > 100


@pytest.mark.parametrize(("gap", "worse"), [(0, 2), (5, 2), (25, 8), (50, 14)])
@pytest.mark.parametrize("moved", [0, 2, 6])
def test_a_rim_in_fur_on_its_like_stays_near(gap: float, worse: float, moved: int) -> None:
    true = ring(0, 1)
    before, brushed = np.roll(true, moved, 1), ring(0.6, 1.4)
    part = refined(furry(true, gap), before, Part(ALL, brushed))
    assert error(part.coverage, true, brushed) <= error(before, true, brushed) + worse


def test_a_rim_in_fur_that_stands_out_is_found() -> None:
    true = ring(0, 1)
    before, brushed = np.roll(true, 12, 1), ring(0.6, 1.4)
    part = refined(furry(true, 90), before, Part(ALL, brushed))
    assert error(part.coverage, true, brushed) <= error(before, true, brushed) / 2


@pytest.mark.parametrize(("gap", "share"), [(5, 1.02), (25, 1.03), (50, 0.85), (90, 0.4)])
@pytest.mark.parametrize("kind", ["head", "wand"])
def test_hair_on_its_like_is_found_as_far_as_it_stands_out(
    gap: float, share: float, kind: str
) -> None:
    true, core = hairy(SIZE, seed=3)
    before, brushed = rough(kind, true, core), ring(0.8, 1.4)
    part = refined(furry(true, gap), before, Part(ALL, brushed))
    assert error(part.coverage, true, brushed) <= error(before, true, brushed) * share


def test_only_the_brushed_part_comes_back() -> None:
    true, core = hairy(SIZE, seed=3)
    box = Rect(150, 60, 330, 200)
    part = refined(scene(true), core, Part(box, ring(0.92, 1.4)[box.rows_cols]))
    assert part.rect == box
    assert part.coverage.shape == (140, 180)


@pytest.mark.parametrize("level", [0, 255])
def test_without_another_side_the_mask_stays(level: int) -> None:
    mask = np.full((SIZE.height, SIZE.width), level, np.uint8)
    part = refined(scene(mask), mask, Part(ALL, ring(0.5, 1)))
    assert np.array_equal(part.coverage, mask)


def test_nothing_brushed_changes_nothing() -> None:
    true, core = hairy(SIZE, seed=3)
    part = refined(scene(true), core, Part(ALL, np.zeros_like(core)))
    assert np.array_equal(part.coverage, core)


def test_where_both_sides_have_one_colour_the_mask_stays() -> None:
    flat = opaque(np.full((SIZE.height, SIZE.width, 3), 120, np.uint8))
    before = ring(0, 1)
    part = refined(flat, before, Part(ALL, ring(0.9, 1.1)))
    assert np.array_equal(part.coverage, before)


def test_a_side_that_is_far_away_still_counts() -> None:
    size = Size(900, 60)
    true = np.zeros((60, 900), np.uint8)
    true[:, :450] = 255
    before = np.zeros_like(true)
    before[:, :5] = 255
    brushed = np.full_like(true, 255)
    brushed[:, :5] = brushed[:, -5:] = 0
    part = refined(scene(true, grain=0), before, Part(Rect(0, 0, *size), brushed))
    assert ((part.coverage >= 128) == (true >= 128)).mean() > 0.9


def test_a_long_thin_line_is_looked_at_in_squares_and_finds_what_a_whole_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size = Size(1200, 900)
    true, brushed = (np.zeros((size.height, size.width), np.uint8) for _ in range(2))
    cv2.circle(true, (600, 450), 400, 255, -1, cv2.LINE_AA)
    cv2.circle(brushed, (600, 450), 400, 255, 14)
    picture, before = scene(true, grain=4), np.roll(true, 3, 1)
    part = Part(Rect(150, 20, 1050, 880), brushed[20:880, 150:1050])
    whole = refined(picture, before, part).coverage
    looked: list[int] = []

    def counted(raster: Raster, coverage: np.ndarray, here: Part, piece: matte.Piece, reach: float):
        looked.append(piece.around.size.area)
        return found(raster, coverage, here, piece, reach)

    found = matte._found
    monkeypatch.setattr(matte, "_found", counted)
    monkeypatch.setattr(matte, "SQUARE", 64)
    monkeypatch.setattr(matte, "BEYOND", 6)
    squares = refined(picture, before, part).coverage
    assert len(looked) > 30
    assert sum(looked) < matte.LESS * part.rect.size.area
    there, was, known = (mask[part.rect.rows_cols] for mask in (true, before, brushed))
    assert np.array_equal(squares[known == 0], was[known == 0])
    assert error(squares, there, known) <= error(whole, there, known) + 0.5
    assert error(squares, whole, known) < 1


def test_a_line_around_a_thing_looks_no_further_than_a_straight_one() -> None:
    brushed = ring(0.92, 1.4)
    assert error_nearby(brushed, RADIUS // 2) < 8  # a brush is that wide


def test_a_straight_line_looks_half_a_brush_around_however_close_it_is_cut() -> None:
    brushed = np.zeros((SIZE.height, SIZE.width), np.uint8)
    cv2.line(brushed, (180, 130), (420, 130), 255, 60)
    error_nearby(brushed, 30 + BEYOND + 2)


def error_nearby(brushed: np.ndarray, beside: int) -> float:
    """How wrong it is, found alike whatever lies so far from the brushed pixels."""
    true, core = hairy(SIZE, seed=3)
    picture = scene(true, grain=4)
    rows, columns = np.nonzero(brushed)
    tight = Rect(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    part = Part(tight, brushed[tight.rows_cols])
    elsewhere = np.full_like(picture.pixels, 255)
    elsewhere[:] = (0, 255, 255, 255)
    near = tight.grown(beside).clipped(SIZE)
    elsewhere[near.rows_cols] = picture.pixels[near.rows_cols]
    found = refined(picture, core, part)
    assert np.array_equal(refined(Raster(elsewhere), core, part).coverage, found.coverage)
    return error(found.coverage, true[tight.rows_cols], part.coverage)
