"""What is odd about a mask is found, nothing is found where nothing is odd, and the fixes fix."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.imaging.geometry import Size
from editor.mask import lint
from editor.mask.lint import (
    BORDER,
    EDGE,
    EMPTY,
    FULL,
    LARGE,
    PINHOLES,
    SLITS,
    SMALL,
    SOFTNESS,
    SPECKS,
    findings,
)
from editor.mask.mend import mended
from tests.fakes.objects import cup, scene

PIECES = {SPECKS, PINHOLES, SLITS}


def disc(blur=0.0):
    level = np.zeros((200, 300), np.uint8)
    cv2.circle(level, (150, 100), 60, 255, -1)
    return cv2.GaussianBlur(level, (0, 0), blur) if blur else level


def with_specks():
    level = disc()
    level[5:8, 5:8] = level[190, 290] = 255
    return level


def nearly_all():
    level = np.full((200, 300), 255, np.uint8)
    level[90:102, 140:152] = 0
    return level


def with_pinholes():
    level = disc()
    level[100:104, 150:154] = 0
    return level


def with_a_slit():
    level = disc()
    level[99:102, 80:220] = 0
    return level


def with_a_slit_into_a_hollow():
    level = disc()
    level[99:102, 150:220] = 0
    cv2.circle(level, (150, 100), 4, 0, -1)
    return level


def at_the_border():
    level = disc()
    level[90:110, :150] = 255
    return level


def wide():
    level = np.zeros((200, 300), np.uint8)
    level[10:190, 10:290] = 255
    return level


def tiny():
    level = np.zeros((600, 600), np.uint8)
    level[300:309, 300:309] = 255
    return level


@pytest.mark.parametrize(
    ("mask", "expected"),
    [
        (disc(), []),
        (np.zeros((20, 20), np.uint8), [(EMPTY, {})]),
        (np.full((20, 20), 255, np.uint8), [(FULL, {})]),
        (with_specks(), [(SPECKS, {"count": 2, "pixels": 64})]),
        (with_pinholes(), [(PINHOLES, {"count": 1, "pixels": 64})]),
        (with_a_slit(), [(SLITS, {"width": 4})]),
        (at_the_border(), [(BORDER, {})]),
        (wide(), [(LARGE, {"share": 84})]),
        (nearly_all(), [(LARGE, {"share": 99}), (BORDER, {})]),
        (tiny(), [(SMALL, {"pixels": 81, "area": 600 * 600})]),
    ],
)
def test_findings(mask, expected):
    assert [(each.template, dict(each.values)) for each in findings(mask)] == expected


@pytest.mark.parametrize(
    "mask",
    [
        with_specks(),
        with_pinholes(),
        with_a_slit(),
        with_a_slit_into_a_hollow(),
        disc(blur=12),
        at_the_border(),
    ],
)
def test_a_fix_leaves_nothing_to_find(mask):
    (found,) = findings(mask)
    assert findings(mended(mask, found.fix)) == ()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.0, 3.0), st.tuples(*[st.integers(20, 120)] * 2))
def test_a_fix_of_any_mask_leaves_nothing_of_its_kind(seed, blur, size):
    """Soft rims too, as the wand and refine edge leave them, which run into one another."""
    chance = np.random.default_rng(seed)
    mask = chance.integers(0, 256, size, np.uint8)
    if blur > 0.3:
        soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), blur)
        mask = np.clip((soft - soft.mean()) * 3 + 128, 0, 255).astype(np.uint8)
    for found in findings(mask):
        if found.fix and found.template != LARGE:
            after = mended(mask, found.fix)
            before, left = ({each.template for each in findings(one)} for one in (mask, after))
            assert found.template not in left
            assert left & PIECES <= before, "nothing else has to be mended because of it"


def test_what_is_too_large_is_turned_round():
    (found,) = findings(wide())
    assert np.array_equal(mended(wide(), found.fix), 255 - wide())


def test_softness_is_told_from_a_share_on():
    (soft,) = findings(disc(blur=12))
    assert soft.template == SOFTNESS
    assert 20 < int(soft.values["share"]) < 80
    assert findings(disc(blur=0.4)) == ()


def test_a_mask_that_ends_at_an_edge_is_told_and_mended():
    true = cup(Size(480, 360))
    picture = scene(true, grain=2)
    (found,) = findings(true, picture)
    assert found.template == EDGE
    assert findings(mended(true, found.fix), picture) == ()


@pytest.mark.parametrize("grain", [0, 8])
def test_a_mask_drawn_anywhere_is_not_tight(grain):
    picture = scene(np.zeros((200, 300), np.uint8), grain=grain)
    assert findings(disc(), picture) == ()
    assert [each.template for each in findings(np.full((40, 40), 255, np.uint8), None)] == [FULL]


def test_a_rim_with_nothing_around_it_is_not_tight():
    level = np.full((20, 20), 255, np.uint8)
    level[10, 10] = 0
    found = findings(level, scene(level))
    assert EDGE not in {each.template for each in found}


def test_warnings_come_before_notes():
    level = at_the_border()
    level[5:8, 5:8] = 255
    assert [each.template for each in findings(level)] == [SPECKS, BORDER]


def test_a_finding_reads_as_a_sentence():
    (found,) = findings(with_specks())
    said = "Specks of at most 64 pixels may change (2): clean them if not meant."
    assert str(found) == said


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
    st.lists(
        st.tuples(*[st.integers(0, 299)] * 2, *[st.integers(1, 90)] * 2, st.sampled_from((0, 255))),
        min_size=1,
        max_size=9,
    ),
)
def test_pieces_around_a_mask_are_those_of_the_whole(size, boxes):
    """However near the edge: what is looked at is enough."""
    mask = np.zeros(size, np.uint8)
    for top, left, height, width, level in boxes:
        mask[top : top + height, left : left + width] = level
    part = mask[lint._around(mask).rows_cols] if mask.any() else mask
    assert list(lint._pieces(part)) == list(lint._pieces(mask))
