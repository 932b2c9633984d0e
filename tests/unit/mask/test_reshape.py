"""Rims are moved, softened and cleaned by as much as was asked for."""

import math
from typing import get_args

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.mask.reshape import reshaped
from editor.mask.way import MOST, Way

EMPTY = np.zeros((120, 160), np.uint8)
WAYS = get_args(Way)


def disc(radius: int, soft: float = 0.0) -> np.ndarray:
    level = np.zeros((300, 400), np.uint8)
    cv2.circle(level, (200, 150), radius, 255, -1, cv2.LINE_AA)
    return cv2.GaussianBlur(level, (0, 0), soft) if soft else level


def radius_of(level: np.ndarray) -> float:
    return math.sqrt((level >= 128).sum() / math.pi)


@pytest.mark.parametrize("by", [1, 5, 7, 20, 45])
@pytest.mark.parametrize("soft", [0.0, 4.0])
def test_grow_and_shrink_move_the_rim(by: int, soft: float) -> None:
    level = disc(60, soft)
    here = radius_of(level)
    assert radius_of(reshaped(level, "grow", by)) == pytest.approx(here + by, abs=0.6 + 0.04 * by)
    assert radius_of(reshaped(level, "shrink", by)) == pytest.approx(here - by, abs=0.6 + 0.04 * by)


def test_a_soft_rim_stays_soft_when_it_grows() -> None:
    before, after = disc(60, 6), reshaped(disc(60, 6), "grow", 14)
    soft = [int(((level > 20) & (level < 235))[150, 200:].sum()) for level in (before, after)]
    assert abs(soft[0] - soft[1]) <= 2


def test_the_border_of_the_picture_is_no_rim() -> None:
    level = np.zeros((100, 100), np.uint8)
    level[:, :50] = 255
    after = reshaped(level, "shrink", 10)
    assert (after > 0).sum() == 100 * 40
    assert after[0, 0] == 255


@pytest.mark.parametrize("by", [2, 6, 20])
def test_feather_fades_to_either_side(by: int) -> None:
    level = np.zeros((200, 300), np.uint8)
    level[:, :150] = 255
    row = reshaped(level, "feather", by)[100].astype(int)
    assert abs(row[149] + row[150] - 255) <= 4
    assert row[150 - by - by // 2 - 2] >= 250
    assert row[150 + by + by // 2 + 2] <= 5
    assert (np.diff(row) <= 0).all()
    assert 0.6 * by < ((row > 25) & (row < 230)).sum() < 2.4 * by


def test_smooth_takes_teeth_and_keeps_the_rim_in_place() -> None:
    level = np.zeros((200, 300), np.uint8)
    level[100:] = 255
    level[94:100, 100:104] = 255
    level[100:106, 200:204] = 0
    after = reshaped(level, "smooth", 12)
    assert after[95, 102] < 128
    assert after[104, 202] >= 128
    assert np.abs((after[:, 20] >= 128).sum() - 100) <= 1
    assert ((after[:, 20] > 0) & (after[:, 20] < 255)).sum() <= 3


def test_holes_are_filled_up_to_a_size() -> None:
    level = disc(60)
    level[140:150, 190:200] = 0
    level[160:164, 210:214] = 90
    small, both = reshaped(level, "fill-holes", 16), reshaped(level, "fill-holes", 100)
    assert small[161, 211] == 255
    assert small[145, 195] == 0
    assert both[145, 195] == 255
    assert np.array_equal(both, disc(60))


def test_a_bay_is_no_hole() -> None:
    level = np.zeros((60, 60), np.uint8)
    level[20:40] = 255
    level[25:30, :10] = 0
    assert np.array_equal(reshaped(level, "fill-holes", 10_000), level)


def test_specks_are_dropped_up_to_a_size() -> None:
    level = disc(60)
    level[10:13, 10:13] = 255
    level[20, 20] = 4
    assert np.array_equal(reshaped(level, "drop-specks", 9), disc(60))
    assert reshaped(level, "drop-specks", 8)[11, 11] == 255


def test_holes_and_specks_whose_soft_rims_hang_together_go_as_well() -> None:
    level = disc(60)
    level[120, 100:400] = 200
    level[118:123, 190:195] = level[118:123, 205:210] = 40
    level[20, 10:60] = 90
    level[18:23, 20:24] = 250
    after = reshaped(reshaped(level, "fill-holes", 32), "drop-specks", 32)
    assert (after[118:123, 190:210] >= 200).all()
    assert (after[10:30] <= 90).all()
    assert after[20, 50] == 90


def test_harden_leaves_the_ends_alone() -> None:
    after = reshaped(disc(60, 5), "harden", 1)
    assert np.unique(after).tolist() == [0, 255]
    assert ((after == 255) == (disc(60, 5) >= 128)).all()


@pytest.mark.parametrize("way", WAYS)
def test_nothing_stays_nothing_and_by_nothing_changes_nothing(way: Way) -> None:
    assert not reshaped(EMPTY, way, 9).any()
    assert np.array_equal(reshaped(disc(60), way, 0), disc(60))
    assert MOST[way] > 0


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(WAYS), st.integers(0, 30), st.integers(0, 1000))
def test_no_way_writes_to_what_it_is_given(way: Way, by: int, seed: int) -> None:
    level = np.zeros((80, 90), np.uint8)
    chance = np.random.default_rng(seed)
    for _ in range(4):
        x, y = int(chance.integers(90)), int(chance.integers(80))
        cv2.circle(level, (x, y), int(chance.integers(1, 20)), int(chance.integers(1, 256)), -1)
    before = level.copy()
    level.flags.writeable = False
    after = reshaped(level, way, by)
    assert np.array_equal(level, before)
    assert after.shape == level.shape
    assert after.dtype == np.uint8
    if way in {"grow", "fill-holes"}:
        assert (after >= before).all()
    if way in {"shrink", "drop-specks"}:
        assert (after <= before).all()
