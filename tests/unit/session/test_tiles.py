"""A tile shows the changed part with its surroundings, in its own shape, with the answer on it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from editor.compose.blend import Overlay
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.session.tiles import TILE, tile_picture, tile_window

RED, BLUE = (0, 0, 255, 255), (255, 0, 0, 255)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[Rect, Size]:
    """A box inside a picture."""
    size = Size(draw(st.integers(1, 5000)), draw(st.integers(1, 5000)))
    left, right = sorted(draw(st.tuples(*[st.integers(0, size.width)] * 2)))
    top, bottom = sorted(draw(st.tuples(*[st.integers(0, size.height)] * 2)))
    return Rect(left, top, right, bottom), size


def filled(size: Size, colour: tuple[int, ...]) -> Raster:
    return Raster(np.full((size.height, size.width, 4), colour, np.uint8))


@given(boxes())
def test_the_window_lies_inside_the_picture_and_is_never_empty(case: tuple[Rect, Size]) -> None:
    box, size = case
    window = tile_window(box, size)
    assert window == window.clipped(size)
    assert not window.empty


@given(boxes())
def test_the_window_holds_the_box(case: tuple[Rect, Size]) -> None:
    box, size = case
    if not box.empty:
        assert tile_window(box, size).joined(box) == tile_window(box, size)


def test_the_window_has_the_shape_of_a_tile_and_room_around_the_box() -> None:
    window = tile_window(Rect(2000, 1000, 2400, 1100), Size(6000, 4000))
    assert window.size == (640, 480)
    assert abs((window.left + window.right) / 2 - 2200) <= 1
    assert abs((window.top + window.bottom) / 2 - 1050) <= 1


def test_a_spot_is_not_blown_up_beyond_half_a_tile() -> None:
    assert tile_window(Rect(500, 500, 501, 501), Size(1000, 1000)).size == (112, 84)


def test_without_a_box_the_whole_picture_is_shown() -> None:
    assert tile_window(Rect(0, 0, 0, 0), Size(1200, 900)) == (0, 0, 1200, 900)


def test_the_answer_lies_where_it_belongs() -> None:
    box = Rect(1000, 600, 1400, 900)
    answer = Overlay(box, filled(box.size, RED).pixels.copy())
    base = filled(Size(3000, 2000), BLUE)
    tile = tile_picture(base, answer, box).pixels
    window = tile_window(box, base.size)
    scale = tile.shape[1] / window.size.width
    middle = (box.top + box.bottom) / 2 - window.top, (box.left + box.right) / 2 - window.left
    assert tuple(tile[round(middle[0] * scale), round(middle[1] * scale)]) == RED
    share = (tile[..., 2] > 128).mean()
    assert abs(share - box.size.area / window.size.area) < 0.02
    assert tuple(tile[0, 0]) == tuple(tile[-1, -1]) == BLUE


def test_a_tile_without_an_answer_shows_the_base_and_leaves_it_alone() -> None:
    base = filled(Size(900, 600), BLUE)
    tile = tile_picture(base, None, Rect(0, 0, 900, 600))
    assert tile.size.width <= TILE.width
    assert tile.size.height <= TILE.height
    assert (tile.pixels == BLUE).all()


def test_an_answer_outside_of_the_window_is_not_drawn() -> None:
    far = Overlay(Rect(0, 0, 10, 10), filled(Size(10, 10), RED).pixels.copy())
    tile = tile_picture(filled(Size(4000, 3000), BLUE), far, Rect(3000, 2000, 3300, 2300))
    assert (tile.pixels == BLUE).all()


def test_drawing_a_tile_does_not_change_the_base() -> None:
    base, box = filled(Size(300, 200), BLUE), Rect(10, 10, 50, 50)
    tile_picture(base, Overlay(box, filled(box.size, RED).pixels.copy()), box)
    assert (base.pixels == BLUE).all()
