"""A jacket in another colour: painted as a whole, and in strokes that lie within it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from editor.compose.blend import preview
from editor.compose.fitting.fit import fit
from editor.compose.recipe import Recipe
from editor.imaging.geometry import Rect
from editor.imaging.raster import Raster
from tests.fakes.colour_difference import ciede2000
from tests.fakes.portrait import GREEN, RED, Pixels, chat_answer, portrait
from tests.fakes.redrawing import answered

WIDTH, HEIGHT = 1000, 1500
MOST = {0.14: 3.5, 0.05: 6.0}
"""Mean CIEDE2000 to the truth inside: narrow strokes are mostly the fade at their rims."""


def raster(picture: Pixels) -> Raster:
    return Raster(np.ascontiguousarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGRA)))


@pytest.mark.parametrize("thickness", [0.14, 0.05])
def test_the_new_colour_stays_where_the_rim_runs_through_the_old_one(thickness: float) -> None:
    base, truth = raster(portrait(GREEN, WIDTH)), raster(portrait(RED, WIDTH))
    coverage = np.zeros((HEIGHT, WIDTH), np.uint8)
    for row in (0.80, 0.87, 0.94):
        ends = (int(0.17 * WIDTH), int(row * HEIGHT)), (int(0.83 * WIDTH), int(row * HEIGHT))
        cv2.line(coverage, *ends, 255, int(thickness * WIDTH))
    answer = raster(chat_answer(portrait(RED, WIDTH)))
    variant = answered(answer, coverage, Rect(0, 0, WIDTH, HEIGHT))
    found = fit(base, variant)
    assert found.report.fitted
    joined = preview(base, variant, Recipe(variant.id, 4.0), found)
    part = joined.rect.rows_cols
    inside = coverage[part] > 0
    error = ciede2000(
        np.ascontiguousarray(joined.pixels[..., :3]),
        np.ascontiguousarray(truth.pixels[part][..., :3]),
    )
    assert error[inside].mean() < MOST[thickness]
