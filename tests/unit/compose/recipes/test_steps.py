"""Edits lie on each other in their order, and each is joined on what the earlier ones left."""

import numpy as np
import pytest

from editor.compose.recipe import Recipe
from editor.compose.recipes.steps import Edit, composed
from editor.edits.variant import Variant
from editor.errors import InputProblem
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Native, Raster

SIZE = Size(40, 30)
SOURCE = Native(np.full((30, 40, 3), 10, np.uint8))
SHOWN = Raster(np.full((30, 40, 4), 10, np.uint8))


def edit(level, box, window=None):
    coverage = np.zeros((30, 40), np.uint8)
    coverage[box.rows_cols] = 255
    window = window or whole(SIZE)
    pixels = np.full((window.size.height, window.size.width, 4), level, np.uint8)
    pixels[..., 3] = 255
    variant = Variant(
        id="v", job="", round="", raster=Raster(pixels), placement=Placement(window, window.size),
        coverage=coverage, base="", provider="elsewhere", model="",
    )  # fmt: skip
    return Edit(variant, Recipe("v", 0.0))


def test_without_edits_it_is_the_source():
    done = composed(SOURCE, SHOWN, b"", [])
    assert np.array_equal(done.result.samples, SOURCE.samples)
    assert (done.may_change.any(), done.joined, done.note) == (False, (), "")


def test_the_later_edit_lies_on_top():
    one, two = Rect(5, 5, 20, 20), Rect(10, 10, 25, 25)
    done = composed(SOURCE, SHOWN, b"", [edit(100, one), edit(200, two)])
    expected = SOURCE.samples.copy()
    expected[one.rows_cols], expected[two.rows_cols] = 100, 200
    assert np.array_equal(done.result.samples, expected)
    assert np.array_equal(done.may_change, (expected != SOURCE.samples).any(axis=2))
    assert [joined.changed for joined in done.joined] == [0, 0]
    assert (SOURCE.samples == 10).all()


def test_what_a_join_said_is_told():
    beyond = edit(100, Rect(5, 5, 20, 20), Rect(0, 0, 10, 10))
    done = composed(SOURCE, SHOWN, b"", [edit(50, Rect(0, 0, 3, 3)), beyond])
    assert "reaches beyond the answer" in done.note


def test_an_edit_without_paint_is_refused():
    with pytest.raises(InputProblem, match="Nothing is painted"):
        composed(SOURCE, SHOWN, b"", [edit(100, Rect(0, 0, 0, 0))])
