"""The join panel over a live session: sliders, picking and brushing on the stage."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton

from editor.session.session import Session
from editor.session.tuned import Way
from editor.ui.controls.button import Button
from editor.ui.controls.message import Message
from editor.ui.controls.slider import Slider
from editor.ui.window import Window
from tests.fakes.living import Live, offered, opened, paint, redrawn, until

LEFT = Qt.MouseButton.LeftButton


def slider(window: Window, name: str) -> Slider:
    found = window.join.findChild(Slider, name)
    assert found is not None
    return found


def choose(window: Window, way: Way) -> None:
    segment = window.join.findChild(QRadioButton, f"join-way-{way}")
    assert segment is not None
    segment.click()


def place(window: Window, x: float, y: float) -> QPoint:
    across, down = window.stage.canvas.viewport.to_pane(x, y)
    return QPoint(round(across), round(down))


async def shown(window: Window, session: Session, photo: Path) -> None:
    await opened(session, photo)
    paint(session)
    await offered(session, "v1", 90)
    session.gallery.show(1)
    assert window.join.isVisible()


def test_the_panel_is_there_with_an_answer_and_its_sliders_join_it_anew(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        assert not window.join.isVisible()
        await shown(window, session, photo)
        edge, match = slider(window, "join-edge"), slider(window, "join-match")
        usual = edge.value()
        assert match.value() == 100
        edge.setFocus()
        QTest.keyClick(edge, Qt.Key.Key_PageUp)
        await until(session.gallery.tuned, lambda: edge.value() > usual)
        QTest.keyClick(match, Qt.Key.Key_Home)
        await until(session.gallery.tuned, lambda: match.value() == 0)
        assert session.gallery.find("v1").recipe.match == 0
        QTest.keyClick(match, Qt.Key.Key_Backspace)
        await until(session.gallery.tuned, lambda: match.value() == 100)
        QTest.keyClick(edge, Qt.Key.Key_Delete)
        await until(session.gallery.tuned, lambda: edge.value() == usual)
        session.gallery.leave()
        assert not window.join.isVisible()

    live.show(script)


def test_the_brush_changes_what_may_change_and_not_the_mask(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await shown(window, session, photo)
        mask = session.painting.plane.snapshot()
        canvas = window.stage.canvas
        choose(window, Way.BRUSH)
        await until(session.tuning.changed, lambda: session.tuning.outline is not None)
        assert canvas.painting is session.tuning.painting
        at = place(window, 330, 160)
        QTest.mousePress(canvas, LEFT, pos=at)
        QTest.mouseRelease(canvas, LEFT, pos=at)
        counted = window.join.findChild(Message, "join-counted")
        assert counted is not None
        await until(session.tuning.changed, lambda: "beyond the mask" in counted.words)
        assert session.gallery.state.shown == 1
        assert (session.painting.plane.pixels == mask).all()
        back = window.join.findChild(Button, "join-back")
        assert back is not None
        back.click()
        await until(session.tuning.changed, lambda: not counted.words)
        session.gallery.leave()
        assert canvas.painting is session.painting

    live.show(script)


def test_a_click_where_nothing_changed_is_told_and_paints_nothing(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await redrawn(session)
        mask = session.painting.plane.snapshot()
        canvas = window.stage.canvas
        choose(window, Way.PICK)
        assert canvas.cursor().shape() is Qt.CursorShape.CrossCursor
        told = []
        session.told.connect(told.append)
        QTest.mouseClick(canvas, LEFT, pos=place(window, 40, 40))
        await until(session.told, lambda: bool(told))
        assert "nothing to let through" in told[-1].template
        assert (session.painting.plane.pixels == mask).all()
        choose(window, Way.OFF)
        QTest.mousePress(canvas, LEFT, pos=place(window, 40, 40))
        QTest.mouseRelease(canvas, LEFT, pos=place(window, 40, 40))
        assert session.gallery.state.shown is None

    live.show(script)
