from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.imaging.geometry import Rect
from editor.imaging.pyramid import Pyramid
from tests.fakes.pictures import noise

SIDES = st.integers(1, 200)
KINDS = st.sampled_from(["mask", "opaque", "clear"])


def picture(rows: int, cols: int, kind: str, seed: int = 0) -> np.ndarray:
    pixels = noise(rows, cols, seed=seed) if kind == "mask" else noise(rows, cols, 4, seed=seed)
    if kind == "opaque":
        pixels[..., 3] = 255
    return pixels


@given(SIDES, SIDES)
def test_levels_halve_upwards_down_to_small(rows: int, cols: int) -> None:
    pyramid = Pyramid(picture(rows, cols, "mask"))
    for number in range(1, pyramid.top + 1):
        below, above = pyramid.level(number - 1).shape, pyramid.level(number).shape
        assert above == (-(-below[0] // 2), -(-below[1] // 2))
    assert max(pyramid.level(pyramid.top).shape) <= 64


def test_a_pixel_is_the_mean_of_those_below() -> None:
    base = picture(130, 140, "opaque")
    mean = base.reshape(65, 2, 70, 2, 4).mean(axis=(1, 3))
    assert np.abs(Pyramid(base).level(1) - mean).max() <= 0.5


def test_single_ends_stand_alone() -> None:
    base = picture(129, 131, "mask")
    above = Pyramid(base).level(1)
    assert above[-1, -1] == base[-1, -1]
    assert np.abs(above[:-1, -1] - base[:-1, -1].reshape(-1, 2).mean(axis=1)).max() <= 0.5
    assert np.abs(above[-1, :-1] - base[-1, :-1].reshape(-1, 2).mean(axis=1)).max() <= 0.5


@given(SIDES, SIDES, KINDS, st.tuples(SIDES, SIDES, SIDES, SIDES))
def test_renewing_a_part_equals_building_afresh(
    rows: int, cols: int, kind: str, edges: tuple[int, int, int, int]
) -> None:
    left, right = sorted(edge % (cols + 1) for edge in edges[:2])
    top, bottom = sorted(edge % (rows + 1) for edge in edges[2:])
    rect = Rect(left, top, right, bottom)
    base = picture(rows, cols, kind)
    pyramid = Pyramid(base)
    levels = [pyramid.level(number) for number in range(pyramid.top + 1)]
    base[rect.rows_cols] = picture(rows, cols, kind, seed=1)[rect.rows_cols]
    pyramid.updated(rect)
    fresh = Pyramid(base)
    for number, level in enumerate(levels):
        assert pyramid.level(number) is level, "a view of it stays right"
        assert np.array_equal(level, fresh.level(number))


@given(SIDES, SIDES, KINDS, st.tuples(SIDES, SIDES, SIDES, SIDES), st.sampled_from([1, 2, 64]))
def test_one_value_needs_no_reading_and_gives_the_same(
    rows: int, cols: int, kind: str, edges: tuple[int, int, int, int], grid: int
) -> None:
    left, right = sorted(edge % (cols + 1) // grid * grid for edge in edges[:2])
    top, bottom = sorted(edge % (rows + 1) // grid * grid for edge in edges[2:])
    rect = Rect(left, top, right or cols, bottom or rows)
    base = picture(rows, cols, kind)
    pyramid = Pyramid(base)
    levels = [pyramid.level(number) for number in range(pyramid.top + 1)]
    base[rect.rows_cols] = 255
    pyramid.updated(rect, 255)
    fresh = Pyramid(base)
    for number, level in enumerate(levels):
        assert np.array_equal(level, fresh.level(number))


def test_parts_of_one_value_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    base = np.zeros((512, 300), np.uint8)
    base[:256] = 7
    parts = [(Rect(0, 0, 300, 256), 7), (Rect(0, 256, 300, 512), 0)]
    built, told = Pyramid(base), Pyramid(base, lambda: parts)
    levels = [built.level(number) for number in range(built.top + 1)]
    monkeypatch.setattr(Pyramid, "_halve", None)
    for number, level in enumerate(levels):
        assert np.array_equal(told.level(number), level)
    base[:256, :256] = 9
    told.updated(Rect(0, 0, 256, 256), 9)
    assert told.level(3)[31, 31] == 9
    assert told.level(3)[31, 32] == 7


@given(SIDES, SIDES, st.integers(0, 2))
def test_parts_give_the_same_levels_whenever_they_are_built(
    rows: int, cols: int, first: int
) -> None:
    base = picture(rows, cols, "mask")
    middle = min(64, rows)
    base[:middle] = 200
    parts = [(Rect(0, 0, cols, middle), 200), (Rect(0, middle, cols, rows), None)]
    pyramid, fresh = Pyramid(base, lambda: parts), Pyramid(base)
    pyramid.level(min(first, pyramid.top))
    for number in range(pyramid.top + 1):
        assert np.array_equal(pyramid.level(number), fresh.level(number))


@pytest.mark.parametrize(
    ("zoom", "level"),
    [(8, 0), (1, 0), (0.51, 0), (0.5, 1), (0.4, 1), (0.27, 1), (0.25, 2), (0.01, 4)],
)
def test_a_level_has_a_pixel_for_each_of_the_screen(zoom: float, level: int) -> None:
    assert Pyramid(np.zeros((1000, 700), np.uint8)).level_for(zoom) == level


def test_the_base_is_not_copied_and_may_be_read_only() -> None:
    base = picture(100, 100, "mask")
    base.flags.writeable = False
    pyramid = Pyramid(base)
    assert pyramid.level(0) is base
    assert pyramid.level(1).shape == (50, 50)


def test_a_level_that_nobody_asked_for_is_not_built() -> None:
    base = np.zeros((4000, 3000), np.uint8)
    pyramid = Pyramid(base)
    pyramid.level(1)
    base[...] = 9
    pyramid.updated(Rect(0, 0, 3000, 4000))
    assert (pyramid.level(2) == 9).all()
    pyramid.updated(Rect(5000, 5000, 5001, 5001))
