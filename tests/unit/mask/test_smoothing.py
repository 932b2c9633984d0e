"""A trail is calm, ends where the pen ends, and does not depend on how the way is cut."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.mask.smoothing import LENGTHS, Trail

PLACES = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


def test_without_length_it_is_the_pen() -> None:
    trail = Trail(LENGTHS["off"])
    assert trail.end() is None
    assert [trail.to(1, 2), trail.to(30, 40), trail.end()] == [(1, 2), (30, 40), (30, 40)]


@given(st.lists(PLACES, min_size=2, max_size=6), st.integers(2, 9))
def test_pieces_cut_in_parts_lead_to_the_same_place(line, parts) -> None:
    whole, cut = Trail(20.0), Trail(20.0)
    for x, y in line:
        one = whole.to(x, y)
    cut.to(*line[0])
    two = one
    for (ax, ay), (bx, by) in pairwise(line):
        for step in range(1, parts + 1):
            two = cut.to(ax + (bx - ax) * step / parts, ay + (by - ay) * step / parts)
    assert math.dist(one, two) < 1e-6 * (1 + max(abs(v) for at in line for v in at))


def test_a_steady_pen_is_followed_at_its_length() -> None:
    trail = Trail(25.0)
    for x in range(0, 500, 5):
        at = trail.to(x, 0)
    assert 495 - at.x == pytest.approx(25, abs=0.1)
    assert trail.to(495, 0) == at


@pytest.mark.parametrize("strength", ["light", "strong"])
def test_shaking_is_calmed(strength) -> None:
    chance = np.random.default_rng(1)
    trail = Trail(LENGTHS[strength])
    ys = [trail.to(x, chance.normal(0, 4)).y for x in range(0, 600, 3)]
    assert np.std(np.diff(ys)) < 0.4 * 4
    assert trail.end() is not None


def test_it_lands_where_the_pen_lifts() -> None:
    trail = Trail(LENGTHS["strong"])
    trail.to(0, 0)
    assert trail.to(10, 0).x < 10
    assert trail.end() == (10, 0)
