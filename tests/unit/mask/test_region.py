import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.imaging.geometry import Rect, Size, whole
from editor.mask import region
from editor.mask.plane import MaskPlane
from tests.fakes.filling import fill_rect

SIZE = Size(300, 270)


@pytest.fixture
def plane() -> MaskPlane:
    plane = MaskPlane(SIZE)
    fill_rect(plane, Rect(10, 20, 110, 70), 200)
    return plane


def test_everything_may_change(plane: MaskPlane) -> None:
    region.fill(plane)
    assert plane.pixels.min() == 255


def test_nothing_may_change(plane: MaskPlane) -> None:
    region.clear(plane)
    assert plane.is_empty
    assert not region.clear(plane)


def test_inverting_keeps_soft_values_and_is_its_own_inverse(plane: MaskPlane) -> None:
    before = plane.snapshot()
    region.invert(plane)
    assert plane.pixels[30, 30] == 55
    assert plane.pixels[0, 0] == 255
    region.invert(plane)
    assert np.array_equal(plane.pixels, before)


def test_another_mask_takes_the_place(plane: MaskPlane) -> None:
    other = np.arange(300 * 270, dtype=np.uint32).astype(np.uint8).reshape(270, 300)
    region.cover(plane, other)
    assert np.array_equal(plane.pixels, other)
    with pytest.raises(AssertionError):
        region.cover(plane, other[:9])


def test_each_is_one_step_back(plane: MaskPlane) -> None:
    before = plane.snapshot()
    for change in (region.fill, region.clear, region.invert):
        plane.swap(change(plane))
        assert np.array_equal(plane.pixels, before)


@given(st.data())
def test_tiles_of_one_value_give_the_same_bytes_as_pixels(data: st.DataObject) -> None:
    plane = MaskPlane(SIZE)
    expected = np.zeros((SIZE.height, SIZE.width), np.uint8)
    for _ in range(data.draw(st.integers(1, 5))):
        change = data.draw(st.sampled_from(["rect", "all", "none", "invert", "back"]))
        before, was = expected.copy(), plane.box
        match change:
            case "rect":
                left, top = data.draw(st.integers(-20, 290)), data.draw(st.integers(-20, 265))
                rect, value = Rect(left, top, left + 90, top + 80), data.draw(st.integers(0, 255))
                patch = fill_rect(plane, rect, value)
                expected[rect.clipped(SIZE).rows_cols] = value
            case "all":
                patch, expected = region.fill(plane), np.full_like(expected, 255)
            case "none":
                patch, expected = region.clear(plane), np.zeros_like(expected)
            case _:
                patch, expected = region.invert(plane), ~expected
        if change == "back":
            plane.swap(patch.packed())
            expected = before
            assert plane.box == was
        assert np.array_equal(plane.pixels, expected)
        assert np.array_equal(plane.draft().coverage(whole(SIZE)), expected)
        assert plane.is_full is bool(expected.min() == 255)
        assert plane.is_empty is not expected.any()
        for part, value in plane.parts(whole(SIZE)):
            assert value is None or (expected[part.rows_cols] == value).all()
