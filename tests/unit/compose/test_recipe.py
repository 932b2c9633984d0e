import numpy as np
import pytest

from editor.compose.recipe import SOFTEST, Recipe, usual_feather
from editor.edits.variant import Variant
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster


def disc(radius: int, side: int) -> np.ndarray:
    y, x = np.mgrid[:side, :side] - side // 2
    return (np.hypot(x, y) <= radius).astype(np.uint8) * 255


def variant(coverage: np.ndarray | None) -> Variant:
    return Variant(
        id="v1",
        job="j1",
        round="r1",
        raster=Raster(np.zeros((8, 8, 4), np.uint8)),
        placement=Placement(Rect(0, 0, 8, 8), Size(8, 8)),
        coverage=coverage,
        base="b",
        provider="offline",
        model="quick",
    )


def test_an_empty_mask_has_no_feather() -> None:
    assert usual_feather(np.zeros((9, 9), np.uint8)) == 0.0


@pytest.mark.parametrize(("radius", "side"), [(100, 300), (200, 500)])
def test_a_disc_fades_over_an_eighth_of_its_radius(radius: int, side: int) -> None:
    assert usual_feather(disc(radius, side)) == pytest.approx(0.12 * radius, rel=0.1)


def test_a_large_mask_is_measured_small_and_told_at_its_size() -> None:
    # 350 px of radius is measured at half its size.
    assert usual_feather(disc(350, 2100)) == pytest.approx(42, rel=0.1)
    sparse = disc(350, 2100)
    sparse[0, 0] = sparse[-1, -1] = 1
    assert usual_feather(sparse) == pytest.approx(42, rel=0.1)


def test_thin_strokes_stay_crisp() -> None:
    stroke = np.zeros((200, 200), np.uint8)
    stroke[98:102, 20:180] = 255
    assert usual_feather(stroke) == 1.0


def test_a_mask_over_everything_has_no_rim_to_measure() -> None:
    assert usual_feather(np.full((40, 40), 255, np.uint8)) == SOFTEST


def test_the_recipe_of_a_variant() -> None:
    assert Recipe.of(variant(None)) == Recipe("v1", 0.0)
    assert Recipe.of(variant(disc(100, 300))).feather == pytest.approx(12, rel=0.1)
