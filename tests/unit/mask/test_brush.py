import math
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.mask.brush import ANGLES, PRESSES, WIDE, Brush, Stamp, nib
from editor.mask.feel import Pressure


def disc(diameter: float, x: float, y: float, side: int, finer: int = 8) -> np.ndarray:
    """Coverage of a hard disc by supersampling."""
    places = (np.arange(side * finer) + 0.5) / finer - side / 2
    inside = np.hypot(places - x, (places - y)[:, None]) <= diameter / 2
    return inside.reshape(side, finer, side, finer).mean(axis=(1, 3))


def fars(reach: int) -> np.ndarray:
    """Squared distances of the pixels of a kernel from its middle."""
    places = np.arange(-reach, reach + 1)
    return places[:, None] ** 2 + places**2


@pytest.mark.parametrize("diameter", [1, 2.5, 8, 12, 13, 64, 65, 256, 700])
@pytest.mark.parametrize("hardness", [0.0, 0.8, 1.0])
def test_every_phase_of_a_stamp_has_the_same_shape(diameter: float, hardness: float) -> None:
    stamp = Brush(diameter, hardness).nib.dab
    side = 2 * stamp.reach + 1
    assert len(stamp.kernels) == stamp.phases**2
    for kernel in stamp.kernels:
        assert kernel.shape == (side, side)
        assert kernel.dtype == np.uint8
        assert kernel.max() >= 128


@pytest.mark.parametrize("diameter", [8, 30, 100, 639])
def test_a_hard_dab_has_the_area_of_its_circle(diameter: float) -> None:
    for kernel in Brush(diameter, 1.0).nib.dab.kernels:
        assert kernel.sum() / 255 == pytest.approx(math.pi * diameter**2 / 4, rel=0.01)


@pytest.mark.parametrize("diameter", [8, 9.5, 40])
def test_a_hard_dab_lies_where_its_phase_says(diameter: float) -> None:
    stamp = Brush(diameter, 1.0).nib.dab
    side = 2 * stamp.reach + 1
    for at, kernel in enumerate(stamp.kernels):
        row, col = divmod(at, stamp.phases)
        x, y = ((place + 0.5) / stamp.phases - 0.5 for place in (col, row))
        error = np.abs(kernel / 255 - disc(diameter, x, y, side))
        assert error.max() < 0.2
        assert error.mean() < 0.02


def test_opposite_phases_mirror_each_other() -> None:
    kernels = Brush(30, 0.5).nib.dab.kernels
    assert np.array_equal(kernels[0], kernels[15][::-1, ::-1])
    assert np.array_equal(kernels[1], kernels[2][:, ::-1])
    assert np.array_equal(kernels[4], kernels[8][::-1])


def test_softness_fades_inwards() -> None:
    hard = Brush(100, 1.0).nib.dab.kernels[0].astype(int)
    soft = Brush(100, 0.0).nib.dab.kernels[0].astype(int)
    assert (soft <= hard).all()
    assert soft[51, 51] > 250
    assert 80 < soft[51, 76] < 170
    assert (np.diff(soft[51, 52:]) <= 0).all()


def test_an_eraser_is_the_inverse() -> None:
    paint, eraser = Brush(8, 0.5).nib, Brush(8, 0.5, erase=True).nib
    for stamp, other in zip((paint.dab, *paint.dashes), (eraser.dab, *eraser.dashes), strict=True):
        assert isinstance(other, Stamp)
        assert np.array_equal(~stamp.kernels[3], other.kernels[3])


def test_small_brushes_have_dashes_in_all_directions() -> None:
    nib_ = Brush(8, 1.0).nib
    assert len(nib_.dashes) == ANGLES
    flat, upright = nib_.dashes[0].kernels[5], nib_.dashes[ANGLES // 2].kernels[5]
    assert np.array_equal(flat, upright.T)
    assert flat.sum() / 255 == pytest.approx(math.pi * 16 + 8 * 8, rel=0.01)
    assert Brush(30, 1.0).nib.dashes == ()


@pytest.mark.parametrize(("diameter", "count"), [(WIDE, 3), (2048, 9)])
@pytest.mark.parametrize("hardness", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("strength", [0.25, 1.0])
def test_wide_brushes_have_bands_that_hold_all_of_them_and_a_solid_core(
    diameter: float, count: int, hardness: float, strength: float
) -> None:
    nib_ = nib(diameter, hardness, False, strength)
    (kernel,), reach = nib_.dab.kernels, nib_.dab.reach
    assert len(nib_.bands) == count
    covered = np.zeros_like(kernel)
    for left, top, right, bottom in nib_.bands:
        covered[reach + top : reach + bottom, reach + left : reach + right] += 1
    assert covered.max() == 1
    assert not kernel[covered == 0].any()
    solid = fars(reach) <= nib_.core**2
    assert (kernel[solid] == kernel.max()).all()
    assert nib_.core > 0


def test_narrow_brushes_have_no_bands() -> None:
    assert Brush(30, 1.0).nib.bands == ()


@settings(max_examples=20, deadline=None)
@given(st.floats(WIDE, 2 * WIDE), st.floats(0, 1))
def test_a_wide_dab_falls_with_the_distance(diameter: float, hardness: float) -> None:
    """To the last level: what lies nearer to a dab before is left out of the next one."""
    dab = Brush(diameter, hardness).nib.dab
    far, kernel = fars(dab.reach).ravel(), dab.kernels[0].ravel()
    most, least = np.zeros(far.max() + 1, np.uint8), np.full(far.max() + 1, 255, np.uint8)
    np.maximum.at(most, far, kernel)
    np.minimum.at(least, far, kernel)
    there = np.unique(far)
    assert (most[there][1:] <= least[there][:-1]).all()


@pytest.mark.parametrize("diameter", [8, 64, 1000])
@pytest.mark.parametrize("hardness", [0.0, 0.5, 1.0])
def test_spacing_keeps_the_scallop_small(diameter: float, hardness: float) -> None:
    nib_ = Brush(diameter, hardness).nib
    fade = max(1.0, (1 - hardness) * diameter / 2)
    assert 1 <= nib_.spacing <= max(1, diameter / 4)
    assert nib_.spacing == 1 or nib_.spacing**2 / (4 * diameter) <= 0.1 * fade + 1e-9


def test_pressure_narrows() -> None:
    brush = Brush(64, 0.8)
    assert brush.pressed(PRESSES) is brush.nib
    assert brush.pressed(PRESSES // 2) is nib(32.0, 0.8, False)
    assert Brush(2, 0.8).pressed(1) is nib(1.0, 0.8, False)


def test_equal_brushes_are_equal_and_share_their_stamps() -> None:
    assert Brush(20, 0.5) == Brush(20, 0.5)
    assert Brush(20, 0.5).nib is Brush(20, 0.5).nib
    assert Brush(20, 0.5) != Brush(20, 0.5, erase=True)


@pytest.mark.parametrize(("diameter", "hardness"), [(0.5, 1.0), (8, 1.1), (8, -0.1)])
def test_impossible_brushes_are_bugs(diameter: float, hardness: float) -> None:
    with pytest.raises(AssertionError):
        Brush(diameter, hardness)


@pytest.mark.parametrize("diameter", [8, 30, WIDE])
def test_pressure_changes_what_it_is_meant_to(diameter: float) -> None:
    half = PRESSES // 2
    full = Brush(diameter, 1.0).nib.dab
    narrow = Brush(diameter, 1.0, pressure="size").pressed(half).dab
    faint = Brush(diameter, 1.0, pressure="strength").pressed(half).dab
    both = Brush(diameter, 1.0, pressure="both").pressed(half).dab
    assert narrow.reach < full.reach == faint.reach
    assert both.reach == narrow.reach
    assert max(kernel.max() for kernel in narrow.kernels) == 255
    for stamp in (faint, both):
        assert max(kernel.max() for kernel in stamp.kernels) == 128
    off = Brush(diameter, 1.0, pressure="off")
    assert off.pressed(1) is off.nib


def test_a_faint_eraser_leaves_some() -> None:
    nib_ = Brush(8, 1.0, erase=True, pressure="strength").pressed(PRESSES // 4)
    assert min(kernel.min() for kernel in nib_.dab.kernels) == 255 - 64
    assert min(kernel.min() for kernel in nib_.dashes[0].kernels) == 255 - 64


def test_strength_rises_with_every_step() -> None:
    brush = Brush(20, 1.0, pressure="strength")
    peaks = [brush.pressed(level).dab.kernels[0].max() for level in range(1, PRESSES + 1)]
    assert peaks == sorted(set(peaks))


@pytest.mark.parametrize("pressure", get_args(Pressure))
@pytest.mark.parametrize("erase", [False, True])
def test_all_nibs_of_a_stroke_can_be_built_before(pressure: Pressure, erase: bool) -> None:
    brush = Brush(21.5, 0.7, erase=erase, pressure=pressure)
    brush.build()
    misses = nib.cache_info().misses
    for flipped in (replace(brush, erase=not erase), brush):
        for level in range(1, PRESSES + 1):
            flipped.pressed(level)
    assert nib.cache_info().misses == misses


@pytest.mark.parametrize("diameter", [1, 8, 30, WIDE])
def test_an_eraser_leaves_what_the_brush_covers(diameter: float) -> None:
    brush, eraser = (Brush(diameter, 0.6, erase=erase).nib for erase in (False, True))
    for ours, theirs in zip((brush.dab, *brush.dashes), (eraser.dab, *eraser.dashes), strict=True):
        for kernel, rest in zip(ours.kernels, theirs.kernels, strict=True):
            assert np.array_equal(kernel, 255 - rest)
