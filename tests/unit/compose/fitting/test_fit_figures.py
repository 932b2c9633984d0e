"""How near a joined answer comes to the truth, and that each step has its part in it."""

from collections.abc import Callable

import numpy as np
import pytest

from editor.compose import blend
from editor.compose.blend import join, preview
from editor.compose.fitting import alignment, fit, tone
from editor.compose.recipe import Recipe
from editor.imaging import cv
from editor.imaging.geometry import Size
from editor.imaging.raster import Native
from tests.fakes.colour_difference import ciede2000
from tests.fakes.drift import DRIFTS, REDRAWN, Drift, Floats, drifted, taken_back
from tests.fakes.hard import drawn
from tests.fakes.redrawing import answered, ellipse, raster, scene

SIZE = Size(480, 320)
MASK = ellipse(SIZE, 0.2, (0.55, 0.5))
PICTURES = {"scene": scene(SIZE), **drawn(SIZE)}
ALL_OF_IT = DRIFTS[-2]


def named(drift: Drift) -> str:
    return drift.name


def clean(picture: Floats) -> Floats:
    other = picture.copy()
    other[MASK > 0] = picture[:, ::-1][MASK > 0]
    return other


def away(picture: Floats, answer: Floats, *, fitted: bool = True) -> float:
    """Mean CIEDE2000 inside, of an answer joined to a picture against what it was to be."""
    base, variant = raster(picture), answered(raster(answer), MASK)
    recipe = Recipe.of(variant)
    seen = preview(base, variant, recipe, fit.fit(base, variant) if fitted else None)
    truth = preview(base, answered(raster(clean(picture)), MASK), recipe)
    inside = MASK[truth.rect.rows_cols] > 0
    one, other = (np.ascontiguousarray(each.pixels[..., :3]) for each in (seen, truth))
    return float(ciede2000(one, other)[inside].mean())


def detail(picture: Floats, answer: Floats, *, fitted: bool = True) -> float:
    """High-pass deviation inside over that of what it was to be."""
    base, variant = raster(picture), answered(raster(answer), MASK)
    recipe = Recipe.of(variant)
    seen = preview(base, variant, recipe, fit.fit(base, variant) if fitted else None)
    truth = preview(base, answered(raster(clean(picture)), MASK), recipe)
    inside = MASK[truth.rect.rows_cols] > 0
    pixels = [each.pixels[..., :3].astype(np.float32) for each in (seen, truth)]
    fine = [(each - cv.gaussian(each, 1.5))[inside].std() for each in pixels]
    return float(fine[0] / fine[1])


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize(
    "drift", [DRIFTS[1], DRIFTS[2], DRIFTS[4], DRIFTS[7], ALL_OF_IT], ids=named
)
def test_a_consistent_drift_is_undone(name: str, drift: Drift) -> None:
    picture = PICTURES[name]
    answer = drifted(clean(picture), drift)
    ours, exact = away(picture, answer), away(picture, taken_back(answer, drift), fitted=False)
    assert ours <= 2.5 or ours - exact <= 0.5
    assert ours <= away(picture, answer, fitted=False) + 0.1


TEXTURED = ("lettering", "hair", "film")
LEAST_DETAIL = {"lettering": 0.85, "hair": 0.8, "film": 0.85}
"""The strands are as narrow as they lie close, and half of them are lost in the noise."""


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("drift", [DRIFTS[0], DRIFTS[8]], ids=named)
def test_what_lies_where_it_was_is_never_worse_than_pasted(name: str, drift: Drift) -> None:
    picture = PICTURES[name]
    answer = drifted(clean(picture), drift)
    assert away(picture, answer) <= away(picture, answer, fitted=False)


@pytest.mark.parametrize("name", TEXTURED)
@pytest.mark.parametrize("drift", [DRIFTS[8], DRIFTS[10]], ids=named)
def test_detail_that_a_blur_took_comes_back(name: str, drift: Drift) -> None:
    picture = PICTURES[name]
    answer = drifted(clean(picture), drift)
    assert LEAST_DETAIL[name] <= detail(picture, answer) <= 1.15
    assert detail(picture, answer, fitted=False) < 0.6 or name == "film"


def test_the_noise_of_an_answer_stays_out_of_a_clean_sky() -> None:
    picture = PICTURES["sky"]
    answer = drifted(clean(picture), DRIFTS[8])
    assert away(picture, answer) < 0.4 * away(picture, answer, fitted=False)


@pytest.mark.parametrize("drift", [DRIFTS[2], DRIFTS[3]], ids=named)
def test_a_sky_that_shows_little_is_followed_as_far_as_it_tells(drift: Drift) -> None:
    picture = PICTURES["sky"]
    answer = drifted(clean(picture), drift)
    assert away(picture, answer) < 0.5 * away(picture, answer, fitted=False)


@pytest.mark.parametrize("drift", REDRAWN, ids=named)
def test_what_was_redrawn_meets_the_rim_better_than_pasted(drift: Drift) -> None:
    picture = PICTURES["scene"]
    base, variant = raster(picture), answered(raster(drifted(picture, drift)), MASK)
    depth = cv.distance(MASK)

    def at_the_rim(found: fit.Fit | None) -> float:
        seen = preview(base, variant, Recipe("v1", 0.0), found)
        rim = (depth[seen.rect.rows_cols] > 0) & (depth[seen.rect.rows_cols] <= 6)
        truth = base.pixels[seen.rect.rows_cols]
        return float(np.abs(seen.pixels.astype(int) - truth)[rim].mean())

    assert at_the_rim(fit.fit(base, variant)) < 0.75 * at_the_rim(None)


def shifted(monkeypatch: pytest.MonkeyPatch) -> None:
    real = alignment._in_source
    monkeypatch.setattr(alignment, "_in_source", lambda near, move: real(near, move + OFF))
    monkeypatch.setattr(alignment._Judge, "hear", obey)


def obey(judge: alignment._Judge, *ways: np.ndarray) -> bool:
    judge.best = ways[-1]
    judge.seen = alignment.sight(judge._near, judge._answer, ways[-1])
    return True


OFF = np.array([[0, 0, 3.0], [0, 0, 2.0]])


def colourless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "tone", lambda *_: None)


def run_away(monkeypatch: pytest.MonkeyPatch) -> None:
    real = tone.toned
    monkeypatch.setattr(fit, "toned", lambda *given: 255 - real(*given))


@pytest.mark.parametrize("sabotage", [shifted, colourless, run_away])
def test_the_figures_tell_a_broken_step(
    sabotage: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = PICTURES["scene"]
    answer = drifted(clean(picture), ALL_OF_IT)
    sound, exact = away(picture, answer), away(picture, taken_back(answer, ALL_OF_IT), fitted=False)
    assert sound <= 2.5
    sabotage(monkeypatch)
    broken = away(picture, answer)
    assert broken > 2.5
    assert broken - exact > 0.5


def test_a_feather_that_runs_outward_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = raster(PICTURES["scene"])
    variant = answered(raster(drifted(clean(PICTURES["scene"]), ALL_OF_IT)), MASK)
    native = Native(np.ascontiguousarray(picture.pixels[..., 2::-1]))
    found = fit.fit(picture, variant)
    assert join(native, variant, Recipe.of(variant), found).changed == 0
    real = blend.blend_mask
    monkeypatch.setattr(
        blend, "blend_mask", lambda coverage, feather: np.maximum(real(coverage, feather), 30)
    )
    assert join(native, variant, Recipe.of(variant), found).changed > 0


def test_another_picture_is_never_fitted() -> None:
    chance = np.random.default_rng(5)
    for seed in range(100):
        mask = ellipse(SIZE, chance.uniform(0.03, 0.3), tuple(chance.uniform(0.1, 0.9, 2)))
        one, other = scene(Size(240, 160), seed), scene(Size(240, 160), seed + 1000)
        variant = answered(raster(other), np.ascontiguousarray(mask[::2, ::2]))
        assert not fit.fit(raster(one), variant).report.fitted
