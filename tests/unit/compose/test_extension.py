"""On a larger canvas every sample of the source stays, and the new area goes on from its edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.compose.extension import SOFT, Sides, extended, new_area
from editor.imaging import codec, cv
from editor.imaging.encode import encode
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Native
from editor.imaging.window import seen

WIDTH = st.integers(0, 40)
SIDES = st.builds(Sides, WIDTH, WIDTH, WIDTH, WIDTH)
SIZE = Size(30, 20)


def native(kind: type = np.uint8, channels: int = 3) -> Native:
    most = np.iinfo(kind).max
    shape = (SIZE.height, SIZE.width, channels)
    return Native(np.random.default_rng(1).integers(0, most + 1, shape).astype(kind))


@given(SIDES, st.sampled_from([np.uint8, np.uint16]), st.sampled_from([3, 4]))
def test_every_sample_stays_at_its_offset(sides: Sides, kind: type, channels: int) -> None:
    source = native(kind, channels)
    found = extended(source, sides).samples
    assert found.dtype == source.samples.dtype
    assert found.shape[:2] == (20 + sides.top + sides.bottom, 30 + sides.left + sides.right)
    assert np.array_equal(found[sides.inside(SIZE).rows_cols], source.samples)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_it_stays_so_in_the_file(kind: type) -> None:
    source, sides = native(kind), Sides(5, 6, 7, 8)
    facts = codec.read_facts(encode(source, codec.read_facts(png(source), "a.png"), "png"), "a.png")
    data = encode(extended(source, sides), facts, "png")
    found = codec.decode_native(data, codec.read_facts(data, "a.png")).samples
    assert np.array_equal(found[sides.inside(SIZE).rows_cols], source.samples)


def png(source: Native) -> bytes:
    from editor.imaging import png as writer

    return writer.encode(source.samples, level=1, chunks=[])


def test_the_new_area_goes_on_from_the_edge() -> None:
    samples = np.zeros((20, 30, 3), np.uint8)
    samples[:, 15:] = 200
    found = extended(Native(samples), Sides(10, 10, 10, 10)).samples
    assert (found[:, :10] == 0).all()
    assert (found[:, -10:] == 200).all()
    assert found[0, 12].max() < 60 < found[0, 38].min()


@given(SIDES, st.sampled_from([np.uint8, np.uint16]), st.sampled_from([3, 4]))
def test_a_new_side_is_what_softening_all_of_it_makes(
    sides: Sides, kind: type, channels: int
) -> None:
    source, inside = native(kind, channels), sides.inside(SIZE)
    found = extended(source, sides).samples
    whole = seen(source.samples, sides.around(SIZE))
    for rect, width in (
        (Rect(0, 0, found.shape[1], inside.top), sides.top),
        (Rect(0, inside.bottom, found.shape[1], found.shape[0]), sides.bottom),
        (Rect(0, inside.top, inside.left, inside.bottom), sides.left),
        (Rect(inside.right, inside.top, found.shape[1], inside.bottom), sides.right),
    ):
        if width:
            soft = cv.gaussian(
                np.ascontiguousarray(whole[rect.rows_cols]), min(SOFT, width / 4 + 0.5)
            )
            assert np.array_equal(found[rect.rows_cols], soft)


@given(SIDES)
def test_the_new_area_is_masked_and_what_was_painted_stays(sides: Sides) -> None:
    coverage = np.random.default_rng(2).integers(0, 256, (20, 30)).astype(np.uint8)
    found = new_area(coverage, sides)
    inside = sides.inside(SIZE)
    assert np.array_equal(found[inside.rows_cols], coverage)
    found[inside.rows_cols] = 255
    assert (found == 255).all()


def test_sides_know_whether_they_add_anything() -> None:
    assert not Sides()
    assert Sides(top=1)
    assert Sides.between(Rect(-1, -2, 33, 24), SIZE) == Sides(1, 2, 3, 4)
    assert Sides(1, 2, 3, 4).around(SIZE) == Rect(-1, -2, 33, 24)
