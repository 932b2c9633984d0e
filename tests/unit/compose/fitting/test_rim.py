import numpy as np
import pytest

from editor.compose.fitting import rim
from editor.compose.fitting.neighbourhood import Sight, neighbourhood, softened
from editor.imaging.geometry import Size, whole
from tests.fakes.redrawing import ellipse, raster, scene

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


def test_values_spread_from_where_they_are_known() -> None:
    field = np.zeros((40, 40, 2), np.float32)
    field[:, :10] = (1, 2)
    known = np.zeros((40, 40), np.bool_)
    known[:, :10] = True
    spread = rim.spread(field, known, 4)
    assert spread[20, 14] == pytest.approx((1, 2), abs=1e-3)
