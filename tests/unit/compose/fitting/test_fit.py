import numpy as np
import pytest

from editor.compose.blend import preview
from editor.compose.fitting import fit as fit_module
from editor.compose.fitting.fit import covering, fit
from editor.compose.recipe import Recipe
from editor.errors import InputProblem
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
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


def test_what_was_answered_pixel_for_pixel_needs_no_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = scene(SIZE)
    answer = picture.copy()
    answer[MASK > 0] = 0.2
    monkeypatch.setattr(fit_module, "_pieces", None)
    found = fit(raster(picture), answered(raster(answer), MASK))
    assert found.report.fitted
    assert found.plain is found.matched


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


def test_each_area_is_fitted_on_its_own() -> None:
    size = Size(800, 400)
    picture = scene(size, 2)
    mask = ellipse(size, 0.1, (0.2, 0.5)) | ellipse(size, 0.08, (0.8, 0.5))
    left, right = moved(picture, 1.0, 6.0, 4.0), moved(picture, 1.0, -5.0, 3.0)
    answer = np.concatenate([left[:, :400], right[:, 400:]], axis=1)
    found = fit(raster(picture), answered(raster(answer), mask))
    assert found.report.shift == pytest.approx((-6.0, -4.0), abs=0.5)
    truth = raster(picture).pixels[found.rect.rows_cols].astype(int)
    inside = mask[found.rect.rows_cols] > 0
    assert np.abs(found.matched.astype(int) - truth)[inside].mean() < 2
    came = raster(answer).pixels[found.rect.rows_cols].astype(int)
    assert np.abs(came - truth)[inside].mean() > 4


def test_an_area_that_the_answer_does_not_show_stays_as_it_was() -> None:
    picture = scene(SIZE)
    mask = ellipse(SIZE, 0.08, (0.2, 0.5)) | ellipse(SIZE, 0.08, (0.8, 0.5))
    window = Rect(240, 0, 480, 360)
    answer = np.ascontiguousarray(picture[:, 240:] * np.float32(0.9))
    found = fit(raster(picture), answered(raster(answer), mask, window))
    assert found.report.fitted
    assert not found.matched[:, :60].any()
    nowhere = answered(raster(answer), ellipse(SIZE, 0.08, (0.2, 0.5)), window)
    assert not fit(raster(picture), nowhere).report.fitted


def test_a_bent_answer_is_straightened_at_the_rim() -> None:
    down = np.linspace(0, 2 * np.pi, 360, dtype=np.float32)[:, None]
    across = np.linspace(0, 2 * np.pi, 480, dtype=np.float32)[None]
    xs = np.arange(480, dtype=np.float32)[None] + 7 * np.sin(2 * down + across)
    ys = np.arange(360, dtype=np.float32)[:, None] + 7 * np.cos(down - 2 * across)
    picture = scene(SIZE)
    answer = answered(raster(cv.remap(picture, xs, ys, "linear")), MASK)
    found = fit(raster(picture), answer)
    depth = cv.distance(MASK)[found.rect.rows_cols]
    rim = (depth > 0) & (depth < 8)
    truth = raster(picture).pixels[found.rect.rows_cols].astype(int)
    came = answer.raster.pixels[found.rect.rows_cols].astype(int)
    assert np.abs(found.matched - truth)[rim].mean() < 0.5 * np.abs(came - truth)[rim].mean()


def test_what_is_let_in_beyond_the_mask_comes_from_the_same_place() -> None:
    picture = scene(SIZE)
    answer = moved(picture, 1.02, 7.0, -5.0) * np.float32([0.94, 1.0, 1.05])
    variant = answered(raster(answer), MASK)
    found = fit(raster(picture), variant)
    wide = found.rect.grown(20)
    plain, matched = covering(found, variant, wide)
    truth = raster(picture).pixels[wide.rows_cols].astype(int)
    assert np.array_equal(plain[20:-20, 20:-20], found.plain)
    assert np.abs(matched.astype(int) - truth)[:18].mean() < 3
    other = Rect(5, 5, 40, 40)
    assert covering(found, variant, other)[0].shape == (35, 35, 4)


def test_a_soft_answer_is_given_the_detail_of_the_photo_and_says_how_much_it_had() -> None:
    chance = np.random.default_rng(0)
    picture = (scene(SIZE) + chance.normal(0, 0.03, (360, 480, 3))).astype(np.float32)
    answer = cv.gaussian(picture, 1.2)
    found = fit(raster(picture), answered(raster(answer), MASK))
    assert found.report.detail is not None
    assert 0.0 < found.report.detail < 0.9
    assert not np.array_equal(found.matched, found.plain)


def test_an_answer_with_nothing_around_the_mask_is_as_placed() -> None:
    everything = np.full_like(MASK, 255)
    found = fit(raster(scene(SIZE)), answered(raster(scene(SIZE, 4)), everything))
    assert not found.report.fitted


def test_what_is_clear_beside_the_mask_tells_nothing_of_detail() -> None:
    picture = raster(scene(SIZE))
    answer = raster(moved(scene(SIZE), 1.0, 6.0, 0.0))
    clear = picture.pixels.copy()
    clear[:, : SIZE.width // 2, 3] = 0
    found = fit(Raster(clear), answered(answer, MASK))
    assert found.report.fitted
    assert found.report.shift == pytest.approx((-6.0, 0.0), abs=0.5)
