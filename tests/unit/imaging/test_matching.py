"""Where one picture lies in another: by a part, by flow, by places, by one similarity."""

from __future__ import annotations

import numpy as np
import pytest

from editor.imaging import cv, matching
from editor.imaging.geometry import Size
from tests.fakes.pictures import noise


def smooth(rows: int, cols: int) -> np.ndarray:
    return cv.gaussian(noise(rows, cols, 1)[..., 0], 3.0)


def test_a_part_is_weighed_against_each_place() -> None:
    picture = smooth(60, 80).astype(np.float32)
    part = np.ascontiguousarray(picture[20:45, 30:62])
    found = matching.correlation(picture, part)
    assert found.shape == (36, 49)
    for row, col in ((0, 0), (20, 30), (35, 48)):
        under = picture[row : row + 25, col : col + 32]
        assert found[row, col] == pytest.approx((under * part).sum(), rel=1e-4)


@pytest.mark.parametrize(("roughly", "off"), [(False, 0.1), (True, 1.0)])
def test_flow_tells_where_each_pixel_went(roughly: bool, off: float) -> None:
    grey = smooth(120, 160)
    steps = matching.flow(grey, np.roll(grey, (2, 3), axis=(0, 1)), roughly=roughly)
    assert steps.shape == (120, 160, 2)
    assert np.abs(steps[20:-20, 20:-20] - (3, 2)).max() < off


def test_the_similarity_of_most_points_is_found_and_their_share() -> None:
    here = np.random.default_rng(1).uniform(0, 100, (50, 2)).astype(np.float32)
    moved = np.array([[0.9, -0.2, 7.0], [0.2, 0.9, -3.0]])
    there = (here @ moved[:, :2].T + moved[:, 2]).astype(np.float32)
    there[:10] += 40
    found = matching.similarity(here, there, 0.5)
    assert found is not None
    assert found[0] == pytest.approx(moved, abs=1e-3)
    assert found[1] == 0.8
    one_place = np.zeros_like(here)
    assert matching.similarity(one_place, there, 0.5) is None


def test_places_are_found_again_where_they_went() -> None:
    grey = cv.gaussian(noise(120, 160, 1)[..., 0], 3.0)
    grey = cv.resize(grey, Size(160, 120), "linear") // 2 * 2
    at, turned, marks = matching.features(grey, 50)
    moved, _, again = matching.features(np.ascontiguousarray(grey[8:, 12:]), 50)
    assert at.shape == (len(turned), 2)
    assert marks.shape == (len(turned), 128)
    best = (again @ marks.T).argmax(axis=1)
    off = at[best] - moved - (12, 8)
    assert np.median(np.abs(off)) < 0.1
    empty = matching.features(np.zeros((40, 40), np.uint8), 50)
    assert [len(part) for part in empty] == [0, 0, 0]
