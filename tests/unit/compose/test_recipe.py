import json
from dataclasses import replace

import numpy as np
import pytest

from editor.compose.recipe import CONTINUED, SOFTEST, Recipe, usual_feather
from editor.edits.variant import Variant
from editor.errors import ProjectDamaged
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
        provider="openai",
        model="gpt-image-2",
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


SIZE = Size(60, 40)


def test_what_was_made_here_meets_at_the_rim_and_needs_no_wide_fade() -> None:
    made = replace(variant(disc(100, 300)), provider="offline")
    assert Recipe.of(made).feather == CONTINUED
    assert Recipe.of(replace(made, coverage=disc(2, 9))).feather == 1.0


def brushed(left: int) -> np.ndarray:
    mask = np.zeros((40, 60), np.uint8)
    mask[10:20, left : left + 9] = np.arange(1, 10) * 20
    return mask


def test_a_recipe_is_stored_as_json_takes_it() -> None:
    recipe = Recipe("v1", 7.5, 0.4, brushed(5), brushed(30))
    values = json.loads(json.dumps(recipe.stored()))
    again = Recipe.restored(values, SIZE)
    assert again == recipe
    assert np.array_equal(again.let_in, brushed(5))
    assert np.array_equal(again.kept_out, brushed(30))


def test_without_masks_there_is_nothing_to_pack() -> None:
    assert Recipe("v1", 7.5).stored() == {"variant": "v1", "feather": 7.5, "match": 1.0}
    older = Recipe.restored({"variant": "v1", "feather": 3}, SIZE)
    assert older == Recipe("v1", 3.0, 1.0)
    empty = Recipe("v1", 1.0, let_in=np.zeros((40, 60), np.uint8)).stored()
    assert not Recipe.restored(empty, SIZE).let_in.any()


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"variant": "v", "feather": "wide"},
        {"variant": "v", "feather": 1, "let_in": {"rect": [0, 0, 99, 9], "levels": ""}},
        {"variant": "v", "feather": 1, "let_in": {"rect": [0, 0, 9, 9], "levels": "AAAA"}},
        {"variant": "v", "feather": 1, "let_in": {"rect": [0, 0, 9, 9], "levels": "eJwDAAAAAAE="}},
        {"variant": "v", "feather": 1, "kept_out": 5},
    ],
)
def test_what_is_no_recipe_is_damage(values: dict[str, object]) -> None:
    with pytest.raises(ProjectDamaged, match="is damaged in this project"):
        Recipe.restored(values, SIZE)


def test_what_is_let_in_widens_and_what_is_kept_out_narrows() -> None:
    coverage = np.zeros((40, 60), np.uint8)
    coverage[:, 20:40] = 255
    recipe = Recipe("v1", 0.0, let_in=brushed(5), kept_out=brushed(30))
    after = recipe.may_change(coverage)
    assert np.array_equal(after[:, :20], brushed(5)[:, :20])
    assert np.array_equal(after[10:20, 30:39], 255 - brushed(30)[10:20, 30:39])
    assert (after[25, 20:40] == 255).all()
    assert Recipe("v1", 0.0).may_change(coverage) is coverage
