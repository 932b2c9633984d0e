"""One finger paints, two zoom and pan and take back what the first began, a touchpad zooms."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QInputDevice,
    QNativeGestureEvent,
    QPointingDevice,
    QTouchEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.session.painting import Painting
from editor.ui.canvas.canvas import Canvas

Kind, State = QEvent.Type, QEventPoint.State
Place = tuple[float, float]


@pytest.fixture(scope="module")
def screen() -> QPointingDevice:
    return _device(QInputDevice.DeviceType.TouchScreen, QPointingDevice.PointerType.Finger, 5)


def _device(
    kind: QInputDevice.DeviceType, pointer: QPointingDevice.PointerType, points: int
) -> QPointingDevice:
    position = QInputDevice.Capability.Position
    return QPointingDevice("fingers", 77, kind, pointer, position, points, 0)


class Fingers:
    """Sends what a touch screen does; places are those of the canvas."""

    def __init__(self, canvas: Canvas, device: QPointingDevice) -> None:
        self._canvas, self._device = canvas, device

    def send(self, kind: Kind, *places: Place, up: Sequence[Place] = ()) -> None:
        points = []
        for number, at in enumerate((*places, *up)):
            state = State.Released if number >= len(places) else State.Updated
            state = State.Pressed if kind is Kind.TouchBegin else state
            place = QPointF(*at)
            points.append(QEventPoint(number, state, place, self._canvas.mapToGlobal(place)))
        none = Qt.KeyboardModifier.NoModifier
        event = QTouchEvent(kind, self._device, none, points)
        QApplication.sendEvent(self._canvas, event)
        assert event.isAccepted()

    def down(self, *places: Place) -> None:
        self.send(Kind.TouchBegin, *places)

    def move(self, *places: Place) -> None:
        self.send(Kind.TouchUpdate, *places)

    def up(self, *places: Place) -> None:
        self.send(Kind.TouchEnd, up=places)


@pytest.fixture
def fingers(canvas: Canvas, screen: QPointingDevice) -> Fingers:
    return Fingers(canvas, screen)


def test_one_finger_paints(fingers: Fingers, painting: Painting) -> None:
    sealed: list[str] = []
    painting.sealed.connect(lambda slot, _: sealed.append(slot))
    fingers.down((100, 100))
    fingers.move((200, 100))
    fingers.up((200, 100))
    assert painting.plane.pixels[100, 150] == 255
    assert sealed == ["one"]
    assert not painting.painting


def test_two_fingers_zoom_and_pan_and_nothing_is_painted(
    fingers: Fingers, canvas: Canvas, painting: Painting
) -> None:
    before = canvas.viewport.to_picture(150, 100)
    fingers.down((100, 100))
    fingers.move((100, 100), (200, 100))
    fingers.move((50, 100), (250, 100))
    assert canvas.viewport.zoom == pytest.approx(2.0)
    assert canvas.viewport.to_picture(150, 100) == pytest.approx(before, abs=1)
    fingers.move((80, 130), (280, 130))
    assert canvas.viewport.zoom == pytest.approx(2.0)
    assert canvas.viewport.to_picture(180, 130) == pytest.approx(before, abs=1)
    fingers.move((80, 130))
    fingers.move((90, 140))
    fingers.up((90, 140))
    assert painting.plane.is_empty
    assert not painting.painting
    fingers.down((100, 100))
    fingers.up((100, 100))
    assert not painting.plane.is_empty


def test_a_second_finger_does_not_end_a_stroke_that_is_under_way(
    fingers: Fingers, canvas: Canvas, painting: Painting
) -> None:
    zoom = canvas.viewport.zoom
    fingers.down((100, 100))
    fingers.move((180, 100))
    fingers.move((200, 100), (300, 250))
    fingers.move((220, 100), (350, 250))
    assert painting.painting
    fingers.up((220, 100), (350, 250))
    assert canvas.viewport.zoom == zoom
    assert painting.plane.pixels[100, 210] == 255
    assert painting.plane.pixels[250, 300] == 0


def test_fingers_reach_the_canvas_by_way_of_its_window(canvas: Canvas, painting: Painting) -> None:
    """As a screen tells of them: Qt finds out what lies under each of them."""
    device = QTest.createTouchDevice()
    before = canvas.viewport.to_picture(150, 100)

    def tell(change: str, *places: Place) -> None:
        fingers = QTest.touchEvent(canvas.window(), device)
        for number, at in enumerate(places):
            place = canvas.mapTo(canvas.window(), QPoint(*map(int, at)))
            getattr(fingers, change)(number, place, canvas.window())
        fingers.commit()

    tell("press", (100, 100), (200, 100))
    tell("move", (50, 100), (250, 100))
    assert canvas.viewport.zoom == pytest.approx(2.0)
    assert canvas.viewport.to_picture(150, 100) == pytest.approx(before, abs=1)
    tell("release", (50, 100), (250, 100))
    assert painting.plane.is_empty
    tell("press", (100, 100))
    tell("move", (180, 100))
    tell("release", (180, 100))
    assert not painting.plane.is_empty
    assert not painting.painting


def test_what_the_system_takes_was_not_meant(fingers: Fingers, painting: Painting) -> None:
    fingers.down((100, 100))
    fingers.move((150, 100))
    fingers.send(Kind.TouchCancel, (150, 100))
    assert painting.plane.is_empty
    assert not painting.painting


def test_two_fingers_give_up_a_shape(fingers: Fingers, canvas: Canvas) -> None:
    drawn: list[object] = []
    canvas.drawn.connect(drawn.append)
    canvas.set_tool("rectangle")
    fingers.down((100, 100))
    fingers.move((110, 110))
    fingers.move((110, 110), (200, 200))
    fingers.up((110, 110), (200, 200))
    assert drawn == []
    assert not canvas.sketch.open


def test_a_pinch_on_a_touchpad_zooms_and_a_swipe_pans(canvas: Canvas) -> None:
    pad = _device(QInputDevice.DeviceType.TouchPad, QPointingDevice.PointerType.Finger, 2)
    kinds = Qt.NativeGestureType

    def send(kind: Qt.NativeGestureType, value: float, way: Place = (0, 0)) -> bool:
        at = QPointF(150, 100)
        event = QNativeGestureEvent(
            kind, pad, 2, at, at, canvas.mapToGlobal(at), value, QPointF(*way)
        )
        return QApplication.sendEvent(canvas, event)

    before = canvas.viewport.to_picture(150, 100)
    assert send(kinds.ZoomNativeGesture, 0.5)
    assert canvas.viewport.zoom == pytest.approx(1.5)
    assert canvas.viewport.to_picture(150, 100) == pytest.approx(before, abs=1)
    assert send(kinds.PanNativeGesture, 0, (30, 20))
    assert canvas.viewport.to_picture(180, 120) == pytest.approx(before, abs=1)
    send(kinds.RotateNativeGesture, 45)
    assert canvas.viewport.zoom == pytest.approx(1.5)
