from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication

from editor.mask.brush import Brush
from editor.session.painting import Painting
from editor.ui.canvas.canvas import Canvas
from editor.ui.canvas.course import Steadiness
from tests.widget.canvas.conftest import Hand, on_screen

Shot = Callable[[], np.ndarray]


def pen(
    canvas: Canvas,
    kind: QEvent.Type,
    at: tuple[float, float],
    pressure: float = 1.0,
    tip: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen,
    able: QInputDevice.Capability = QInputDevice.Capability.Pressure,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> bool:
    device = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        tip,
        QInputDevice.Capability.Position | able,
        1,
        3,
    )
    moving = kind is QEvent.Type.TabletMove
    event = QTabletEvent(
        kind,
        device,
        QPointF(*at),
        canvas.mapToGlobal(QPointF(*at)),
        pressure,
        0,
        0,
        0,
        0,
        0,
        held,
        Qt.MouseButton.NoButton if moving else Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
    )
    QApplication.sendEvent(canvas, event)
    return event.isAccepted()


def test_a_pen_paints_with_its_pressure_and_brings_no_mouse(
    canvas: Canvas, painting: Painting
) -> None:
    assert pen(canvas, QEvent.Type.TabletPress, (100, 150), 0.5)
    assert pen(canvas, QEvent.Type.TabletMove, (200, 150), 0.5)
    assert pen(canvas, QEvent.Type.TabletRelease, (200, 150), 0.0)
    assert painting.plane.pixels[150, 150] == 255
    assert painting.plane.pixels[138, 150] == 0
    assert len(painting.mask_of("one").history.undo_steps) == 1


@pytest.mark.parametrize(
    ("pressure", "feel", "rim", "middle"),
    [
        ("size", "even", 0, 255),
        ("strength", "even", 128, 128),
        ("both", "even", 0, 128),
        ("off", "even", 255, 255),
        ("strength", "soft", 167, 167),
        ("strength", "firm", 80, 80),
    ],
)
def test_pressure_means_what_was_chosen(
    canvas: Canvas, painting: Painting, pressure, feel, rim: int, middle: int
) -> None:
    painting.set_brush(pressure=pressure)
    canvas.steady(Steadiness(feel=feel))
    pen(canvas, QEvent.Type.TabletPress, (100, 150), 0.5)
    pen(canvas, QEvent.Type.TabletMove, (200, 150), 0.5)
    pen(canvas, QEvent.Type.TabletRelease, (200, 150), 0.0)
    assert (painting.plane.pixels[135, 150], painting.plane.pixels[150, 150]) == (rim, middle)


def test_a_mouse_that_comes_along_with_the_pen_paints_nothing(
    canvas: Canvas, painting: Painting, hand: Hand
) -> None:
    pen(canvas, QEvent.Type.TabletPress, (100, 150))
    hand.press((100, 250))
    hand.move((300, 250))
    pen(canvas, QEvent.Type.TabletMove, (200, 150))
    hand.release((300, 250))
    assert painting.painting
    pen(canvas, QEvent.Type.TabletRelease, (200, 150))
    assert not painting.plane.pixels[220:].any()
    assert len(painting.mask_of("one").history.undo_steps) == 1


def test_a_pen_that_hovers_is_told_once_for_each_brush(canvas: Canvas, painting: Painting) -> None:
    told: list[Brush] = []
    painting.pen_near.connect(told.append)
    for x in (100, 110, 120):
        pen(canvas, QEvent.Type.TabletMove, (x, 150), 0.0)
    assert told == [painting.brush]
    painting.set_brush(diameter=50)
    pen(canvas, QEvent.Type.TabletMove, (130, 150), 0.0)
    assert told[1:] == [painting.brush]
    assert painting.plane.is_empty


def test_a_calm_stroke_ends_where_the_pen_lifts(canvas: Canvas, painting: Painting) -> None:
    canvas.steady(Steadiness("strong"))
    pen(canvas, QEvent.Type.TabletPress, (100, 150), 0.5)
    pen(canvas, QEvent.Type.TabletMove, (120, 150), 0.5)
    pen(canvas, QEvent.Type.TabletMove, (300, 150), 0.5)
    assert painting.plane.pixels[150, 300] == 0
    pen(canvas, QEvent.Type.TabletRelease, (300, 150), 0.0)
    assert painting.plane.pixels[150, 300] == 255
    assert painting.plane.pixels[138, 290] == 0, "as wide as it was pressed before it was lifted"


def test_a_faint_pen_leaves_no_ring_behind(canvas: Canvas, painting: Painting) -> None:
    """The ring shows the whole brush, the stroke is narrower, or off the picture."""
    painting.set_brush(diameter=120)
    canvas.viewport.set_zoom(0.5)
    pen(canvas, QEvent.Type.TabletPress, (150, 100), 0.05)
    for at in ((170, 110), (200, 120), (260, 20), (350, 10), (380, 280)):
        pen(canvas, QEvent.Type.TabletMove, at, 0.05)
        seen = on_screen(canvas).astype(int)
        canvas.update()
        assert np.abs(seen - on_screen(canvas)).max() <= 3
    pen(canvas, QEvent.Type.TabletRelease, (350, 250))


def test_a_pen_without_pressure_paints_fully(canvas: Canvas, painting: Painting) -> None:
    how = {"pressure": 0.0, "able": QInputDevice.Capability.MouseEmulation}
    pen(canvas, QEvent.Type.TabletPress, (100, 150), **how)
    pen(canvas, QEvent.Type.TabletRelease, (100, 150), **how)
    assert painting.plane.pixels[133, 100] == 255


def test_the_pens_other_end_erases(canvas: Canvas, painting: Painting) -> None:
    painting.fill_all()
    tip = QPointingDevice.PointerType.Eraser
    pen(canvas, QEvent.Type.TabletPress, (100, 150), tip=tip)
    pen(canvas, QEvent.Type.TabletRelease, (100, 150), tip=tip)
    assert painting.plane.pixels[150, 100] == 0


def stroke(canvas: Canvas, one: tuple[float, float], other: tuple[float, float], held) -> None:
    for kind, at in (
        (QEvent.Type.TabletPress, one),
        (QEvent.Type.TabletMove, other),
        (QEvent.Type.TabletRelease, other),
    ):
        assert pen(canvas, kind, at, held=held)


def test_a_pen_erases_with_alt_held(canvas: Canvas, painting: Painting) -> None:
    painting.fill_all()
    stroke(canvas, (100, 150), (200, 150), Qt.KeyboardModifier.AltModifier)
    assert painting.plane.pixels[150, 150] == 0
    assert painting.plane.pixels[250, 150] == 255
    stroke(canvas, (100, 150), (200, 150), Qt.KeyboardModifier.NoModifier)
    assert painting.plane.pixels[150, 150] == 255


def test_a_pen_draws_shapes_that_add_and_take_out(canvas: Canvas) -> None:
    drawn = []
    canvas.drawn.connect(drawn.append)
    canvas.set_tool("rectangle")
    for held in (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier):
        stroke(canvas, (100, 150), (200, 250), held)
    assert [(one.name, one.how) for one in drawn] == [
        ("rectangle", "add"),
        ("rectangle", "subtract"),
    ]
