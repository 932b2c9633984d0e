"""The dashed window on the canvas: where its words and handles are, and what they take hold of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QRegion

from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.ui.canvas.canvas import Canvas
from editor.ui.canvas.grips import MOVE, Grip
from tests.widget.canvas.conftest import GREEN, Hand

Shot = Callable[[], np.ndarray]
WINDOW = Rect(60, 80, 340, 260)
Shape = Qt.CursorShape


@pytest.fixture
def framed(canvas: Canvas) -> Canvas:
    canvas.frame.show_window(Placement(WINDOW, WINDOW.size))
    canvas.frame.say("send 280 × 180  1:1")
    return canvas


@pytest.mark.parametrize(
    ("at", "grip", "shape"),
    [
        ((60, 80), Grip(-1, -1), Shape.SizeFDiagCursor),
        ((340, 80), Grip(1, -1), Shape.SizeBDiagCursor),
        ((336, 264), Grip(1, 1), Shape.SizeFDiagCursor),
        ((200, 80), Grip(0, -1), Shape.SizeVerCursor),
        ((66, 170), Grip(-1, 0), Shape.SizeHorCursor),
    ],
)
@pytest.mark.parametrize("tool", ["brush", "hand", "zoom"])
def test_handles_take_hold_with_every_tool(
    framed: Canvas, hand: Hand, tool: str, at: tuple[int, int], grip: Grip, shape: Shape
) -> None:
    framed.set_tool(tool)
    hand.move(at)
    assert framed.frame.hovered == grip
    assert framed.cursor().shape() is shape
    hand.move((100, 150))
    assert framed.frame.hovered is None


@pytest.mark.parametrize(("tool", "grip"), [("brush", None), ("hand", MOVE), ("zoom", MOVE)])
def test_the_line_is_for_painting_across_unless_with_the_hand(
    framed: Canvas, tool: str, grip: Grip | None
) -> None:
    framed.set_tool(tool)
    assert framed.frame.grip_at(QPointF(130, 82), line=tool != "brush") == grip
    assert framed.frame.grip_at(QPointF(130, 90), line=True) is None


@pytest.mark.parametrize(
    ("start", "way", "expected", "held"),
    [
        ((60, 80), (-10, -20), (50, 60, 340, 260), (1, 1)),
        ((340, 260), (-20, 15), (60, 80, 320, 275), (0, 0)),
        ((340, 170), (25, 99), (60, 80, 365, 260), (0, 0.5)),
        ((200, 80), (50, 30), (60, 110, 340, 260), (0.5, 1)),
        ((340, 170), (-400, 0), (60, 80, 76, 260), (0, 0.5)),
    ],
)
def test_dragging_draws_another_window(
    framed: Canvas,
    hand: Hand,
    start: tuple[int, int],
    way: tuple[int, int],
    expected: tuple[int, ...],
    held: tuple[float, float],
) -> None:
    drawing: list[tuple[Rect, object]] = []
    drawn: list[tuple[Rect, object]] = []
    framed.frame.drawing.connect(lambda *what: drawing.append(what))
    framed.frame.drawn.connect(lambda *what: drawn.append(what))
    hand.drag(start, (start[0] + way[0], start[1] + way[1]))
    assert drawing == drawn == [(Rect(*expected), held)]
    assert framed.painting.plane.is_empty


def test_a_click_on_a_handle_draws_nothing(framed: Canvas, hand: Hand) -> None:
    drawn: list[object] = []
    framed.frame.drawn.connect(lambda *what: drawn.append(what))
    hand.drag((60, 80))
    assert drawn == []
    assert framed.painting.plane.is_empty


@pytest.mark.parametrize(
    "how",
    [
        {"button": Qt.MouseButton.RightButton},
        {"modifiers": Qt.KeyboardModifier.ShiftModifier},
        {"modifiers": Qt.KeyboardModifier.AltModifier},
        {"button": Qt.MouseButton.MiddleButton},
    ],
)
def test_presses_with_another_meaning_keep_it(
    framed: Canvas, hand: Hand, how: dict[str, object]
) -> None:
    drawn: list[object] = []
    framed.frame.drawn.connect(lambda *what: drawn.append(what))
    hand.drag((60, 80), (90, 90), **how)
    assert drawn == []
    assert not framed.painting.painting


def test_space_pans_from_a_handle_too(framed: Canvas, hand: Hand) -> None:
    hand.key(Qt.Key.Key_Space, up=False)
    framed.viewport.set_zoom(2.0)
    before = framed.viewport.origin
    box = framed.viewport.rect_to_pane(WINDOW)
    hand.drag((box.right, box.bottom), (box.right + 9, box.bottom + 9))
    assert framed.viewport.origin == (before[0] + 9, before[1] + 9)
    hand.key(Qt.Key.Key_Space, down=False)


def test_what_is_drawn_can_be_given_up(framed: Canvas, hand: Hand) -> None:
    told: list[str] = []
    framed.frame.dropped.connect(lambda: told.append("dropped"))
    framed.frame.drawn.connect(lambda *_: told.append("drawn"))
    assert not framed.frame.abandon()
    hand.press((60, 80))
    hand.move((20, 20))
    assert framed.frame.pulled
    assert framed.frame.abandon()
    hand.move((10, 10))
    hand.release((10, 10))
    assert told == ["dropped"]


def test_handles_are_drawn_and_shine_under_the_pointer(
    framed: Canvas, hand: Hand, shot: Shot
) -> None:
    assert shot()[80, 60].tolist() == [255, 255, 255]
    assert shot()[77, 60].tolist() == [0, 0, 0]
    hand.move((60, 80))
    assert shot()[80, 60].tolist() not in ([255, 255, 255], list(GREEN))


def test_a_small_window_has_handles_at_its_corners_only(framed: Canvas) -> None:
    framed.frame.show_window(Placement(Rect(100, 100, 130, 130), Size(60, 60)))
    assert framed.frame.grip_at(QPointF(115, 100), line=False) is None
    assert framed.frame.grip_at(QPointF(100, 130), line=False) == Grip(-1, 1)


@pytest.mark.parametrize(
    ("window", "place"),
    [
        (Rect(60, 80, 340, 260), "above"),
        (Rect(60, 10, 340, 200), "below"),
        (Rect(0, 0, 400, 300), "inside"),
        (Rect(-90, -90, 500, 500), "inside"),
        (Rect(380, 100, 420, 200), "above"),
    ],
)
def test_the_words_stand_at_the_window_in_sight(framed: Canvas, window: Rect, place: str) -> None:
    framed.frame.show_window(Placement(window, Size(9, 9)))
    words = framed.frame.region().boundingRect()
    assert QRect(0, 0, 400, 300).contains(words)
    assert not framed.chrome.region().intersects(words)
    if place == "above":
        assert window.top - 15 <= words.bottom() <= window.top
    elif place == "below":
        assert window.bottom <= words.top() <= window.bottom + 15
    else:
        assert words.top() > 250


def test_words_make_way_for_other_words(framed: Canvas) -> None:
    framed.frame.show_window(Placement(Rect(10, 70, 390, 200), Size(9, 9)))
    above = framed.frame.region().boundingRect()
    assert above.bottom() < 70
    framed.show_caption("Showing v2 - Enter keeps, Esc back, and some more words than fit here")
    assert framed.frame.region().boundingRect().top() > 200


@pytest.mark.parametrize(
    "window",
    [Rect(0, 0, 400, 300), Rect(2, 8, 390, 290), Rect(-90, -90, 500, 500)],
)
def test_words_make_way_for_controls_and_stay_off_the_handles(framed: Canvas, window: Rect) -> None:
    framed.chrome.show_hint(shown=False)
    framed.frame.show_window(Placement(window, Size(9, 9)))
    low = framed.frame.region().boundingRect()
    prompt = QRect(0, 180, 400, 120)
    assert low.intersects(prompt)
    framed.chrome.cover(QRegion(prompt))
    words = framed.frame.region().boundingRect()
    assert QRect(0, 0, 400, 180).contains(words)
    assert not framed.chrome.region().intersects(words)
    assert not handles(window).intersects(words)
    framed.chrome.cover(QRegion())
    assert framed.frame.region().boundingRect() == low


@pytest.mark.parametrize("high", [40, 60, 66, 70, 90])
def test_words_in_a_low_box_stay_off_its_handles(framed: Canvas, high: int) -> None:
    window = Rect(0, 150 - high, 400, 150 + high)
    covered = QRegion(0, 0, 400, window.top) + QRegion(0, window.bottom, 400, 300)
    framed.chrome.cover(covered)
    framed.frame.show_window(Placement(window, Size(9, 9)))
    words = framed.frame.region().boundingRect()
    assert words.top() > window.top
    assert words.bottom() < window.bottom
    assert not handles(window).intersects(words)


def handles(window: Rect) -> QRegion:
    """Where the handles of a window are drawn at 1:1."""
    found = QRegion()
    for x in (window.left, (window.left + window.right) // 2, window.right):
        for y in (window.top, (window.top + window.bottom) // 2, window.bottom):
            found += QRect(QPoint(x - 3, y - 3), QSize(7, 7))
    return found


def test_nothing_is_there_while_an_answer_is_judged(framed: Canvas, hand: Hand, shot: Shot) -> None:
    framed.show_variant(None, editing=False)
    hand.move((60, 80))
    assert framed.frame.hovered is None
    assert not framed.frame.shown
    assert (shot()[80, 90:330] == GREEN).all()
    framed.show_variant(None, editing=True)
    assert framed.frame.shown
