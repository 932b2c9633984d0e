"""Masks go into rows and come back, bit for bit."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import ProjectDamaged
from editor.imaging.geometry import Rect, Size
from editor.mask.deed import UNKNOWN, Deed
from editor.mask.patch import Coverage, Patch
from editor.mask.plane import MaskPlane
from editor.project.masks import (
    coverage_of,
    deed_of,
    packed_coverage,
    packed_step,
    packed_tiles,
    patch_of,
    plane_of,
    stored_mask,
)

SIZE = Size(600, 300)
MADE = "2026-11-29T09:35:20.123+00:00"

rects = st.builds(
    lambda x, y, w, h: Rect(x, y, min(x + w, SIZE.width), min(y + h, SIZE.height)),
    st.integers(0, SIZE.width - 1),
    st.integers(0, SIZE.height - 1),
    st.integers(1, 400),
    st.integers(1, 200),
)


@given(st.lists(st.tuples(rects, st.integers(0, 255)), max_size=6))
def test_tiles_told_after_each_stroke_make_the_mask(strokes: list[tuple[Rect, int]]) -> None:
    plane = MaskPlane(SIZE)
    rows: dict[tuple[int, int], bytes | None] = {}
    for rect, value in strokes:
        edit = plane.edit()
        edit.region(rect)[:] = value
        rows.update(packed_tiles(plane.current(edit.commit())))
    again = plane_of(SIZE, [data for data in rows.values() if data is not None])
    assert np.array_equal(again.pixels, plane.pixels)
    assert again.box == plane.box


@pytest.mark.parametrize("deed", [Deed(), Deed("brush"), Deed("lasso", "subtract")])
def test_a_step_tells_what_was_done_and_earlier_versions_read_its_patch(deed: Deed) -> None:
    patch = Patch(SIZE, {Rect(0, 0, 256, 256): 7}, deed)
    data = packed_step(patch)
    assert deed_of(data) == deed
    assert patch_of(data, SIZE).to_bytes() == patch.to_bytes()
    steps = stored_mask(SIZE, [], [(data, True), (data, False)])
    assert [step.deed for step in (*steps.undo, *steps.redo)] == [deed, deed]


@pytest.mark.parametrize("tile", [7, np.arange(256 * 256).astype(np.uint8).reshape(256, 256)])
def test_a_step_tells_when_it_was_made_behind_what_earlier_versions_read(
    tile: int | Coverage,
) -> None:
    patch = Patch(SIZE, {Rect(0, 0, 256, 256): tile}, Deed("grow", by=4, made=MADE))
    data = packed_step(patch)
    assert deed_of(data).made == MADE
    (step,) = stored_mask(SIZE, [], [(data, True)]).undo
    assert step.deed.made == MADE
    assert data.startswith(patch.to_bytes())
    length, mark = struct.unpack("<H4s", data[-6:])
    assert (data[-6 - length : -6], mark) == (b"grow new 4", b"FMD1")


def test_a_step_without_a_time_is_as_earlier_versions_wrote_it() -> None:
    patch = Patch(SIZE, {Rect(0, 0, 256, 256): 7}, Deed("brush"))
    data = packed_step(patch)
    assert data == patch.to_bytes() + b"brush new 0" + b"\x0b\x00FMD1"
    assert deed_of(data).made == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"FMD1",
        Patch(SIZE, {}).to_bytes(),
        b"\xff\x00\xff\x04\x00FMD1",
        b"\xff\xff\xffFMT1" * 3,
    ],
)
def test_a_step_of_an_earlier_version_tells_nothing(data: bytes) -> None:
    assert deed_of(data) is UNKNOWN


def test_a_time_that_is_no_text_is_kept_as_far_as_it_is() -> None:
    patch = Patch(SIZE, {Rect(0, 0, 256, 256): 7}, Deed("brush"))
    foot = b"brush new 0\x0b\x00FMD1"
    data = patch.to_bytes() + b"noon\xff\x05\x00FMT1" + foot
    (step,) = stored_mask(SIZE, [], [(data, True)]).undo
    assert packed_step(step) == patch.to_bytes() + b"noon?\x05\x00FMT1" + foot


def test_a_tile_without_paint_is_no_row() -> None:
    plane = MaskPlane(SIZE)
    with plane.edit() as edit:
        edit.region(Rect(0, 0, 300, 10))[:] = 9
        edit.commit()
    with plane.edit() as edit:
        edit.region(Rect(0, 0, 256, 10))[:] = 0
        patch = edit.commit()
    assert packed_tiles(plane.current(patch)) == {(0, 0): None}
    assert packed_tiles(plane.current(patch).packed()) == {(0, 0): None}


def test_a_constant_tile_is_small() -> None:
    plane = MaskPlane(SIZE)
    with plane.edit() as edit:
        edit.region(Rect(0, 0, *SIZE))[:] = 255
        patch = edit.commit()
    rows = packed_tiles(plane.current(patch).packed())
    assert len(rows) == 6
    assert all(data is not None and len(data) < 50 for data in rows.values())


@given(rects, st.integers(0, 255))
def test_coverage_comes_back(rect: Rect, value: int) -> None:
    coverage = np.zeros((SIZE.height, SIZE.width), np.uint8)
    coverage[rect.rows_cols] = value
    again = coverage_of(packed_coverage(coverage), SIZE)
    assert np.array_equal(again, coverage)
    assert not again.flags.writeable


def test_a_mask_of_another_size_is_refused() -> None:
    data = packed_coverage(np.ones((300, 600), np.uint8))
    for read in (coverage_of, patch_of):
        with pytest.raises(ProjectDamaged, match="another size"):
            read(data, Size(600, 301))
    with pytest.raises(ProjectDamaged):
        plane_of(Size(10, 10), [data])
