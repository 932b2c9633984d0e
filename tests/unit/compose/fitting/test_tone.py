import numpy as np
import pytest

from editor.compose.fitting import rim
from editor.compose.fitting.colour import IDENTITY
from editor.compose.fitting.neighbourhood import Neighbourhood, Sight, neighbourhood, softened
from editor.compose.fitting.tone import Tone, tone, tone_of_frame, toned
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size, whole
from tests.fakes.drift import Drift, drifted
from tests.fakes.redrawing import Floats, ellipse, raster, scene

SIZE = Size(320, 240)
PICTURE = scene(SIZE)
MASK = ellipse(SIZE)
PART = Rect(60, 40, 260, 200)


def grid(rect: Rect, picture: Floats = PICTURE) -> Neighbourhood:
    return neighbourhood(raster(picture), MASK, rect, 999)


def seen(picture: Floats, rect: Rect) -> Sight:
    part = np.ascontiguousarray(picture[rect.rows_cols])
    return Sight(part, softened(part, MASK[rect.rows_cols] == 0), np.ones(part.shape[:2], np.bool_))


def found(answer: Floats, picture: Floats = PICTURE) -> Tone | None:
    frame, near = grid(whole(SIZE), picture), grid(PART, picture)
    return tone(frame, seen(answer, whole(SIZE)), near, seen(answer, PART))


def left(answer: Floats, matched: Tone) -> float:
    pixels = toned(raster(answer).pixels[PART.rows_cols], PART, matched)
    inside = MASK[PART.rows_cols] > 0
    return float(np.abs(pixels / 255 - raster(PICTURE).pixels[PART.rows_cols] / 255)[inside].mean())


def test_equal_colours_are_left_alone() -> None:
    assert found(PICTURE) is None


@pytest.mark.parametrize(
    "drift",
    [
        Drift("gamma", gamma=0.9, contrast=0.95),
        Drift("cast", cast=(0.92, 1.0, 1.05)),
        Drift("vignette", vignette=0.15, gamma=1.05),
    ],
)
def test_a_frame_that_changed_by_one_rule_is_matched_by_it(drift: Drift) -> None:
    answer = drifted(PICTURE, drift)
    matched = found(answer)
    assert matched is not None
    assert matched.gain is not None
    assert left(answer, matched) < 0.006
    before = np.abs(answer - PICTURE)[MASK > 0].mean()
    assert left(answer, matched) < 0.4 * before


def test_where_frames_differ_the_rim_alone_is_matched() -> None:
    answer = scene(SIZE, 4)
    rows, cols = PART.rows_cols
    tint = np.float32([0.8, 1.0, 1.15])
    answer[rows, cols] = (PICTURE * tint + np.float32(0.03))[rows, cols]
    matched = found(answer)
    assert matched is not None
    assert matched.gain is None
    assert matched.curve is not IDENTITY
    assert matched.share == pytest.approx(-0.04, abs=0.06)


def test_a_rule_of_the_frame_that_does_not_hold_at_the_rim_is_not_taken() -> None:
    answer = drifted(PICTURE, Drift("cast", cast=(0.9, 1.0, 1.1)))
    rows, cols = slice(60, 180), slice(80, 240)
    answer[rows, cols] = PICTURE[rows, cols] + np.float32(0.02)
    matched = found(answer)
    assert matched is not None
    assert matched.gain is None


def shaded_about_the_mask() -> tuple[Neighbourhood, Sight]:
    """A frame whose light changed across the surroundings of a large mask, and only there."""
    mask = ellipse(SIZE, 0.33)
    near = neighbourhood(raster(PICTURE), mask, whole(SIZE), 999)
    across = np.linspace(-0.12, 0.12, SIZE.width, dtype=np.float32)[None, :, None]
    close = np.clip((np.float32(45) - near.away) / np.float32(12), 0, 1)[..., None]
    answer = (PICTURE * (1 + across * close)).astype(np.float32)
    soft = softened(answer, near.outside)
    return near, Sight(answer, soft, np.ones(mask.shape, np.bool_))


def test_a_rule_that_does_not_hold_farther_away_is_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    near, told = shaded_about_the_mask()
    matched = tone(near, told, near, told)
    assert matched is None or matched.gain is None
    monkeypatch.setattr("editor.compose.fitting.tone.from_afar", lambda *_: None)
    unasked = tone(near, told, near, told)
    assert unasked is not None
    assert unasked.gain is not None


def test_a_rule_that_is_foretold_is_taken() -> None:
    answer = drifted(PICTURE, Drift("vignette", vignette=0.15, gamma=1.05))
    rough = np.random.default_rng(2).normal(0, 1, (60, 80, 3)).astype(np.float32)
    answer = answer + np.float32(0.016) * cv.resize(rough, SIZE, "cubic")
    matched = found(answer)
    assert matched is not None
    assert matched.gain is not None


def test_a_step_that_no_line_mends_is_closed_by_the_membrane() -> None:
    answer = scene(SIZE, 4)
    rows, cols = PART.rows_cols
    waves = 0.06 * np.sin(np.arange(320, dtype=np.float32) / 9)[None, :, None]
    answer[rows, cols] = (PICTURE + waves)[rows, cols]
    matched = found(answer)
    assert matched is not None
    assert matched.curve is IDENTITY
    assert matched.added is not None


def test_a_colour_that_occurs_inside_only_stays_as_the_answer_made_it() -> None:
    grey = np.repeat(PICTURE.mean(axis=2, keepdims=True) * np.float32(0.8), 3, axis=2)
    clean = grey.copy()
    clean[100:140, 140:180] = (0.05, 0.85, 0.95)
    answer = drifted(clean, Drift("cast", cast=(0.92, 1.0, 1.05), gamma=0.93))
    matched = found(answer, grey)
    assert matched is not None
    pixels = raster(answer).pixels[PART.rows_cols]
    after = toned(pixels, PART, matched)
    toy, around = np.s_[70:90, 90:110], np.s_[70:90, 50:60]
    assert np.abs(after[toy].astype(int) - pixels[toy]).max() <= 1
    assert np.abs(after[around].astype(int) - pixels[around]).mean() > 4


def test_without_a_rim_nothing_is_matched() -> None:
    mask = np.full_like(MASK, 255)
    near = neighbourhood(raster(PICTURE), mask, PART, 999)
    frame = neighbourhood(raster(PICTURE), mask, whole(SIZE), 999)
    other = scene(SIZE, 3)
    assert tone(frame, seen(other, whole(SIZE)), near, seen(other, PART)) is None


def test_alpha_stays() -> None:
    near = grid(PART)
    pixels = raster(PICTURE).pixels[PART.rows_cols].copy()
    pixels[..., 3] = 77
    after = toned(pixels, PART, Tone(IDENTITY, None, np.zeros_like(near.colours), near, 0.0))
    assert np.array_equal(after, pixels)


def test_a_membrane_that_does_not_help_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rim, "membrane", lambda near, soft, where: np.float32(0.2) + 0 * soft)
    answer = drifted(PICTURE, Drift("cast", cast=(0.92, 1.0, 1.05)))
    matched = found(answer)
    assert matched is not None
    assert np.abs(matched.added).max() < 0.1


def test_of_a_frame_that_is_nearly_all_painted_no_rule_is_told() -> None:
    mask = ellipse(SIZE, 0.49)
    mask[20:-20, 10:-10] = 255
    base = raster(PICTURE)
    frame = neighbourhood(base, mask, whole(SIZE), 999)
    answer = drifted(PICTURE, Drift("cast", cast=(0.9, 1.0, 1.08)))
    matched = tone(frame, seen(answer, whole(SIZE)), frame, seen(answer, whole(SIZE)))
    assert matched is not None
    assert matched.gain is None


def test_where_no_step_helps_there_is_no_tone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rim, "membrane", lambda near, soft, where: np.float32(0.2) + 0 * soft)
    assert found(scene(SIZE, 4)) is None


def test_within_a_new_thing_the_rule_of_the_frame_is_all_there_is() -> None:
    answer = (PICTURE * np.array([0.92, 1.0, 1.05])).astype(np.float32)
    frame, near = grid(whole(SIZE)), grid(PART)
    matched = tone_of_frame(frame, seen(answer, whole(SIZE)), near, seen(answer, PART))
    assert matched is not None
    assert left(answer, matched) < 0.01
    redrawn = np.random.default_rng(3).random(PICTURE.shape, np.float32)
    told = seen(redrawn, whole(SIZE))
    assert tone_of_frame(frame, told, near, seen(redrawn, PART)) is None
