"""Size rules: what is legal, and the nearest size that is."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.capability.limits import (
    Anything,
    Fixed,
    Free,
    Limits,
    heights,
    legal,
    nearest,
    widths,
)
from editor.imaging.geometry import Size

FREE = Free(multiple=16, longest=3840, ratio=3.0, least=655_360, most=8_294_400)
THREE = Fixed((Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)))

sides = st.integers(1, 12_000)
sizes = st.builds(Size, sides, sides)


@pytest.mark.parametrize(
    "size", [(1024, 640), (3840, 2160), (2880, 2880), (1536, 864), (1408, 480)]
)
def test_the_vendors_own_examples_are_legal(size):
    assert legal(FREE, Size(*size)) == ""


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        ((1000, 1000), "sides must be multiples of 16"),
        ((4096, 4096), "no side may be longer than 3840 pixels"),
        ((3200, 1024), "no more than 3 times as long as wide"),
        ((576, 1024), "at least 655,360 pixels in all"),
        ((3840, 2176), "at most 8,294,400 pixels in all"),
        ((0, 16), "a side needs at least one pixel"),
    ],
)
def test_what_is_not_legal_says_why(size, reason):
    assert legal(FREE, Size(*size)) == reason


def test_fixed_sizes_are_listed():
    assert legal(THREE, Size(1536, 1024)) == ""
    assert legal(THREE, Size(1536, 1025)) == "not one of 1024x1024, 1536x1024, 1024x1536"


def test_anything_takes_every_size_that_has_pixels():
    assert legal(Anything(), Size(1, 77)) == ""
    assert legal(Anything(), Size(-1, 77)) == "a side needs at least one pixel"
    assert nearest(Anything(), Size(3, 77)) == Size(3, 77)
    assert nearest(Anything(), Size(0, 77)) == Size(1, 77)


@given(sizes)
def test_the_nearest_size_is_legal(size):
    assert not legal(FREE, nearest(FREE, size))
    assert not legal(THREE, nearest(THREE, size))


@given(sizes)
def test_a_legal_size_is_its_own_answer(size):
    on_grid = Size(size.width // 16 * 16, size.height // 16 * 16)
    if not legal(FREE, on_grid):
        assert nearest(FREE, on_grid) == on_grid
    for fixed in THREE.sizes:
        assert nearest(THREE, fixed) == fixed


@given(sizes)
def test_proportions_are_kept_to_a_step_of_the_grid(size):
    shape = min(max(size.width / size.height, 1 / 3), 3)
    found = nearest(FREE, size)
    assert abs(math.log(found.width / found.height / shape)) < 0.02


def test_the_nearest_is_nearer_than_every_other():
    size = Size(1000, 700)
    found = nearest(FREE, size)
    others = [Size(w, h) for w in range(784, 1296, 16) for h in heights(FREE, w)]

    def far(at):
        bent = abs(math.log(at.width / at.height * 700 / 1000))
        return abs(math.log(at.area / size.area)) + 8 * bent

    assert far(found) == min(far(other) for other in others)


@pytest.mark.parametrize(
    ("size", "found"),
    [((3000, 3000), (1024, 1024)), ((4000, 3000), (1536, 1024)), ((600, 4000), (1024, 1536))],
)
def test_a_fixed_size_is_chosen_by_shape(size, found):
    assert nearest(THREE, Size(*size)) == Size(*found)


def test_of_one_shape_the_closest_scale_is_chosen():
    squares = Fixed((Size(256, 256), Size(512, 512), Size(1024, 1024)))
    assert nearest(squares, Size(500, 500)) == Size(512, 512)
    assert nearest(squares, Size(5000, 4000)) == Size(1024, 1024)


def test_heights_of_a_width():
    assert list(heights(FREE, 3840))[:1] == [1280]
    assert list(heights(FREE, 3840))[-1:] == [2160]
    assert not heights(FREE, 16)
    assert widths(FREE)[0] == 16
    assert widths(FREE)[-1] == 3840


def test_references_are_the_pictures_after_the_first():
    assert Limits(pictures=16).references == 15
