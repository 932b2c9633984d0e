import numpy as np
import pytest

from editor.compose.blend import preview
from editor.compose.fit import fit
from editor.compose.recipe import Recipe
from editor.errors import InputProblem
from editor.imaging.geometry import Rect, Size
from tests.fakes.redrawing import answered, ellipse, moved, raster, scene

SIZE = Size(480, 360)
MASK = ellipse(SIZE)


def test_an_answer_that_keeps_its_surroundings_is_not_touched() -> None:
    picture = scene(SIZE)
    answer = picture.copy()
    answer[MASK > 0] = 0.2
    found = fit(raster(picture), answered(raster(answer), MASK))
    assert found.report.shift == (0.0, 0.0)
    assert found.report.scale == 1.0
    assert np.array_equal(found.matched, raster(answer).pixels[found.rect.rows_cols])


def test_a_moved_and_tinted_answer_comes_back() -> None:
    picture = scene(SIZE)
    answer = moved(picture, 1.02, 7.0, -5.0) * (0.94, 1.0, 1.05) + 0.01
    found = fit(raster(picture), answered(raster(answer), MASK))
    assert found.report.fitted
    assert found.report.scale == pytest.approx(1 / 1.02, abs=0.002)
    assert found.report.shift == pytest.approx((-7.0, 5.0), abs=0.5)
    truth = raster(picture).pixels[found.rect.rows_cols].astype(int)
    inside = MASK[found.rect.rows_cols] > 0
    assert np.abs(found.matched.astype(int) - truth)[inside].mean() < 2
    assert np.abs(found.plain.astype(int) - truth)[inside].mean() > 3


def test_an_answer_of_something_else_stays_in_its_placement() -> None:
    answer = raster(scene(SIZE, 9))
    found = fit(raster(scene(SIZE)), answered(answer, MASK))
    assert not found.report.fitted
    assert np.array_equal(found.matched, answer.pixels[found.rect.rows_cols])


def test_without_a_mask_nothing_is_fitted() -> None:
    answer = raster(scene(Size(100, 80), 1))
    window = Rect(10, 20, 110, 100)
    found = fit(raster(scene(SIZE)), answered(answer, None, window))
    assert found.rect == window
    assert np.array_equal(found.matched, answer.pixels)


def test_nothing_painted_is_told() -> None:
    with pytest.raises(InputProblem, match="Nothing is painted"):
        fit(raster(scene(SIZE)), answered(raster(scene(SIZE)), np.zeros_like(MASK)))


def test_outside_of_the_mask_the_preview_is_the_source() -> None:
    picture = raster(scene(SIZE))
    variant = answered(raster(moved(scene(SIZE), 1.01, 4.0, 3.0)), MASK)
    seen = preview(picture, variant, Recipe("v1", 8.0), fit(picture, variant))
    keep = MASK[seen.rect.rows_cols] == 0
    assert np.array_equal(seen.pixels[keep], picture.pixels[seen.rect.rows_cols][keep])
