import numpy as np
import pytest

from editor.compose.fitting import rim
from editor.compose.fitting.neighbourhood import Sight, neighbourhood, softened
from editor.imaging.geometry import Size, whole
from tests.fakes.redrawing import Floats, ellipse, raster, scene

SIZE = Size(240, 180)
PICTURE = scene(SIZE)
NEAR = neighbourhood(raster(PICTURE), ellipse(SIZE), whole(SIZE), 999)
THERE = np.ones((180, 240), np.bool_)


def test_the_step_is_measured_beside_the_rim() -> None:
    ring = rim.beside(NEAR, Sight(NEAR.colours, NEAR.soft, THERE))
    assert not (ring & (NEAR.depth > 0)).any()
    assert NEAR.away[ring].max() <= rim.BESIDE
    assert rim.step(NEAR, NEAR.soft, ring) == 0
    assert rim.step(NEAR, NEAR.soft + np.float32(0.1), ring) == pytest.approx(0.1, abs=1e-3)
    assert rim.step(NEAR, NEAR.soft + np.float32(0.9), ring) == pytest.approx(0.25)
    assert rim.step(NEAR, NEAR.soft, np.zeros_like(ring)) == 1.0


def test_the_membrane_closes_the_step_and_fades_inward() -> None:
    tilt = np.linspace(-0.05, 0.05, 240, dtype=np.float32)[None, :, None]
    tilted = softened(NEAR.colours + tilt, NEAR.outside)
    added = rim.membrane(NEAR, tilted, NEAR.outside)
    near_rim = (NEAR.depth > 0) & (NEAR.depth < 3)
    left = np.abs(added + tilt)[near_rim].mean()
    assert left < 0.25 * np.abs(np.broadcast_to(tilt, added.shape))[near_rim].mean()
    deep = NEAR.depth > 0.9 * NEAR.depth.max()
    assert np.abs(added[deep]).max() < 0.02


def left_at(depth: float, lacks: Floats) -> float:
    """Share of what an answer lacks that the membrane leaves so deep inside."""
    soft = NEAR.soft - lacks
    closing = rim.membrane(NEAR, soft, NEAR.outside)
    there = (NEAR.depth > depth - 1) & (NEAR.depth <= depth)
    return float(np.abs(lacks - closing)[there].mean() / np.abs(lacks)[there].mean())


def test_light_that_changed_goes_on_inside() -> None:
    across = np.sin(np.arange(240, dtype=np.float32) / 40)[None, :, None]
    assert left_at(8, np.broadcast_to(np.float32(0.06) * across, NEAR.soft.shape)) < 0.45


def test_what_is_seen_at_the_rim_only_ends_there() -> None:
    off = np.where(NEAR.away[..., None] <= 6, np.float32(0.06), np.float32(0.001))
    assert left_at(1, np.full_like(NEAR.soft, 0.06)) < 0.15
    closing = rim.membrane(NEAR, NEAR.soft - off * np.ones(3, np.float32), NEAR.outside)
    close, deep = (np.abs(NEAR.depth - depth) < 1 for depth in (1, 12))
    assert closing[close].mean() > 0.05
    assert np.abs(closing[deep]).max() < 0.004


def test_where_nothing_lies_farther_out_the_membrane_stays_close() -> None:
    near_only = NEAR.outside & (NEAR.away <= 5)
    closing = rim.membrane(NEAR, NEAR.soft - np.float32(0.06), near_only)
    assert np.abs(closing[np.abs(NEAR.depth - 12) < 1]).max() < 0.004


def test_values_spread_from_where_they_are_known() -> None:
    field = np.zeros((40, 40, 2), np.float32)
    field[:, :10] = (1, 2)
    known = np.zeros((40, 40), np.bool_)
    known[:, :10] = True
    spread = rim.spread(field, known, 4)
    assert spread[20, 14] == pytest.approx((1, 2), abs=1e-3)


def test_what_is_carried_ends_in_no_edge() -> None:
    known = np.zeros((60, 90), np.bool_)
    known[:, :5] = True
    row = rim.spread(np.ones((60, 90, 2), np.float32), known, 5, 1e-3)[30, :, 0]
    assert row[:10].min() > 0.95
    assert row[40:].max() == 0
    assert -0.2 < np.diff(row).min() < 0
