"""Change: colours and shapes that are others, in a small grid."""

from __future__ import annotations

import numpy as np

from editor.compose.leaking.change import LARGE, change
from editor.imaging.geometry import Size
from tests.fakes.drawn import drawn, opaque
from tests.fakes.fitted import fit_of
from tests.fakes.obeying import variant

SIZE = Size(320, 240)


def hole() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    coverage = np.zeros((240, 320), np.uint8)
    coverage[80:160, 100:200] = 255
    return coverage


def test_the_same_picture_has_no_change() -> None:
    base = drawn(SIZE)
    made = variant(base, hole(), SIZE)
    found = change(base, made, fit_of(made))
    assert found.difference.max() < 1
    assert not found.other.any()
    assert found.tone < 0.005


def test_a_thing_in_another_colour_is_a_difference_and_one_of_another_shape_is_other() -> None:
    base = drawn(SIZE, 2)
    pixels = base.pixels[..., :3].copy()
    pixels[20:60, 20:60, 2] = 255
    pixels[180:220, 240:300] = drawn(SIZE, 3).pixels[180:220, 240:300, :3]
    made = variant(opaque(pixels), hole(), SIZE)
    found = change(base, made, fit_of(made))
    assert found.difference[25:55, 25:55].mean() > LARGE
    assert found.other[185:215, 245:295].mean() > 0.5
    assert found.difference[100:140, 220:300].mean() < 2
    assert found.other[100:140, 220:300].mean() < 0.05


def test_the_difference_is_the_distance_in_cielab() -> None:
    grey = np.full((240, 320, 3), 119, np.uint8)  # L* of 50
    lighter = grey.copy()
    lighter[100:140, 20:60] = 143  # L* of 59
    coverage = np.zeros((240, 320), np.uint8)
    coverage[0:2, 0:2] = 255
    made = variant(opaque(lighter), coverage, SIZE)
    found = change(opaque(grey), made, fit_of(made))
    assert 7 < found.difference[120, 40] < 10
