import numpy as np
import pytest

from editor.imaging.geometry import Rect, Size
from editor.mask import region
from editor.mask.plane import MaskPlane

SIZE = Size(300, 270)


@pytest.fixture
def plane() -> MaskPlane:
    plane = MaskPlane(SIZE)
    region.fill_rect(plane, Rect(10, 20, 110, 70), 200)
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


def test_a_rectangle_is_cut_at_the_picture(plane: MaskPlane) -> None:
    region.fill_rect(plane, Rect(-9, 260, 5, 400), 77)
    assert plane.box == Rect(0, 20, 110, 270)
    assert (plane.pixels[260:, :5] == 77).all()


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
