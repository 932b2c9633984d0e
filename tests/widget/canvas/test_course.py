"""The brush follows the hand: calmed, kept to an axis, and all the way to where the pen lifts."""

from __future__ import annotations

import pytest

from editor.imaging.geometry import Point
from editor.ui.canvas.course import STILL, Course


def course(smoothing="off", zoom: float = 1.0, *, held: bool = False) -> Course:
    return Course(Point(100, 100), smoothing, zoom, held=held)


def test_without_help_the_brush_is_where_the_hand_is() -> None:
    way = course()
    assert way.to(Point(130, 145), lock=False) == (130, 145)
    assert way.end() is None


@pytest.mark.parametrize(
    ("hand", "brush"), [((160, 110), (160, 100)), ((90, 40), (100, 40)), ((110, 150), (100, 150))]
)
def test_a_locked_brush_keeps_to_the_axis_of_the_first_move(hand, brush) -> None:
    way = course()
    assert way.to(Point(*hand), lock=True) == brush
    assert way.to(Point(300, 400), lock=True) == ((300, 100) if brush[1] == 100 else (100, 400))


def test_the_axis_is_chosen_once_the_hand_has_moved_at_all() -> None:
    way = course(zoom=0.5)
    assert way.to(Point(100, 100 + STILL), lock=True) == (100, 100)
    assert way.to(Point(100 + 4 * STILL, 100 + STILL), lock=True) == (100 + 4 * STILL, 100)


def test_a_lock_begins_where_the_hand_was_and_ends_with_its_key() -> None:
    way = course()
    way.to(Point(150, 150), lock=False)
    assert way.to(Point(152, 190), lock=True) == (150, 190)
    assert way.to(Point(160, 200), lock=False) == (160, 200)
    assert way.to(Point(200, 205), lock=True) == (200, 200)


def test_the_key_of_a_line_locks_nothing_until_it_was_let_go() -> None:
    way = course(held=True)
    assert way.to(Point(150, 120), lock=True) == (150, 120)
    assert way.to(Point(160, 130), lock=False) == (160, 130)
    assert way.to(Point(200, 140), lock=True) == (200, 130)


def test_a_calm_brush_trails_and_ends_where_the_pen_lifts() -> None:
    way = course("strong")
    assert 100 < way.to(Point(200, 100), lock=False).x < 190
    assert way.end() == (200, 100)


def test_calm_is_measured_on_the_screen() -> None:
    near, far = course("light", 4.0), course("light", 0.25)
    assert near.to(Point(110, 100), lock=False).x > far.to(Point(110, 100), lock=False).x
