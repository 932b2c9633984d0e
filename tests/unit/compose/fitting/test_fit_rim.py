"""The rim of an answer that was redrawn all over: the real one we hold, and one like it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from editor.compose.blend import preview
from editor.compose.fitting import alignment
from editor.compose.fitting import fit as fitting
from editor.compose.fitting.fit import Fit, fit
from editor.compose.recipe import Recipe
from editor.edits.variant import Variant
from editor.imaging.codec import decode, read_facts
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster
from tests.fakes.drift import Drift, drifted
from tests.fakes.redrawing import answered, ellipse, raster, scene
from tests.fakes.rim_step import soft_lab, step_across

MOST = {4: 1.05, 16: 1.2}
"""Step across the rim over the source's own, by pixels inside."""

DEEP, SAME_COLOUR = 60, 4.0
"""Pixels inside the rim from which on the answer's colours stay what they are, and dE of it."""

Place = tuple[int, int, int, int]

PLACES: tuple[Place, ...] = (
    (0, 0, 150, 140),
    (8, 5, 150, 140),
    (0, 12, 150, 140),
    (0, 0, 190, 150),
)
"""Ellipses about the toy as a hand may draw them: off by pixels, half axes."""


def ratios(base: Raster, made: Variant, found: Fit | None) -> dict[int, float]:
    """Of the joined picture, by pixels inside."""
    assert made.coverage is not None
    joined = preview(base, made, Recipe.of(made), found)
    whole = base.pixels.copy()
    whole[joined.rect.rows_cols] = joined.pixels
    return {
        inside: step_across(whole, made.coverage, inside)
        / step_across(base.pixels, made.coverage, inside)
        for inside in MOST
    }


def met(base: Raster, made: Variant, found: Fit) -> bool:
    reached = ratios(base, made, found)
    return all(reached[inside] <= most for inside, most in MOST.items())


def colour_moved(made: Variant, found: Fit) -> float:
    """Largest difference deep inside between what is joined and the answer as it came."""
    assert made.coverage is not None
    depth = cv2.distanceTransform(made.coverage, cv2.DIST_L2, 5)[found.rect.rows_cols]
    differs = np.linalg.norm(soft_lab(found.matched) - soft_lab(found.plain), axis=2)
    return float(differs[depth > DEEP].max())


def squeezed(found: Fit) -> float:
    """How far width and height are from having been scaled alike and kept at right angles."""
    across, down = found.to_answer[:, 0], found.to_answer[:, 1]
    uneven = abs(float(np.hypot(*across) / np.hypot(*down)) - 1)
    return max(uneven, abs(float(across @ down)) / float(across @ across))


def about_the_toy(place: Place) -> NDArray[np.uint8]:
    right, down, *axes = place
    mask = np.zeros((1024, 1024), np.uint8)
    cv2.ellipse(mask, (620 + right, 850 + down), axes, 0, 0, 360, 255, -1)
    return mask


@pytest.fixture
def lounge(shared: Path) -> tuple[Raster, Raster]:
    source, answer = (
        decode(data := (shared / "real" / name).read_bytes(), read_facts(data, name))
        for name in ("sunlit_lounge.png", "answer_gpt-image-1.png")
    )
    return source, answer


@pytest.mark.shared
@pytest.mark.parametrize("place", PLACES)
def test_the_real_answer_meets_its_rim(place: Place, lounge: tuple[Raster, Raster]) -> None:
    base, answer = lounge
    made = answered(answer, about_the_toy(place))
    found = fit(base, made)
    assert not met(base, made, found=None)
    assert met(base, made, found)
    assert colour_moved(made, found) < SAME_COLOUR
    assert squeezed(found) < 0.01


SIZE = Size(720, 540)
BLUE = (0.85, 0.25, 0.1)
ANEW = Drift("anew", 0.97, (9.0, -22.0), warp=6, tone=0.04, redrawn=1.0)


def redrawn() -> tuple[Raster, Variant]:
    """A scene, and an answer that is drawn anew with a ball in a colour that it has nowhere."""
    picture = scene(SIZE)
    mask = ellipse(SIZE, 0.2, (0.55, 0.55))
    asked = picture.copy()
    cv2.circle(asked, (396, 297), 70, BLUE, -1, cv2.LINE_AA)
    return raster(picture), answered(raster(drifted(asked, ANEW)), mask)


def test_a_redrawn_answer_meets_its_rim() -> None:
    base, made = redrawn()
    found = fit(base, made)
    assert not met(base, made, found=None)
    assert met(base, made, found)
    assert colour_moved(made, found) < SAME_COLOUR
    assert squeezed(found) < 0.01


def test_the_figures_tell_an_answer_left_where_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    base, made = redrawn()
    monkeypatch.setattr(alignment._Judge, "hear", lambda *_: False)
    assert not met(base, made, fit(base, made))


def test_the_figures_tell_colours_that_ran_away(monkeypatch: pytest.MonkeyPatch) -> None:
    base, made = redrawn()
    real = fitting.toned
    monkeypatch.setattr(
        fitting, "toned", lambda *given: np.ascontiguousarray(real(*given)[..., [1, 0, 2, 3]])
    )
    assert colour_moved(made, fit(base, made)) > SAME_COLOUR


@pytest.mark.shared
def test_what_few_agree_on_leads_the_real_answer_astray(
    lounge: tuple[Raster, Raster], monkeypatch: pytest.MonkeyPatch
) -> None:
    base, answer = lounge
    made = answered(answer, about_the_toy(PLACES[0]))
    monkeypatch.setattr(alignment, "_HEARD", 0.0)
    assert not met(base, made, fit(base, made))
