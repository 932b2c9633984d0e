"""The frame of a larger canvas: what takes hold of it, how it is pulled, and how it is seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from pytestqt.qtbot import QtBot

from editor.imaging.geometry import Rect, whole
from editor.imaging.outward import Bounds
from editor.ui.canvas.canvas import Canvas
from editor.ui.canvas.grips import Grip
from editor.ui.canvas.larger import EDGE
from editor.ui.theme import current
from tests.widget.canvas.conftest import GREEN, SIZE, Hand

Shot = Callable[[], np.ndarray]
Shape = Qt.CursorShape
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
WHOLE = whole(SIZE)


@pytest.fixture
def frames(canvas: Canvas) -> list[Rect]:
    """Every frame that was asked for, and shown as the window does."""
    asked: list[Rect] = []

    def draw(frame: Rect, held: object) -> None:
        asked.append(frame)
        canvas.larger.show_frame(frame)

    canvas.resize(800, 600)
    canvas.larger.drawing.connect(draw)
    canvas.larger.open(Bounds(SIZE, 3000, 10**7))
    canvas.viewport.look_at(1.0, (200, 150))  # the picture's corner at 200, 150
    return asked


@pytest.mark.usefixtures("frames")
@pytest.mark.parametrize(
    ("at", "grip", "shape"),
    [
        ((200, 150), Grip(-1, -1), Shape.SizeFDiagCursor),
        ((606, 144), Grip(1, -1), Shape.SizeBDiagCursor),
        ((330, 450), Grip(0, 1), Shape.SizeVerCursor),
        ((197, 400), Grip(-1, 0), Shape.SizeHorCursor),
        ((400, 300), None, Shape.OpenHandCursor),
        ((100, 300), None, Shape.OpenHandCursor),
    ],
)
@pytest.mark.parametrize("tool", ["brush", "rectangle", "zoom"])
def test_sides_take_hold_anywhere_with_every_tool(
    canvas: Canvas, hand: Hand, tool: str, at: tuple[int, int], grip: Grip | None, shape: Shape
) -> None:
    canvas.set_tool(tool)
    hand.move(at)
    assert canvas.larger.hovered == grip
    assert canvas.cursor().shape() is shape


@pytest.mark.parametrize(
    ("start", "way", "keys", "expected"),
    [
        ((600, 330), (80, 20), None, (0, 0, 480, 300)),
        ((200, 150), (-70, -20), None, (-70, -20, 400, 300)),
        ((600, 330), (-80, 20), None, (0, 0, 400, 300)),
        ((600, 330), (80, 0), ALT, (-80, 0, 480, 300)),
        ((600, 450), (60, 0), SHIFT, (0, 0, 460, 345)),
        ((600, 450), (60, 0), SHIFT | ALT, (-60, -45, 460, 345)),
        ((600, 330), (46, 0), None, (0, 0, 450, 300)),
    ],
)
def test_a_side_is_pulled_as_the_keys_say_and_stops_at_useful_shapes(
    canvas: Canvas,
    hand: Hand,
    frames: list[Rect],
    start: tuple[int, int],
    way: tuple[int, int],
    keys: Qt.KeyboardModifier | None,
    expected: tuple[int, ...],
) -> None:
    held = {} if keys is None else {"modifiers": keys}
    hand.drag(start, (start[0] + way[0], start[1] + way[1]), **held)
    assert frames == [expected]
    assert canvas.painting.plane.is_empty


def test_keys_count_at_every_moment_of_a_pull(hand: Hand, frames: list[Rect]) -> None:
    hand.press((600, 450))
    hand.move((640, 460))
    hand.key(Qt.Key.Key_Shift, up=False)
    hand.move((641, 460), modifiers=SHIFT)
    hand.key(Qt.Key.Key_Shift, SHIFT, down=False)
    hand.key(Qt.Key.Key_Alt, up=False)
    hand.release((641, 460))
    assert [frame[2:] for frame in frames[:3]] == [(440, 310), (440, 330), (441, 331)]
    assert frames[3:] == [(0, 0, 441, 310), (-40, -10, 440, 310)]


def test_the_new_area_is_tinted_and_the_picture_is_not(
    canvas: Canvas, frames: list[Rect], shot: Shot
) -> None:
    canvas.larger.show_frame(Rect(-50, 0, 400, 340))
    seen = shot().astype(int)
    ground, tint = seen[100, 100], seen[300, 170]
    assert (ground == current().colours.surround.getRgb()[:3]).all()
    assert tint[0] - ground[0] > 30
    assert (seen[470, 400] == tint).all()
    assert (seen[300, 400] == GREEN).all()
    canvas.larger.close()
    assert (shot()[300, 170] == ground).all()


@pytest.mark.usefixtures("frames")
def test_nothing_is_painted_meanwhile_and_a_drag_elsewhere_pans(canvas: Canvas, hand: Hand) -> None:
    hand.drag((300, 300), (330, 310))
    assert canvas.viewport.origin == (230, 160)
    hand.drag((300, 300), (310, 310), button=Qt.MouseButton.RightButton)
    assert canvas.viewport.origin == (240, 170)
    assert canvas.painting.plane.is_empty


def test_words_stand_at_the_pointer_then_at_the_frame(
    canvas: Canvas, hand: Hand, frames: list[Rect]
) -> None:
    assert canvas.larger.region().isEmpty()
    hand.press((200, 330))
    hand.move((120, 340))
    words = canvas.larger.region().boundingRect()
    assert 120 < words.left() < 150
    assert 340 < words.top() < 370
    hand.move((30, 595))
    assert QRect(0, 0, 800, 600).contains(canvas.larger.region().boundingRect())
    hand.release((30, 595))
    assert canvas.larger.region().boundingRect().bottom() < 150
    assert len(frames) == 2


def test_a_pull_is_given_up(canvas: Canvas, hand: Hand, frames: list[Rect]) -> None:
    assert not canvas.larger.abandon()
    canvas.larger.show_frame(Rect(0, 0, 430, 300))
    hand.press((630, 330))
    hand.move((700, 330))
    assert canvas.larger.abandon()
    hand.move((750, 330))
    hand.release((750, 330))
    assert frames == [(0, 0, 500, 300), (0, 0, 430, 300)]


def test_it_opens_with_room_around_and_leaves_the_view_as_it_was(canvas: Canvas) -> None:
    bounds = Bounds(SIZE, 3000, 10**7)
    canvas.larger.open(bounds)
    left, top = canvas.viewport.origin
    assert min(left, top) >= EDGE + 8
    canvas.larger.show_frame(Rect(-1500, 0, 400, 300))
    assert canvas.viewport.to_pane(-1500, 0)[0] >= EDGE + 8
    canvas.larger.close()
    assert (canvas.viewport.zoom, canvas.viewport.fitted) == (1.0, True)
    canvas.viewport.look_at(3.0, (100, 90))
    canvas.larger.open(bounds)
    assert canvas.viewport.zoom < 1
    canvas.larger.close()
    canvas.larger.close()
    assert (canvas.viewport.zoom, canvas.viewport.centre) == (3.0, (100, 90))


@pytest.mark.parametrize("fitted", [True, False])
def test_the_view_follows_a_side_that_is_pulled_to_its_rim(
    canvas: Canvas, hand: Hand, frames: list[Rect], qtbot: QtBot, fitted: bool
) -> None:
    if fitted:
        canvas.viewport.fit()
    zoom = canvas.viewport.zoom
    right = canvas.viewport.to_pane(400, 150)[0]
    hand.press((right, 330))
    hand.move((810, 330))
    qtbot.waitUntil(lambda: frames[-1].right > 900)
    assert (canvas.viewport.zoom < zoom) is fitted
    assert (canvas.viewport.to_pane(0, 0)[0] > 0) is fitted
    hand.release((810, 330))
    assert canvas.viewport.fitted is fitted


@pytest.mark.usefixtures("frames")
def test_once_decided_it_is_only_seen(canvas: Canvas, hand: Hand, shot: Shot) -> None:
    canvas.larger.show_frame(Rect(0, 0, 450, 300))
    assert (shot()[453, 650] == 0).all()
    canvas.larger.settle("extending…")
    assert (shot()[453, 650] == current().colours.surround.getRgb()[:3]).all()
    assert canvas.larger.grip_at(QPointF(650, 300), line=True) is None
    assert not canvas.larger.region().isEmpty()
    hand.drag((650, 300), (700, 300))
    assert canvas.larger.shown
    assert canvas.painting.plane.is_empty


@pytest.mark.usefixtures("frames")
def test_the_dashed_window_makes_way(canvas: Canvas) -> None:
    assert canvas.grips is canvas.larger
    canvas.larger.close()
    assert canvas.grips is canvas.frame
