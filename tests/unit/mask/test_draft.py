"""Work on a draft, swapped in, gives what the same work on the plane would give."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.imaging.geometry import Point, Rect, Size
from editor.mask.patch import TILE
from editor.mask.plane import MaskPlane
from editor.mask.shapes import Part, ellipse, rectangle

SIZE = Size(2 * TILE + 90, TILE + 40)
RECTS = st.tuples(
    st.integers(0, SIZE.width - 1),
    st.integers(0, SIZE.height - 1),
    st.integers(1, SIZE.width),
    st.integers(1, SIZE.height),
).map(lambda at: Rect(at[0], at[1], at[0] + at[2], at[1] + at[3]).clipped(SIZE))


def painted(*rects: Rect) -> MaskPlane:
    plane = MaskPlane(SIZE)
    for number, rect in enumerate(rects, 1):
        with plane.edit() as edit:
            edit.region(rect)[:] = 60 * number
            edit.commit()
    return plane


def test_a_draft_is_the_mask_as_it_was_settled() -> None:
    plane = painted(Rect(10, 10, 300, 200))
    draft = plane.draft()
    edit = plane.edit()
    edit.region(Rect(0, 0, 50, 50))[:] = 255
    assert draft.coverage(Rect(0, 0, 20, 20)).max() == 60
    edit.commit()
    assert draft.coverage(Rect(0, 0, 20, 20)).max() == 60
    assert plane.draft().coverage(Rect(0, 0, 20, 20)).min() == 255
    assert plane.draft().version == plane.version > draft.version
    assert draft.box == Rect(10, 10, 300, 200)


@settings(deadline=None, max_examples=40)
@given(RECTS, RECTS, RECTS)
def test_every_rectangle_of_it_is_that_of_the_plane(one, two, asked) -> None:
    plane = painted(one, two)
    assert np.array_equal(plane.draft().coverage(asked), plane.pixels[asked.rows_cols])


@settings(deadline=None, max_examples=40)
@given(RECTS, RECTS, st.integers(0, 255))
def test_swapped_in_it_is_there_and_nothing_else_changed(before, rect, level) -> None:
    plane = painted(before)
    expected = plane.pixels.copy()
    expected[rect.rows_cols] = level
    coverage = np.full((rect.size.height, rect.size.width), level, np.uint8)
    inverse, _ = plane.swap(plane.draft().becoming(rect, coverage))
    assert np.array_equal(plane.pixels, expected)
    plane.swap(inverse)
    assert np.array_equal(plane.pixels, painted(before).pixels)


def test_what_changes_nothing_is_no_patch() -> None:
    plane = painted(Rect(0, 0, 90, 90))
    draft = plane.draft()
    assert not draft.becoming(Rect(20, 20, 40, 40), draft.coverage(Rect(20, 20, 40, 40)))
    assert not draft.laid([], "add")
    assert not MaskPlane(SIZE).draft().laid([], "new")


@pytest.mark.parametrize("how", ["new", "add", "subtract"])
def test_shapes_are_laid(how) -> None:
    plane = painted(Rect(0, 0, 300, 100))
    before = plane.pixels.astype(int)
    shape = list(ellipse(Point(200, 50), Point(420, 250), SIZE))
    laid = np.zeros_like(before)
    for part in shape:
        laid[part.rect.rows_cols] = part.coverage
    plane.swap(plane.draft().laid(shape, how))
    expected = {
        "new": laid,
        "add": np.maximum(before, laid),
        "subtract": np.minimum(before, 255 - laid),
    }[how]
    assert np.array_equal(plane.pixels, expected)


def test_a_new_shape_of_nothing_clears() -> None:
    plane = painted(Rect(0, 0, 300, 100))
    plane.swap(plane.draft().laid([], "new"))
    assert plane.is_empty


def test_rows_stay_apart_from_what_they_were_made_of() -> None:
    plane = MaskPlane(SIZE)
    (part,) = rectangle(Point(0, 0), Point(9, 9), SIZE)
    plane.swap(plane.draft().laid([Part(part.rect, part.coverage)], "add"))
    part.coverage[:] = 0
    assert plane.pixels[5, 5] == 255


def test_whole_tiles_are_taken_as_they_are() -> None:
    plane = painted(Rect(0, 0, 300, 100))
    level = np.full((SIZE.height, SIZE.width), 9, np.uint8)
    plane.swap(plane.draft().becoming(Rect(0, 0, *SIZE), level))
    assert np.array_equal(plane.pixels, level)
